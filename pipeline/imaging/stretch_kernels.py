"""Weighted sums along the lines of a picture."""

import numpy as np

from pipeline.imaging.arrays import AnyArray
from pipeline.imaging.jit import fast_kernel


@fast_kernel
def gather_across(pixels: AnyArray, columns: AnyArray, shares: AnyArray, out: AnyArray) -> None:
    """out[y, x, c] = Σ shares[x, t] · pixels[y, columns[x, t], c]; pixels and out (h, w, 3) float32."""
    for y in range(out.shape[0]):
        line, target = pixels[y], out[y]
        for x in range(out.shape[1]):
            red, green, blue = np.float32(0.0), np.float32(0.0), np.float32(0.0)
            for t in range(columns.shape[1]):
                place, share = columns[x, t], shares[x, t]
                red += share * line[place, 0]
                green += share * line[place, 1]
                blue += share * line[place, 2]
            target[x, 0], target[x, 1], target[x, 2] = red, green, blue
