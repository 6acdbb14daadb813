"""Movements of one signal: where it sets off, where it arrives, and how much of it happens at once.

Turning points are found with hysteresis, so that trembling under the threshold makes none. A slow drift of half a
minute may rise as far as a smile; what counts is the largest part of a movement within three quarters of a second.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from pipeline.analysis.swing_kernels import turning_points

Array = NDArray[np.float64]

AT_ONCE_S = 0.75
"""Window in which a movement of the face counts, seconds."""
UNDER_WAY = 0.12
"""A movement is under way from where it goes faster than this share of its fastest."""
AT_REST = 0.06
"""It has arrived where it goes slower than this share."""
SET_OFF = 0.25
"""Share of the movement that is done where an eye sees it begin."""
LEAST_PART = 0.5
"""The fastest part is at least this share of the threshold: what creeps all the way is no movement."""
HALF, NEARLY = 0.5, 0.97
NOISE_TIMES = 6.0
"""A movement is at least so many standard deviations of the signal's own noise."""


@dataclass(frozen=True, slots=True)
class Swing:
    """One movement between two turning points, as indices into the signal. Amounts are signed."""

    begin: int
    end: int
    begun: int
    """Where its fastest part sets off: a slow drift before it is not yet the movement."""
    arrived: int
    """Where its fastest part has slowed down."""
    amount: float
    """From `begun` to `arrived`."""
    at_once: float
    """The largest part of the way from `begin` to `end` that is done at once."""

    def done(self, values: Array, share: float) -> int:
        """The first index at which `share` of the amount is done."""
        part = (values[self.begun : self.arrived + 1] - values[self.begun]) / self.amount
        return self.begun + int(np.flatnonzero(part >= share)[0])


def swings(values: Array, seconds: Array, threshold: float, at_once_s: float = AT_ONCE_S) -> list[Swing]:
    """Movements of `values` (n,) by at least `threshold`, in order of time; `seconds` (n,) ascending.

    What is done within `at_once_s` seconds is done at once.
    """
    points = np.empty(len(values) + 1, np.int64)
    count = turning_points(np.ascontiguousarray(values), threshold, points)
    rates = np.gradient(values, seconds) if len(values) > 1 else np.zeros(len(values))
    found = [
        _swing(values, seconds, rates, begin, end, at_once_s)
        for begin, end in pairwise(points[:count].tolist())
        if abs(values[end] - values[begin]) >= threshold
    ]
    return [each for each in found if abs(each.amount) >= LEAST_PART * threshold and each.amount * each.at_once > 0]


def _swing(values: Array, seconds: Array, rates: Array, begin: int, end: int, at_once_s: float) -> Swing:
    sign = 1.0 if values[end] > values[begin] else -1.0
    part, times, speed = sign * values[begin : end + 1], seconds[begin : end + 1], sign * rates[begin : end + 1]
    fastest = int(np.argmax(speed))
    before = np.flatnonzero(speed[:fastest] < UNDER_WAY * speed[fastest])
    after = np.flatnonzero(speed[fastest:] < AT_REST * speed[fastest])
    begun = int(before[-1]) if len(before) else 0
    arrived = fastest + int(after[0]) if len(after) else end - begin
    ahead = np.searchsorted(times, times + at_once_s, side="right") - 1
    return Swing(
        begin,
        end,
        begin + begun,
        begin + arrived,
        sign * float(part[arrived] - part[begun]),
        sign * float((part[ahead] - part).max()),
    )


def calmed(values: Array, seconds: Array, sigma_s: float) -> Array:
    """`values` (n,) under a Gaussian of `sigma_s` seconds; samples are taken as evenly spaced."""
    if len(values) < 2:
        return values
    step = float(np.median(np.diff(seconds)))
    return np.asarray(gaussian_filter1d(values, sigma_s / max(step, 1e-6), mode="nearest"), np.float64)


def noise_of(values: Array) -> float:
    """Standard deviation of the noise in `values` (n,): from second differences, which movements hardly touch."""
    if len(values) < 5:
        return 0.0
    second = values[2:] - 2 * values[1:-1] + values[:-2]
    return float(np.median(np.abs(second)) / (0.6745 * np.sqrt(6.0)))


def runs_of(
    believed: NDArray[np.bool_], frames: NDArray[np.int32], cuts: frozenset[int], least: int
) -> Iterator[slice]:
    """Stretches of at least `least` believed samples of consecutive frames of one shot."""
    breaks = np.flatnonzero((np.diff(frames) != 1) | np.isin(frames[1:], list(cuts)) | (np.diff(believed) != 0)) + 1
    for first, stop in pairwise([0, *breaks.tolist(), len(frames)]):
        if stop - first >= least and believed[first]:
            yield slice(first, stop)
