"""Pictures coded as RGB or grey planes, integer or float."""

import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.arrays import AnyArray, ImageF32, ImageU8, Mask, Rect
from pipeline.imaging.planes import ColourTags, PixelFormat, Plane, Planes
from pipeline.imaging.sample_coding import SampleCoding
from pipeline.imaging.yuv import luma_weights


class RgbCoding(SampleCoding):
    """One plane a colour, or one for all three (grey); float samples are the values themselves."""

    def __init__(self, form: PixelFormat, colour: ColourTags) -> None:
        self._gray = form.family == "gray"
        self._is_float = form.is_float
        self._top = (1 << form.depth) - 1
        self._weights = np.array(luma_weights(colour.matrix), np.float32)
        if form.is_float:
            self._black, self._span = np.float32(0.0), np.float32(1.0)
        elif colour.range == "full":
            self._black, self._span = np.float32(0.0), np.float32(self._top)
        else:
            unit = 1 << (form.depth - 8)
            self._black, self._span = np.float32(16 * unit), np.float32(219 * unit)

    def pixels(self, planes: Planes, rect: Rect) -> ImageF32:
        out = np.empty((rect.height, rect.width, 3), np.float32)
        for channel in range(3):
            plane = planes.data[0 if self._gray else channel]
            np.subtract(plane[rect.y0 : rect.y1, rect.x0 : rect.x1], self._black, out=out[:, :, channel])
        if self._span != 1.0:
            out *= np.float32(1.0) / self._span
        return out

    def pixels8(self, planes: Planes) -> ImageU8:
        if self._top == 255 and self._span == 255 and not self._is_float:
            colours = planes.data[:1] * 3 if self._gray else planes.data[:3]
            return np.asarray(np.stack(colours, axis=2), np.uint8)
        pixels = self.pixels(planes, Rect(0, 0, planes.width, planes.height))
        return to_bytes(pixels)

    def add(self, planes: Planes, rect: Rect, after: ImageF32, before: ImageF32, support: Mask) -> tuple[Plane, ...]:
        change = np.where(support[:, :, None], after - before, np.float32(0.0)) * self._span
        changes = [change @ self._weights] if self._gray else [change[:, :, channel] for channel in range(3)]
        data: list[Plane] = list(planes.data)
        for number, delta in enumerate(changes):
            plane = planes.data[number].copy()
            self._change(plane[rect.y0 : rect.y1, rect.x0 : rect.x1], delta)
            data[number] = plane
        return tuple(data)

    def reached(self, planes: Planes, rect: Rect, support: Mask) -> tuple[Mask, ...]:
        masks = tuple(np.zeros(plane.shape, np.bool_) for plane in planes.data)
        for mask in masks[: 1 if self._gray else 3]:
            mask[rect.y0 : rect.y1, rect.x0 : rect.x1] = support
        return masks

    def _change(self, samples: AnyArray, delta: NDArray[np.float32]) -> None:
        """Add to a window of samples in place."""
        if self._is_float:
            np.add(samples, delta, out=samples, where=delta != 0)
            return
        steps = np.floor(delta + np.float32(0.5)).astype(np.int64)
        changed = np.clip(samples.astype(np.int64) + steps, 0, self._top)
        np.copyto(samples, changed, casting="unsafe", where=steps != 0)


def to_bytes(pixels: ImageF32) -> ImageU8:
    """0..1 as 0..255, rounded and clipped; what is no number becomes black."""
    visible = np.nan_to_num(np.clip(pixels, np.float32(0.0), np.float32(1.0)))
    return np.asarray(visible * np.float32(255.0) + np.float32(0.5), np.uint8)
