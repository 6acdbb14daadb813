"""The palette: greys with R = G = B around the picture, and few colours, each with one meaning."""

from PySide6.QtGui import QColor

from pipeline.project.keyframe import Status
from pipeline.project.marker import MarkerColour
from pipeline.project.matte_stroke import Shows


def grey(level: int) -> QColor:
    """A neutral grey, 0..255."""
    return QColor(level, level, level)


WINDOW = grey(44)
PANEL = grey(50)
FIELD = grey(32)
LINE = grey(28)
RAISED = grey(66)
HOVER = grey(80)
CANVAS = grey(26)
CANVAS_BLACK = grey(0)
TEXT = grey(222)
TEXT_DIM = grey(158)
TEXT_FAINT = grey(116)

ACCENT = QColor(86, 156, 232)
"""Selection, playhead, and what has the focus; nothing else."""

SPAN = QColor(86, 156, 232, 46)
"""Frames that the next edit will touch."""

GOOD = QColor(104, 178, 112)
WORK = QColor(226, 150, 62)
BAD = QColor(222, 92, 84)

STATUS_COLOURS: dict[Status, QColor] = {"open": grey(206), "approved": GOOD, "needs_work": WORK}
"""Of a keyframe's diamond, by how far its review is."""

SIGNAL_COLOURS = (
    QColor(196, 176, 108),
    QColor(126, 176, 172),
    QColor(184, 138, 176),
    QColor(140, 160, 204),
    QColor(150, 186, 124),
    QColor(206, 140, 116),
)
"""Muted, told apart by lightness too."""

MARKER_COLOURS: dict[MarkerColour, QColor] = {
    "blue": QColor(92, 132, 214),
    "cyan": QColor(78, 176, 190),
    "green": QColor(104, 178, 112),
    "yellow": QColor(222, 192, 84),
    "red": QColor(222, 92, 84),
    "pink": QColor(224, 132, 178),
    "purple": QColor(156, 116, 206),
    "grey": grey(160),
}
"""What an editor gives a meaning to."""

STROKE_COLOURS: dict[Shows, QColor] = {
    "plate": QColor(244, 124, 60),
    "face": QColor(70, 196, 226),
    "found": grey(232),
}
"""Of a brush's strokes over a matte, by what they let be seen; told apart by those who see no red or green, too."""
