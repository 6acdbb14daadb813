"""How far an edit of a curve reaches: one keyframe (fading out to its neighbours), a range, or a shot between two cuts;
each a new curve.

Values beyond stay exactly what they were, also where a smooth curve would like to bend.
"""

from collections.abc import Callable

from msgspec.structs import replace

from pipeline.project.curve import Curve, Interpolation, Key
from pipeline.project.curve_edits import holding_slopes, with_anchor, with_key, without_keys


def at_keyframe(
    curve: Curve | None, constant: float, key: Key, ends: tuple[int, ...], interpolation: Interpolation = "smooth"
) -> Curve:
    """The curve with a key, and with keys on `ends` that hold what was there: the neighbouring keyframes.

    `constant` is the value everywhere without a curve.
    """
    anchored = with_anchors(curve, constant, ends, interpolation)
    new = with_key(anchored, key) if ends else Curve(keys=(key,))
    return new if anchored is None else holding_slopes(anchored, new, ends)


def in_range(
    curve: Curve | None,
    constant: float,
    frames: range,
    last: int,
    value: float,
    ramp: int = 0,
    interpolation: Interpolation = "smooth",
) -> Curve:
    """The curve with one value on all frames of a range; `ramp` frames on either side lead to it.

    `last` is the plate's last frame.
    """
    before, after = frames.start - 1 - ramp, frames.stop + ramp
    ends = tuple(end for end in (before, after) if 0 <= end <= last)
    anchored = with_anchors(curve, constant, ends, interpolation)
    emptied = None if anchored is None else without_keys(anchored, before + 1, after - 1)
    if emptied is not None and before >= 0:
        opening = next(key for key in emptied.keys if key.frame == before)
        emptied = with_key(emptied, replace(opening, interpolation=interpolation, after=None))
    new = with_key(emptied, Key(frame=frames.start, value=value, interpolation="linear"))
    new = with_key(new, Key(frame=frames.stop - 1, value=value, interpolation=interpolation))
    return new if anchored is None else holding_slopes(anchored, new, ends)


def set_in_shot(curve: Curve | None, constant: float, frames: range, last: int, value: float) -> Curve:
    """The curve with one value on all frames of a shot, stepping to and from it at the cuts.

    `last` is the plate's last frame; `constant` the value everywhere without a curve.
    """
    anchored = _stepped(curve, constant, frames, last)
    first, end = frames.start, frames.stop - 1
    outside = tuple(each for each in anchored.keys if each.frame not in frames)
    inside = [Key(frame=each, value=value, interpolation="hold") for each in sorted({first, end})]
    keys = sorted((*outside, *inside), key=lambda each: each.frame)
    return holding_slopes(anchored, Curve(keys=tuple(keys)), (first - 1, end + 1))


def raised_in_shot(
    curve: Curve | None,
    constant: float,
    frames: range,
    last: int,
    change: float,
    held: Callable[[float], float] = float,
) -> Curve:
    """The curve higher by `change` on all frames of a shot, stepping there and back at the cuts; `held` brings each
    key's value into its bounds. `last` and `constant` as for `set_in_shot`."""
    anchored = _stepped(curve, constant, frames, last)
    keys = tuple(
        replace(each, value=held(each.value + change), made="hand") if each.frame in frames else each
        for each in anchored.keys
    )
    edges = frames.start - 1, frames.start, frames.stop - 1, frames.stop
    return holding_slopes(anchored, Curve(keys=keys), edges)


def _stepped(curve: Curve | None, constant: float, frames: range, last: int) -> Curve:
    """The curve with keys on both sides of both ends of a shot that change no value on any frame, and nothing that
    leads from one side to the other."""
    first, end = frames.start, frames.stop - 1
    edges = tuple(each for each in sorted({first - 1, first, end, end + 1}) if 0 <= each <= last)
    anchored = with_anchors(curve, constant, edges, "smooth")
    assert anchored is not None
    leading = {first - 1} | ({end} if end < last else set())
    keys = tuple(
        replace(each, interpolation="hold", after=None) if each.frame in leading else each for each in anchored.keys
    )
    return holding_slopes(anchored, Curve(keys=keys), edges)


def with_anchors(
    curve: Curve | None, constant: float, ends: tuple[int, ...], interpolation: Interpolation
) -> Curve | None:
    """The curve with keys on `ends` that change no value of it; None where there is nothing to hold."""
    for end in ends:
        if curve is None:
            curve = Curve(keys=(Key(frame=end, value=constant, interpolation=interpolation),))
        else:
            curve = with_anchor(curve, end, interpolation)
    return curve
