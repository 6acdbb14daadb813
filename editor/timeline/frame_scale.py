"""Frames to pixels and back, without a widget. A frame is as wide as the scale says, and begins at its left edge."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from pipeline.project.timebase import nominal_rate

WIDEST_FRAME_PX = 60.0
"""One frame at the deepest zoom."""
_HAIR = 1e-6
"""Part of a frame that counts as nothing: what scrolling rounds off."""


@dataclass(frozen=True, slots=True)
class FrameScale:
    """`first`: the frame at the left edge, fractional. `frame_px`: pixels a frame."""

    first: float
    frame_px: float

    @classmethod
    def fitting(cls, frames: int, width: float) -> "FrameScale":
        """All frames in the width; those of a short plate are no wider than the deepest zoom makes them."""
        return cls(0.0, min(max(1.0, width) / max(1, frames), WIDEST_FRAME_PX))

    def x(self, frame: float) -> float:
        return (frame - self.first) * self.frame_px

    def frame(self, x: float) -> int:
        """The frame that lies at a pixel."""
        return math.floor(self.first + x / self.frame_px)

    def zoomed(self, factor: float, about_x: float, frames: int, width: float) -> "FrameScale":
        """Wider or narrower frames, with what lies at `about_x` staying there, as far as the plate goes."""
        least = FrameScale.fitting(frames, width).frame_px
        frame_px = min(max(self.frame_px * factor, least), WIDEST_FRAME_PX)
        at = self.first + about_x / self.frame_px
        return replace(self, frame_px=frame_px, first=at - about_x / frame_px).inside(frames, width)

    def inside(self, frames: int, width: float) -> "FrameScale":
        """Scrolled so that no room is lost beyond the plate's ends."""
        last = max(0.0, frames - width / self.frame_px)
        return replace(self, first=min(max(self.first, 0.0), last))

    def scrolled(self, pixels: float, frames: int, width: float) -> "FrameScale":
        return replace(self, first=self.first + pixels / self.frame_px).inside(frames, width)

    def showing(self, frame: int, frames: int, width: float) -> "FrameScale":
        """Scrolled as little as it takes to have the frame in sight."""
        x = self.x(frame)
        if x < 0:
            return replace(self, first=frame - 0.1 * width / self.frame_px).inside(frames, width)
        if x + self.frame_px > width:
            return replace(self, first=frame - 0.9 * width / self.frame_px).inside(frames, width)
        return self

    def visible(self, frames: int, width: float) -> range:
        """The frames that are at least partly in sight."""
        return range(max(0, self.frame(0)), min(frames, self.frame(width) + 1))

    def whole(self, frames: int, width: float) -> range:
        """The frames that no edge cuts; none where a frame is wider than what is in sight."""
        last = self.first + width / self.frame_px
        return range(max(0, math.ceil(self.first - _HAIR)), min(frames, math.floor(last + _HAIR)))

    def hidden_px(self, frame: int, width: float) -> float:
        """How far to scroll to have the whole frame in sight: pixels, below 0 to the left, 0 where it is."""
        x = self.x(frame)
        over = x + self.frame_px - width
        hidden = x if x < 0 else max(0.0, over)
        return hidden if abs(hidden) > _HAIR * self.frame_px else 0.0


def tick_steps(rate: Fraction) -> list[int]:
    """Distances of ruler marks in frames, growing: single frames, then seconds, minutes and hours."""
    second = nominal_rate(rate)
    single = [step for step in (1, 2, 5, 10) if step < second]
    return single + [second * step for step in (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200)]


def tick_step(scale: FrameScale, rate: Fraction, least_px: float) -> int:
    """The closest marks that are at least `least_px` apart."""
    steps = tick_steps(rate)
    return next((step for step in steps if step * scale.frame_px >= least_px), steps[-1])


def snapped(frame: int, targets: Iterable[int], scale: FrameScale, reach_px: float = 7.0) -> int:
    """The nearest target within reach of a frame, else the frame itself."""
    nearest = min(targets, key=lambda each: abs(each - frame), default=frame)
    return nearest if abs(nearest - frame) * scale.frame_px <= reach_px else frame
