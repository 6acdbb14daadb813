"""From the picture as it is coded to the picture as it is shown: square pixels, then rotation; and back."""

from fractions import Fraction
from typing import TypeVar

import numpy as np

from pipeline.imaging.arrays import AnyArray, ImageF32, ImageU8, Mask, Rect
from pipeline.imaging.stretch import Stretch

A = TypeVar("A", bound=AnyArray)


class Orientation:
    """The geometry of one plate. `rotation` is clockwise, in degrees, a multiple of 90.

    Non-square pixels are made square by stretching along the coded x axis; no line is resampled.
    """

    def __init__(self, width: int, height: int, rotation: int, pixel_aspect: Fraction) -> None:
        self._turns = rotation // 90 % 4
        self._height = height
        self._square_width = max(1, round(width * pixel_aspect))
        self._stretch = Stretch(width, self._square_width) if self._square_width != width else None

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) as shown."""
        size = (self._square_width, self._height)
        return (size[1], size[0]) if self._turns % 2 else size

    @property
    def plain(self) -> bool:
        """Whether the coded picture is shown as it is."""
        return self._turns == 0 and self._stretch is None

    def coded_rect(self, rect: Rect) -> Rect:
        """The coded pixels that `show` needs for `rect` of the shown picture."""
        square = self._unturned(rect)
        if self._stretch is None:
            return square
        x0, x1 = self._stretch.coded_span(square.x0, square.x1)
        return Rect(x0, square.y0, x1, square.y1)

    def under(self, rect: Rect) -> Rect:
        """The coded pixels that lie under `rect` of the shown picture; of stretched ones those whose place it is."""
        square = self._unturned(rect)
        if self._stretch is None:
            return square
        x0, x1 = self._stretch.under(square.x0, square.x1)
        return Rect(x0, square.y0, x1, square.y1)

    def show(self, pixels: ImageF32, rect: Rect) -> ImageF32:
        """`rect` of the shown picture from the pixels of `coded_rect(rect)`."""
        if self._stretch is not None:
            square = self._unturned(rect)
            pixels = self._stretch.widen(pixels, square.x0, square.x1)
        return self._turned(pixels)

    def show8(self, pixels: ImageU8) -> ImageU8:
        """The whole shown picture, 8 bit."""
        if self._stretch is not None:
            wide = self._stretch.widen(pixels.astype(np.float32), 0, self._square_width)
            pixels = np.clip(wide + np.float32(0.5), 0, 255).astype(np.uint8)
        return self._turned(pixels)

    def unshow(self, change: ImageF32, support: Mask, rect: Rect) -> tuple[ImageF32, Mask, Rect]:
        """A change inside `rect` of the shown picture as a change of coded pixels: (change, support, rect)."""
        square = self._unturned(rect)
        change, support = self._unturned_pixels(change), self._unturned_pixels(support)
        if self._stretch is None:
            return change, support, square
        change, support, x0 = self._stretch.narrow(change, support, square.x0)
        return change, support, Rect(x0, square.y0, x0 + support.shape[1], square.y1)

    def _unturned(self, rect: Rect) -> Rect:
        width, height = self._square_width, self._height
        match self._turns:
            case 1:
                return Rect(rect.y0, height - rect.x1, rect.y1, height - rect.x0)
            case 2:
                return Rect(width - rect.x1, height - rect.y1, width - rect.x0, height - rect.y0)
            case 3:
                return Rect(width - rect.y1, rect.x0, width - rect.y0, rect.x1)
            case _:
                return rect

    def _turned(self, pixels: A) -> A:
        return np.ascontiguousarray(np.rot90(pixels, -self._turns)) if self._turns else pixels  # type: ignore[return-value]

    def _unturned_pixels(self, pixels: A) -> A:
        return np.ascontiguousarray(np.rot90(pixels, self._turns)) if self._turns else pixels  # type: ignore[return-value]
