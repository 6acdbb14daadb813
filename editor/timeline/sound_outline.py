"""A plate's sound as the timeline draws it: outlines at every coarseness, and where somebody speaks."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Bins = NDArray[np.int8]
_COARSER = 8
"""Bins of one level in one of the next."""


@dataclass(frozen=True, slots=True, eq=False)
class SoundOutline:
    """`levels`: least and greatest samples times 127, the finest first, each eight times as coarse as the one before;
    a frame has `bins` of the finest. `speech` (frames,) probability of speech times 255; empty: nobody listened.
    """

    bins: int
    levels: tuple[tuple[Bins, Bins], ...]
    speech: NDArray[np.uint8]

    @classmethod
    def of(cls, bins: int, low: Bins, high: Bins, speech: NDArray[np.uint8]) -> "SoundOutline | None":
        """From the finest level; None where there is nothing to be heard."""
        if not len(low):
            return None
        levels = [(low, high)]
        while len(levels[-1][0]) > 2 * _COARSER:
            levels.append(_coarser(*levels[-1]))
        return cls(bins, tuple(levels), speech)

    def between(self, edges: NDArray[np.float64]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Least and greatest sample, -1..1, between each two of the `edges`, frames that ascend; 0 off the plate."""
        places = edges * self.bins
        width = float(places[-1] - places[0]) / max(1, len(edges) - 1)
        level = 0
        while level + 1 < len(self.levels) and width >= 2 * _COARSER:
            level, width, places = level + 1, width / _COARSER, places / _COARSER
        low, high = self.levels[level]
        starts = np.clip(np.floor(places[:-1]).astype(np.int64), 0, len(low) - 1)
        stops = np.clip(np.ceil(places[1:]).astype(np.int64), starts + 1, len(low))
        inside = (places[1:] > 0) & (places[:-1] < len(low))
        scale = np.where(inside, 1.0 / 127.0, 0.0).astype(np.float32)
        return _reduced(np.minimum, low, starts, stops) * scale, _reduced(np.maximum, high, starts, stops) * scale

    def is_spoken(self, frames: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether somebody speaks in each of these frames; nowhere, while nobody listened."""
        if not len(self.speech):
            return np.zeros(len(frames), np.bool_)
        inside = (frames >= 0) & (frames < len(self.speech))
        return np.asarray(inside & (self.speech[np.clip(frames, 0, len(self.speech) - 1)] >= 128))


def _coarser(low: Bins, high: Bins) -> tuple[Bins, Bins]:
    starts = np.arange(0, len(low), _COARSER)
    return np.minimum.reduceat(low, starts), np.maximum.reduceat(high, starts)


def _reduced(ufunc: np.ufunc, values: Bins, starts: NDArray[np.int64], stops: NDArray[np.int64]) -> Bins:
    """The reduction of each values[start:stop], none of them empty."""
    padded = np.append(values, np.int8(0))
    return np.asarray(ufunc.reduceat(padded, np.stack([starts, stops], axis=1).ravel())[::2], np.int8)
