"""Curves of quality, however close the frames lie."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from editor.look import colours
from editor.playback.draft_figures import AU_ERROR, LANDMARKS, FaceFigures
from editor.timeline.frame_scale import FrameScale
from editor.timeline.quality_lane import draw_quality

WIDTH, HEIGHT = 400, 44
BLANK = colours.grey(40)


def figures(frames: int) -> FaceFigures:
    """Good all along but for one frame in the middle; the last quarter is out of date, the first isn't measured."""
    values = np.full((2, frames), 0.5, np.float32) * np.array([[0.15], [4.2]], np.float32)
    values[0, frames // 2] = 0.3
    values[:, : frames // 4] = np.nan
    order = np.arange(frames)
    limits = np.array([0.15, 4.2], np.float32)
    return FaceFigures((AU_ERROR, LANDMARKS), limits, values, order >= frames // 4, order < 3 * frames // 4)


def drawn(qapp: QApplication, frames: int) -> list[list[QColor]]:
    """The lane's columns, each its colours from top to bottom."""
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(BLANK)
    painter = QPainter(image)
    draw_quality(painter, QRectF(0, 0, WIDTH, HEIGHT), FrameScale(0, WIDTH / frames), figures(frames))
    painter.end()
    return [[image.pixelColor(x, y) for y in range(HEIGHT)] for x in range(WIDTH)]


@pytest.mark.parametrize("frames", [100, 40_000], ids=["frames apart", "many a pixel"])
def test_one_bad_frame_is_seen_and_what_is_out_of_date_is_grey(qapp: QApplication, frames: int) -> None:
    columns = drawn(qapp, frames)

    def coloured(x: int) -> bool:
        return any(each.saturation() > 40 for each in columns[x])

    def curves(x: int) -> int:
        """How many pixels are neither empty nor of the limits' line."""
        return sum(each not in (BLANK, colours.grey(84)) for each in columns[x])

    assert (coloured(50), curves(50)) == (False, 0)
    assert coloured(150)
    assert (coloured(350), curves(350) > 0) == (False, True)
    assert any(colours.BAD in column[-4:] for column in columns[198:206])
    assert not any(colours.BAD in column[-4:] for column in (*columns[:190], *columns[215:]))
