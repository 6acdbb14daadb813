"""Log light of a crop at a coarser grid, in one pass."""

import math

import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.jit import fast_kernel


@fast_kernel
def log_reduced(
    crop: NDArray[np.float32], step: int, offset: float, row0: int, row1: int, out: NDArray[np.float32]
) -> None:
    """ln(mean + offset) of each step × step block of `crop` (h, w, 3) into rows [row0, row1) of `out` (⌈h/step⌉, …, 3).

    Blocks cut by the edge average what is there; negative means count as 0.
    """
    height, width = crop.shape[0], crop.shape[1]
    for gy in range(row0, row1):
        y1 = min(height, (gy + 1) * step)
        for gx in range(out.shape[1]):
            x1 = min(width, (gx + 1) * step)
            red = np.float32(0)
            green = np.float32(0)
            blue = np.float32(0)
            for y in range(gy * step, y1):
                for x in range(gx * step, x1):
                    red += crop[y, x, 0]
                    green += crop[y, x, 1]
                    blue += crop[y, x, 2]
            share = np.float32(1.0 / ((y1 - gy * step) * (x1 - gx * step)))
            shift = np.float32(offset)
            out[gy, gx, 0] = math.log(max(red * share, np.float32(0)) + shift)
            out[gy, gx, 1] = math.log(max(green * share, np.float32(0)) + shift)
            out[gy, gx, 2] = math.log(max(blue * share, np.float32(0)) + shift)
