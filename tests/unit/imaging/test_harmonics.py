import numpy as np

from pipeline.imaging.harmonics import fit_light, harmonics9
from pipeline.imaging.mesh import load_canonical, vertex_normals


def test_light_is_recovered_from_a_head() -> None:
    mesh = load_canonical()
    terms = harmonics9(vertex_normals(mesh.vertices, mesh.triangles))
    light = np.array([[0.2], [0.3], [-0.1], [0.4], [0], [0], [0], [0], [0]])
    found = fit_light(terms, terms @ light, np.ones(468), damping=1e-6)
    np.testing.assert_allclose(terms @ found, terms @ light, atol=1e-2)


def test_a_dark_beard_does_not_pull_the_light_down() -> None:
    mesh = load_canonical()
    terms = harmonics9(vertex_normals(mesh.vertices, mesh.triangles))
    values = np.full((468, 1), 0.5)
    beard = mesh.vertices[:, 1] < -6
    values[beard] = -0.7
    light = terms @ fit_light(terms, values, np.ones(468))
    assert abs(np.median(light[~beard]) - 0.5) < 0.05
