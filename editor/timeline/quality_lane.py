"""How good a face's drafts are, along the timeline: expression and landmarks against what is good.

Both curves are drawn by their share of their limit, so that one line is the limit of both; what lies far beyond it is
drawn at the top. Grey is out of date; where nothing is measured there is a gap.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from editor.language.translation import mark, tr
from editor.look import colours
from editor.playback.draft_figures import AU_ERROR, LANDMARKS, FaceFigures
from editor.timeline.frame_scale import FrameScale
from editor.timeline.quality_columns import Columns, bars, empty, inks, picture_of
from editor.timeline.signal_traces import SignalBuckets, trace_points

DRAWN: tuple[tuple[str, QColor], ...] = ((AU_ERROR, QColor(226, 190, 104)), (LANDMARKS, QColor(128, 176, 206)))
"""The measures that are drawn, and their colours."""
STALE = colours.grey(112)
TITLES = {
    AU_ERROR: mark("AU error"),
    LANDMARKS: mark("landmarks"),
    "pose": mark("displaced"),
    "skin_excess": mark("skin off by"),
    "seam_worst": mark("seam"),
    "sharpness": mark("sharpness"),
    "alike_source": mark("like the photos"),
    "alike_performer": mark("like the performer"),
}
UNITS = {LANDMARKS: " %", "pose": " %", "skin_excess": " ΔE", "seam_worst": " ΔE"}
LIMIT_AT = 0.75
"""Where the limits' line lies, of the lane's height."""
MARGIN_PX, BAR_PX = 4, 3
"""Above and below the curves; height of the bar under frames over a limit."""

Values = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class _Curve:
    """A measure over the frames in sight: `heights` (n,) shares of the lane, NaN where nothing is known."""

    heights: Values
    colour: QColor


def draw_quality(painter: QPainter, lane: QRectF, scale: FrameScale, figures: FaceFigures) -> None:
    """Draw one face's figures into a lane."""
    count = figures.values.shape[1]
    first, stop = max(0, scale.frame(0) - 1), min(count, scale.frame(lane.width()) + 2)
    if stop <= first:
        return
    inside = lane.adjusted(0, 1, 0, -2)
    y = round(inside.bottom() - MARGIN_PX - LIMIT_AT * (inside.height() - 2 * MARGIN_PX)) + 0.5
    painter.setPen(QPen(colours.grey(84), 1, Qt.PenStyle.DashLine))
    painter.drawLine(QPointF(lane.left() - 8, y), QPointF(lane.right() + 8, y))
    fresh = figures.fresh[first:stop]
    over = np.zeros(stop - first, np.bool_)
    curves = []
    for measure, colour in DRAWN:
        row = figures.row(measure)
        if row is not None:
            share = figures.values[row, first:stop] / figures.limits[row]
            over |= share > 1
            curves.append(_Curve(np.minimum(LIMIT_AT * share, 1.0).astype(np.float32), colour))
    if scale.frame_px < 1:
        _draw_columns(painter, inside, scale, first, curves, fresh, over)
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, scale.frame_px >= 1.5)
    for curve in curves:
        for ink, holds in ((STALE, ~fresh), (curve.colour, fresh)):
            _draw_curve(painter, inside, scale, first, np.where(holds, curve.heights, np.float32(np.nan)), ink)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    _draw_over(painter, lane, scale, first, over & fresh, colours.BAD)
    _draw_over(painter, lane, scale, first, over & ~fresh, STALE)


def _draw_columns(
    painter: QPainter,
    lane: QRectF,
    scale: FrameScale,
    first: int,
    curves: Sequence[_Curve],
    fresh: NDArray[np.bool_],
    over: NDArray[np.bool_],
) -> None:
    """Curves and bars where several frames share a pixel; a column is grey where one of its frames is out of date."""
    ratio = painter.device().devicePixelRatioF()
    width, height = max(1, round(lane.width() * ratio)), max(3, round(lane.height() * ratio))
    places = (np.arange(first, first + len(fresh)) + 0.5 - scale.first) * scale.frame_px * ratio
    columns, pixels = Columns.of(places, width), empty(width, height)
    known = np.zeros(len(fresh), np.bool_)
    for curve in curves:
        seen = ~np.isnan(curve.heights)
        known |= seen
        ink = inks((curve.colour.rgb(), STALE.rgb()), columns.any(seen & ~fresh))
        low, high = columns.least(curve.heights), columns.greatest(curve.heights)
        bars(low, high, ink, pixels, round(MARGIN_PX * ratio))
    ink = inks((colours.BAD.rgb(), STALE.rgb()), columns.any(known & ~fresh))
    rows = pixels[-max(1, round(BAR_PX * ratio)) :]
    np.copyto(rows, ink[None], where=columns.any(over)[None])
    painter.drawImage(lane, picture_of(pixels))


def _draw_curve(
    painter: QPainter, lane: QRectF, scale: FrameScale, first: int, heights: Values, colour: QColor
) -> None:
    """Lines over runs of frames, and dots for frames that stand alone."""
    seen = ~np.isnan(heights)
    beside = np.concatenate([[False], seen[:-1]]) | np.concatenate([seen[1:], [False]])
    alone = np.flatnonzero(seen & ~beside)
    painter.setPen(QPen(colour, 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    for at in alone.tolist():
        x = lane.left() + scale.x(first + at + 0.5)
        y = lane.bottom() - MARGIN_PX - float(heights[at]) * (lane.height() - 2 * MARGIN_PX)
        painter.drawPoint(QPointF(x, y))
    lines = np.where(beside, heights, np.float32(np.nan))[None]
    painter.setPen(QPen(colour, 0))
    for points in trace_points(lane, scale, SignalBuckets("", ("",), first, 1, lines, lines), 0, range(len(heights))):
        painter.drawPolyline(points)


def _draw_over(
    painter: QPainter, lane: QRectF, scale: FrameScale, first: int, over: NDArray[np.bool_], colour: QColor
) -> None:
    """A bar under the frames that lie over a limit."""
    ends = np.flatnonzero(np.diff(np.concatenate([[False], over, [False]]).astype(np.int8)))
    for begin, end in zip(ends[::2].tolist(), ends[1::2].tolist(), strict=True):
        x = lane.left() + scale.x(first + begin)
        width = max(2.0, (end - begin) * scale.frame_px)
        painter.fillRect(QRectF(x, lane.bottom() - BAR_PX, width, BAR_PX), colour)


def figures_told(figures: FaceFigures | None, frame: int) -> str:
    """What is known of a frame's draft, in lines."""
    if figures is None or not 0 <= frame < len(figures.measured) or not figures.measured[frame]:
        return tr("Frame {frame}: the draft isn't measured yet", frame=frame)
    found = [(measure, figures.figure(measure, frame)) for measure in figures.measures]
    lines = []
    for measure, figure in found:
        if figure is not None:
            unit = UNITS.get(measure, "")
            limit = (
                ""
                if figure.limit != figure.limit
                else " " + tr("(good up to {limit:g}{unit})", limit=figure.limit, unit=unit)
            )
            lines.append(f"{tr(TITLES.get(measure, measure))} {figure.value:.3g}{unit}{limit}")
    if not lines:
        return tr("Frame {frame}: not measured, something lies before the face", frame=frame)
    late = "" if figures.fresh[frame] else tr(", before the last change")
    return "\n".join([tr("Frame {frame}, draft{late}", frame=frame, late=late), *lines])
