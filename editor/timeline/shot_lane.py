"""Shots on the timeline: from cut to cut, numbered."""

from bisect import bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from editor.language.translation import tr
from editor.look import colours
from editor.timeline.frame_scale import FrameScale

_LEAST_PX = 8.0
_NUMBER_PX = 22.0
"""Width from which on a shot's number is written."""


def draw_shots(painter: QPainter, lane: QRectF, scale: FrameScale, cuts: Sequence[int], frames: int) -> None:
    """A bar a shot, in two greys by turns. `cuts`: the frames that begin one, ascending, without the first frame."""
    starts = [0, *cuts]
    first = max(0, bisect_right(starts, scale.frame(0)) - 1)
    last = bisect_right(starts, scale.frame(lane.width()) + 1)
    bars: tuple[list[QRectF], list[QRectF]] = ([], [])
    edges: list[QRectF] = []
    numbers: list[tuple[QRectF, str]] = []
    number, top, height = first, lane.top(), lane.height() - 1
    while number < last:
        stop = starts[number + 1] if number + 1 < len(starts) else frames
        left, right = lane.left() + scale.x(starts[number]), lane.left() + scale.x(stop)
        bars[number % 2].append(QRectF(left, top, right - left, height))
        edges.append(QRectF(round(left), top, 1, height))
        seen = bars[number % 2][-1].intersected(lane)
        if seen.width() >= _NUMBER_PX:
            numbers.append((seen.adjusted(5, 0, -2, 0), str(number + 1)))
        # Where shots are narrower than that, some are left out.
        number = max(number + 1, bisect_right(starts, starts[number] + _LEAST_PX / scale.frame_px) - 1)
    painter.setPen(Qt.PenStyle.NoPen)
    for rectangles, level in ((bars[0], 54), (bars[1], 62), (edges, 110)):
        painter.setBrush(colours.grey(level))
        painter.drawRects(rectangles)
    painter.setPen(colours.TEXT_DIM)
    for row, words in numbers:
        painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, words)


def shot_told(frame: int, cuts: Sequence[int], frames: int) -> str:
    """The shot of a frame in words."""
    starts = [0, *cuts]
    number = bisect_right(starts, frame) - 1
    stop = starts[number + 1] if number + 1 < len(starts) else frames
    return tr(
        "<b>Shot {number}</b> of {count} &nbsp; frames {first} to {last}",
        number=number + 1,
        count=len(starts),
        first=starts[number],
        last=stop - 1,
    )
