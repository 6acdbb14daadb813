"""What of a curve is drawn, as numbers: its line through the frames in sight, and its bezier handles."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from pipeline.project.curve import Curve, bezier_points, value_at
from pipeline.project.curve_edits import Side
from pipeline.project.parameter_table import Parameter

_STEP = 1e-4
"""Frames before a key at which the value that was held is drawn once more, so that a step stands upright."""


@dataclass(frozen=True, slots=True)
class HandlePoint:
    """A bezier handle where it acts: the key it belongs to, its side, and its place in frames and value."""

    key_frame: int
    key_value: float
    side: Side
    frame: float
    value: float


def line_of(
    curve: Curve, parameter: Parameter, first: float, last: float, points: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Frames and values, inside the parameter's bounds, of the line from frame `first` to `last`: about `points` of
    them, evenly, and every key.
    """
    inside = [each for each in curve.frames if first <= each <= last]
    steps = [
        right.frame - _STEP
        for left, right in pairwise(curve.keys)
        if left.interpolation == "hold" and first <= right.frame <= last
    ]
    frames = np.unique(np.concatenate([np.linspace(first, last, max(2, points)), inside, steps]))
    values = np.array([value_at(curve, each) for each in frames.tolist()])
    return frames, np.clip(values, parameter.lowest, parameter.highest)


def handles_about(curve: Curve, frame: int) -> Iterator[HandlePoint]:
    """The handles of the bezier spans that meet in the key of a frame."""
    keys = curve.keys
    i = curve.frames.index(frame)
    for left, right in ((i - 1, i), (i, i + 1)):
        if left >= 0 and right < len(keys) and keys[left].interpolation == "bezier":
            one, other = keys[left], keys[right]
            _, out, back, _ = bezier_points(one, other)
            yield HandlePoint(one.frame, one.value, "after", *out)
            yield HandlePoint(other.frame, other.value, "before", *back)
