"""How sure a film's figure is: intervals from resampled blocks of its frames.

Neighbouring frames say nearly the same, so frames are drawn in blocks that stay together (moving block bootstrap,
H. R. Künsch 1989); drawn one by one they would make every figure look surer than it is. The seed is fixed.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

SEED = 20_240_229
RESAMPLES = 300
LEVEL = 0.95
BLOCK = 12
"""Frames that are drawn together: half a second. Shorter films take a quarter of their frames."""
LEAST = 8
"""Fewer values than this say nothing about their own spread."""

Indices = NDArray[np.int64]
Interval = tuple[float, float]


def interval(count: int, statistic: Callable[[Indices], float]) -> Interval | None:
    """The middle 95 % of a `statistic` of drawn indices 0..count-1; None where too few have a value."""
    if count < LEAST:
        return None
    values = np.array([statistic(drawn) for drawn in _draws(count)], np.float64)
    values = values[np.isfinite(values)]
    if len(values) < RESAMPLES // 2:
        return None
    low, high = np.quantile(values, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def interval_of(values: NDArray[np.float64], statistic: Callable[[NDArray[np.float64]], float]) -> Interval | None:
    """The same of a series (T,), of which the frames without a value are left out first."""
    kept = values[np.isfinite(values)]
    return interval(len(kept), lambda drawn: statistic(kept[drawn]))


def _draws(count: int) -> list[Indices]:
    """As many times `count` indices, in blocks."""
    random = np.random.default_rng(SEED)
    length = max(1, min(BLOCK, count // 4))
    blocks = -(-count // length)
    starts = random.integers(0, count - length + 1, (RESAMPLES, blocks))
    drawn = (starts[:, :, None] + np.arange(length)).reshape(RESAMPLES, -1)[:, :count]
    return list(drawn)
