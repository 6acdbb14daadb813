"""The whole plate on one strip under the timeline: what lies where, and the part that the timeline shows, which is
dragged, or made longer and shorter at its ends.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from editor.language.translation import tr
from editor.look import colours
from editor.timeline.gutter import GUTTER_PX
from editor.timeline.timeline_view import MARGIN_PX, TimelineView

HEIGHT_PX = 18
_GRIP_PX = 5.0
_LEAST_PX = 10.0
"""Width of the part in sight, however little it is."""


class Overview(QWidget):
    """Keyframes of the face in hand, markers, cuts, the range, the playhead; over them the part in sight."""

    def __init__(self, view: TimelineView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._grip = ""
        self._from = 0.0
        self._drawn: QPixmap | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Overview of the plate"))
        self.setToolTip(tr("The whole plate. Drag the light part, or its ends; a double-click shows all."))
        for changed in (view.document.changed, view.document.opened, view.selection.changed, view.record.changed):
            changed.connect(self._forget)
        for moved in (view.scrolled, view.playhead.moved, view.playhead.range_changed):
            moved.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(300, HEIGHT_PX)

    def _forget(self) -> None:
        self._drawn = None
        self.update()

    # Where things lie

    def area(self) -> QRectF:
        """Where the plate lies, as on the timeline."""
        return QRectF(GUTTER_PX + MARGIN_PX, 0, max(1, self.width() - GUTTER_PX - 2 * MARGIN_PX), self.height())

    def place(self, frame: float) -> float:
        area, frames = self.area(), max(1, self._view.playhead.frames)
        return area.left() + frame / frames * area.width()

    def frame_at(self, x: float) -> float:
        area = self.area()
        return (x - area.left()) / area.width() * self._view.playhead.frames

    def in_sight(self) -> QRectF:
        """The part that the timeline shows."""
        first, count = self._view.shown_frames()
        left, width = self.place(first), self.place(first + count) - self.place(first)
        if width < _LEAST_PX:
            left, width = left - (_LEAST_PX - width) / 2, _LEAST_PX
        return QRectF(left, 1, width, self.height() - 2)

    # Drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        if self._drawn is None or self._drawn.size() != self.size() * ratio:
            self._drawn = QPixmap(self.size() * ratio)
            self._drawn.setDevicePixelRatio(ratio)
            inner = QPainter(self._drawn)
            self._draw_plate(inner)
            inner.end()
        painter.drawPixmap(0, 0, self._drawn)
        if not self._view.playhead.frames:
            return
        playhead = self._view.playhead
        if playhead.in_point is not None or playhead.out_point is not None:
            span = playhead.span
            painter.fillRect(
                QRectF(self.place(span.start), 0, self.place(span.stop) - self.place(span.start), 2), colours.ACCENT
            )
        shown = self.in_sight()
        painter.setPen(QPen(colours.grey(150), 1))
        painter.setBrush(QColor(255, 255, 255, 26))
        painter.drawRoundedRect(shown.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.fillRect(QRectF(self.place(playhead.frame + 0.5), 0, 1, self.height()), colours.ACCENT)

    def _draw_plate(self, painter: QPainter) -> None:
        """What stays while the playhead and the part in sight move."""
        painter.fillRect(self.rect(), colours.grey(32))
        painter.fillRect(QRectF(0, 0, GUTTER_PX - 1, self.height()), colours.PANEL)
        view, height = self._view, self.height()
        if not view.playhead.frames:
            return
        painter.fillRect(QRectF(self.area().left(), 3, self.area().width(), height - 6), colours.grey(44))
        self._ticks(painter, view.record.cuts, colours.grey(20), 3, height - 6)
        face = view.selection.face
        for each in () if face is None else face.keyframes:
            self._ticks(painter, (each.frame,), colours.STATUS_COLOURS[each.status], height / 2, 6)
        for marker in view.markers():
            self._ticks(painter, (marker.frame,), colours.MARKER_COLOURS[marker.colour], 2, 6)

    def _ticks(self, painter: QPainter, frames: Iterable[int], colour: QColor, top: float, height: float) -> None:
        for frame in frames:
            painter.fillRect(QRectF(round(self.place(frame + 0.5)) - 1, top, 2, height), colour)

    # The mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or not self._view.playhead.frames:
            return
        self._grip = self._grip_at(event.position())
        first, count = self._view.shown_frames()
        at = self.frame_at(event.position().x())
        if self._grip == "beside":
            self._view.show_frames(at - count / 2, count)
            self._grip, first = "whole", self._view.shown_frames()[0]
        self._from = at - first

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        view, at = self._view, self.frame_at(event.position().x())
        first, count = view.shown_frames()
        if self._grip == "whole":
            view.show_frames(at - self._from, count)
        elif self._grip == "first":
            start = min(max(at, 0.0), first + count - 1)
            view.show_frames(start, first + count - start)
        elif self._grip == "last":
            view.show_frames(first, min(max(at - first, 1.0), view.playhead.frames - first))
        else:
            ends = self._grip_at(event.position()) in ("first", "last")
            self.setCursor(Qt.CursorShape.SizeHorCursor if ends else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grip = ""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._view.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._view.wheelEvent(event)

    def _grip_at(self, at: QPointF) -> str:
        """What lies under a point: the `first` or `last` end of the part in sight, the `whole` of it, or `beside`."""
        shown = self.in_sight()
        ends = {"first": abs(at.x() - shown.left()), "last": abs(at.x() - shown.right())}
        nearest = min(ends, key=lambda end: ends[end])
        if ends[nearest] <= _GRIP_PX:
            return nearest
        return "whole" if shown.left() < at.x() < shown.right() else "beside"
