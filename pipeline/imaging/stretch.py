"""Resampling along x between coded samples and square pixels.

Catmull-Rom (E. Catmull, R. Rom, 1974), widened when it brings the number of samples down. Linear in the
pixels, so a change of 0 stays 0 and values outside 0..1 pass.
"""

import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.arrays import ImageF32, Mask

Floats = NDArray[np.float32]


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

    def widen(self, pixels: ImageF32, x0: int, x1: int) -> ImageF32:
        """Shown pixels x0..x1-1 from the coded pixels (h, w, 3) of `coded_span(x0, x1)`."""
        start, stop = self.coded_span(x0, x1)
        weights = _weights(x0, x1, start, stop, self._coded / self._shown, self._coded)
        return _across(pixels, weights)

    def narrow(self, change: ImageF32, support: Mask, x0: int) -> tuple[ImageF32, Mask, int]:
        """Coded change, its support and its first column, from a shown change (h, w, 3) that begins at x0."""
        ratio = self._shown / self._coded
        start, stop = _span(x0, x0 + support.shape[1], self._coded / self._shown, self._coded)
        weights = _weights(start, stop, x0, x0 + support.shape[1], ratio, self._shown)
        reached = _across(support.astype(np.float32)[:, :, None], (weights != 0).astype(np.float32))[:, :, 0] > 0
        masked = np.where(support[:, :, None], change, np.float32(0.0))
        return _across(masked, weights), reached, start


def _span(x0: int, x1: int, ratio: float, limit: int) -> tuple[int, int]:
    """Samples of the other grid within the kernel's reach of x0..x1-1; `ratio` of them to each of these."""
    reach = 2.0 * max(1.0, ratio)
    first = int(np.floor((x0 + 0.5) * ratio - 0.5 - reach))
    last = int(np.ceil((x1 - 0.5) * ratio - 0.5 + reach))
    return max(0, first), min(limit, last + 1)


def _weights(x0: int, x1: int, start: int, stop: int, ratio: float, limit: int) -> Floats:
    """(x1 - x0, stop - start): shares of samples start..stop-1 in x0..x1-1. The picture's ends are repeated;
    samples that lie outside start..stop inside the picture count as 0."""
    scale = max(1.0, ratio)
    places = (np.arange(x0, x1) + 0.5) * ratio - 0.5
    taps = int(np.ceil(2.0 * scale)) * 2 + 1
    first = np.floor(places).astype(np.int64) - taps // 2
    columns = first[:, None] + np.arange(taps + 1)
    shares = _catmull_rom((columns - places[:, None]) / scale)
    shares /= shares.sum(axis=1, keepdims=True)
    columns = np.clip(columns, 0, limit - 1)
    weights = np.zeros((x1 - x0, stop - start + 1), np.float32)
    inside = (columns >= start) & (columns < stop)
    rows = np.broadcast_to(np.arange(x1 - x0)[:, None], columns.shape)
    np.add.at(weights, (rows, np.where(inside, columns - start, stop - start)), shares)
    return weights[:, :-1]


def _across(pixels: ImageF32, weights: Floats) -> ImageF32:
    """(h, w, c) × (n, w) → (h, n, c)."""
    return np.ascontiguousarray(np.einsum("hwc,nw->hnc", pixels, weights, optimize=True), dtype=np.float32)
