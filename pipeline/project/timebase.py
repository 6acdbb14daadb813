"""Rational time, SMPTE timecode, and what a user types to name a frame.

Rates such as 24000/1001 have no exact decimal form, so time is a fraction everywhere. Drop-frame
timecode skips *labels*, never frames (SMPTE ST 12-1): labels 00 and 01 (00 to 03 at 59.94) don't
exist at the start of a minute, except every tenth.
"""

import re
from fractions import Fraction

import msgspec

from pipeline.errors import RangeError

_TIMECODE = re.compile(r"^(\d{1,2}):(\d{2}):(\d{2})([:;.,])(\d{2,3})$")
_DROP_RATES = {Fraction(30000, 1001): 2, Fraction(60000, 1001): 4}
"""Rates that have a drop-frame count, and the labels each minute drops."""


class Rational(msgspec.Struct, frozen=True):
    """A fraction as documents store it: numerator and positive denominator, in lowest terms."""

    num: int
    den: int = 1

    def __post_init__(self) -> None:
        if self.den <= 0:
            raise ValueError("the denominator of a Rational is positive")

    @classmethod
    def of(cls, value: Fraction) -> "Rational":
        return cls(value.numerator, value.denominator)

    @property
    def fraction(self) -> Fraction:
        return Fraction(self.num, self.den)


def nominal_rate(rate: Fraction) -> int:
    """Labels a second of timecode at a rate: 24 for 24000/1001, 30 for 30000/1001."""
    return max(1, round(rate))


def parse_timecode(text: str, rate: Fraction) -> int:
    """Frames from label 00:00:00:00 to a timecode, 0-based.

    A semicolon, comma or full stop before the frames means drop-frame, which only 29.97 and 59.94 have.

    Raises RangeError: not a timecode, or a label that the count doesn't have.
    """
    match = _TIMECODE.match(text.strip())
    if match is None:
        raise RangeError(f"{text!r} is not a timecode: write a frame number, HH:MM:SS:FF or HH:MM:SS;FF (drop-frame).")
    hours, minutes, seconds, separator, frames = match.groups()
    h, m, s, f = int(hours), int(minutes), int(seconds), int(frames)
    labels = nominal_rate(rate)
    if h > 23 or m > 59 or s > 59 or f >= labels:
        raise RangeError(f"Timecode {text} does not exist at {labels} frames a second.")
    count = ((h * 60 + m) * 60 + s) * labels + f
    if separator == ":":
        return count
    dropped = _DROP_RATES.get(rate)
    if dropped is None:
        raise RangeError(
            f"Timecode {text} is drop-frame, which {float(rate):.3f} frames a second does not have: "
            f"write ':' instead of {separator!r}."
        )
    if s == 0 and f < dropped and m % 10 != 0:
        raise RangeError(
            f"Timecode {text} is one of the labels that drop-frame leaves out: use {h:02}:{m:02}:00;{dropped:02}."
        )
    total_minutes = h * 60 + m
    return count - dropped * (total_minutes - total_minutes // 10)


def format_timecode(frame: int, rate: Fraction, drop: bool) -> str:
    """The label of the frame `frame` frames after 00:00:00:00; wraps after 24 hours."""
    labels = nominal_rate(rate)
    dropped = _DROP_RATES.get(rate, 0) if drop else 0
    if dropped:
        minute = labels * 60 - dropped
        ten_minutes = minute * 10 + dropped
        tens, rest = divmod(frame, ten_minutes)
        skipped = 9 * dropped * tens
        if rest >= dropped:
            skipped += dropped * ((rest - dropped) // minute)
        frame += skipped
    frame %= 24 * 3600 * labels
    seconds, f = divmod(frame, labels)
    width = max(2, len(str(labels - 1)))
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{';' if dropped else ':'}{f:0{width}}"


def parse_frame(text: str, rate: Fraction, first_timecode: str | None) -> int:
    """The 0-based plate frame that a user's argument names.

    Digits alone are a frame number. A timecode counts from the plate's first timecode, or from
    zero where the plate has none.

    Raises RangeError: neither of both, or a timecode before the plate's first.
    """
    text = text.strip()
    if text.isdecimal():
        return int(text)
    position = parse_timecode(text, rate)
    start = parse_timecode(first_timecode, rate) if first_timecode else 0
    if position < start:
        raise RangeError(f"Timecode {text} lies before the plate's first, {first_timecode}.")
    return position - start


def parse_range(first: str | None, last: str | None, frames: int, rate: Fraction, first_timecode: str | None) -> range:
    """The plate frames from `first` to `last`, both inclusive; an end left out is the plate's.

    Raises RangeError: an end outside the plate, or the last before the first.
    """
    start = 0 if first is None else parse_frame(first, rate, first_timecode)
    stop = frames - 1 if last is None else parse_frame(last, rate, first_timecode)
    for name, text, value in (("in", first, start), ("out", last, stop)):
        if value >= frames:
            raise RangeError(f"The {name} point {text} is frame {value}, but the plate has frames 0 to {frames - 1}.")
    if stop < start:
        raise RangeError(f"The out point (frame {stop}) lies before the in point (frame {start}).")
    return range(start, stop + 1)


def timecode_of(frame: int, rate: Fraction, first_timecode: str | None) -> str:
    """The label of a 0-based plate frame, in the plate's own count; from zero where the plate has none."""
    if first_timecode is None:
        return format_timecode(frame, rate, drop=False)
    drop = _TIMECODE.match(first_timecode.strip())
    return format_timecode(parse_timecode(first_timecode, rate) + frame, rate, drop=drop is not None and drop[4] != ":")
