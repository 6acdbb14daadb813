"""Drawings over the picture from the mesh: its lines, the parts that are measured and how far they are believed, and
what lies before the face."""

from collections.abc import Sequence
from functools import cache

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from editor.language.translation import mark, tr
from editor.look import colours
from editor.viewer.face_marks import points_of
from editor.viewer.upright import draw_upright
from pipeline.ipc.messages import FaceFacts
from pipeline.project.landmark_mesh import mesh_lines, mesh_triangles
from pipeline.project.landmark_parts import REGIONS

_WIRE = QColor(235, 235, 235, 90)
_SHADE = QColor(0, 0, 0, 150)
_COVERED = QColor(222, 92, 84, 110)
_BELIEVED, _DOUBTED = 0.75, 0.25
PARTS = {
    "left_brow": mark("left brow"),
    "right_brow": mark("right brow"),
    "left_eye": mark("left eye"),
    "right_eye": mark("right eye"),
    "mouth": mark("mouth"),
}
"""In the order in which a face's trust is told."""


def draw_mesh(painter: QPainter, face: FaceFacts, placed: QRectF, scale: float) -> None:
    """The mesh's lines, over a picture that lies at `placed` with `scale` canvas pixels a picture pixel."""
    points = _placed(face, placed, scale)
    if points:
        painter.setPen(QPen(_WIRE, 1))
        painter.drawLines([QLineF(points[a], points[b]) for a, b in mesh_lines()])


def draw_covered(painter: QPainter, face: FaceFacts, placed: QRectF, scale: float) -> None:
    """Red over the part of the face that something lies before."""
    points = _placed(face, placed, scale)
    if face.covered is None or not points:
        return
    covered = face.covered.content
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_COVERED)
    for corners in mesh_triangles():
        if all(covered[each] for each in corners):
            painter.drawPolygon(QPolygonF([points[each] for each in corners]))


def draw_regions(painter: QPainter, face: FaceFacts, placed: QRectF, scale: float) -> None:
    """Brows, eyes and mouth by their lines: green where they are believed, orange in part, red where they aren't, with
    how far."""
    points = _placed(face, placed, scale)
    if not points:
        return
    metrics = painter.fontMetrics()
    for (part, title), trust in zip(PARTS.items(), face.trust, strict=True):
        lines = _lines_of(part)
        colour = colours.GOOD if trust >= _BELIEVED else colours.WORK if trust > _DOUBTED else colours.BAD
        painter.setPen(QPen(colour, 1.5))
        painter.drawLines([QLineF(points[a], points[b]) for a, b in lines])
        top = min((points[each] for line in lines for each in line), key=lambda at: at.y())
        words = tr("{part} {trust:.0%}", part=tr(title), trust=trust)
        plate = QRectF(0, 0, metrics.horizontalAdvance(words) + 8, metrics.height() + 2)
        plate.moveCenter(QPointF(top.x(), top.y() - metrics.height()))
        painter.fillRect(plate, _SHADE)
        draw_upright(painter, plate, words)


@cache
def _lines_of(part: str) -> Sequence[tuple[int, int]]:
    inside = set(REGIONS[part])
    return [(a, b) for a, b in mesh_lines() if a in inside and b in inside]


def _placed(face: FaceFacts, placed: QRectF, scale: float) -> list[QPointF]:
    """The landmarks on the canvas; none where the face has none."""
    if face.landmarks is None:
        return []
    return [QPointF(placed.x() + x * scale, placed.y() + y * scale) for x, y in points_of(face.landmarks)]
