"""Frames and timecodes: labels skip, frames never do."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import RangeError
from pipeline.project.timebase import Rational, format_timecode, parse_frame, parse_range, parse_timecode

NTSC, FILM, PAL = Fraction(30000, 1001), Fraction(24000, 1001), Fraction(25)
DAY = {NTSC: 24 * 107892, Fraction(60000, 1001): 24 * 215784}


def test_drop_frame_skips_two_labels_each_minute_but_the_tenth() -> None:
    assert parse_timecode("00:00:59;29", NTSC) == 1799
    assert parse_timecode("00:01:00;02", NTSC) == 1800
    assert parse_timecode("00:10:00;00", NTSC) == 17982
    assert parse_timecode("01:00:00;00", NTSC) == 107892
    assert format_timecode(1800, NTSC, drop=True) == "00:01:00;02"
    assert format_timecode(1800, NTSC, drop=False) == "00:01:00:00"


@pytest.mark.parametrize("rate", sorted(DAY))
@given(data=st.data())
def test_every_frame_of_a_day_has_one_drop_frame_label(rate: Fraction, data: st.DataObject) -> None:
    frame = data.draw(st.integers(0, DAY[rate] - 1))
    assert parse_timecode(format_timecode(frame, rate, drop=True), rate) == frame


@given(frame=st.integers(0, 24 * 3600 * 24 - 1))
def test_non_drop_timecode_comes_back(frame: int) -> None:
    assert parse_timecode(format_timecode(frame, FILM, drop=False), FILM) == frame


@pytest.mark.parametrize("text", ["00:01:00;00", "00:01:00;01", "00:00:00:30", "00:60:00:00", "0:0:0", "", "1.5", "-3"])
def test_labels_that_do_not_exist_are_refused(text: str) -> None:
    with pytest.raises(RangeError):
        parse_timecode(text, NTSC)


def test_drop_frame_is_refused_where_the_rate_has_none() -> None:
    with pytest.raises(RangeError, match="drop-frame"):
        parse_timecode("00:00:01;00", PAL)


def test_a_frame_is_named_by_number_or_by_timecode_from_the_plates_first() -> None:
    assert parse_frame("226", FILM, None) == 226
    assert parse_frame("00:00:10:00", FILM, None) == 240
    assert parse_frame("01:00:01:05", FILM, "01:00:00:00") == 29
    with pytest.raises(RangeError, match="before the plate's first"):
        parse_frame("00:59:59:23", FILM, "01:00:00:00")


def test_a_range_is_inclusive_and_lies_inside_the_plate() -> None:
    assert parse_range(None, None, 472, FILM, None) == range(472)
    assert parse_range("226", "345", 472, FILM, None) == range(226, 346)
    with pytest.raises(RangeError, match="frames 0 to 471"):
        parse_range(None, "472", 472, FILM, None)
    with pytest.raises(RangeError, match="before the in point"):
        parse_range("20", "10", 472, FILM, None)


def test_rationals_keep_rates_exactly() -> None:
    assert Rational.of(NTSC) == Rational(30000, 1001)
    assert Rational(30000, 1001).fraction == NTSC
    with pytest.raises(ValueError, match="positive"):
        Rational(1, 0)
