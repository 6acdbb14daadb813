import numpy as np

from pipeline.imaging.mesh import load_canonical
from pipeline.imaging.raster_kernels import raster_triangles

SHAPE = (90, 80)


def test_every_sample_shows_the_nearest_triangle_around_it_with_the_weights_it_has_there() -> None:
    mesh = load_canonical()
    turned = mesh.vertices @ np.array([[0.8, 0, 0.6], [0, 1, 0], [-0.6, 0, 0.8]])
    points = np.column_stack([turned[:, 0] * 4.3 + 40, -turned[:, 1] * 4.3 + 44, -turned[:, 2]])
    index, weights = np.empty(SHAPE, np.int32), np.zeros((*SHAPE, 2), np.float32)
    raster_triangles(points, mesh.triangles, 0, 0, SHAPE[0], index, weights, np.empty(SHAPE, np.float32))
    corners = points[mesh.triangles]
    ab, ac = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    for y, x in np.ndindex(SHAPE):
        dx, dy = (np.array([x, y]) - corners[:, 0, :2]).T
        area = ab[:, 0] * ac[:, 1] - ab[:, 1] * ac[:, 0]
        wb, wc = (dx * ac[:, 1] - dy * ac[:, 0]) / area, (ab[:, 0] * dy - ab[:, 1] * dx) / area
        around = (np.abs(area) > 1e-9) & (np.minimum(np.minimum(wb, wc), 1 - wb - wc) >= -1e-4)
        depth = np.where(around, corners[:, 0, 2] + wb * ab[:, 2] + wc * ac[:, 2], np.inf)
        t = index[y, x]
        assert (t >= 0) == around.any()
        if t >= 0:
            assert depth[t] <= depth.min() + 1e-3
            assert np.allclose(weights[y, x], (wb[t], wc[t]), atol=1e-4)
    assert (index >= 0).sum() > 1500


def test_a_triangle_with_level_and_upright_edges_covers_its_corners() -> None:
    vertices = np.array([[2, 1, 0], [8, 1, 0], [2, 6, 0]], np.float64)
    index, weights = np.empty((9, 12), np.int32), np.zeros((9, 12, 2), np.float32)
    raster_triangles(vertices, np.array([[0, 1, 2]], np.int32), 0, 0, 9, index, weights, np.empty((9, 12), np.float32))
    assert index[1, 2] == index[1, 8] == index[6, 2] == 0
    assert (index >= 0).sum() == sum(int(6 * (6 - y) / 5) + 1 for y in range(1, 7))
