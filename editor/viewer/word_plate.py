"""A few words over the picture, on a dark ground, beside what they are about."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from editor.look import colours
from editor.viewer.upright import draw_upright, in_sight

_GROUND = QColor(0, 0, 0, 170)


def draw_words(painter: QPainter, beside: QRectF, words: str) -> None:
    """Words at the upper right of something, or at its left where there is no room."""
    metrics = painter.fontMetrics()
    width, height = metrics.horizontalAdvance(words) + 10, metrics.height() + 3
    left = beside.right() + 6
    if left + width > in_sight(painter).right():
        left = beside.left() - 6 - width
    plate = QRectF(left, beside.top(), width, height)
    painter.fillRect(plate, _GROUND)
    painter.setPen(colours.TEXT)
    draw_upright(painter, plate, words)
