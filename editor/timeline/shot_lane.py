"""Shots on the timeline: from cut to cut, numbered."""

from bisect import bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from editor.look import colours
from editor.timeline.frame_scale import FrameScale

_NUMBER_PX = 22.0
"""Width from which on a shot's number is written."""


def draw_shots(painter: QPainter, lane: QRectF, scale: FrameScale, cuts: Sequence[int], frames: int) -> None:
    """A bar a shot, in two greys by turns. `cuts`: the frames that begin one, ascending, without the first frame."""
    starts = [0, *cuts]
    first = max(0, bisect_right(starts, scale.frame(0)) - 1)
    drawn = -1.0
    for number in range(first, len(starts)):
        stop = starts[number + 1] if number + 1 < len(starts) else frames
        left, right = lane.left() + scale.x(starts[number]), lane.left() + scale.x(stop)
        if left > lane.right() + 8:
            break
        if right - drawn < 1.0:
            continue
        drawn = right
        bar = QRectF(left, lane.top(), right - left, lane.height() - 1)
        painter.fillRect(bar, colours.grey(62 if number % 2 else 54))
        painter.fillRect(QRectF(round(left), lane.top(), 1, lane.height() - 1), colours.grey(110))
        seen = bar.intersected(lane)
        if seen.width() >= _NUMBER_PX:
            painter.setPen(colours.TEXT_DIM)
            painter.drawText(seen.adjusted(5, 0, -2, 0), Qt.AlignmentFlag.AlignVCenter, str(number + 1))


def shot_told(frame: int, cuts: Sequence[int], frames: int) -> str:
    """The shot of a frame in words."""
    starts = [0, *cuts]
    number = bisect_right(starts, frame) - 1
    stop = starts[number + 1] if number + 1 < len(starts) else frames
    return f"<b>Shot {number + 1}</b> of {len(starts)} &nbsp; frames {starts[number]} to {stop - 1}"
