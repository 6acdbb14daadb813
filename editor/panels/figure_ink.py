"""The colour in which a figure of a draft is written."""

from PySide6.QtGui import QColor

from editor.look import colours
from editor.playback.draft_figures import Figure


def figure_ink(figure: Figure) -> QColor:
    """Grey where it is out of date, red beyond its limit."""
    if not figure.fresh:
        return colours.TEXT_FAINT
    return colours.BAD if figure.is_over else colours.TEXT
