"""Words over a picture that stay legible where the picture is mirrored."""

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
