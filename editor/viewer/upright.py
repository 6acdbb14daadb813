"""What is drawn over a picture where the picture is mirrored: what of it is in sight, and words that stay legible."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter


def draw_upright(painter: QPainter, plate: QRectF, words: str) -> None:
    """Words in the middle of a rectangle, read from left to right however the painter mirrors."""
    seen = painter.worldTransform()
    painter.save()
    painter.translate(plate.center())
    painter.scale(-1.0 if seen.m11() < 0 else 1.0, -1.0 if seen.m22() < 0 else 1.0)
    painter.drawText(plate.translated(-plate.center()), Qt.AlignmentFlag.AlignCenter, words)
    painter.restore()


def in_sight(painter: QPainter) -> QRectF:
    """What a painter's device shows, in the painter's own points."""
    back, _ = painter.worldTransform().inverted()
    return back.mapRect(QRectF(painter.viewport()))
