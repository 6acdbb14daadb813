"""Icons, drawn as paths on a 16 × 16 grid, so that they are sharp at every scale and follow the palette."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from editor.look import colours

Drawing = Callable[[QPainter], None]


def icon(name: str) -> QIcon:
    """The icon of that name, with a brighter picture for the checked state. Raises KeyError: there is none."""
    drawing = _DRAWINGS[name]
    made = QIcon()
    made.addPixmap(_pixmap(drawing, colours.grey(200)), QIcon.Mode.Normal, QIcon.State.Off)
    made.addPixmap(_pixmap(drawing, colours.ACCENT.lighter(125)), QIcon.Mode.Normal, QIcon.State.On)
    made.addPixmap(_pixmap(drawing, colours.TEXT_FAINT), QIcon.Mode.Disabled, QIcon.State.Off)
    return made


def _pixmap(drawing: Drawing, colour: QColor, scale: int = 2) -> QPixmap:
    pixmap = QPixmap(16 * scale, 16 * scale)
    pixmap.setDevicePixelRatio(scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 1.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(colour)
    drawing(painter)
    painter.end()
    return pixmap


def _polygon(*points: tuple[float, float]) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in points])


def _right(painter: QPainter, left: float, width: float) -> None:
    painter.drawPolygon(_polygon((left, 3.5), (left + width, 8), (left, 12.5)))


def _left(painter: QPainter, left: float, width: float) -> None:
    painter.drawPolygon(_polygon((left + width, 3.5), (left, 8), (left + width, 12.5)))


def _bar(painter: QPainter, x: float) -> None:
    painter.drawLine(QPointF(x, 3.5), QPointF(x, 12.5))


def _play(painter: QPainter) -> None:
    _right(painter, 4, 9)


def _pause(painter: QPainter) -> None:
    painter.drawRect(QRectF(4, 3.5, 2.5, 9))
    painter.drawRect(QRectF(9.5, 3.5, 2.5, 9))


def _step_forward(painter: QPainter) -> None:
    _bar(painter, 4)
    _right(painter, 6.5, 6)


def _step_back(painter: QPainter) -> None:
    _left(painter, 3.5, 6)
    _bar(painter, 12)


def _first(painter: QPainter) -> None:
    _bar(painter, 2.5)
    _left(painter, 4, 4.5)
    _left(painter, 9, 4.5)


def _last(painter: QPainter) -> None:
    _right(painter, 2.5, 4.5)
    _right(painter, 7.5, 4.5)
    _bar(painter, 13.5)


def _diamond(painter: QPainter, x: float, y: float, half: float) -> None:
    painter.drawPolygon(_polygon((x, y - half), (x + half, y), (x, y + half), (x - half, y)))


def _keyframe(painter: QPainter) -> None:
    _diamond(painter, 8, 8, 5)


def _next_keyframe(painter: QPainter) -> None:
    _right(painter, 2, 5)
    _diamond(painter, 11, 8, 3.5)


def _previous_keyframe(painter: QPainter) -> None:
    _diamond(painter, 5, 8, 3.5)
    _left(painter, 9, 5)


def _loop(painter: QPainter) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    path = QPainterPath(QPointF(4, 10.5))
    path.arcTo(QRectF(2, 4.5, 7, 7), 230, -140)
    path.lineTo(11.5, 4.5)
    painter.drawPath(path)
    painter.drawPolyline(_polygon((9.5, 2.5), (11.7, 4.5), (9.5, 6.5)))
    other = QPainterPath(QPointF(12, 5.5))
    other.arcTo(QRectF(7, 4.5, 7, 7), 50, -140)
    other.lineTo(4.5, 11.5)
    painter.drawPath(other)
    painter.drawPolyline(_polygon((6.5, 9.5), (4.3, 11.5), (6.5, 13.5)))


def _ping_pong(painter: QPainter) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for y, tip, tail, back in ((5.5, 13.0, 3.5, -2.5), (10.5, 3.0, 12.5, 2.5)):
        painter.drawLine(QPointF(tail, y), QPointF(tip, y))
        painter.drawPolyline(_polygon((tip + back, y - 2.3), (tip, y), (tip + back, y + 2.3)))


def _sound(painter: QPainter) -> None:
    painter.drawPolygon(_polygon((2.5, 6), (5, 6), (8, 3.2), (8, 12.8), (5, 10), (2.5, 10)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawArc(QRectF(7.5, 5.2, 4, 5.6), -60 * 16, 120 * 16)
    painter.drawArc(QRectF(8, 3.2, 6, 9.6), -60 * 16, 120 * 16)


def _mark_in(painter: QPainter) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(_polygon((9, 3.5), (5.5, 3.5), (5.5, 12.5), (9, 12.5)))


def _mark_out(painter: QPainter) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(_polygon((7, 3.5), (10.5, 3.5), (10.5, 12.5), (7, 12.5)))


def _check(painter: QPainter) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(_polygon((3.5, 8.5), (6.5, 11.5), (12.5, 4.5)))


def _close(painter: QPainter) -> None:
    painter.drawLine(QPointF(4.5, 4.5), QPointF(11.5, 11.5))
    painter.drawLine(QPointF(11.5, 4.5), QPointF(4.5, 11.5))


def _reset(painter: QPainter) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawArc(QRectF(3.5, 3.5, 9, 9), 150 * 16, -300 * 16)
    painter.drawPolyline(_polygon((3.2, 2.5), (3.7, 5.8), (7, 5.4)))


def _magnet(painter: QPainter) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    path = QPainterPath(QPointF(4, 3))
    path.lineTo(4, 8.5)
    path.arcTo(QRectF(4, 4.5, 8, 8), 180, 180)
    path.lineTo(12, 3)
    painter.drawPath(path)
    painter.drawLine(QPointF(2.8, 5.8), QPointF(5.2, 5.8))
    painter.drawLine(QPointF(10.8, 5.8), QPointF(13.2, 5.8))


_DRAWINGS: dict[str, Drawing] = {
    "play": _play,
    "pause": _pause,
    "step_forward": _step_forward,
    "step_back": _step_back,
    "first": _first,
    "last": _last,
    "keyframe": _keyframe,
    "next_keyframe": _next_keyframe,
    "previous_keyframe": _previous_keyframe,
    "loop": _loop,
    "ping_pong": _ping_pong,
    "sound": _sound,
    "mark_in": _mark_in,
    "mark_out": _mark_out,
    "check": _check,
    "close": _close,
    "reset": _reset,
    "magnet": _magnet,
}
