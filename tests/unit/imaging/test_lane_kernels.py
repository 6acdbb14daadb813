"""Four channels at once give what one at a time gives."""

import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.jit import fast_kernel
from pipeline.imaging.lane_kernels import bilinear_four, cubic_rgb

Floats = NDArray[np.float32]


@fast_kernel
def _cubic(plate: Floats, at: int, pitch: int, along: Floats, down: Floats, out: Floats) -> None:
    weights_along = (along[0], along[1], along[2], along[3])
    weights_down = (down[0], down[1], down[2], down[3])
    out[0], out[1], out[2] = cubic_rgb(plate, np.uint64(at), np.uint64(pitch), weights_along, weights_down)


@fast_kernel
def _bilinear(grid: Floats, at: int, across: int, down: int, fx: float, fy: float, out: Floats) -> None:
    out[0], out[1], out[2], out[3] = bilinear_four(
        grid, np.uint64(at), np.uint64(across), np.uint64(down), np.float32(fx), np.float32(fy)
    )


def test_sixteen_pixels_are_weighed_together() -> None:
    random = np.random.default_rng(1)
    plate = random.random((7, 9, 3)).astype(np.float32)
    along, down = random.random((2, 4)).astype(np.float32)
    out = np.empty(3, np.float32)
    _cubic(plate.reshape(-1), 3 * (2 * 9 + 1), 27, along, down, out)
    assert np.allclose(out, np.einsum("yxc,y,x->c", plate[2:6, 1:5], down, along), rtol=1e-5)


def test_four_values_are_interpolated_between_four_places() -> None:
    grid = np.random.default_rng(2).random((4, 5, 5)).astype(np.float32)
    out = np.empty(4, np.float32)
    _bilinear(grid.reshape(-1), 5 * (1 * 5 + 2) + 1, 5, 25, 0.25, 0.6, out)
    corners = grid[1:3, 2:4, 1:5]
    expected = np.einsum("yxc,y,x->c", corners, [0.4, 0.6], [0.75, 0.25])
    assert np.allclose(out, expected, rtol=1e-5)
