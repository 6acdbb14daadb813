"""Resampling along x between coded samples and square pixels.

Catmull-Rom (E. Catmull, R. Rom, 1974), widened when it brings the number of samples down. Linear in the
pixels, so a change of 0 stays 0 and values outside 0..1 pass.
"""

import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.arrays import ImageF32, Mask
from pipeline.imaging.stretch_kernels import gather_across

Floats = NDArray[np.float32]
Columns = NDArray[np.int64]


def _catmull_rom(x: NDArray[np.float64]) -> NDArray[np.float64]:
    x = np.abs(x)
    near = 1.5 * x**3 - 2.5 * x**2 + 1.0
    far = -0.5 * x**3 + 2.5 * x**2 - 4.0 * x + 2.0
    return np.where(x < 1.0, near, np.where(x < 2.0, far, 0.0))


class Stretch:
    """Between a line of `coded` samples and one of `shown` pixels over the same width."""

    def __init__(self, coded: int, shown: int) -> None:
        self._coded = coded
        self._shown = shown

    def coded_span(self, x0: int, x1: int) -> tuple[int, int]:
        """The coded samples that shown pixels x0..x1-1 are made from."""
        return _span(x0, x1, self._coded / self._shown, self._coded)

    def under(self, x0: int, x1: int) -> tuple[int, int]:
        """The coded samples in whose places the middles of shown pixels x0..x1-1 lie."""
        # (x + 1/2) · coded / shown, cut down, in whole numbers: no rounding may choose another sample.
        first, last = ((2 * x + 1) * self._coded // (2 * self._shown) for x in (x0, x1 - 1))
        return first, last + 1

    def widen(self, pixels: ImageF32, x0: int, x1: int) -> ImageF32:
        """Shown pixels x0..x1-1 from the coded pixels (h, w, 3) of `coded_span(x0, x1)`."""
        start, stop = self.coded_span(x0, x1)
        return _across(pixels, *_taps(x0, x1, start, stop, self._coded / self._shown, self._coded))

    def narrow(self, change: ImageF32, support: Mask, x0: int) -> tuple[ImageF32, Mask, int]:
        """Coded change, its support and its first column, from a shown change (h, w, 3) that begins at x0."""
        width, ratio = support.shape[1], self._shown / self._coded
        start, stop = _span(x0, x0 + width, self._coded / self._shown, self._coded)
        columns, shares = _taps(start, stop, x0, x0 + width, ratio, self._shown)
        inside = np.repeat(support[:, :, None], 3, axis=2).astype(np.float32)
        reached = _across(inside, columns, (shares != 0).astype(np.float32))[:, :, 0] > 0
        return _across(change * inside, columns, shares), reached, start


def _span(x0: int, x1: int, ratio: float, limit: int) -> tuple[int, int]:
    """Samples of the other grid within the kernel's reach of x0..x1-1; `ratio` of them to each of these."""
    reach = 2.0 * max(1.0, ratio)
    first = int(np.floor((x0 + 0.5) * ratio - 0.5 - reach))
    last = int(np.ceil((x1 - 0.5) * ratio - 0.5 + reach))
    return max(0, first), min(limit, last + 1)


def _taps(x0: int, x1: int, start: int, stop: int, ratio: float, limit: int) -> tuple[Columns, Floats]:
    """What x0..x1-1 are sums of: columns counted from `start`, and their shares, both (x1 - x0, taps).

    The picture's ends are repeated; samples outside start..stop but inside the picture count as 0.
    """
    scale = max(1.0, ratio)
    places = (np.arange(x0, x1) + 0.5) * ratio - 0.5
    reach = int(np.ceil(2.0 * scale))
    columns = np.floor(places).astype(np.int64)[:, None] + np.arange(-reach, reach + 2)
    shares = _catmull_rom((columns - places[:, None]) / scale)
    shares /= shares.sum(axis=1, keepdims=True)
    columns = np.clip(columns, 0, limit - 1)
    shares[(columns < start) | (columns >= stop)] = 0.0
    return np.clip(columns - start, 0, stop - start - 1), shares.astype(np.float32)


def _across(pixels: ImageF32, columns: Columns, shares: Floats) -> ImageF32:
    """(h, w, 3) → (h, n, 3)."""
    out = np.empty((pixels.shape[0], len(columns), 3), np.float32)
    gather_across(np.ascontiguousarray(pixels, np.float32), columns, shares, out)
    return out
