"""Pixels of 0..1 into code values."""

import numpy as np

from pipeline.imaging.arrays import AnyArray
from pipeline.imaging.jit import kernel


@kernel
def quantise(
    pixels: AnyArray, weights: AnyArray, offsets: AnyArray, top: int, threshold: AnyArray, out: AnyArray
) -> None:
    """out[c, y, x] = ⌊Σ weights[c, k] · pixels[y, x, k] + offsets[c] + threshold[y % n, x % n]⌋, held to 0..top.

    `threshold` (n, n) of 0..1: 0.5 everywhere rounds; an ordered pattern dithers.
    """
    height, width, _ = pixels.shape
    size = threshold.shape[0]
    for y in range(height):
        for x in range(width):
            red, green, blue = pixels[y, x, 0], pixels[y, x, 1], pixels[y, x, 2]
            step = threshold[y % size, x % size]
            for c in range(out.shape[0]):
                code = np.floor(weights[c, 0] * red + weights[c, 1] * green + weights[c, 2] * blue + offsets[c] + step)
                out[c, y, x] = np.uint16(min(max(code, 0.0), top))
