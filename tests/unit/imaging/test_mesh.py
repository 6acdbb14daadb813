import numpy as np

from pipeline.imaging import mesh as m
from pipeline.imaging.mesh import N_VERTICES, load_canonical, vertex_neighbours, vertex_normals


def test_the_only_boundary_is_the_oval() -> None:
    triangles = load_canonical().triangles
    edges = np.sort(
        np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]]),
        axis=1,
    )
    unique, count = np.unique(edges, axis=0, return_counts=True)
    assert set(unique[count == 1].ravel()) == set(m.OVAL)
    oval = list(m.OVAL)
    ring = {tuple(sorted(pair)) for pair in zip(oval, oval[1:] + oval[:1], strict=True)}
    assert {tuple(e) for e in unique[count == 1]} == ring


def test_eyes_and_mouth_are_covered_by_triangles_of_their_own() -> None:
    classes = load_canonical().triangle_class
    assert (classes == m.CLASS_EYE).sum() == 28
    assert (classes == m.CLASS_MOUTH).sum() == 18


def test_ring_distance_counts_edges_from_the_boundary() -> None:
    mesh = load_canonical()
    assert (mesh.ring[list(m.OVAL)] == 0).all()
    ends = mesh.ring[mesh.triangles]
    assert (np.ptp(ends, axis=1) <= 1).all()
    assert mesh.ring[4] > 6


def test_normals_of_the_face_look_at_the_camera() -> None:
    mesh = load_canonical()
    normals = vertex_normals(mesh.vertices, mesh.triangles)
    assert np.allclose(np.linalg.norm(normals, axis=1), 1, atol=1e-6)
    assert normals[4, 2] > 0.8
    assert normals[m.CHEEK_RIGHT, 0] < 0 < normals[m.CHEEK_LEFT, 0]


def test_arrays_are_read_only() -> None:
    assert not load_canonical().vertices.flags.writeable


def test_neighbours_are_the_corners_of_the_triangles_around_a_vertex() -> None:
    triangles, table = load_canonical().triangles, vertex_neighbours()
    for i in range(N_VERTICES):
        assert set(table[i]) == set(triangles[(triangles == i).any(1)].ravel())
        assert table[i, 0] == i
