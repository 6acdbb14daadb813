"""Frames and pixels agree at every zoom."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.timeline.frame_scale import FrameScale, snapped, tick_step, tick_steps

FRAMES, WIDTH = 200_000, 1000.0


@given(st.floats(0, FRAMES - 1), st.floats(0.005, 60), st.integers(0, FRAMES))
def test_a_frames_middle_pixel_is_that_frame(first: float, frame_px: float, frame: int) -> None:
    scale = FrameScale(first, frame_px)
    assert scale.frame(scale.x(frame + 0.5)) == frame


@given(st.floats(0.2, 5), st.floats(0, WIDTH), st.floats(0, FRAMES))
def test_zooming_keeps_what_lies_under_the_pointer_or_stays_inside(factor: float, x: float, first: float) -> None:
    before = FrameScale(first, 4.0).inside(FRAMES, WIDTH)
    after = before.zoomed(factor, x, FRAMES, WIDTH)
    at_before, at_after = before.first + x / before.frame_px, after.first + x / after.frame_px
    at_an_end = after.first == 0 or after.first == pytest.approx(FRAMES - WIDTH / after.frame_px)
    assert at_an_end or at_after == pytest.approx(at_before, abs=1e-6)
    assert after.first >= 0


def test_zooming_out_ends_with_the_whole_plate_in_sight() -> None:
    scale = FrameScale(5000.0, 10.0)
    for _ in range(100):
        scale = scale.zoomed(0.5, 10.0, FRAMES, WIDTH)
    assert scale == FrameScale.fitting(FRAMES, WIDTH)


def test_marks_are_whole_seconds_or_single_frames() -> None:
    assert tick_steps(Fraction(24000, 1001))[:5] == [1, 2, 5, 10, 24]
    assert tick_step(FrameScale(0, 40.0), Fraction(24), 90.0) == 5
    assert tick_step(FrameScale(0, 1.0), Fraction(24), 90.0) == 120


def test_what_is_dragged_catches_within_reach_only() -> None:
    scale = FrameScale(0, 2.0)
    assert snapped(103, [100, 200], scale) == 100
    assert snapped(104, [100, 200], scale) == 104
    assert snapped(104, [], scale) == 104


def test_a_frame_out_of_sight_is_brought_into_it() -> None:
    scale = FrameScale(0, 10.0)
    shown = scale.showing(5000, FRAMES, WIDTH)
    assert 5000 in shown.visible(FRAMES, WIDTH)
    assert scale.showing(50, FRAMES, WIDTH) == scale


def test_the_one_frame_of_a_still_is_not_as_wide_as_the_timeline() -> None:
    scale = FrameScale.fitting(1, WIDTH)
    assert scale.frame_px < WIDTH / 10
    assert scale.zoomed(4.0, 10.0, 1, WIDTH) == scale
