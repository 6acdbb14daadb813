"""Drawings over the picture: where faces are, what they are tracked with, what of them is believed."""

from collections.abc import Callable, Mapping, Sequence, Set
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from editor.look import colours
from editor.viewer.face_marks import draw_box, draw_points
from editor.viewer.mesh_overlay import draw_covered, draw_mesh, draw_regions
from pipeline.ipc.messages import FaceFacts

Overlay = Literal["covered", "mesh", "regions", "landmarks", "boxes"]
_DRAWN: Mapping[Overlay, Callable[[QPainter, FaceFacts, QRectF, float], None]] = {
    "covered": draw_covered,
    "mesh": draw_mesh,
    "regions": draw_regions,
    "landmarks": draw_points,
    "boxes": draw_box,
}
"""In the order in which they lie over each other."""
SAFE_SHARES = (0.9, 0.8)
"""Of the picture's sides: action safe, title safe."""
_CROSS_SHARE = 0.03
"""Half the length of the centre cross, of the picture's height."""
OVERLAYS: tuple[Overlay, ...] = tuple(_DRAWN)


def draw_faces(
    painter: QPainter, faces: Sequence[FaceFacts], placed: QRectF, scale: float, overlays: Set[Overlay]
) -> None:
    """Draw what is asked for, over a picture that lies at `placed` with `scale` canvas pixels a picture pixel."""
    for face in faces:
        for overlay, draw in _DRAWN.items():
            if overlay in overlays:
                draw(painter, face, placed, scale)


def draw_area(painter: QPainter, area: tuple[int, int, int, int], placed: QRectF, scale: float) -> None:
    """A marked rectangle of the picture, around its pixels."""
    x0, y0, x1, y1 = area
    around = QRectF(placed.x() + x0 * scale, placed.y() + y0 * scale, (x1 - x0) * scale, (y1 - y0) * scale)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in (QPen(colours.grey(0), 1), QPen(colours.grey(255), 1, Qt.PenStyle.DashLine)):
        painter.setPen(pen)
        painter.drawRect(around)


def draw_safe_areas(painter: QPainter, placed: QRectF) -> None:
    """Action and title safe areas, and a cross in the middle of the picture."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    middle, arm = placed.center(), placed.height() * _CROSS_SHARE
    for colour, width in ((colours.grey(0), 3.0), (colours.grey(215), 1.0)):
        painter.setPen(QPen(colour, width))
        painter.setOpacity(0.4 if width > 1.0 else 0.9)
        for share in SAFE_SHARES:
            inside = QRectF(0, 0, placed.width() * share, placed.height() * share)
            inside.moveCenter(middle)
            painter.drawRect(inside)
        painter.drawLine(QPointF(middle.x() - arm, middle.y()), QPointF(middle.x() + arm, middle.y()))
        painter.drawLine(QPointF(middle.x(), middle.y() - arm), QPointF(middle.x(), middle.y() + arm))
    painter.setOpacity(1.0)
