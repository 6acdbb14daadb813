"""How far an edit of a curve reaches: one keyframe (fading out to its neighbours), or a range; each a new curve.

Values beyond stay exactly what they were, also where a smooth curve would like to bend.
"""

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
