"""Steps from keyframe to keyframe, from marker to marker, and to the next keyframe that waits for review."""

from collections.abc import Iterable, Mapping, Sequence

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


def next_worst(errors: Mapping[int, float], frame: int, direction: int) -> int | None:
    """`errors`: by frame how far it is off. The next less bad one than `frame` (`direction` 1), or the next worse (-1).

    From a frame that isn't among them, and beyond the end, the worst, or the least bad. None: there are none.
    """
    order = sorted(errors, key=lambda each: (-errors[each], each))
    if not order:
        return None
    if frame not in errors:
        return order[0 if direction > 0 else -1]
    return order[(order.index(frame) + direction) % len(order)]
