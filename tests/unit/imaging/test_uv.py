import numpy as np

from pipeline.imaging.mesh import OVAL, load_canonical
from pipeline.imaging.raster_kernels import interpolate, raster_triangles
from pipeline.imaging.uv import chart


def test_spreading_and_sampling_undo_each_other() -> None:
    c = chart(512)
    values = load_canonical().vertices[:, :2]
    inner = load_canonical().ring > 0
    found = c.sample(c.spread(values))
    assert np.abs(found - values)[inner].max() < 0.2


def test_unwrapping_a_picture_of_the_chart_gives_the_chart() -> None:
    c = chart(256)
    ramp = np.dstack(np.meshgrid(np.arange(256), np.arange(256))).astype(np.float32)
    seen = c.unwrap(ramp, c.points)
    assert np.abs(seen - ramp)[c.covered].max() < 1e-2


def test_the_rim_distance_is_zero_on_the_outline_and_grows_inwards() -> None:
    c = chart(256)
    distance = c.boundary_distance()
    oval = c.points[list(OVAL)]
    assert max(distance[int(y), int(x)] for x, y in oval) < 0.06
    x, y = c.points[4]
    assert distance[int(y), int(x)] > 1


def test_the_nearer_triangle_hides_the_farther() -> None:
    vertices = np.array([[0, 0, 5], [20, 0, 5], [0, 20, 5], [0, 0, 1], [20, 0, 1], [0, 20, 1]], np.float64)
    triangles = np.array([[0, 1, 2], [3, 4, 5]], np.int32)
    index = np.empty((16, 16), np.int32)
    weights, depth = np.zeros((16, 16, 2), np.float32), np.empty((16, 16), np.float32)
    raster_triangles(vertices, triangles, 0, 0, 16, index, weights, depth)
    assert index[2, 2] == 1
    assert index[15, 15] == -1


def test_bands_of_rows_add_up_to_the_whole() -> None:
    mesh = load_canonical()
    points = np.column_stack([mesh.vertices[:, 0] * 6 + 50, -mesh.vertices[:, 1] * 6 + 60, -mesh.vertices[:, 2]])
    whole, parts = ((np.empty((120, 100), np.int32), np.zeros((120, 100, 2), np.float32)) for _ in range(2))
    depth = np.empty((120, 100), np.float32)
    raster_triangles(points, mesh.triangles, 0, 0, 120, *whole, depth)
    for row0, row1 in ((70, 120), (0, 70)):
        raster_triangles(points, mesh.triangles, 0, row0, row1, *parts, depth)
    assert (whole[0] >= 0).sum() > 3000
    values = mesh.vertices.astype(np.float32)
    out = [np.empty((120, 100, 3), np.float32) for _ in range(2)]
    for (index, weights), target in zip((whole, parts), out, strict=True):
        interpolate(index, weights, mesh.triangles, values, 0, 120, target)
    assert np.array_equal(out[0], out[1])
