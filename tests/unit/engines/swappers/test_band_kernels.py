import cv2
import numpy as np
import pytest

from pipeline.engines.swappers.mesh.band_kernels import chart_on_plate, enlarge_low, reduce_light
from pipeline.imaging.bands import LOG_OFFSET


@pytest.mark.parametrize("step", [1, 3])
def test_light_is_the_logarithm_of_each_blocks_mean(step: int) -> None:
    crop = np.random.default_rng(0).uniform(-0.1, 4, (40, 50, 3)).astype(np.float32)
    rows, columns = 30 // step, -(-44 // step)
    light = np.empty((rows, columns, 3), np.float32)
    luma, least = np.empty((rows, columns), np.float32), np.empty((rows, columns), np.float32)
    for row0, row1 in ((0, 4), (4, rows)):
        reduce_light(crop, 6, 5, step, row0, row1, light, luma, least)
    for gy, gx in np.ndindex(rows, columns):
        block = crop[5 + gy * step : 5 + (gy + 1) * step, 6 + gx * step : 6 + (gx + 1) * step]
        wanted = np.log(np.maximum(block.mean((0, 1)), 0) + LOG_OFFSET)
        assert np.allclose(light[gy, gx], wanted, atol=1e-5)
    assert np.allclose(luma, light.mean(2), atol=1e-6)
    assert np.array_equal(least, light.min(2))


def test_slow_light_is_enlarged_as_a_picture_is() -> None:
    step, shape = 5, (43, 57)
    pooled = np.random.default_rng(1).normal(size=(9, 12, 4)).astype(np.float32)
    luma = np.random.default_rng(2).normal(size=shape).astype(np.float32)
    low, fine = np.empty((*shape, 4), np.float32), np.empty(shape, np.float32)
    enlarge_low(pooled, step, luma, low, fine)
    wanted = cv2.resize(pooled, (12 * step, 9 * step), interpolation=cv2.INTER_CUBIC)[: shape[0], : shape[1]]
    assert np.allclose(low, wanted, atol=1e-5)
    assert np.allclose(fine, luma - low[..., 3], atol=1e-6)


def test_blocks_of_one_sample_stay_as_they_are() -> None:
    pooled = np.random.default_rng(1).normal(size=(9, 12, 4)).astype(np.float32)
    low = np.empty_like(pooled)
    enlarge_low(pooled, 1, np.zeros((9, 12), np.float32), low, np.empty((9, 12), np.float32))
    assert np.allclose(low, pooled, atol=1e-6)


def test_a_chart_is_seen_where_the_mesh_is_drawn_and_nowhere_else() -> None:
    size = 16
    ramp = np.dstack(np.meshgrid(np.arange(size), np.arange(size))).astype(np.float32)
    chart = np.concatenate([ramp, ramp + 100], axis=2)
    texels = np.array([[0, 0], [size - 1, 0], [0, size - 1]], np.float32)
    index = np.array([[0, 0], [0, -1]], np.int32)
    weights = np.array([[[0.5, 0.25], [1, 0]], [[0, 1], [0.5, 0.5]]], np.float32)
    seen = np.full((2, 2, 4), np.nan, np.float32)
    chart_on_plate(index, weights, np.array([[0, 1, 2]], np.int32), texels, chart, seen)
    assert np.allclose(seen[0, 0], (7.5, 3.75, 107.5, 103.75), atol=1e-4)
    assert np.allclose(seen[0, 1], (15, 0, 115, 100), atol=1e-4)
    assert np.allclose(seen[1, 0], (0, 15, 100, 115), atol=1e-4)
    assert not seen[1, 1].any()
