"""The numbers of Y'CbCr: matrices, ranges, and where chroma samples lie.

Matrices: ITU-R BT.601-7, BT.709-6, BT.2020-2 (non-constant luminance). Quantisation: the same documents
for limited range; full range as JFIF (Y 0..2^n-1, chroma centred at 2^(n-1)). Siting: ITU-T H.273,
chroma_sample_loc_type 0 (left), 1 (center), 2 (topleft).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.planes import ChromaSiting, ColourTags, Matrix, PixelFormat

_LUMA: dict[Matrix, tuple[float, float]] = {
    "bt601": (0.299, 0.114),
    "bt709": (0.2126, 0.0722),
    "bt2020": (0.2627, 0.0593),
}
"""Weights of red and blue in luma."""

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class YuvNumbers:
    """The constants of one coding, as the kernels of `yuv_kernels` take them.

    `levels`, `matrix`: code values to R'G'B' of 0..1. `weights` (3, 3): code values of Y, Cb, Cr a unit of
    R', G', B'. `top`: highest code value.
    """

    levels: Floats
    matrix: Floats
    weights: Floats
    top: int

    def scaled(self, factor: float) -> tuple[Floats, Floats]:
        """`levels` and `matrix` for pixels of 0..`factor`; the chroma offset stays in code values."""
        levels = self.levels.copy()
        levels[:2] *= np.float32(factor)
        return levels, self.matrix * np.float32(factor)


def luma_weights(matrix: Matrix) -> tuple[float, float, float]:
    """Weights of R', G', B' in luma, summing to 1 (BT.709's for pictures coded as RGB)."""
    red, blue = _LUMA.get(matrix, _LUMA["bt709"])
    return red, 1.0 - red - blue, blue


def yuv_numbers(form: PixelFormat, colour: ColourTags) -> YuvNumbers:
    """Constants for pictures of this format and these tags."""
    red, green, blue = luma_weights(colour.matrix)
    unit = float(1 << (form.depth - 8))
    top = (1 << form.depth) - 1
    if colour.range == "full":
        black, luma_span, chroma_span = 0.0, float(top), float(top)
    else:
        black, luma_span, chroma_span = 16.0 * unit, 219.0 * unit, 224.0 * unit
    from_cr, from_cb = 2.0 * (1.0 - red), 2.0 * (1.0 - blue)
    matrix = [from_cr, -from_cb * blue / green, -from_cr * red / green, from_cb]
    to_luma = np.array([red, green, blue]) * luma_span
    to_cb = np.array([-red, -green, 1.0 - blue]) * (chroma_span / from_cb)
    to_cr = np.array([1.0 - red, -green, -blue]) * (chroma_span / from_cr)
    return YuvNumbers(
        levels=np.array([1.0 / luma_span, -black / luma_span, 128.0 * unit], np.float32),
        matrix=(np.array(matrix) / chroma_span).astype(np.float32),
        weights=np.stack([to_luma, to_cb, to_cr]).astype(np.float32),
        top=top,
    )


@dataclass(frozen=True, slots=True, eq=False)
class AxisSiting:
    """How chroma lies along one axis: `tap` for bringing it up, `reach` and `share` for bringing changes down."""

    shift: int
    tap: Floats
    reach: Integers
    share: Floats


def axis_siting(shift: int, co_sited: bool) -> AxisSiting:
    """`co_sited`: a chroma sample lies on the first luma sample of its group, not between two."""
    if shift == 1 and co_sited:
        return _axis(1, (0.0, 0.5), -1, (0.25, 0.5, 0.25))
    if shift == 1:
        return _axis(1, (0.25, 0.25), 0, (0.5, 0.5))
    taps = 1 << shift
    return _axis(shift, (0.0, 0.0), 0, (1.0 / taps,) * taps)


def _axis(shift: int, tap: tuple[float, float], first: int, share: tuple[float, ...]) -> AxisSiting:
    reach = np.array([first, len(share)], np.int64)
    return AxisSiting(shift, np.array(tap, np.float32), reach, np.array(share, np.float32))


def sitings(form: PixelFormat, siting: ChromaSiting) -> tuple[AxisSiting, AxisSiting]:
    """Along x and along y."""
    return (
        axis_siting(form.log2_chroma_w, siting in ("left", "topleft")),
        axis_siting(form.log2_chroma_h, siting == "topleft"),
    )
