"""The way that playing takes: which frame is shown after how many, and which sound belongs to it; no clock."""

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Loop = Literal["once", "loop", "ping_pong"]
"""At the end of the range: stop; begin again; turn round."""


@dataclass(frozen=True, slots=True)
class Course:
    """Begun on frame `start`, which lies in `span`; `direction` 1 forwards, -1 backwards."""

    start: int
    span: range
    direction: int
    loop: Loop

    @property
    def last(self) -> int | None:
        """How many frames follow the first one; None: there is no end."""
        if self.loop != "once":
            return None
        return self.span.stop - 1 - self.start if self.direction > 0 else self.start - self.span.start

    def frame(self, number: int) -> int:
        """The frame that is shown `number` frames after the first; beyond the end, the last one."""
        length = len(self.span)
        if self.last is not None:
            return self.start + self.direction * min(number, self.last)
        if self.loop == "loop" or length < 2:
            return self.span.start + (self.start - self.span.start + self.direction * number) % length
        place = self._place(number)
        return self.span.start + (place if place < length else 2 * (length - 1) - place)

    def turns_after(self, number: int) -> bool:
        """Whether the frame after that one isn't its neighbour in the same direction."""
        here, following = self.frame(number), self.frame(number + 1)
        return following != here + self.direction or self.frame(number + 2) != following + self.direction

    def sound(self, sample: int, samples_a_frame: Fraction) -> tuple[int | None, int]:
        """Which sample of the plate is heard `sample` samples after the start of playing forwards, and how many follow
        it; None: silence. Turned round, and beyond the end, nothing is heard.
        """
        length = len(self.span)
        if self.last is not None:
            begin = math.floor(self.start * samples_a_frame)
            left = math.floor(self.span.stop * samples_a_frame) - (begin + sample)
            return (begin + sample, left) if left > 0 else (None, 1 << 30)
        period = length if self.loop == "loop" else max(1, 2 * (length - 1))
        offset = (self.start - self.span.start) * samples_a_frame
        place = (offset + sample) % (period * samples_a_frame)
        forwards = length * samples_a_frame
        if place < forwards:
            return math.floor(self.span.start * samples_a_frame + place), math.ceil(forwards - place)
        return None, math.ceil(period * samples_a_frame - place)

    def _place(self, number: int) -> int:
        """Of a way there and back the frames passed, from the span's first one on."""
        period = 2 * (len(self.span) - 1)
        offset = self.start - self.span.start
        return (offset + number if self.direction > 0 else period - offset + number) % period
