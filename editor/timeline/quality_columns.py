"""Curves of quality where several frames share a pixel: a bar a pixel column, from its least to its greatest value.

Drawn as one picture, so that it takes as long as the lane is wide, however the frames between alternate.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

Values = NDArray[np.float32]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Which frames lie in which of `width` pixel columns: `starts` (n,) among the frames, `places` (n,) the columns."""

    width: int
    starts: NDArray[np.int64]
    places: NDArray[np.int64]

    @staticmethod
    def of(pixels: NDArray[np.floating], width: int) -> "Columns":
        """From each frame's place (frames,), rising, in pixels."""
        columns = np.floor(pixels).astype(np.int64)
        starts = np.flatnonzero(np.diff(columns, prepend=columns[0] - 1))
        places = columns[starts]
        inside = (places >= 0) & (places < width)
        return Columns(width, starts[inside], places[inside])

    def least(self, values: Values) -> Values:
        """(width,) NaN where a column has no value."""
        return self._laid(np.fmin.reduceat(values, self.starts))

    def greatest(self, values: Values) -> Values:
        return self._laid(np.fmax.reduceat(values, self.starts))

    def any(self, mask: Mask) -> Mask:
        """(width,) whether a frame of the column is."""
        found = np.zeros(self.width, np.bool_)
        found[self.places] = np.logical_or.reduceat(mask, self.starts)
        return found

    def _laid(self, reduced: Values) -> Values:
        found = np.full(self.width, np.nan, np.float32)
        found[self.places] = reduced
        return found


def bars(low: Values, high: Values, ink: NDArray[np.uint32], pixels: NDArray[np.uint32], margin: int) -> None:
    """Draw one curve (width,), shares 0..1 of the picture's height less a margin, into `pixels` (height, width)."""
    height = len(pixels)
    low, high = _joined(low, high)
    rows = np.arange(height, dtype=np.float32)[:, None]
    top, bottom = (height - 1 - margin - share * (height - 1 - 2 * margin) for share in (high, low))
    with np.errstate(invalid="ignore"):
        seen = (rows >= np.floor(top)) & (rows <= np.floor(bottom))
    np.copyto(pixels, ink[None], where=seen)


def picture_of(pixels: NDArray[np.uint32]) -> QImage:
    """The picture, its memory its own."""
    height, width = pixels.shape
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32).copy()


def empty(width: int, height: int) -> NDArray[np.uint32]:
    """A picture of nothing."""
    return np.zeros((height, width), np.uint32)


def inks(colours: Sequence[int], which: Mask) -> NDArray[np.uint32]:
    """(width,) the second colour where `which`, else the first."""
    return np.where(which, np.uint32(colours[1]), np.uint32(colours[0]))


def _joined(low: Values, high: Values) -> tuple[Values, Values]:
    """Columns that reach to their left neighbour, so that a steep curve has no holes."""
    before_low, before_high = np.roll(low, 1), np.roll(high, 1)
    before_low[0] = before_high[0] = np.nan
    return np.fmin(low, np.where(before_high < low, before_high, low)), np.fmax(
        high, np.where(before_low > high, before_low, high)
    )
