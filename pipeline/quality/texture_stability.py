"""Flicker and sharpness of the skin: what the eye calls swimming, boiling and plastic."""

from collections import deque

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.arrays import ImageU8, Mask
from pipeline.imaging.mesh import EYE_LEFT, EYE_RIGHT, LIPS_INNER
from pipeline.imaging.uv import chart

CHART = 192
"""Texels of the face chart in which flicker is read."""
BLUR = 0.7
"""Gaussian in texels before differences are taken: the chart's own resampling is no flicker."""
DETAIL_SIGMA = 0.008
"""Fine detail is what a Gaussian of this many face widths takes away."""


class FlickerMeter:
    """Mean absolute second difference over time of the skin's luma in face UV, in 8-bit code values.

    Steady change (a head turning into light) cancels out of a second difference; tremble does not. Feed the frames of
    one film in order with the *plate's* smoothed landmarks; a missing frame is fed as None and breaks the run.
    """

    def __init__(self) -> None:
        uv = chart(CHART)
        holes = uv.polygon(EYE_RIGHT, 0.3) + uv.polygon(EYE_LEFT, 0.3) + uv.polygon(LIPS_INNER, 0.1)
        self._uv = uv
        self._skin = uv.covered & (holes < 0.5)
        self._window: deque[NDArray[np.float32]] = deque(maxlen=3)

    def add(self, luma: ImageU8 | None, landmarks: NDArray[np.floating] | None) -> float:
        """Second difference around the frame before this one; NaN until three frames lie in a row."""
        if luma is None or landmarks is None:
            self._window.clear()
            return float("nan")
        texture = self._uv.unwrap(luma.astype(np.float32), np.asarray(landmarks, np.float64))
        self._window.append(np.asarray(cv2.GaussianBlur(texture, (0, 0), BLUR), np.float32)[self._skin])
        if len(self._window) < 3:
            return float("nan")
        before, middle, after = self._window
        return float(np.abs(after - 2 * middle + before).mean())


def detail_energy(luma: ImageU8, skin: Mask, face_width: float) -> float:
    """Root mean square of the skin's fine detail, 8-bit code values; NaN without skin.

    The ratio of two films' energies is their sharpness ratio: under 1 the result is softer than the plate.
    """
    if not skin.any():
        return float("nan")
    picture = luma.astype(np.float32)
    fine = picture - cv2.GaussianBlur(picture, (0, 0), max(0.8, DETAIL_SIGMA * face_width))
    return float(np.sqrt(np.mean(fine[skin].astype(np.float64) ** 2)))
