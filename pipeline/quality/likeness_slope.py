"""The more smile, the less likeness? How identity follows the strength of the plate's expression."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.quality.bootstrap import Interval, interval
from pipeline.quality.measures import Series

_PASSIVE = ("eyeLook", "eyeBlink", "_neutral")
"""Gaze and blinks are no strength of expression."""
LEAST_FRAMES = 8


@dataclass(frozen=True, slots=True)
class LikenessSlope:
    """Change of the distance to the source from a face at rest to one as strong as the film's strongest.

    `slope`: distance a unit of activation (least squares). `change`: the slope times the film's range of activation.
    `interval`: of the slope. Above 0: the stronger the expression, the less it is the source's face.
    """

    slope: float
    change: float
    interval: Interval | None


def activation(scores: NDArray[np.floating], names: Sequence[str]) -> Series:
    """Strength of expression by frame: length of the scores (T, 52) beyond their lowest tenth, gaze and blinks apart.

    The lowest tenth of each unit over the film stands for the face at rest. NaN where the face is not seen.
    """
    active = [k for k, name in enumerate(names) if not name.startswith(_PASSIVE)]
    values = np.asarray(scores, np.float64)[:, active]
    seen = np.isfinite(values[:, 0])
    out = np.full(len(values), np.nan)
    if seen.any():
        rest = np.quantile(values[seen], 0.1, axis=0)
        out[seen] = np.linalg.norm(np.maximum(values[seen] - rest, 0.0), axis=1)
    return out


def likeness_slope(strength: Series, distance: Series) -> LikenessSlope | None:
    """Of the frames that have both; None where fewer than eight do, or the expression does not change."""
    both = np.isfinite(strength) & np.isfinite(distance)
    x, y = strength[both], distance[both]
    if len(x) < LEAST_FRAMES or np.ptp(x) < 1e-6:
        return None
    slope = _slope(x, y)
    return LikenessSlope(slope, slope * float(np.ptp(x)), interval(len(x), lambda drawn: _slope(x[drawn], y[drawn])))


def _slope(x: NDArray[np.float64], y: NDArray[np.float64]) -> float:
    spread = x - x.mean()
    total = float(spread @ spread)
    return float(spread @ y / total) if total > 1e-12 else float("nan")
