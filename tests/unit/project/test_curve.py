"""Curves pass through their keys, never lead beyond them, and hold outside."""

from collections.abc import Iterable
from itertools import pairwise

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.interpolate import BPoly

from pipeline.project.curve import INTERPOLATIONS, Curve, Interpolation, Key, index_of, value_at

VALUES = st.floats(-100, 100, allow_nan=False, width=32)
FRAMES = st.lists(st.integers(0, 3000), min_size=1, max_size=12, unique=True).map(sorted)


@st.composite
def curves(draw: st.DrawFn, kinds: Iterable[Interpolation] = INTERPOLATIONS, pinned: bool = False) -> Curve:
    """Any curve; with handles where it may be a bezier's, and with slopes of edits where `pinned`."""
    handle = st.none() | st.tuples(st.floats(0, 400, width=32), VALUES)
    slope = st.none() | st.floats(-5, 5, width=32) if pinned else st.none()
    kinds = list(kinds)
    return Curve(
        keys=tuple(
            Key(
                frame=frame,
                value=draw(VALUES),
                interpolation=draw(st.sampled_from(kinds)),
                slope=draw(slope),
                before=draw(handle) if "bezier" in kinds else None,
                after=draw(handle) if "bezier" in kinds else None,
            )
            for frame in draw(FRAMES)
        )
    )


@given(curves(pinned=True))
def test_a_curve_passes_through_its_keys_and_holds_outside_them(curve: Curve) -> None:
    assert all(value_at(curve, key.frame) == key.value for key in curve.keys)
    first, last = curve.keys[0], curve.keys[-1]
    assert value_at(curve, first.frame - 1) == value_at(curve, -1e6) == first.value
    assert value_at(curve, last.frame + 1) == value_at(curve, 1e9) == last.value


@given(curves([each for each in INTERPOLATIONS if each != "bezier"], pinned=True), st.floats(0, 1))
def test_only_a_bezier_leads_beyond_the_keys_it_lies_between(curve: Curve, share: float) -> None:
    for left, right in pairwise(curve.keys):
        value = value_at(curve, left.frame + share * (right.frame - left.frame))
        assert min(left.value, right.value) <= value <= max(left.value, right.value)


@given(curves(["smooth"], pinned=True))
def test_a_smooth_span_never_turns(curve: Curve) -> None:
    for left, right in pairwise(curve.keys):
        values = np.array([value_at(curve, frame) for frame in np.linspace(left.frame, right.frame, 40)])
        steps = np.diff(values) * np.sign(right.value - left.value)
        assert steps.min() >= -1e-9 * max(1.0, np.abs(values).max())


@given(curves(["smooth"]))
def test_a_smooth_curve_has_no_corner_at_its_keys(curve: Curve) -> None:
    h = 1e-5
    for key in curve.keys:
        before = (key.value - value_at(curve, key.frame - h)) / h
        after = (value_at(curve, key.frame + h) - key.value) / h
        assert before == pytest.approx(after, abs=0.02)


def test_a_smooth_curve_is_level_at_peaks_and_ends() -> None:
    curve = Curve(keys=tuple(Key(frame=f, value=v) for f, v in ((0, 0.0), (10, 1.0), (30, 0.2))))
    h = 1e-6
    assert value_at(curve, 10 - h) == pytest.approx(1.0, abs=1e-9)
    assert value_at(curve, h) == pytest.approx(0.0, abs=1e-9)
    assert value_at(curve, 5) == pytest.approx(0.5)


def test_hold_linear_and_ease_are_what_they_say() -> None:
    def at(kind: Interpolation, frame: float) -> float:
        return value_at(Curve(keys=(Key(frame=10, value=1.0, interpolation=kind), Key(frame=20, value=3.0))), frame)

    assert at("hold", 19.99) == 1.0
    assert at("linear", 12.5) == 1.5
    assert at("ease", 12.5) == pytest.approx(1 + 2 * (3 * 0.25**2 - 2 * 0.25**3))


def test_a_bezier_follows_its_handles() -> None:
    left = Key(frame=0, value=0.0, interpolation="bezier", after=(4.0, 1.0))
    right = Key(frame=10, value=1.0, before=(2.0, 0.5))
    points = np.array([(0, 0), (4, 1), (8, 1.5), (10, 1)], float)
    polynomial = BPoly(points[:, None, :], [0, 1])
    for time, value in polynomial(np.linspace(0, 1, 50)):
        assert value_at(Curve(keys=(left, right)), float(time)) == pytest.approx(float(value), abs=1e-5)


@given(curves(["bezier"]), st.floats(0, 1))
def test_a_bezier_has_one_value_at_every_time(curve: Curve, share: float) -> None:
    for left, right in pairwise(curve.keys):
        heights = [left.value, right.value, left.value + (left.after or (0, 0))[1]]
        heights.append(right.value + (right.before or (0, 0))[1])
        value = value_at(curve, left.frame + share * (right.frame - left.frame))
        assert min(heights) - 1e-6 <= value <= max(heights) + 1e-6


@given(curves(pinned=True))
def test_a_curve_survives_its_json(curve: Curve) -> None:
    assert msgspec.json.decode(msgspec.json.encode(curve), type=Curve) == curve


@pytest.mark.parametrize("text", ['{"keys": []}', '{"keys": [{"frame": 3, "value": 1}, {"frame": 3, "value": 2}]}'])
def test_a_curve_without_order_is_refused(text: str) -> None:
    with pytest.raises(msgspec.ValidationError, match="key"):
        msgspec.json.decode(text, type=Curve)


@given(curves(), st.integers(0, 3000))
def test_keys_are_found_by_their_frame(curve: Curve, frame: int) -> None:
    found = index_of(curve.keys, frame)
    assert (found is not None) == (frame in {key.frame for key in curve.keys})
    assert found is None or curve.keys[found].frame == frame
