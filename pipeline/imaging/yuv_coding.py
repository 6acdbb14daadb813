"""Pictures coded as Y'CbCr, with chroma at full, half or quarter resolution."""

import cv2
import numpy as np

from pipeline.imaging.arrays import AnyArray, ImageF32, ImageU8, Mask, Rect
from pipeline.imaging.planes import ColourTags, PixelFormat, Plane, Planes
from pipeline.imaging.sample_coding import SampleCoding
from pipeline.imaging.yuv import AxisSiting, Integers, sitings, yuv_numbers
from pipeline.imaging.yuv_kernels import change_yuv, yuv_to_rgb, yuv_to_rgb8


class YuvCoding(SampleCoding):
    """Y'CbCr of one format and one set of colour tags."""

    def __init__(self, form: PixelFormat, colour: ColourTags) -> None:
        self._numbers = yuv_numbers(form, colour)
        self._across, self._down = sitings(form, colour.siting)
        self._shifts = np.array([form.log2_chroma_w, form.log2_chroma_h], np.int64)
        self._scaled8 = self._numbers.scaled(255.0)

    def pixels(self, planes: Planes, rect: Rect) -> ImageF32:
        out = np.empty((rect.height, rect.width, 3), np.float32)
        luma, blue, red, window = self._windows(planes, rect)
        numbers, taps = self._numbers, (self._across.tap, self._down.tap)
        origin = np.array([rect.x0, rect.y0], np.int64)
        yuv_to_rgb(luma, blue, red, out, origin, window, self._shifts, *taps, numbers.levels, numbers.matrix)
        return out

    def pixels8(self, planes: Planes) -> ImageU8:
        out = np.empty((3, planes.height, planes.width), np.uint8)
        luma, blue, red, window = self._windows(planes, Rect(0, 0, planes.width, planes.height))
        taps = (self._across.tap, self._down.tap)
        yuv_to_rgb8(luma, blue, red, out, np.zeros(2, np.int64), window, self._shifts, *taps, *self._scaled8)
        return np.asarray(cv2.merge([out[0], out[1], out[2]]), np.uint8)

    def add(self, planes: Planes, rect: Rect, after: ImageF32, before: ImageF32, support: Mask) -> tuple[Plane, ...]:
        luma, blue, red = (plane.copy() for plane in planes.data[:3])
        across, down, numbers = self._across, self._down, self._numbers
        change_yuv(
            luma,
            blue,
            red,
            np.ascontiguousarray(after, np.float32),
            np.ascontiguousarray(before, np.float32),
            np.ascontiguousarray(support, np.bool_),
            np.array([rect.x0, rect.y0], np.int64),
            across.reach,
            across.share,
            down.reach,
            down.share,
            self._shifts,
            numbers.weights,
            numbers.top,
        )
        return (luma, blue, red, *planes.data[3:])

    def reached(self, planes: Planes, rect: Rect, support: Mask) -> tuple[Mask, ...]:
        luma = np.zeros(planes.data[0].shape, np.bool_)
        luma[rect.y0 : rect.y1, rect.x0 : rect.x1] = support
        rows, columns = planes.data[1].shape
        chroma = _tapped(_tapped(luma, self._down, rows).T, self._across, columns).T
        return (luma, chroma, chroma, *(np.zeros(plane.shape, np.bool_) for plane in planes.data[3:]))

    def _windows(self, planes: Planes, rect: Rect) -> tuple[AnyArray, AnyArray, AnyArray, Integers]:
        """Luma inside `rect`, the chroma around it with one sample to spare, and where that window starts."""
        luma, blue, red = planes.data[:3]
        shift_x, shift_y = int(self._shifts[0]), int(self._shifts[1])
        x0, y0 = max((rect.x0 >> shift_x) - 1, 0), max((rect.y0 >> shift_y) - 1, 0)
        x1, y1 = ((rect.x1 - 1) >> shift_x) + 2, ((rect.y1 - 1) >> shift_y) + 2
        return (
            np.ascontiguousarray(luma[rect.y0 : rect.y1, rect.x0 : rect.x1]),
            np.ascontiguousarray(blue[y0:y1, x0:x1]),
            np.ascontiguousarray(red[y0:y1, x0:x1]),
            np.array([x0, y0], np.int64),
        )


def _tapped(mask: Mask, siting: AxisSiting, count: int) -> Mask:
    """Which of `count` chroma rows have a reached luma row of `mask` (rows, columns) among their taps."""
    first, taps = (int(each) for each in siting.reach)
    behind = max(0, ((count - 1) << siting.shift) + first + taps - len(mask))
    padded = np.pad(mask, ((-first, behind), (0, 0)))
    step = 1 << siting.shift
    return np.asarray(np.logical_or.reduce([padded[tap::step][:count] for tap in range(taps)]), np.bool_)
