"""A parameter over time: keys on plate frames, and what lies between them.

The value between two keys follows the left one's interpolation; before the first key and after the last the curve
holds. All but `bezier` stay between the values of the two keys. A curve knows nothing of its parameter: bounds
and unit are the parameter's (`parameter_table`), and whoever reads a value holds it inside them.
"""

from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import pairwise
from operator import attrgetter
from typing import Annotated, Literal, get_args

import msgspec

Interpolation = Literal["hold", "linear", "smooth", "ease", "bezier"]
"""hold: the left value. linear. smooth: monotone cubic through all keys, level at peaks and ends. ease: level at both
keys. bezier: by the keys' handles, which may lead beyond their values.
"""
INTERPOLATIONS: tuple[Interpolation, ...] = get_args(Interpolation)

Handle = tuple[Annotated[float, msgspec.Meta(ge=0.0)], float]
"""A bezier handle: frames away from its key, and value above the key's."""


class Key(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One value on one plate frame."""

    frame: Annotated[int, msgspec.Meta(ge=0)]
    value: float
    interpolation: Interpolation = "smooth"
    """Of the span from this key to the next."""
    slope: float | None = None
    """Rise a frame at a smooth key; None: as its neighbours ask. Edits pin it so that a span beyond stays as it is."""
    before: Handle | None = None
    """Bezier handle towards the key before; None: level, a third of the way."""
    after: Handle | None = None
    """Bezier handle towards the key after; None: level, a third of the way."""
    made: Literal["hand", "balance"] = "hand"
    """Whether a person set it or the automatic balance, which replaces none but its own."""


class Curve(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """One parameter's keys, at least one, in order of their frames."""

    keys: tuple[Key, ...]

    @cached_property
    def frames(self) -> tuple[int, ...]:
        """The keys' frames, found once: every frame that is drawn looks its place up among them."""
        return tuple(key.frame for key in self.keys)

    def __post_init__(self) -> None:
        if not self.keys:
            raise ValueError("a curve has at least one key")
        if any(one.frame >= other.frame for one, other in pairwise(self.keys)):
            raise ValueError("the keys of a curve rise in frames, one a frame")


_FRAME = attrgetter("frame")
_SETTLED = 1e-9
"""Frames to which a bezier's time is solved."""


def value_at(curve: Curve, frame: float) -> float:
    """The curve's value at a plate frame."""
    keys = curve.keys
    i = bisect_right(curve.frames, frame) - 1
    if i < 0:
        return keys[0].value
    left = keys[i]
    if i == len(keys) - 1 or left.frame == frame:
        return left.value
    right = keys[i + 1]
    match left.interpolation:
        case "smooth":
            rise_left, rise_right = segment_slopes(keys, i)
        case "hold":
            return left.value
        case "bezier":
            return _bezier(left, right, frame)
        case "ease":
            rise_left = rise_right = 0.0
        case "linear":
            rise_left = rise_right = (right.value - left.value) / (right.frame - left.frame)
    return _hermite(left, right, rise_left, rise_right, frame)


def _hermite(left: Key, right: Key, rise_left: float, rise_right: float, frame: float) -> float:
    """The cubic's value, held between those of the two keys."""
    start, end, first = left.value, right.value, left.frame
    span = right.frame - first
    t = (frame - first) / span
    change = end - start
    a, b = rise_left * span, rise_right * span
    value = start + t * (a + t * (3 * change - 2 * a - b + t * (a + b - 2 * change)))
    if start > end:
        start, end = end, start
    return start if value < start else min(value, end)


def segment_slopes(keys: tuple[Key, ...], i: int) -> tuple[float, float]:
    """Rise a frame at both ends of the smooth span from key `i` to the next, such that it never turns between them.

    The limits are those of Fritsch and Carlson, SIAM J. Numer. Anal. 17 (1980).
    """
    left, right = keys[i], keys[i + 1]
    frame, value = left.frame, left.value
    span, change = right.frame - frame, right.value - value
    if change == 0:
        return 0.0, 0.0
    secant = change / span
    if left.slope is None and right.slope is None:
        a = b = 0.0
        if i > 0:
            before = keys[i - 1]
            gap = frame - before.frame
            a = _steffen(gap, (value - before.value) / gap, span, secant)
        if i + 2 < len(keys):
            after = keys[i + 2]
            gap = after.frame - right.frame
            b = _steffen(span, secant, gap, (after.value - right.value) / gap)
        return a, b
    a, b = slope_at(keys, i), slope_at(keys, i + 1)
    alpha, beta = max(0.0, a / secant), max(0.0, b / secant)
    if not _monotone(alpha, beta):
        scale = 3.0 / (alpha * alpha + beta * beta) ** 0.5
        alpha, beta = scale * alpha, scale * beta
    return alpha * secant, beta * secant


def _monotone(alpha: float, beta: float) -> bool:
    """Whether a cubic with these end slopes, in units of its secant (both >= 0), rises throughout."""
    if alpha + beta <= 2 or 2 * alpha + beta <= 3 or alpha + 2 * beta <= 3:
        return True
    return alpha - (2 * alpha + beta - 3) ** 2 / (3 * (alpha + beta - 2)) >= -1e-9


def slope_at(keys: tuple[Key, ...], i: int) -> float:
    """Rise a frame at a smooth key: pinned, else after Steffen, Astron. Astrophys. 239 (1990); level at the ends."""
    key = keys[i]
    if key.slope is not None:
        return key.slope
    if i == 0 or i == len(keys) - 1:
        return 0.0
    before, after = keys[i - 1], keys[i + 1]
    h0, h1 = key.frame - before.frame, after.frame - key.frame
    return _steffen(h0, (key.value - before.value) / h0, h1, (after.value - key.value) / h1)


def _steffen(h0: int, s0: float, h1: int, s1: float) -> float:
    """The slope between two spans of h0 and h1 frames that rise by s0 and s1 a frame."""
    if s0 * s1 <= 0:
        return 0.0
    half = 0.5 * (s0 * h1 + s1 * h0) / (h0 + h1)
    return 2 * (min(s0, s1, half) if s0 > 0 else max(s0, s1, half))


def _bezier(left: Key, right: Key, frame: float) -> float:
    u = bezier_time(left, right, frame)
    return _blend(u, *(value for _, value in bezier_points(left, right)))


def bezier_points(left: Key, right: Key) -> tuple[tuple[float, float], ...]:
    """The four control points (frame, value) between two keys.

    Handles that would pass each other are shortened alike, so that time never turns and a part of a span is a span.
    """
    span = right.frame - left.frame
    out, rise = left.after or (span / 3, 0.0)
    back, fall = right.before or (span / 3, 0.0)
    share = min(1.0, span / (out + back)) if out + back > 0 else 1.0
    return (
        (left.frame, left.value),
        (left.frame + share * out, left.value + share * rise),
        (right.frame - share * back, right.value + share * fall),
        (right.frame, right.value),
    )


def bezier_time(left: Key, right: Key, frame: float) -> float:
    """The curve parameter 0..1 at which the bezier from `left` to `right` passes `frame`."""
    times = tuple(time for time, _ in bezier_points(left, right))
    low, high = 0.0, 1.0
    u = (frame - left.frame) / (right.frame - left.frame)
    for _ in range(60):
        ahead = _blend(u, *times) - frame
        if abs(ahead) < _SETTLED:
            break
        low, high = (low, u) if ahead > 0 else (u, high)
        rate = _rate(u, *times)
        u = u - ahead / rate if rate > 0 else low
        if not low < u < high:
            u = 0.5 * (low + high)
    return u


def _blend(u: float, p0: float, p1: float, p2: float, p3: float) -> float:
    v = 1 - u
    return v * v * v * p0 + 3 * v * v * u * p1 + 3 * v * u * u * p2 + u * u * u * p3


def _rate(u: float, p0: float, p1: float, p2: float, p3: float) -> float:
    v = 1 - u
    return 3 * (v * v * (p1 - p0) + 2 * v * u * (p2 - p1) + u * u * (p3 - p2))


def index_of(keys: tuple[Key, ...], frame: int) -> int | None:
    """The place of the key on a frame; None where there is none."""
    i = bisect_left(keys, frame, key=_FRAME)
    return i if i < len(keys) and keys[i].frame == frame else None
