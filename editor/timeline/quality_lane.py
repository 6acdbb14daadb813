"""How good a face's drafts are, along the timeline: expression and landmarks against what is good.

Both curves are drawn by their share of their limit, so that one line is the limit of both; what lies far beyond it is
drawn at the top. Grey is out of date; where nothing is measured there is a gap.
"""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from editor.look import colours
from editor.playback.draft_figures import AU_ERROR, LANDMARKS, FaceFigures
from editor.timeline.frame_scale import FrameScale
from editor.timeline.signal_traces import SignalBuckets, trace_points

DRAWN: tuple[tuple[str, QColor], ...] = ((AU_ERROR, QColor(226, 190, 104)), (LANDMARKS, QColor(128, 176, 206)))
"""The measures that are drawn, and their colours."""
STALE = colours.grey(112)
TITLES = {
    AU_ERROR: "AU error",
    LANDMARKS: "landmarks",
    "pose": "displaced",
    "skin_excess": "skin off by",
    "seam_worst": "seam",
    "sharpness": "sharpness",
    "alike_source": "like the photos",
    "alike_performer": "like the performer",
}
UNITS = {LANDMARKS: " %", "pose": " %", "skin_excess": " ΔE", "seam_worst": " ΔE"}
LIMIT_AT = 0.75
"""Where the limits' line lies, of the lane's height."""

Values = NDArray[np.float32]


def draw_quality(painter: QPainter, lane: QRectF, scale: FrameScale, figures: FaceFigures) -> None:
    """Draw one face's figures into a lane."""
    inside = lane.adjusted(0, 1, 0, -2)
    count = figures.values.shape[1]
    first, stop = max(0, scale.frame(0) - 1), min(count, scale.frame(lane.width()) + 2)
    if stop <= first:
        return
    y = round(inside.bottom() - 4 - LIMIT_AT * (inside.height() - 8)) + 0.5
    painter.setPen(QPen(colours.grey(84), 1, Qt.PenStyle.DashLine))
    painter.drawLine(QPointF(lane.left() - 8, y), QPointF(lane.right() + 8, y))
    fresh = figures.fresh[first:stop]
    over = np.zeros(stop - first, np.bool_)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, scale.frame_px >= 1.5)
    for measure, colour in DRAWN:
        row = figures.row(measure)
        if row is None:
            continue
        share = figures.values[row, first:stop] / figures.limits[row]
        over |= share > 1
        height = np.minimum(LIMIT_AT * share, 1.0).astype(np.float32)
        for ink, holds in ((STALE, ~fresh), (colour, fresh)):
            _draw_curve(painter, inside, scale, first, np.where(holds, height, np.float32(np.nan)), ink)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    _draw_over(painter, lane, scale, first, over & fresh, colours.BAD)
    _draw_over(painter, lane, scale, first, over & ~fresh, STALE)


def _draw_curve(
    painter: QPainter, lane: QRectF, scale: FrameScale, first: int, heights: Values, colour: QColor
) -> None:
    """Lines over runs of frames, and dots for frames that stand alone."""
    if np.isnan(heights).all():
        return
    table = heights[None]
    buckets = SignalBuckets("", ("",), first, 1, table, table)
    alone = QPolygonF()
    painter.setPen(QPen(colour, 0))
    for points in trace_points(lane, scale, buckets, 0, range(len(heights))):
        if points.size() > 1:
            painter.drawPolyline(points)
        else:
            alone.append(points.first())
    if alone.size():
        painter.setPen(QPen(colour, 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPoints(alone)


def _draw_over(
    painter: QPainter, lane: QRectF, scale: FrameScale, first: int, over: NDArray[np.bool_], colour: QColor
) -> None:
    """A bar under the frames that lie over a limit."""
    ends = np.flatnonzero(np.diff(np.concatenate([[False], over, [False]]).astype(np.int8)))
    for begin, end in zip(ends[::2].tolist(), ends[1::2].tolist(), strict=True):
        x = lane.left() + scale.x(first + begin)
        width = max(2.0, (end - begin) * scale.frame_px)
        painter.fillRect(QRectF(x, lane.bottom() - 3, width, 3), colour)


def figures_told(figures: FaceFigures | None, frame: int) -> str:
    """What is known of a frame's draft, in lines."""
    if figures is None or not 0 <= frame < len(figures.measured) or not figures.measured[frame]:
        return f"Frame {frame}: the draft isn't measured yet"
    found = [(measure, figures.figure(measure, frame)) for measure in figures.measures]
    lines = []
    for measure, figure in found:
        if figure is not None:
            unit = UNITS.get(measure, "")
            limit = "" if figure.limit != figure.limit else f" (good up to {figure.limit:g}{unit})"
            lines.append(f"{TITLES.get(measure, measure)} {figure.value:.3g}{unit}{limit}")
    if not lines:
        return f"Frame {frame}: not measured, something lies before the face"
    late = "" if figures.fresh[frame] else ", before the last change"
    return "\n".join([f"Frame {frame}, draft{late}", *lines])
