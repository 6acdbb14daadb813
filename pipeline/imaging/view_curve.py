"""From a plate's R'G'B' to the display-referred view: its transfer curve and its gamut, both invertible.

The view is BT.709 primaries under the sRGB curve, diffuse white at 1, continued beyond 0..1 both ways.
Where a curve is so flat that the way back would blow noise up (PQ near black), its slope is held at a floor.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.arrays import ImageF32, Mask
from pipeline.imaging.curve_kernels import change_gamut, decode_linear, encode_linear, look_up
from pipeline.imaging.gamut import SHOWN_AS_709, to_709
from pipeline.imaging.planes import ColourTags, Transfer
from pipeline.imaging.transfer import CURVES, DISPLAY_REFERRED, linear_to_srgb, srgb_to_linear

_SIGNAL_LOW, _SIGNAL_HIGH = -0.5, 1.25
"""Signals the tables hold; limited-range video reaches from -0.07 to 1.1. Beyond, curves run on straight."""
_FORWARD_ENTRIES, _BACKWARD_ENTRIES = (1 << 14) + 1, (1 << 17) + 1
_SLOPE_FLOOR = 0.02
"""Least change of the view a unit of signal."""

_LIGHT_ENTRIES = (1 << 16) + 1
_VIEW_TOP, _ROOT_TOP = 16.0, 32.0

Table = NDArray[np.float32]


class ViewCurve:
    """The pointwise part of one plate's view. Immutable; may be shared between threads."""

    def __init__(self, colour: ColourTags) -> None:
        self._transfer: Transfer = colour.transfer
        self._matrix: Table | None = None
        if colour.primaries not in SHOWN_AS_709:
            matrix = to_709(colour.primaries)
            self._matrix = matrix.astype(np.float32)
            self._inverse = np.linalg.inv(matrix).astype(np.float32)

    @property
    def identity(self) -> bool:
        """Whether code values are shown as they are."""
        return self._matrix is None and self._transfer in DISPLAY_REFERRED

    def to_view(self, pixels: ImageF32) -> ImageF32:
        """R'G'B' as coded → view, in place; `pixels` is (…, 3), contiguous."""
        flat = pixels.reshape(-1)
        if self._transfer == "linear":
            encode_linear(flat)
        elif self._transfer not in DISPLAY_REFERRED:
            forward, _, _, _ = _tables(self._transfer)
            look_up(flat, forward, _SIGNAL_LOW, _SIGNAL_HIGH)
        if self._matrix is not None:
            decode, encode = _gamut_tables()
            change_gamut(pixels.reshape(-1, 3), self._matrix, decode, _VIEW_TOP, encode, _ROOT_TOP)
        return pixels

    def from_view(self, pixels: ImageF32) -> ImageF32:
        """The inverse of `to_view`, in place."""
        if self._matrix is not None:
            decode, encode = _gamut_tables()
            change_gamut(pixels.reshape(-1, 3), self._inverse, decode, _VIEW_TOP, encode, _ROOT_TOP)
        flat = pixels.reshape(-1)
        if self._transfer == "linear":
            decode_linear(flat)
        elif self._transfer not in DISPLAY_REFERRED:
            _, backward, low, high = _tables(self._transfer)
            look_up(flat, backward, low, high)
        return pixels

    def coded_change(self, before: ImageF32, after: ImageF32, support: Mask) -> ImageF32:
        """after − before as a change of R'G'B' as coded; exactly 0 where they are equal or outside the support."""
        changed = support & np.any(after != before, axis=2)
        change = np.zeros(before.shape, np.float32)
        new = np.ascontiguousarray(after[changed], np.float32)
        old = np.ascontiguousarray(before[changed], np.float32)
        change[changed] = self.from_view(new) - self.from_view(old)
        return change


@cache
def _tables(transfer: Transfer) -> tuple[Table, Table, float, float]:
    """(signal → view over the signal's domain, view → signal over low..high, low, high)."""
    signal = np.linspace(_SIGNAL_LOW, _SIGNAL_HIGH, _FORWARD_ENTRIES)
    view = linear_to_srgb(CURVES[transfer].to_linear(signal))
    steps = np.maximum(np.diff(view), _SLOPE_FLOOR * (signal[1] - signal[0]))
    rising = np.concatenate([[0.0], np.cumsum(steps)])
    middle = int(np.searchsorted(signal, 0.5))
    rising += view[middle] - rising[middle]
    low, high = float(rising[0]), float(rising[-1])
    backward = np.interp(np.linspace(low, high, _BACKWARD_ENTRIES), rising, signal)
    return rising.astype(np.float32), backward.astype(np.float32), low, high


@cache
def _gamut_tables() -> tuple[Table, Table]:
    """(view → light over 0..16, root of light → view over 0..32)."""
    decode = srgb_to_linear(np.linspace(0.0, _VIEW_TOP, _LIGHT_ENTRIES))
    encode = linear_to_srgb(np.linspace(0.0, _ROOT_TOP, _LIGHT_ENTRIES) ** 2)
    return decode.astype(np.float32), encode.astype(np.float32)
