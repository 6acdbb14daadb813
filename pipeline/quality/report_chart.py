"""Curves of a report as inline SVG: series over frames with keyframes, cuts and left-out spans. No script, no font."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
from numpy.typing import NDArray

from pipeline.quality.measures import Series

WIDTH, HEIGHT = 1016, 160
LEFT, RIGHT, TOP, BOTTOM = 52, 10, 32, 22
LETTER = 6.2
"""Width of a letter of a keyframe's label, at most."""
MOST_POINTS = 1600
"""A longer series is drawn as the lowest and highest of each part."""
BRIDGED = 26
"""Values taken every so many frames are joined; across a wider gap the line breaks."""


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A series to draw, with its name and colour (a CSS variable's name)."""

    name: str
    values: Series
    colour: str = "result"
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """The frames of a chart: `first` .. first + count - 1, and what is marked on them (plate frames)."""

    first: int
    count: int
    keyframes: Sequence[tuple[int, str]] = ()
    """(frame, kind)."""
    cuts: Sequence[int] = ()
    hidden: Sequence[Sequence[int]] = ()
    """Inclusive spans."""

    def x(self, frame: float) -> float:
        """Where a plate frame stands."""
        return LEFT + (frame - self.first) / max(1, self.count - 1) * (WIDTH - LEFT - RIGHT)


def chart(lines: Sequence[Line], axis: TimeAxis, limit: float | None = None, label_keyframes: bool = False) -> str:
    """One chart; `limit` is drawn as a level where the values come near it. '' where no line has a value."""
    values = np.concatenate([line.values for line in lines])
    values = values[np.isfinite(values)]
    if not len(values):
        return ""
    low, high = float(values.min()), float(values.max())
    near = limit is not None and low - (high - low) <= limit <= high + (high - low)
    if near and limit is not None:
        low, high = min(low, limit), max(high, limit)
    ticks = _ticks(low, high)
    low, high = min(low, ticks[0]), max(high, ticks[-1])

    def y(value: float) -> float:
        return TOP + (high - value) / max(high - low, 1e-12) * (HEIGHT - TOP - BOTTOM)

    parts = [f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(_names(lines))}">']
    parts += _marks(axis, label_keyframes)
    for tick in ticks:
        parts.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(tick):.1f}" y2="{y(tick):.1f}" stroke="#e6e6e6"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{y(tick) + 4:.1f}" text-anchor="end">{tick:g}</text>')
    if near and limit is not None:
        parts.append(
            f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(limit):.1f}" y2="{y(limit):.1f}" stroke="var(--miss)" '
            'stroke-dasharray="6 4"/>'
        )
    parts += [_drawn(line, axis, y) for line in lines]
    parts += _legend(lines)
    return "".join([*parts, "</svg>"])


def _names(lines: Sequence[Line]) -> str:
    return ", ".join(line.name for line in lines)


def _marks(axis: TimeAxis, labelled: bool) -> list[str]:
    bottom = HEIGHT - BOTTOM
    parts = []
    for first, last in axis.hidden:
        x0, x1 = axis.x(first - 0.5), axis.x(last + 0.5)
        parts.append(f'<rect x="{x0:.1f}" y="{TOP}" width="{x1 - x0:.1f}" height="{bottom - TOP}" fill="#f0f0f0"/>')
    parts += [
        f'<line x1="{axis.x(cut):.1f}" x2="{axis.x(cut):.1f}" y1="{TOP}" y2="{bottom}" stroke="#444"/>'
        for cut in axis.cuts
    ]
    right = -math.inf
    for frame, kind in axis.keyframes:
        x = axis.x(frame)
        parts.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{bottom}" stroke="#c9b27a"/>')
        wide = LETTER * (len(kind) + 1 + len(str(frame)))
        left = min(x, WIDTH - wide)
        if labelled and left > right:
            parts.append(f'<text class="key" x="{left:.1f}" y="{TOP - 6}">{escape(kind)} {frame}</text>')
            right = left + wide
    last = axis.first + axis.count - 1
    parts += [
        f'<text x="{axis.x(tick):.1f}" y="{HEIGHT - 7}" text-anchor="middle">{int(tick)}</text>'
        for tick in _ticks(axis.first, last, 8)
        if axis.first <= tick <= last and tick == int(tick)
    ]
    parts.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{bottom}" y2="{bottom}" stroke="#999"/>')
    return parts


def _drawn(line: Line, axis: TimeAxis, y: Callable[[float], float]) -> str:
    frames, values = _points(line.values)
    path, dots, before = [], [], -math.inf
    for position, (frame, value) in enumerate(zip(frames, values, strict=True)):
        x = axis.x(axis.first + float(frame))
        joined = frame - before <= BRIDGED
        path.append(f"{'L' if joined else 'M'}{x:.1f} {y(value):.1f}")
        follows = position + 1 < len(frames) and frames[position + 1] - frame <= BRIDGED
        if not joined and not follows:
            dots.append(f'<circle cx="{x:.1f}" cy="{y(value):.1f}" r="2" fill="var(--{line.colour})"/>')
        before = frame
    dash = ' stroke-dasharray="4 3"' if line.dashed else ""
    stroke = f'fill="none" stroke="var(--{line.colour})" stroke-width="1.6" stroke-linejoin="round"{dash}'
    return f'<path d="{"".join(path)}" {stroke}/>' + "".join(dots)


def _points(values: Series) -> tuple[NDArray[np.int64], Series]:
    """Frames and values to draw, those without a value left out."""
    seen = np.flatnonzero(np.isfinite(values))
    if len(seen) <= MOST_POINTS:
        return seen, values[seen]
    parts = np.array_split(seen, MOST_POINTS // 2)
    chosen = np.unique([each[int(k)] for each in parts for k in (values[each].argmin(), values[each].argmax())])
    return chosen, values[chosen]


def _legend(lines: Sequence[Line]) -> list[str]:
    parts, x = [], float(WIDTH - RIGHT)
    for line in reversed(lines):
        x -= 6.4 * len(line.name) + 30
        dash = ' stroke-dasharray="4 3"' if line.dashed else ""
        parts.append(
            f'<line x1="{x:.0f}" x2="{x + 18:.0f}" y1="8" y2="8" stroke="var(--{line.colour})" stroke-width="2"{dash}/>'
        )
        parts.append(f'<text x="{x + 22:.0f}" y="12">{escape(line.name)}</text>')
    return parts


def _ticks(low: float, high: float, most: int = 4) -> list[float]:
    """Round values that cover low..high."""
    span = max(high - low, 1e-9 + abs(high) * 1e-6)
    rough = span / most
    unit = 10.0 ** math.floor(math.log10(rough))
    step = next(unit * factor for factor in (1, 2, 5, 10) if unit * factor >= rough)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(k * step, 10) for k in range(first, last + 1)]
