"""Peaks of a curve, those that `scipy.signal.find_peaks` finds: its module alone would take 35 MB of a process."""

import numpy as np
from numpy.typing import NDArray


def peaks_of(
    values: NDArray[np.float64],
    *,
    least_height: float = -np.inf,
    least_distance: int = 1,
    least_prominence: float = 0.0,
) -> NDArray[np.intp]:
    """Indices, ascending, of values (n,) that are higher than those on both sides; of a level top its middle.

    Parameters
    ----------
    least_height
        In the unit of the values, as is `least_prominence`.
    least_distance
        Samples from one peak to the next: of two that are nearer the higher one stays.
    least_prominence
        How far it goes down on either side before it goes up higher than the peak.
    """
    peaks = _tops(values)
    peaks = peaks[values[peaks] >= least_height]
    if least_distance > 1:
        peaks = peaks[_apart(peaks, values[peaks], least_distance)]
    if least_prominence > 0:
        peaks = peaks[[_prominence(values, int(peak)) >= least_prominence for peak in peaks]]
    return peaks


def _tops(values: NDArray[np.float64]) -> NDArray[np.intp]:
    if len(values) < 3:
        return np.zeros(0, np.intp)
    starts = np.append(0, np.flatnonzero(values[1:] != values[:-1]) + 1)
    ends = np.append(starts[1:], len(values)) - 1
    level = values[starts]
    top = np.flatnonzero((level[:-2] < level[1:-1]) & (level[2:] < level[1:-1])) + 1
    return np.asarray((starts[top] + ends[top]) // 2, np.intp)


def _apart(peaks: NDArray[np.intp], heights: NDArray[np.float64], distance: int) -> NDArray[np.bool_]:
    keep = np.ones(len(peaks), bool)
    for highest in np.argsort(heights)[::-1]:
        if keep[highest]:
            near = np.abs(peaks - peaks[highest]) < distance
            near[highest] = False
            keep[near] = False
    return keep


def _prominence(values: NDArray[np.float64], peak: int) -> float:
    height = values[peak]
    left, right = values[peak::-1], values[peak:]
    return float(height - max(_lowest_before_higher(left, height), _lowest_before_higher(right, height)))


def _lowest_before_higher(way: NDArray[np.float64], height: float) -> float:
    higher = np.flatnonzero(~(way <= height))
    return float(way[: higher[0]].min() if len(higher) else way.min())
