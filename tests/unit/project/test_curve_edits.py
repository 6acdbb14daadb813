"""Edits of curves change what they are asked to, and nothing beyond."""

from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import RangeError
from pipeline.project.curve import INTERPOLATIONS, Curve, Interpolation, Key, value_at
from pipeline.project.curve_edits import (
    copied,
    pasted,
    raised,
    retimed,
    shifted,
    with_anchor,
    with_key,
    without_keys,
)
from tests.unit.project.test_curve import VALUES, curves

FRAME = st.integers(0, 3000)


def values(curve: Curve, frames: Sequence[float]) -> list[float]:
    return [value_at(curve, frame) for frame in frames]


@given(curves(pinned=True), st.lists(FRAME, min_size=1, max_size=4))
def test_anchors_leave_every_value_as_it_was(curve: Curve, frames: list[int]) -> None:
    probes = sorted({0, 3001, *frames, *(key.frame + d for key in curve.keys for d in (-0.5, 0, 0.3, 1, 17))})
    changed = curve
    for frame in frames:
        changed = with_anchor(changed, frame)
        assert any(key.frame == frame for key in changed.keys)
    assert values(changed, probes) == pytest.approx(values(curve, probes), abs=2e-4, rel=1e-6)


@pytest.mark.parametrize("kind", INTERPOLATIONS)
def test_an_anchor_in_a_span_of_each_kind_keeps_it(kind: Interpolation) -> None:
    keys = [(0, 0.0), (40, 1.0), (100, 0.4), (130, 0.9)]
    curve = Curve(
        keys=tuple(Key(frame=f, value=v, interpolation=kind, before=(9, -0.2), after=(15, 0.3)) for f, v in keys)
    )
    probes = [f / 4 for f in range(-10, 600)]
    for frame in (1, 40, 55, 99, 140):
        assert values(with_anchor(curve, frame), probes) == pytest.approx(values(curve, probes), abs=1e-7)


def test_a_new_anchor_outside_takes_the_wanted_interpolation() -> None:
    curve = Curve(keys=(Key(frame=10, value=0.5, interpolation="hold"),))
    assert with_anchor(curve, 4, "linear").keys[0] == Key(frame=4, value=0.5, interpolation="linear")
    assert with_anchor(curve, 14, "linear").keys[1] == Key(frame=14, value=0.5, interpolation="linear")


@given(curves(), FRAME, VALUES)
def test_a_key_takes_the_place_of_one_on_its_frame(curve: Curve, frame: int, value: float) -> None:
    changed = with_key(curve, Key(frame=frame, value=value))
    assert value_at(changed, frame) == value
    assert {key.frame for key in changed.keys} == {frame, *(key.frame for key in curve.keys)}
    assert with_key(None, Key(frame=frame, value=value)).keys == (Key(frame=frame, value=value),)


@given(curves(), FRAME, FRAME)
def test_a_span_is_copied_and_pasted_whole(curve: Curve, one: int, other: int) -> None:
    first, last = sorted((one, other))
    keys = copied(curve, first, last)
    assert [key.frame + first for key in keys] == [key.frame for key in curve.keys if first <= key.frame <= last]
    if keys:
        assert pasted(curve, keys, first) == curve
        assert copied(pasted(None, keys, 7), 7, 7 + last - first) == keys


def test_pasting_replaces_what_lay_inside_the_span() -> None:
    curve = Curve(keys=tuple(Key(frame=f, value=float(f)) for f in (0, 10, 20, 30)))
    keys = (Key(frame=0, value=-1.0), Key(frame=12, value=-2.0))
    assert [key.frame for key in pasted(curve, keys, 9).keys] == [0, 9, 21, 30]


@given(curves(), st.integers(0, 500))
def test_a_curve_moved_and_moved_back_is_the_same(curve: Curve, frames: int) -> None:
    moved = shifted(curve, frames)
    assert shifted(moved, -frames) == curve
    assert value_at(moved, 1000 + frames) == pytest.approx(value_at(curve, 1000), abs=1e-4, rel=1e-6)


def test_no_key_is_moved_before_the_first_frame() -> None:
    curve = Curve(keys=(Key(frame=5, value=1.0), Key(frame=9, value=2.0)))
    with pytest.raises(RangeError, match="frame 5"):
        shifted(curve, -6)
    with pytest.raises(RangeError, match="first frame"):
        retimed(curve, 9, Fraction(3))


@given(curves(), st.integers(2, 5))
def test_a_stretched_curve_has_the_same_values_at_stretched_times(curve: Curve, factor: int) -> None:
    stretched = retimed(curve, 0, Fraction(factor))
    probes = [key.frame + d for key in curve.keys for d in (0, 1, 2)]
    assert values(stretched, [p * factor for p in probes]) == pytest.approx(values(curve, probes), abs=1e-3, rel=1e-6)
    assert len(retimed(stretched, 0, Fraction(1, factor)).keys) == len(curve.keys)


def test_of_keys_that_meet_the_later_one_stays() -> None:
    curve = Curve(keys=(Key(frame=10, value=1.0), Key(frame=11, value=2.0), Key(frame=20, value=3.0)))
    assert [(k.frame, k.value) for k in retimed(curve, 0, Fraction(1, 4)).keys] == [(2, 1.0), (3, 2.0), (5, 3.0)]
    assert [(k.frame, k.value) for k in retimed(curve, 0, Fraction(1, 10)).keys] == [(1, 2.0), (2, 3.0)]
    with pytest.raises(ValueError, match="above 0"):
        retimed(curve, 0, Fraction(0))


@given(curves(), st.floats(-50, 50, width=32))
def test_a_raised_curve_stays_in_bounds(curve: Curve, change: float) -> None:
    held = raised(curve, change, lambda value: min(max(value, -20.0), 20.0))
    assert all(-20 <= key.value <= 20 for key in held.keys)
    assert [k.value for k in raised(curve, change).keys] == [k.value + change for k in curve.keys]


def test_the_last_key_taken_away_leaves_no_curve() -> None:
    curve = Curve(keys=(Key(frame=5, value=1.0), Key(frame=9, value=2.0)))
    left = without_keys(curve, 5, 8)
    assert left is not None
    assert [key.frame for key in left.keys] == [9]
    assert without_keys(left, 0, 9) is None
