"""Steps from keyframe to keyframe, from marker to marker, and to the next keyframe that waits for review."""

from collections.abc import Iterable, Sequence

from pipeline.project.keyframe import Keyframe


def neighbour(keyframes: Sequence[Keyframe], frame: int, direction: int) -> int | None:
    """The frame of the nearest keyframe after `frame` (`direction` 1) or before it (-1); None: there is none."""
    return neighbour_frame((each.frame for each in keyframes), frame, direction)


def neighbour_frame(frames: Iterable[int], frame: int, direction: int) -> int | None:
    """Of some frames the nearest after `frame` (`direction` 1) or before it (-1); None: there is none."""
    if direction > 0:
        return min((each for each in frames if each > frame), default=None)
    return max((each for each in frames if each < frame), default=None)


def next_open(keyframes: Sequence[Keyframe], frame: int) -> int | None:
    """The next keyframe that isn't approved, after `frame` and then from the start; None: all are approved."""
    waiting = [each.frame for each in keyframes if each.status != "approved" and each.frame != frame]
    return min((each for each in waiting if each > frame), default=min(waiting, default=None))
