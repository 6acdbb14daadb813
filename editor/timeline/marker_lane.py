"""Markers on the timeline: how they are drawn, found under the pointer, and told about."""

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from html import escape

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from editor.language.translation import tr
from editor.look import colours
from editor.timeline.frame_scale import FrameScale
from pipeline.project.marker import Marker, MarkerColour

_HALF_PX = 5.0
_FLAG_PX = 14
_LEAST_PX = 6.0
"""Where markers lie closer, some flags are left out: they could not be told apart."""
_LINES_PX = 16.0
"""Distance from which on a marker has a line through the lanes."""
_NAMES_PX = 400.0
"""How far a name may reach into sight."""
_NAME_PX = 18.0
"""Room from which on a name is written beside its flag."""


def draw_markers(painter: QPainter, lane: QRectF, bottom: float, scale: FrameScale, markers: Sequence[Marker]) -> None:
    """Flags with their names as far as there is room, and a thin line through the lanes down to `bottom`.

    `markers` ascend in frames.
    """
    first = bisect_left(markers, scale.frame(-_NAMES_PX), key=lambda each: each.frame)
    last = bisect_left(markers, scale.frame(lane.width() + _HALF_PX) + 1, key=lambda each: each.frame)
    lines: dict[MarkerColour, list[QRectF]] = {}
    taken, scaling = -1e9, painter.device().devicePixelRatioF()
    for number in range(first, last):
        marker, x = markers[number], round(lane.left() + _x(markers[number], scale))
        if x - taken < _LEAST_PX:
            continue
        if x - taken >= _LINES_PX:
            lines.setdefault(marker.colour, []).append(QRectF(x, lane.bottom(), 1, bottom - lane.bottom()))
        taken = x
        flag = _flag(marker.colour, scaling)
        painter.drawPixmap(QPointF(x + 0.5 - _FLAG_PX / 2, lane.top() + 3), flag)
        following = lane.left() + _x(markers[number + 1], scale) if number + 1 < len(markers) else lane.right()
        room = min(following - _HALF_PX, lane.right()) - (x + _HALF_PX + 4)
        if marker.name and room >= _NAME_PX:
            painter.setPen(colours.TEXT)
            row = QRectF(x + _HALF_PX + 4, lane.top(), room, lane.height())
            words = painter.fontMetrics().elidedText(marker.name, Qt.TextElideMode.ElideRight, int(room))
            painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, words)
    painter.setPen(Qt.PenStyle.NoPen)
    for name, rectangles in lines.items():
        faint = colours.MARKER_COLOURS[name].darker(110)
        faint.setAlpha(110)
        painter.setBrush(faint)
        painter.drawRects(rectangles)


def marker_at(markers: Sequence[Marker], scale: FrameScale, x: float) -> Marker | None:
    """The marker whose flag lies at a pixel of the lane, the nearest of several."""
    near = [each for each in markers if abs(_x(each, scale) - x) <= _HALF_PX + 2]
    return min(near, key=lambda each: abs(_x(each, scale) - x), default=None)


def marker_told(marker: Marker, timecode: str) -> str:
    """A marker in words, for the pointer that rests on it."""
    note = f"<br>{escape(marker.note)}" if marker.note else ""
    return tr(
        "<b>{name}</b> &nbsp; frame {frame} &nbsp; {timecode}{note}",
        name=escape(marker.name or tr("Marker")),
        frame=marker.frame,
        timecode=timecode,
        note=note,
    )


def _x(marker: Marker, scale: FrameScale) -> float:
    return scale.x(marker.frame + 0.5)


@cache
def _flag(colour: MarkerColour, scaling: float) -> QPixmap:
    """The flag of a colour, drawn once: there may be hundreds in sight."""
    pixmap = QPixmap(round(_FLAG_PX * scaling), round(_FLAG_PX * scaling))
    pixmap.setDevicePixelRatio(scaling)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.MARKER_COLOURS[colour])
    x, half = _FLAG_PX / 2, _HALF_PX
    painter.drawPolygon(
        [QPointF(x - half, 0), QPointF(x + half, 0), QPointF(x + half, 6), QPointF(x, 12), QPointF(x - half, 6)]
    )
    painter.end()
    return pixmap
