"""Where the face comes and goes: ends of its track, cuts, and things that come before it."""

from itertools import pairwise

import numpy as np

from pipeline.analysis.evidence import Evidence
from pipeline.analysis.signals import FaceSignals

LEAST_COVERED_S = 0.10
"""Something before the face for a shorter time is an error of the matte, seconds."""
LEAST_CLEAR_S = 0.25
"""A gap that is shorter does not part two times under cover."""


def span_events(signals: FaceSignals) -> list[Evidence]:
    """First, last and cut frames of every stretch in which the face is seen without a gap, and occlusions in it."""
    frames = signals.frames
    breaks = np.flatnonzero((np.diff(frames) != 1) | np.isin(frames[1:], list(signals.cuts))) + 1
    found: list[Evidence] = []
    for first, stop in pairwise([0, *breaks.tolist(), len(frames)]):
        if int(frames[first]) in signals.cuts and first > 0:
            found.append(Evidence(first, "cut", "plate", 1.0, "a new shot begins", "cut"))
        else:
            found.append(Evidence(first, "first", "plate", 1.0, _comes(signals, first), "span"))
        followed = stop < len(frames) and frames[stop] == frames[stop - 1] + 1
        if stop - 1 > first and not followed:
            found.append(Evidence(stop - 1, "last", "plate", 1.0, _goes(signals, stop), "span"))
        found.extend(_occlusions(signals, first, stop))
    return [*found, *_passages(signals)]


def _comes(signals: FaceSignals, first: int) -> str:
    if first == 0:
        return "only frame of the face" if len(signals.frames) == 1 else "first frame of the face"
    return f"the face is seen again after {_absent(signals, first)}"


def _goes(signals: FaceSignals, stop: int) -> str:
    if stop == len(signals.frames):
        return "last frame of the face"
    return f"last frame before the face is not seen for {_absent(signals, stop)}"


def _absent(signals: FaceSignals, index: int) -> str:
    """How long the face was not seen before its frame at `index`."""
    count = int(signals.frames[index] - signals.frames[index - 1]) - 1
    return "1 frame" if count == 1 else f"{count} frames"


def _passages(signals: FaceSignals) -> list[Evidence]:
    """First whole frames after dissolves and fades."""
    found = []
    for each in signals.dissolves:
        index = int(np.searchsorted(signals.frames, each.stop))
        if index < len(signals.frames) and int(signals.frames[index]) == each.stop:
            text = f"a new shot begins: {'fade' if each.fade else 'dissolve'} over {each.frames} frames"
            found.append(Evidence(index, "cut", "plate", 1.0, text, "cut"))
    return found


def _occlusions(signals: FaceSignals, first: int, stop: int) -> list[Evidence]:
    found = []
    for start, end in _covered(signals, first, stop):
        if start > first:
            text = "last clean frame, something comes before the face"
            found.append(Evidence(start - 1, "occlusion_in", "face", 1.0, text, "matte"))
        if end < stop:
            text = f"first clean frame after {end - start} under cover"
            found.append(Evidence(end, "occlusion_out", "face", 1.0, text, "matte"))
    return found


def _covered(signals: FaceSignals, first: int, stop: int) -> list[tuple[int, int]]:
    """Index ranges (start, end exclusive) in first..stop-1 in which the face is covered."""
    edges = np.diff(np.concatenate([[1], signals.clear[first:stop].astype(np.int8), [1]]))
    starts, ends = np.flatnonzero(edges < 0) + first, np.flatnonzero(edges > 0) + first
    seconds = signals.seconds
    joined: list[tuple[int, int]] = []
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        if joined and seconds[start] - seconds[joined[-1][1] - 1] < LEAST_CLEAR_S:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return [(start, end) for start, end in joined if seconds[end - 1] - seconds[start] >= LEAST_COVERED_S]
