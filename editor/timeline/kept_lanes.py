"""The lanes as they were drawn last: all that stays where it is while the playhead moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPainter, QPixmap

from editor.look import colours
from editor.timeline.face_lane import draw_face_lane, draw_quality_below
from editor.timeline.gutter import draw_gutter
from editor.timeline.marker_lane import draw_markers
from editor.timeline.plate_lanes import draw_plate
from editor.timeline.ruler import draw_ruler
from editor.timeline.signal_traces import draw_traces
from editor.timeline.trial_lane import draw_worths

if TYPE_CHECKING:
    from editor.timeline.timeline_view import TimelineView


class KeptLanes:
    """Draws a timeline's lanes once. What is selected, and what is lit, changes with every keyframe that is stepped
    onto, and lies in the lane of the face in hand: that lane alone is drawn anew for it."""

    def __init__(self, view: TimelineView) -> None:
        self._view = view
        self._drawn: QPixmap | None = None
        self._face: str | None = None
        """The face that was in hand when they were drawn."""
        self._lane_is_old = False

    @property
    def picture(self) -> QPixmap | None:
        """The lanes; None where they are to be drawn anew."""
        return self._drawn

    def forget(self) -> None:
        """Draw all of them next time."""
        self._drawn = None

    def forget_lane(self) -> None:
        """Draw the lane of the face in hand next time; all of them where it is another face."""
        face = self._view.selection.face
        if (None if face is None else face.id) != self._face:
            self.forget()
        self._lane_is_old = True

    def draw(self, painter: QPainter) -> None:
        """Lay them into the timeline."""
        view = self._view
        ratio = view.devicePixelRatioF()
        if self._drawn is None or self._drawn.size() != view.size() * ratio:
            self._drawn = QPixmap(view.size() * ratio)
            self._drawn.setDevicePixelRatio(ratio)
            lanes = QPainter(self._drawn)
            self._draw_all(lanes)
            lanes.end()
        elif self._lane_is_old:
            lanes = QPainter(self._drawn)
            self._draw_lane_in_hand(lanes)
            lanes.end()
        self._lane_is_old = False
        painter.drawPixmap(0, 0, self._drawn)

    def _draw_all(self, painter: QPainter) -> None:
        view = self._view
        in_hand = view.selection.face
        self._face = None if in_hand is None else in_hand.id
        painter.fillRect(view.rect(), colours.grey(38))
        painter.setClipRect(view.wider(view.area()))
        painter.fillRect(view.wider(view.ruler()), colours.PANEL)
        draw_ruler(painter, view.ruler(), view.scale, view.playhead, view.unit)
        draw_plate(painter, view)
        for number, face in enumerate(view.faces()):
            draw_face_lane(painter, view, number, face)
            draw_quality_below(painter, view, number, face)
        if view.traces.buckets is not None:
            lane = view.signal_lane()
            painter.save()
            painter.setClipRect(view.wider(lane))
            painter.setOpacity(0.4 if view.trial.is_open else 1.0)
            draw_traces(painter, lane, view.scale, view.traces)
            painter.setOpacity(1.0)
            draw_worths(painter, lane, view.scale, view.trial)
            painter.restore()
        self._draw_markers(painter)
        painter.setClipping(False)
        draw_gutter(painter, view)

    def _draw_lane_in_hand(self, painter: QPainter) -> None:
        view = self._view
        for number, face in enumerate(view.faces()):
            if face.id == self._face:
                painter.setClipRect(view.wider(view.face_lane(number)))
                draw_face_lane(painter, view, number, face)
                self._draw_markers(painter)

    def _draw_markers(self, painter: QPainter) -> None:
        """Flags in their lane, and their lines through all of them."""
        view = self._view
        markers = view.markers()
        if markers:
            lane = view.across(view.lanes().marker_lane)
            painter.setFont(view.font())
            draw_markers(painter, lane, view.area().bottom(), view.scale, markers)
