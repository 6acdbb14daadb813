"""Signals as the lane draws them: named traces of least and greatest values, in buckets of frames."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QPointF, QRectF, Signal
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from shiboken6 import VoidPtr

from editor.language.catalogue import translated
from editor.look import colours
from editor.timeline.frame_scale import FrameScale
from pipeline.project.parameter_table import PARAMETERS

Values = NDArray[np.float32]
_UNIT = re.compile(r"^(AU\d+)[LR]?$")
_SMOOTH_FROM_PX = 1.5
"""Width of a bucket from which on lines are smoothed: below, they are a comb of peaks, and smoothing takes long."""


@dataclass(frozen=True, slots=True, eq=False)
class SignalBuckets:
    """Channels of one face: `low` and `high` are (channels, buckets), NaN where it isn't seen; a bucket is `step`
    frames, the first begins at `start`.
    """

    face: str
    channels: tuple[str, ...]
    start: int
    step: int
    low: Values
    high: Values

    def value(self, channel: str, frame: int) -> float | None:
        """The greatest value in the frame's bucket; None where there is none."""
        column = (frame - self.start) // self.step
        if channel not in self.channels or not 0 <= column < self.high.shape[1]:
            return None
        value = float(self.high[self.channels.index(channel), column])
        return None if math.isnan(value) else value


class SignalTraces(QObject):
    """What the worker measured of the face in hand, and which channels are drawn."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._buckets: SignalBuckets | None = None
        self._shown: tuple[str, ...] | None = None
        self._lively: tuple[str, ...] = ()

    @property
    def buckets(self) -> SignalBuckets | None:
        return self._buckets

    @property
    def channels(self) -> tuple[str, ...]:
        return () if self._buckets is None else self._buckets.channels

    @property
    def shown(self) -> tuple[str, ...]:
        """The channels that are drawn: those chosen, at first those that move most."""
        if self._buckets is None:
            return ()
        if self._shown is None:
            return self._lively
        return tuple(each for each in self._shown if each in self._buckets.channels)

    def put(self, buckets: SignalBuckets | None) -> None:
        self._buckets = buckets
        self._lively = () if buckets is None else self._liveliest(buckets, 4)
        self.changed.emit()

    def show(self, channels: Sequence[str]) -> None:
        self._shown = tuple(channels)
        self.changed.emit()

    def toggle(self, channel: str) -> None:
        shown = self.shown
        self.show([each for each in shown if each != channel] if channel in shown else [*shown, channel])

    def colour(self, channel: str) -> QColor:
        return colours.SIGNAL_COLOURS[self.shown.index(channel) % len(colours.SIGNAL_COLOURS)]

    def unit_reading(self, unit: int, side: str, frame: int) -> float | None:
        """How far an action unit is active in a frame: the channels' own score, of several sides the greater one."""
        if self._buckets is None:
            return None
        names = (f"AU{unit}{side}",) if side else (f"AU{unit}", f"AU{unit}L", f"AU{unit}R")
        found = [value for name in names if (value := self._buckets.value(name, frame)) is not None]
        return max(found, default=None)

    @staticmethod
    def _liveliest(buckets: SignalBuckets, count: int) -> tuple[str, ...]:
        """Of the action units' scores those that move most, one a unit."""
        highest = np.nanmax(np.where(np.isnan(buckets.high), -np.inf, buckets.high), axis=1, initial=-np.inf)
        lowest = np.nanmin(np.where(np.isnan(buckets.low), np.inf, buckets.low), axis=1, initial=np.inf)
        best: dict[str, tuple[float, str]] = {}
        for high, low, name in zip(highest.tolist(), lowest.tolist(), buckets.channels, strict=True):
            unit = _UNIT.match(name)
            if unit is not None and math.isfinite(high):
                best[unit[1]] = max(best.get(unit[1], (-math.inf, "")), (high - low, name))
        chosen = {name for _, name in sorted(best.values(), reverse=True)[:count]}
        return tuple(name for name in buckets.channels if name in chosen)


def channel_title(channel: str) -> str:
    """A channel in words: an action unit by what it does, the others by their name."""
    # Some units are scored for both sides together and weighted on either.
    parameter = PARAMETERS.get(channel) or PARAMETERS.get(f"{channel}L")
    if parameter is None or _UNIT.match(channel) is None:
        return translated(channel.replace("_", " "))
    _, _, words = parameter.description.partition(", ")
    if parameter.name != channel:
        words = words.removesuffix(", left.")
    return f"{translated(words.split(';')[0].rstrip('.'))} ({channel})"


def draw_traces(painter: QPainter, lane: QRectF, scale: FrameScale, traces: SignalTraces) -> None:
    """Draw the shown channels into a lane; each is scaled by its own range, 0..1 channels by 0..1."""
    buckets = traces.buckets
    if buckets is None:
        return
    painter.setPen(QPen(colours.grey(60), 1))
    for share in (0.0, 0.5, 1.0):
        y = round(lane.bottom() - 4 - share * (lane.height() - 8)) + 0.5
        painter.drawLine(QPointF(lane.left() - 8, y), QPointF(lane.right() + 8, y))
    left, right = scale.frame(0), scale.frame(lane.width()) + 1
    first = max(0, (left - buckets.start) // buckets.step - 1)
    last = min(buckets.high.shape[1], (right - buckets.start) // buckets.step + 2)
    if last <= first:
        return
    bucket_px = buckets.step * scale.frame_px
    # Of a width of one pixel: Qt strokes wider lines a hundred times slower.
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, bucket_px >= _SMOOTH_FROM_PX and buckets.step == 1)
    for channel in traces.shown:
        painter.setPen(QPen(traces.colour(channel), 0))
        for points in trace_points(lane, scale, buckets, buckets.channels.index(channel), range(first, last)):
            painter.drawPolyline(points)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def trace_points(
    lane: QRectF, scale: FrameScale, buckets: SignalBuckets, row: int, columns: range
) -> Iterator[QPolygonF]:
    """One line a run of frames in which the face is seen. Where several buckets share a pixel, the pixel has their
    least and greatest value: a peak is never lost, and drawing takes as long as the lane is wide.
    """
    low, high = buckets.low[row], buckets.high[row]
    least = min(0.0, float(np.nanmin(low, initial=0.0)))
    most = max(1.0 if least == 0.0 else 1e-6, float(np.nanmax(high, initial=0.0)))
    frames = buckets.start + (np.arange(columns.start, columns.stop) + 0.5) * buckets.step
    x = lane.left() + (frames - scale.first) * scale.frame_px
    low, high = low[columns.start : columns.stop], high[columns.start : columns.stop]
    seen = ~np.isnan(high)
    pixels = np.floor(x).astype(np.int64)
    ends = np.flatnonzero(np.diff(np.concatenate([[False], seen, [False]]).astype(np.int8)))
    for begin, end in zip(ends[::2], ends[1::2], strict=True):
        starts = begin + np.flatnonzero(np.diff(pixels[begin:end], prepend=pixels[begin] - 1))
        values = np.stack([np.minimum.reduceat(low[:end], starts), np.maximum.reduceat(high[:end], starts)], axis=1)
        if np.array_equal(low[begin:end], high[begin:end]) and len(starts) == end - begin:
            values = values[:, :1]
        share = (values - least) / (most - least)
        y = lane.bottom() - 4 - share.astype(np.float64) * (lane.height() - 8)
        yield _polygon(np.repeat(x[starts], values.shape[1]), y.reshape(-1))


def _polygon(x: NDArray[np.float64], y: NDArray[np.float64]) -> QPolygonF:
    """Points from arrays, written straight into the polygon's memory."""
    polygon = QPolygonF()
    polygon.resize(len(x))
    address: Any = VoidPtr
    memory: NDArray[np.float64] = np.frombuffer(address(polygon.data(), 16 * len(x), True), np.float64).reshape(-1, 2)
    memory[:, 0], memory[:, 1] = x, y
    return polygon
