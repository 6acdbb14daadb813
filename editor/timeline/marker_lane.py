"""Markers on the timeline: how they are drawn, found under the pointer, and told about."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from editor.look import colours
from editor.timeline.frame_scale import FrameScale
from pipeline.project.marker import Marker

_HALF_PX = 5.0
_NAME_PX = 18.0
"""Room from which on a name is written beside its flag."""


def draw_markers(painter: QPainter, lane: QRectF, bottom: float, scale: FrameScale, markers: Sequence[Marker]) -> None:
    """Flags with their names as far as there is room, and a thin line through the lanes down to `bottom`.

    `markers` ascend in frames.
    """
    text_top, taken = lane.top(), -1e9
    for number, marker in enumerate(markers):
        x = round(_x(marker, scale)) + lane.left()
        if x > lane.right() + _HALF_PX:
            break
        following = _x(markers[number + 1], scale) + lane.left() if number + 1 < len(markers) else lane.right()
        # Where thousands lie side by side, one flag every other pixel says as much.
        if following < lane.left() - 400 or x - taken < 2.0:
            continue
        taken = x
        colour = colours.MARKER_COLOURS[marker.colour]
        faint = colours.MARKER_COLOURS[marker.colour].darker(110)
        faint.setAlpha(110)
        painter.fillRect(QRectF(x, lane.bottom(), 1, bottom - lane.bottom()), faint)
        _draw_flag(painter, QPointF(x + 0.5, lane.top() + 3), colour)
        room = min(following - _HALF_PX, lane.right()) - (x + _HALF_PX + 4)
        if marker.name and room >= _NAME_PX:
            painter.setPen(colours.TEXT)
            row = QRectF(x + _HALF_PX + 4, text_top, room, lane.height())
            words = painter.fontMetrics().elidedText(marker.name, Qt.TextElideMode.ElideRight, int(room))
            painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, words)


def marker_at(markers: Sequence[Marker], scale: FrameScale, x: float) -> Marker | None:
    """The marker whose flag lies at a pixel of the lane, the nearest of several."""
    near = [each for each in markers if abs(_x(each, scale) - x) <= _HALF_PX + 2]
    return min(near, key=lambda each: abs(_x(each, scale) - x), default=None)


def marker_told(marker: Marker, timecode: str) -> str:
    """A marker in words, for the pointer that rests on it."""
    note = f"<br>{escape(marker.note)}" if marker.note else ""
    return f"<b>{escape(marker.name or 'Marker')}</b> &nbsp; frame {marker.frame} &nbsp; {timecode}{note}"


def _x(marker: Marker, scale: FrameScale) -> float:
    return scale.x(marker.frame + 0.5)


def _draw_flag(painter: QPainter, top: QPointF, colour: QColor) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    x, y = top.x(), top.y()
    painter.drawPolygon(
        [
            QPointF(x - _HALF_PX, y),
            QPointF(x + _HALF_PX, y),
            QPointF(x + _HALF_PX, y + 6),
            QPointF(x, y + 12),
            QPointF(x - _HALF_PX, y + 6),
        ]
    )
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
