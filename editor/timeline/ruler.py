"""The ruler: marks, labels, in and out, and what is ready to be shown."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from editor.look import colours
from editor.look.style import figures_font
from editor.playback.playhead import Playhead
from editor.timeline.frame_scale import FrameScale, tick_step

Unit = Literal["timecode", "frames"]

_LABEL_PX = 96.0
CACHE_BAR_PX = 3.0
_HEAD_PX = 6.0
"""Half the width of the playhead's head."""


def draw_ruler(painter: QPainter, ruler: QRectF, scale: FrameScale, playhead: Playhead, unit: Unit) -> None:
    """Marks with labels, finer ones between them where there is room."""
    painter.setFont(figures_font(11))
    step = tick_step(scale, playhead.rate, _LABEL_PX)
    fine = tick_step(scale, playhead.rate, 9.0)
    seen = scale.visible(playhead.frames, ruler.width())
    bottom = ruler.bottom() - CACHE_BAR_PX
    painter.setPen(QPen(colours.grey(92), 1))
    for frame in range(seen.start - seen.start % fine, seen.stop, fine):
        x = ruler.left() + round(scale.x(frame)) + 0.5
        painter.drawLine(QPointF(x, bottom - 4), QPointF(x, bottom))
    for frame in range(seen.start - seen.start % step, seen.stop, step):
        x = ruler.left() + round(scale.x(frame)) + 0.5
        painter.setPen(QPen(colours.grey(120), 1))
        painter.drawLine(QPointF(x, ruler.top() + 6), QPointF(x, bottom))
        painter.setPen(colours.TEXT_DIM)
        label = playhead.timecode(frame) if unit == "timecode" else str(frame)
        painter.drawText(QPointF(x + 4, ruler.top() + 15), label)


def draw_range(painter: QPainter, ruler: QRectF, area: QRectF, scale: FrameScale, playhead: Playhead) -> None:
    """In to out lit on the ruler, the rest of the timeline shaded."""
    if playhead.in_point is None and playhead.out_point is None:
        return
    span = playhead.span
    left, right = area.left() + scale.x(span.start), area.left() + scale.x(span.stop)
    shade = colours.grey(0)
    shade.setAlpha(80)
    height = area.bottom() - ruler.top()
    beyond = 2 * area.width()
    painter.fillRect(QRectF(left - beyond, ruler.top(), beyond, height), shade)
    painter.fillRect(QRectF(right, ruler.top(), beyond, height), shade)
    painter.fillRect(QRectF(left, ruler.top(), right - left, 3), colours.grey(190))
    for x, inward in ((left, 5.0), (right, -5.0)):
        painter.fillRect(QRectF(min(x, x + inward / 2.5), ruler.top(), 2, ruler.height()), colours.grey(190))
        painter.fillRect(QRectF(min(x, x + inward), ruler.top(), 5, 3), colours.grey(190))


def draw_cache_bar(painter: QPainter, ruler: QRectF, scale: FrameScale, ready: Sequence[int]) -> None:
    """Frames whose picture is there, in runs; `ready` ascends."""
    y = ruler.bottom() - CACHE_BAR_PX
    painter.fillRect(QRectF(ruler.left(), y, ruler.width(), CACHE_BAR_PX), colours.grey(38))
    seen = range(scale.frame(0), scale.frame(ruler.width()) + 1)
    i, end = bisect_left(ready, seen.start), bisect_left(ready, seen.stop)
    while i < end:
        j = i
        while j + 1 < end and ready[j + 1] == ready[j] + 1:
            j += 1
        x = ruler.left() + scale.x(ready[i])
        width = max(1.0, (ready[j] - ready[i] + 1) * scale.frame_px)
        painter.fillRect(QRectF(x, y, width, CACHE_BAR_PX), colours.GOOD)
        i = j + 1


def playhead_place(area: QRectF, scale: FrameScale, frame: int) -> QRectF:
    """All that the playhead takes at a frame."""
    x = area.left() + scale.x(frame)
    return QRectF(x - _HEAD_PX - 2, area.top(), max(scale.frame_px, _HEAD_PX) + _HEAD_PX + 4, area.height())


def draw_playhead(painter: QPainter, ruler: QRectF, area: QRectF, scale: FrameScale, frame: int) -> None:
    """A line at the frame's left edge, the frame itself tinted where it is wide enough to see."""
    x = area.left() + scale.x(frame)
    if scale.frame_px >= 4:
        painter.fillRect(QRectF(x, ruler.bottom(), scale.frame_px, area.bottom() - ruler.bottom()), colours.SPAN)
    middle = x + min(scale.frame_px, 1.0) / 2
    painter.fillRect(QRectF(round(middle), ruler.top(), 1, area.bottom() - ruler.top()), colours.ACCENT)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.ACCENT)
    top = ruler.top()
    x = round(middle) + 0.5
    painter.drawPolygon(
        [
            QPointF(x - _HEAD_PX, top),
            QPointF(x + _HEAD_PX, top),
            QPointF(x + _HEAD_PX, top + 7),
            QPointF(x, top + 13),
            QPointF(x - _HEAD_PX, top + 7),
        ]
    )
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
