"""One frame as the pass sees it."""

from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.arrays import AnyArray, ImageU8
from pipeline.imaging.planes import Planes
from pipeline.imaging.resampled_planes import thinned, warped
from pipeline.imaging.view import DisplayView

_SMALL = 640 * 480
"""Pixels up to which a whole picture in colour costs less than its parts apart."""


class Picture:
    """A decoded frame. Colour is made where it is looked at: whole pictures of it are rarely needed."""

    def __init__(self, planes: Planes, view: DisplayView) -> None:
        self._planes, self._view = planes, view
        self.frame = planes.frame

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) as shown."""
        return self._view.size

    @cached_property
    def rgb(self) -> ImageU8:
        """The whole picture as shown, (h, w, 3) RGB."""
        return self._view.rgb8(self._planes)

    @cached_property
    def gray(self) -> ImageU8:
        """Brightness (h, w) for flow, on a scale of its own."""
        if not self._coded_luma:
            return np.asarray(cv2.cvtColor(self.rgb, cv2.COLOR_RGB2GRAY), np.uint8)
        luma: AnyArray = self._planes.data[0]
        shift = self._planes.format.depth - 8
        return np.asarray(luma if shift == 0 else luma >> shift, np.uint8)

    @property
    def limited(self) -> bool:
        """Whether brightness is coded with black at 16 and white at 235."""
        return self._coded_luma and self._planes.colour.range == "limited"

    @property
    def _coded_luma(self) -> bool:
        """Whether luma as it is coded is brightness: its narrower range means nothing to the flow."""
        form, view = self._planes.format, self._view
        return form.family != "rgb" and not form.is_float and view.upright and (view.as_coded or form.depth == 8)

    @property
    def _whole(self) -> bool:
        """Whether parts are cut from the whole picture in colour."""
        return self._view.upright and self._planes.width * self._planes.height <= _SMALL

    def sparse(self, step: int) -> ImageU8:
        """Every `step`-th pixel in both directions, (h, w, 3) RGB, as the picture is coded: not turned or stretched."""
        if self._whole:
            return np.ascontiguousarray(self.rgb[::step, ::step])
        return self._view.resampled8(thinned(self._planes, step))

    def warped(self, matrix: NDArray[np.float64], size: int, replicate: bool) -> ImageU8:
        """(size, size, 3) RGB under `matrix` (3, 3), from shown pixels to those; outside, the border or black."""
        if self._view.upright and not self._whole:
            return self._view.resampled8(warped(self._planes, matrix, size, size, replicate))
        border = cv2.BORDER_REPLICATE if replicate else cv2.BORDER_CONSTANT
        cut = cv2.warpPerspective(self.rgb, matrix, (size, size), flags=cv2.INTER_LINEAR, borderMode=border)
        return np.asarray(cut, np.uint8)
