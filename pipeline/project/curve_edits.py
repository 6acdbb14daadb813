"""Changes to a curve, each a new curve: keys set, anchored and taken away; spans copied, moved, stretched, raised.

What a person copies, moves or raises is the person's, whoever set the key (`Key.made`).
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Literal

from msgspec.structs import replace

from pipeline.errors import RangeError
from pipeline.project.curve import (
    Curve,
    Handle,
    Interpolation,
    Key,
    bezier_points,
    bezier_time,
    index_of,
    segment_slopes,
    slope_at,
    value_at,
)

Side = Literal["before", "after"]
"""Of a key: towards the key before it, or the one after."""


def with_key(curve: Curve | None, key: Key) -> Curve:
    """The curve with a key, in place of one on the same frame."""
    kept = () if curve is None else (each for each in curve.keys if each.frame != key.frame)
    return _curve((*kept, key))


def without_keys(curve: Curve, first: int, last: int) -> Curve | None:
    """The curve without the keys on frames first..last; None where none is left."""
    kept = tuple(each for each in curve.keys if not first <= each.frame <= last)
    return Curve(keys=kept) if kept else None


def with_anchor(curve: Curve, frame: int, interpolation: Interpolation = "smooth") -> Curve:
    """The curve with a key on a frame that leaves every value of it as it is.

    `interpolation` is a new key's where the curve only holds: before its first key, and after its last.
    """
    keys = curve.keys
    if index_of(keys, frame) is not None:
        return curve
    if frame < keys[0].frame:
        first = replace(keys[0], before=None)
        return Curve(keys=(Key(frame=frame, value=first.value, interpolation=interpolation), first, *keys[1:]))
    if frame > keys[-1].frame:
        last = replace(keys[-1], after=None)
        return Curve(keys=(*keys[:-1], last, Key(frame=frame, value=last.value, interpolation=interpolation)))
    i = next(i for i in range(len(keys) - 1) if keys[i].frame < frame < keys[i + 1].frame)
    parts = _split(keys, i, frame)
    return holding_slopes(curve, Curve(keys=(*keys[:i], *parts, *keys[i + 2 :])), (parts[0].frame, parts[2].frame))


def holding_slopes(old: Curve, new: Curve, frames: Sequence[int]) -> Curve:
    """`new` with the slopes that `old` has at the keys on `frames`, where a smooth span meets them.

    A key's own slope follows from its neighbours: changing one of them would bend the span on the other side.
    """
    keys = list(new.keys)
    for frame in frames:
        was, now = index_of(old.keys, frame), index_of(new.keys, frame)
        if was is None or now is None:
            continue
        meets = any(new.keys[k].interpolation == "smooth" for k in (now - 1, now) if 0 <= k < len(keys) - 1)
        slope = slope_at(old.keys, was)
        if meets and slope != slope_at(new.keys, now):
            keys[now] = replace(keys[now], slope=slope)
    return Curve(keys=tuple(keys))


def with_interpolation(curve: Curve, i: int, interpolation: Interpolation) -> Curve:
    """The span from key `i` to the next in another way; a span that becomes a bezier keeps its shape at first.

    Of the last key it is what a span would have that is added after it.
    """
    keys = list(curve.keys)
    left = keys[i]
    if interpolation == "bezier" and left.interpolation not in ("bezier", "hold") and i + 1 < len(keys):
        right = keys[i + 1]
        rises = (0.0, 0.0)
        if left.interpolation == "smooth":
            rises = segment_slopes(curve.keys, i)
        elif left.interpolation == "linear":
            rises = ((right.value - left.value) / (right.frame - left.frame),) * 2
        left, keys[i + 1] = _as_bezier(left, right, *rises)
    keys[i] = replace(left, interpolation=interpolation, made="hand")
    return Curve(keys=tuple(keys))


def with_key_moved(curve: Curve, i: int, frame: int, value: float) -> Curve:
    """Key `i` on another frame, between its neighbours, with another value. Its slope follows from them again.

    Raises RangeError: another key lies there or in between.
    """
    keys = curve.keys
    after = keys[i + 1].frame if i + 1 < len(keys) else frame + 1
    if not (keys[i - 1].frame if i else -1) < frame < after:
        raise RangeError(
            f"The key of frame {keys[i].frame} cannot go to frame {frame}: it stays between its neighbours."
        )
    moved = replace(keys[i], frame=frame, value=value, slope=None, made="hand")
    return Curve(keys=(*keys[:i], moved, *keys[i + 1 :]))


def with_handle(curve: Curve, i: int, side: Side, handle: Handle, tied: bool) -> Curve:
    """Key `i` with another bezier handle on a side.

    `tied`: the handle on the other side of the key turns with it and keeps its length in frames, so that the curve
    has no corner there, where both spans are beziers.
    """
    keys = list(curve.keys)
    key = keys[i]
    across = (
        (i + 1 < len(keys) and key.interpolation == "bezier")
        if side == "before"
        else (i > 0 and keys[i - 1].interpolation == "bezier")
    )
    other = key.after if side == "before" else key.before
    if tied and across and handle[0] > 0:
        gap = keys[i + 1].frame - key.frame if side == "before" else key.frame - keys[i - 1].frame
        length = gap / 3 if other is None else other[0]
        other = (length, -handle[1] / handle[0] * length)
    before, after = (handle, other) if side == "before" else (other, handle)
    keys[i] = replace(key, before=before, after=after, made="hand")
    return Curve(keys=tuple(keys))


def _split(keys: tuple[Key, ...], i: int, frame: int) -> tuple[Key, Key, Key]:
    """Key `i`, a new one on `frame` and key i + 1, with the span between them as it was."""
    left, right = keys[i], keys[i + 1]
    value = value_at(Curve(keys=keys), frame)
    match left.interpolation:
        case "hold" | "linear":
            return left, Key(frame=frame, value=value, interpolation=left.interpolation), right
        case "smooth":
            slopes = segment_slopes(keys, i)
            if slopes != (slope_at(keys, i), slope_at(keys, i + 1)):
                return _split_bezier(*_as_bezier(left, right, *slopes), frame)
            return left, Key(frame=frame, value=value, slope=_rise(left, right, *slopes, frame)), right
        case "ease":
            return _split_bezier(*_as_bezier(left, right, 0.0, 0.0), frame)
        case "bezier":
            return _split_bezier(left, right, frame)


def _as_bezier(left: Key, right: Key, rise_left: float, rise_right: float) -> tuple[Key, Key]:
    """The keys with handles that make the same cubic, whatever the keys' other sides do."""
    third = (right.frame - left.frame) / 3
    return (
        replace(left, interpolation="bezier", after=(third, rise_left * third)),
        replace(right, before=(third, -rise_right * third)),
    )


def _rise(left: Key, right: Key, rise_left: float, rise_right: float, frame: int) -> float:
    """Derivative of the Hermite cubic, value a frame."""
    span = right.frame - left.frame
    t = (frame - left.frame) / span
    change = (right.value - left.value) / span
    return rise_left + t * (
        2 * (3 * change - 2 * rise_left - rise_right) + 3 * t * (rise_left + rise_right - 2 * change)
    )


def _split_bezier(left: Key, right: Key, frame: int) -> tuple[Key, Key, Key]:
    """De Casteljau's construction at the time of `frame`."""
    u = bezier_time(left, right, frame)
    p0, p1, p2, p3 = bezier_points(left, right)
    a, b, c = _between(p0, p1, u), _between(p1, p2, u), _between(p2, p3, u)
    d, e = _between(a, b, u), _between(b, c, u)
    _, value = _between(d, e, u)
    middle = Key(
        frame=frame,
        value=value,
        interpolation="bezier",
        before=(max(0.0, frame - d[0]), d[1] - value),
        after=(max(0.0, e[0] - frame), e[1] - value),
    )
    return (
        replace(left, after=(max(0.0, a[0] - left.frame), a[1] - left.value)),
        middle,
        replace(right, before=(max(0.0, right.frame - c[0]), c[1] - right.value)),
    )


def _between(p: tuple[float, float], q: tuple[float, float], u: float) -> tuple[float, float]:
    return p[0] + (q[0] - p[0]) * u, p[1] + (q[1] - p[1]) * u


def copied(curve: Curve, first: int, last: int) -> tuple[Key, ...]:
    """The keys on frames first..last, counted from `first`: what `pasted` takes."""
    keys = (each for each in curve.keys if first <= each.frame <= last)
    return tuple(replace(each, frame=each.frame - first, made="hand") for each in keys)


def pasted(curve: Curve | None, keys: Sequence[Key], frame: int) -> Curve:
    """The curve with copied keys from `frame` on; keys that lay inside their span are gone. Raises ValueError: none."""
    moved = [replace(each, frame=each.frame + frame) for each in keys]
    first, last = moved[0].frame, moved[-1].frame
    kept = () if curve is None else (each for each in curve.keys if not first <= each.frame <= last)
    return _curve((*kept, *moved))


def shifted(curve: Curve, frames: int) -> Curve:
    """The curve `frames` later, or earlier. Raises RangeError: a key would lie before the plate's first frame."""
    return Curve(keys=tuple(_placed(each, each.frame + frames) for each in curve.keys))


def retimed(curve: Curve, about: int, factor: Fraction) -> Curve:
    """The curve stretched in time: what lay n frames after `about` lies n · factor after it, to the nearest frame.

    Of keys that meet on a frame the later one stays. Raises RangeError: a key would lie before the plate's first
    frame. ValueError: a factor of 0 or less.
    """
    if factor <= 0:
        raise ValueError("time is stretched by a factor above 0")
    stretched: dict[int, Key] = {}
    for each in curve.keys:
        key = _placed(each, about + round((each.frame - about) * factor))
        rate = float(factor)
        slope = None if key.slope is None else key.slope / rate
        stretched[key.frame] = replace(
            key, slope=slope, before=_longer(key.before, rate), after=_longer(key.after, rate)
        )
    return Curve(keys=tuple(stretched.values()))


def raised(curve: Curve, change: float, held: Callable[[float], float] = float) -> Curve:
    """The curve higher by `change`; `held` brings each key's value into its bounds."""
    return Curve(keys=tuple(replace(each, value=held(each.value + change), made="hand") for each in curve.keys))


def _longer(handle: Handle | None, factor: float) -> Handle | None:
    return None if handle is None else (handle[0] * factor, handle[1])


def _placed(key: Key, frame: int) -> Key:
    if frame < 0:
        raise RangeError(f"The key of frame {key.frame} would lie before the plate's first frame: move it by less.")
    return replace(key, frame=frame, made="hand")


def _curve(keys: Sequence[Key]) -> Curve:
    return Curve(keys=tuple(sorted(keys, key=lambda each: each.frame)))
