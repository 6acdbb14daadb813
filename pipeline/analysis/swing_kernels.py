"""The compiled search for turning points of a signal."""

import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.jit import kernel


@kernel
def turning_points(values: NDArray[np.float64], threshold: float, out: NDArray[np.int64]) -> int:
    """Indices at which `values` (n,) turns by at least `threshold`, both ends included, into `out` (≥ n + 1,).

    Neighbouring points differ by at least the threshold, except at the two ends; they are lowest and highest in turn.
    Returns their count; 0 for an empty signal.
    """
    n = values.shape[0]
    if n == 0:
        return 0
    out[0] = 0
    count = 1
    low = 0
    high = 0
    direction = 0
    for i in range(1, n):
        if direction >= 0 and values[i] > values[high]:
            high = i
        if direction <= 0 and values[i] < values[low]:
            low = i
        if direction >= 0 and values[high] - values[i] >= threshold:
            if high > out[count - 1]:
                out[count] = high
                count += 1
            direction = -1
            low = i
        elif direction <= 0 and values[i] - values[low] >= threshold:
            if low > out[count - 1]:
                out[count] = low
                count += 1
            direction = 1
            high = i
    last = high if direction > 0 else low
    if direction != 0 and last > out[count - 1]:
        out[count] = last
        count += 1
    if out[count - 1] != n - 1:
        out[count] = n - 1
        count += 1
    return count
