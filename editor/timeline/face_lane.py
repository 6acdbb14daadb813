"""One face's lane on the timeline: its keyframes, what an edit would touch, and under it how good its drafts are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from editor.look import colours
from editor.timeline.diamonds import draw_diamonds, keyed_frames
from editor.timeline.quality_lane import draw_quality
from editor.timeline.trial_lane import draw_trial_changes
from pipeline.project.landmark_move import moved_runs
from pipeline.project.matte_stroke import painted_runs
from pipeline.project.project import FaceTrack

if TYPE_CHECKING:
    from editor.timeline.timeline_view import TimelineView


_CORRECTED_PX = 2.0
"""Height of the line under the frames whose landmarks are corrected, and of that over those whose matte is painted."""


def draw_face_lane(painter: QPainter, view: TimelineView, number: int, face: FaceTrack) -> None:
    """Draw the lane of the face of that number, nothing beyond it."""
    in_hand = view.selection.face
    is_in_hand = in_hand is not None and face.id == in_hand.id
    level = colours.grey(47 if is_in_hand else 42)
    lane = view.face_lane(number)
    painter.fillRect(view.wider(lane), level)
    if is_in_hand:
        for span in view.spans:
            x = lane.left() + view.scale.x(span.start)
            painter.fillRect(QRectF(x, lane.top(), len(span) * view.scale.frame_px, lane.height()), colours.SPAN)
    frames = view.playhead.frames
    for runs, top in (
        (moved_runs(face.landmark_moves, frames), lane.bottom() - _CORRECTED_PX),
        (painted_runs(face.matte_strokes, frames), lane.top()),
    ):
        for first, last in runs:
            x, width = lane.left() + view.scale.x(first), (last - first + 1) * view.scale.frame_px
            painter.fillRect(QRectF(x, top, width, _CORRECTED_PX), colours.grey(150))
    selected = set(view.selection.frames) if is_in_hand else set()
    draw_diamonds(painter, lane, view.scale, view.early.shown(face), frozenset(), frozenset(), early=True)
    draw_diamonds(painter, lane, view.scale, face, keyed_frames(face), selected)
    if is_in_hand:
        draw_trial_changes(painter, lane, view.scale, view.trial)
    painter.setPen(QPen(colours.ACCENT, 1.5, Qt.PenStyle.DotLine))
    for ghost in view.ghosts if is_in_hand else ():
        x = lane.left() + view.scale.x(ghost + 0.5)
        painter.drawLine(QPointF(x, lane.top() + 3), QPointF(x, lane.bottom() - 3))


def draw_quality_below(painter: QPainter, view: TimelineView, number: int, face: FaceTrack) -> None:
    """Draw how good the drafts of the face of that number are, where it is shown."""
    figures = view.figures.of(face.id)
    below = view.quality_lane(number)
    if figures is not None and below.height():
        painter.fillRect(view.wider(below), colours.grey(40))
        draw_quality(painter, below, view.scale, figures)
