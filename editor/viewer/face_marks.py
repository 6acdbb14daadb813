"""Face boxes and landmarks, where the worker saw them."""

from array import array

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from editor.language.translation import tr
from editor.look import colours
from editor.viewer.upright import draw_upright
from pipeline.ipc.messages import ArrayBytes, FaceFacts

_LINE = QColor(255, 255, 255, 190)
_SHADE = QColor(0, 0, 0, 150)
_POINT = QColor(235, 235, 235, 210)


def points_of(landmarks: ArrayBytes) -> list[tuple[float, float]]:
    """x and y of the landmarks in picture pixels; empty where they are of another kind than float32."""
    if landmarks.dtype not in ("<f4", "float32"):
        return []
    values = array("f")
    values.frombytes(landmarks.content)
    width = landmarks.shape[-1]
    return list(zip(values[0::width], values[1::width], strict=True))


def draw_box(painter: QPainter, face: FaceFacts, placed: QRectF, scale: float) -> None:
    """Where the face is, and whose it is, over a picture that lies at `placed` with `scale` canvas pixels a picture
    pixel."""
    x0, y0, x1, y1 = face.box
    box = QRectF(placed.x() + x0 * scale, placed.y() + y0 * scale, (x1 - x0) * scale, (y1 - y0) * scale)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((_SHADE, 3.0), (_LINE, 1.0)):
        painter.setPen(QPen(colour, width))
        painter.drawRect(box)
    label = face.face if face.face is not None else tr("nobody")
    metrics = painter.fontMetrics()
    plate = QRectF(box.x(), box.y() - metrics.height() - 4, metrics.horizontalAdvance(label) + 10, metrics.height() + 3)
    painter.fillRect(plate, _SHADE)
    painter.setPen(colours.TEXT)
    draw_upright(painter, plate, label)


def draw_points(painter: QPainter, face: FaceFacts, placed: QRectF, scale: float) -> None:
    """The landmarks."""
    if face.landmarks is None:
        return
    points = points_of(face.landmarks)
    polygon = QPolygonF([QPointF(placed.x() + x * scale, placed.y() + y * scale) for x, y in points])
    size = min(max(1.5, scale), 4.0)
    for colour, width in ((_SHADE, size + 1.5), (_POINT, size)):
        painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPoints(polygon)
