"""What lies under the pointer that rests on the timeline, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

from editor.timeline.diamonds import keyframe_at, told
from editor.timeline.marker_lane import marker_told
from editor.timeline.quality_lane import figures_told
from editor.timeline.shot_lane import shot_told

if TYPE_CHECKING:
    from editor.timeline.timeline_view import TimelineView


def told_at(view: TimelineView, at: QPointF) -> str:
    """A marker, a shot, a keyframe or the figures of a draft; empty where none is."""
    marker, face = view.marker_at(at), view.face_at(at)
    if marker is not None:
        return marker_told(marker, view.playhead.timecode(marker.frame))
    if view.lanes().shot_lane.holds(at.y()):
        return shot_told(view.frame_at(at), view.record.cuts, view.playhead.frames)
    number = view.lanes().quality_number(at.y())
    if number is not None:
        return figures_told(view.figures.of(view.faces()[number].id), view.frame_at(at))
    if face is None:
        return ""
    x = at.x() - view.area().left()
    found, early = keyframe_at(face, view.scale, x), keyframe_at(view.early.shown(face), view.scale, x)
    shown = found or early
    return "" if shown is None else told(shown, view.playhead.timecode(shown.frame), early=found is None)
