"""Dissolves and fades: shots that pass over into each other, found on tiny pictures of every frame.

Between two shots that dissolve, every picture is a mixture (1 - a) A + a B of the picture before and the one after, a
rising steadily from 0 to 1; before and after it nothing is. Motion, however fast, is no mixture: what a pan or a
hand shows half-way lies neither in A nor in B. A change of light keeps the picture's structure, a flash comes back.
The tiny pictures are kept with the analysis, so that the rule may change without reading the film again.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

TINY = (16, 9)
"""Width and height of the kept pictures."""
LENGTHS = (*range(4, 26), *range(28, 76, 4))
"""Lengths that are looked for, frames from the last unmixed picture to the first one after."""
MIN_CHANGE = 10.0
"""Mean difference of the two shots, in steps of 255."""
MAX_LIKENESS = 0.7
"""Correlation of the two shots' brightness above which it is one shot in other light."""
MAX_RESIDUAL = 0.25
"""How far a picture may lie from a mixture, in parts of the shots' difference."""
MAX_UNEVEN = 0.16
"""How far the mixture may lie from a steady rise."""
FLAT = 6.0
"""Standard deviation of brightness under which a picture is a colour: what passes over into it fades."""

Tiny = NDArray[np.uint8]
"""(T, 9, 16, 3)."""
_Flat = NDArray[np.float32]
"""(T, 432)."""


@dataclass(frozen=True, slots=True)
class Dissolve:
    """A passage from one shot to the next. `first` is its first mixed plate frame, `stop` the first whole one after."""

    first: int
    stop: int
    fade: bool = False
    """Whether one of the two is a colour."""

    @property
    def frames(self) -> int:
        """Mixed frames."""
        return self.stop - self.first


@dataclass(frozen=True, slots=True)
class _Window:
    start: int
    length: int
    error: float


def tiny(thumbnail: NDArray[np.float32]) -> NDArray[np.uint8]:
    """A thumbnail (36, 64, 3) of `cuts` as it is kept, (9, 16, 3)."""
    return np.rint(cv2.resize(thumbnail, TINY, interpolation=cv2.INTER_AREA)).astype(np.uint8)


def find_dissolves(pictures: Tiny, cuts: Sequence[int], first_frame: int = 0) -> list[Dissolve]:
    """Dissolves and fades in a run of pictures (T, 9, 16, 3), ascending; none lies over a hard cut.

    `pictures[0]` is of plate frame `first_frame`; `cuts` are plate frames.
    """
    flat = pictures.reshape(len(pictures), -1).astype(np.float32)
    shots = np.searchsorted(np.asarray(sorted(cuts)) - first_frame, np.arange(len(flat)), side="right")
    found = [window for length in LENGTHS for window in _of_length(flat, shots, length)]
    chosen: list[_Window] = []
    for window in sorted(found, key=lambda each: (each.error, each.start, each.length)):
        if all(_apart(window, other) for other in chosen):
            chosen.append(window)
    return [_dissolve(flat, each, first_frame) for each in sorted(chosen, key=lambda each: each.start)]


def _of_length(flat: _Flat, shots: NDArray[np.intp], length: int) -> list[_Window]:
    if len(flat) <= length:
        return []
    before, after = flat[:-length], flat[length:]
    change = after - before
    middle = flat[length // 2 : len(flat) - length + length // 2]
    size = np.linalg.norm(change, axis=1)
    away = np.linalg.norm(middle - before - (length // 2 / length) * change, axis=1)
    likely = (np.abs(change).mean(axis=1) >= MIN_CHANGE) & _one_shot(flat, shots, length)
    likely &= away <= (MAX_RESIDUAL + MAX_UNEVEN) * np.maximum(size, 1e-6)
    windows = (_window(flat, shots, int(start), length) for start in np.flatnonzero(likely))
    return [each for each in windows if each is not None]


def _one_shot(flat: _Flat, shots: NDArray[np.intp], length: int) -> NDArray[np.bool_]:
    """(T - length,) no hard cut lies in the window; a first step out of a colour looks like one and is none."""
    colour = flat.reshape(len(flat), -1, 3).mean(axis=2).std(axis=1) < FLAT
    whole = shots[:-length] == shots[length:]
    return np.asarray(whole | (colour[:-length] & (shots[1 : len(shots) - length + 1] == shots[length:])))


def _window(flat: _Flat, shots: NDArray[np.intp], start: int, length: int) -> _Window | None:
    """The window from picture `start` on, where it is a steady mixture with nothing of it outside."""
    stop = start + length
    a, b = flat[start], flat[stop]
    if brightness_likeness(a, b) >= MAX_LIKENESS:
        return None
    d = b - a
    outside = max(2, length // 4)
    low, high = max(0, start - outside), min(len(flat) - 1, stop + outside)
    part = np.arange(low, high + 1)
    part = part[(shots[part] == shots[start]) | (shots[part] == shots[stop])]
    mixed = (flat[part] - a) @ d / float(d @ d)
    steady = np.clip((part - start) / length, 0.0, 1.0)
    uneven = float(np.abs(mixed - steady).max())
    inside = (part > start) & (part < stop)
    residual = np.linalg.norm(flat[part] - a - mixed[:, None] * d, axis=1) / float(np.linalg.norm(d))
    worst = float(residual[inside].max())
    if uneven > MAX_UNEVEN or worst > MAX_RESIDUAL:
        return None
    return _Window(start, length, uneven / MAX_UNEVEN + worst / MAX_RESIDUAL)


def _apart(one: _Window, other: _Window) -> bool:
    return one.start >= other.start + other.length or other.start >= one.start + one.length


def brightness_likeness(first: NDArray[np.float32], second: NDArray[np.float32]) -> float:
    """Correlation of two pictures' brightness, -1..1; 0 where one is flat."""
    a, b = (each.reshape(-1, 3).mean(axis=1) for each in (first, second))
    a, b = a - a.mean(), b - b.mean()
    norm = float(np.linalg.norm(a) * np.linalg.norm(b))
    return float(a @ b) / norm if norm > 1e-3 else 0.0


def _dissolve(flat: _Flat, window: _Window, first_frame: int) -> Dissolve:
    ends = flat[window.start], flat[window.start + window.length]
    fade = any(float(each.reshape(-1, 3).mean(axis=1).std()) < FLAT for each in ends)
    return Dissolve(first_frame + window.start + 1, first_frame + window.start + window.length, fade)
