"""What code values mean, changed exactly: matrix, range, transfer, float and integer, through R'G'B' of 0..1.

Values over 1 and under 0 survive where the target holds them (float samples, limited range).
"""

import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.arrays import ImageF32, Rect
from pipeline.imaging.planes import ColourTags, PixelFormat, Plane, Planes
from pipeline.imaging.rgb_coding import RgbCoding
from pipeline.imaging.sample_coding import SampleCoding
from pipeline.imaging.transfer import CURVES
from pipeline.imaging.view_curve import ViewCurve
from pipeline.imaging.yuv import luma_weights, yuv_numbers
from pipeline.imaging.yuv_coding import YuvCoding
from pipeline.media.pixel_formats import pixel_format
from pipeline.media.pixel_kernels import quantise

_ROUND = np.full((1, 1), 0.5, np.float32)


def ordered_pattern(size: int = 8) -> NDArray[np.float32]:
    """Bayer's (size, size) thresholds, each of 1..size² once, scaled into 0..1. `size` a power of 2."""
    pattern = np.zeros((1, 1))
    while len(pattern) < size:
        pattern = np.block([[4 * pattern, 4 * pattern + 2], [4 * pattern + 3, 4 * pattern + 1]])
    return ((pattern + 0.5) / size**2).astype(np.float32)


class PixelMath:
    """From planes of one meaning to planes of another, at full chroma resolution. Immutable."""

    def __init__(self, source: PixelFormat, meant: ColourTags, target: PixelFormat, wanted: ColourTags) -> None:
        self._coding: SampleCoding = YuvCoding(source, meant) if source.family == "yuv" else RgbCoding(source, meant)
        self._source, self._meant, self._wanted = source, meant, wanted
        self._form = _full_chroma(target)
        self._target = target
        self._threshold = ordered_pattern() if self._form.depth < source.depth else _ROUND

    def convert(self, planes: Planes) -> Planes:
        """`planes` as the target means them: its own format, or 16 bit 4:4:4 where that has less chroma."""
        pixels = self._coding.pixels(planes, Rect(0, 0, planes.width, planes.height))
        pixels = self._transfer(pixels)
        data: tuple[Plane, ...]
        if self._form.is_float:
            shown = pixels if self._form.family == "rgb" else pixels @ _gray_weights()
            data = tuple(np.ascontiguousarray(np.atleast_3d(shown)[:, :, each]) for each in range(_colours(self._form)))
        else:
            data = self._codes(pixels)
        if self._form.alpha:
            data = (*data, self._alpha(planes))
        return Planes(
            self._form, self._wanted, planes.width, planes.height, data, planes.frame, planes.pts, planes.time_base
        )

    def _transfer(self, pixels: ImageF32) -> ImageF32:
        if self._meant.transfer == self._wanted.transfer:
            return pixels
        if self._wanted.transfer == "linear":
            curve = CURVES[self._meant.transfer].to_linear
            return np.asarray(curve(pixels.astype(np.float64)), np.float32)
        return ViewCurve(self._meant).to_view(np.ascontiguousarray(pixels))

    def _codes(self, pixels: ImageF32) -> tuple[Plane, ...]:
        form = self._form
        weights, offsets = self._coding_numbers()
        dtype = np.uint8 if form.depth <= 8 else np.uint16
        out = np.empty((len(weights), *pixels.shape[:2]), dtype)
        quantise(pixels, weights, offsets, (1 << form.depth) - 1, self._threshold, out)
        return tuple(out)

    def _coding_numbers(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Code values a unit of R', G', B', and at black.

        Those of the target's own depth, shifted up where an intermediate of 16 bits stands for it: the scaler
        comes down by a shift as well.
        """
        target = self._target
        unit = float(1 << (target.depth - 8))
        shift = np.float32(1 << (self._form.depth - target.depth))
        limited = self._wanted.range == "limited"
        black, span = (16.0 * unit, 219.0 * unit) if limited else (0.0, float((1 << target.depth) - 1))
        if target.family == "yuv":
            weights = yuv_numbers(target, self._wanted).weights
            offsets = np.array([black, 128.0 * unit, 128.0 * unit], np.float32)
        elif target.family == "gray":
            weights = (_gray_weights() * np.float32(span))[None, :]
            offsets = np.array([black], np.float32)
        else:
            weights = np.eye(3, dtype=np.float32) * np.float32(span)
            offsets = np.full(3, black, np.float32)
        return weights * shift, offsets * shift

    def _alpha(self, planes: Planes) -> Plane:
        """The plate's alpha in the target's depth, opaque where it has none."""
        form = self._form
        top = 1.0 if form.is_float else float((1 << form.depth) - 1)
        if self._source.alpha:
            own = planes.data[-1]
            full = 1.0 if self._source.is_float else float((1 << self._source.depth) - 1)
            scaled = own.astype(np.float64) * (top / full)
        else:
            scaled = np.full((planes.height, planes.width), top)
        if form.is_float:
            return scaled.astype(np.float32)
        held = np.clip(np.floor(scaled + 0.5), 0.0, top)
        return held.astype(np.uint8) if form.depth <= 8 else held.astype(np.uint16)


def _full_chroma(target: PixelFormat) -> PixelFormat:
    if target.family != "yuv" or not (target.log2_chroma_w or target.log2_chroma_h):
        return target
    return pixel_format("yuva444p16le" if target.alpha else "yuv444p16le")


def _colours(form: PixelFormat) -> int:
    return 1 if form.family == "gray" else 3


def _gray_weights() -> NDArray[np.float32]:
    return np.array(luma_weights("bt709"), np.float32)
