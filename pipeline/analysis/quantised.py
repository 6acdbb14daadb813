"""Landmarks on a grid of a power of two: what is stored is exactly what was computed with.

A solve read back from the store must give the same pixels as the fresh one. So the smoothed landmarks are rounded
before anything is derived from them, to a sixty-fourth of a pixel (coarser only on faces wider than 700 pixels), which
is far under their noise, and sixteen bits around each frame's centre then hold them without loss.
"""

import numpy as np
from numpy.typing import NDArray

LIMIT = 32_000
"""Largest magnitude of a stored offset: a little under int16's, so that rounding cannot overflow it."""
FINEST_EXPONENT = -6


def grid_exponent(points: NDArray[np.floating]) -> int:
    """Exponent e of the finest step 2**e at which every frame of `points` (T, n, c) fits sixteen bits."""
    if points.size == 0:
        return FINEST_EXPONENT
    extent = float(np.abs(points - points.mean(axis=1, keepdims=True)).max())
    if extent == 0.0:
        return FINEST_EXPONENT
    return max(FINEST_EXPONENT, int(np.ceil(np.log2(extent / LIMIT))))


def quantise(points: NDArray[np.floating]) -> NDArray[np.float32]:
    """`points` (T, n, c) rounded to their grid, float32 (exact: the steps are powers of two)."""
    step = 2.0 ** grid_exponent(points)
    return (np.rint(points.astype(np.float64) / step) * step).astype(np.float32)
