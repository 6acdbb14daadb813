"""The display-referred view of a plate, and the way back: what analysis and engines see and change.

A plate is never converted as a whole. A crop is read as R'G'B' of 0..1 in square, upright pixels; what
was changed in it goes back as a change of code values, so samples nobody changed stay as they are, and
values over 1 or under 0 survive.
"""

from fractions import Fraction

import numpy as np

from pipeline.errors import RangeError
from pipeline.imaging.arrays import ImageF32, ImageU8, Mask, Matte, Rect
from pipeline.imaging.orientation import Orientation
from pipeline.imaging.planes import ColourTags, PixelFormat, Planes
from pipeline.imaging.resampled_planes import full_chroma
from pipeline.imaging.rgb_coding import RgbCoding, to_bytes
from pipeline.imaging.sample_coding import SampleCoding
from pipeline.imaging.view_curve import ViewCurve
from pipeline.imaging.yuv_coding import YuvCoding


class DisplayView:
    """The view of one plate. Immutable; may be shared between threads.

    Parameters
    ----------
    width, height
        The coded picture's.
    rotation
        Degrees clockwise from coded to shown: 0, 90, 180, 270.
    pixel_aspect
        Width over height of a coded sample.
    """

    def __init__(
        self,
        width: int,
        height: int,
        rotation: int,
        pixel_aspect: Fraction,
        format: PixelFormat,
        colour: ColourTags,
    ) -> None:
        self._orientation = Orientation(width, height, rotation, pixel_aspect)
        self._curve = ViewCurve(colour)
        self._coding = _coding_of(format, colour)
        self._resampled_coding = _coding_of(full_chroma(format), colour)

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) of the picture as shown."""
        return self._orientation.size

    @property
    def upright(self) -> bool:
        """Whether the picture is shown as it is coded: square pixels, not rotated."""
        return self._orientation.plain

    def rgb8(self, planes: Planes) -> ImageU8:
        """The whole picture as shown, (h, w, 3) RGB 0..255."""
        if self._curve.identity:
            return self._orientation.show8(self._coding.pixels8(planes))
        pixels = self._coding.pixels(planes, Rect(0, 0, planes.width, planes.height))
        return self._orientation.show8(to_bytes(self._curve.to_view(pixels)))

    def alpha8(self, planes: Planes) -> ImageU8 | None:
        """The alpha channel of the whole picture as shown, (h, w, 3) grey 0..255; None where there is none."""
        form = planes.format
        if not form.alpha:
            return None
        top = np.float32(1.0 if form.is_float else (1 << form.depth) - 1)
        shade = to_bytes(np.repeat((planes.data[-1] / top).astype(np.float32)[..., None], 3, axis=2))
        return self._orientation.show8(shade)

    def resampled8(self, planes: Planes) -> ImageU8:
        """What `imaging.resampled_planes` made of a picture of this plate, (h, w, 3) RGB 0..255; not turned."""
        if self._curve.identity:
            return self._resampled_coding.pixels8(planes)
        pixels = self._resampled_coding.pixels(planes, Rect(0, 0, planes.width, planes.height))
        return to_bytes(self._curve.to_view(pixels))

    @property
    def as_coded(self) -> bool:
        """Whether code values are shown as they are, in the plate's own primaries and curve."""
        return self._curve.identity

    def crop(self, planes: Planes, rect: Rect) -> ImageF32:
        """(h, w, 3) RGB of `rect` of the shown picture, nominally 0..1. Raises RangeError outside the picture."""
        self._check(rect)
        pixels = self._coding.pixels(planes, self._orientation.coded_rect(rect))
        if not self._curve.identity:
            pixels = self._curve.to_view(pixels)
        return self._orientation.show(pixels, rect)

    def under(self, rect: Rect) -> Rect:
        """The pixels of the coded picture that lie under `rect` of the shown one. Raises RangeError outside it."""
        self._check(rect)
        return self._orientation.under(rect)

    def apply(self, planes: Planes, rect: Rect, before: ImageF32, after: ImageF32, support: Mask) -> Planes:
        """`planes` with what changed from `before` to `after` inside `support`; the input is not written to.

        Where after == before, and outside the support and its chroma footprint (`reached`), every sample is identical.

        Parameters
        ----------
        rect
            Where the crop lies in the shown picture.
        before, after
            (h, w, 3), `before` as `crop` gave it.
        support
            (h, w) pixels that may change.
        """
        self._check(rect)
        if not self._curve.identity:
            after = self._curve.coded_change(before, after, support)
            before = np.zeros_like(after)
        if self._orientation.plain:
            return planes.with_data(self._coding.add(planes, rect, after, before, support))
        change, coded_support, coded = self._orientation.unshow(after - before, support, rect)
        return planes.with_data(self._coding.add(planes, coded, change, np.zeros_like(change), coded_support))

    def coded_matte(self, matte: Matte) -> Matte:
        """A matte of the whole shown picture (h, w) in the raster of the coded one."""
        if self._orientation.plain:
            return matte
        width, height = self.size
        layers, _, _ = self._orientation.unshow(np.dstack([matte] * 3), matte > 0, Rect(0, 0, width, height))
        return np.ascontiguousarray(layers[..., 0])

    def reached(self, planes: Planes, rect: Rect, support: Mask) -> tuple[Mask, ...]:
        """The samples that `apply` with this support may change: one mask a plane, of the plane's size."""
        self._check(rect)
        if not self._orientation.plain:
            nothing = np.zeros((*support.shape, 3), np.float32)
            _, support, rect = self._orientation.unshow(nothing, support, rect)
        return self._coding.reached(planes, rect, support)

    def _check(self, rect: Rect) -> None:
        if rect.empty or rect != rect.clipped(*self.size):
            raise RangeError(f"The rectangle {tuple(rect)} does not lie inside the picture of {self.size}.")


def _coding_of(form: PixelFormat, colour: ColourTags) -> SampleCoding:
    return YuvCoding(form, colour) if form.family == "yuv" else RgbCoding(form, colour)
