"""The lanes of the plate as such: its shots, its pictures, its sound."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPainter

from editor.timeline.shot_lane import draw_shots
from editor.timeline.sound_lane import draw_sound

if TYPE_CHECKING:
    from editor.timeline.timeline_view import TimelineView


def draw_plate(painter: QPainter, view: TimelineView) -> None:
    """Draw those that there are."""
    lanes, record, frames = view.lanes(), view.record, view.playhead.frames
    painter.setFont(view.font())
    if record.cuts:
        draw_shots(painter, view.across(lanes.shot_lane), view.scale, record.cuts, frames)
    if view.strip.has_lane:
        painter.setClipRect(view.across(lanes.strip_lane))
        view.strip.draw(painter, view.across(lanes.strip_lane), view.scale, frames)
        painter.setClipRect(view.wider(view.area()))
    if record.sound is not None:
        draw_sound(painter, view.across(lanes.sound_lane), view.scale, record.sound, view.traces.buckets)
