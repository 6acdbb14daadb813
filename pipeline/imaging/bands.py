"""Log light split into bands: slow light and tone, the face's middle detail, and fine grain.

Log light is l = ln(v + 0.03) of display-referred v: a change of exposure or of a light's colour is a shift of l,
so detail keeps its contrast under any light. The offset keeps noise in the blacks small.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.arrays import AnyArray, ImageF32, Matte

LOG_OFFSET = 0.03


def log_light(values: ImageF32) -> ImageF32:
    """ln(v + 0.03); negative values count as 0."""
    return np.log(np.maximum(values, 0, dtype=np.float32) + np.float32(LOG_OFFSET))


def luma_of(detail: AnyArray) -> NDArray[np.floating]:
    """The mean of the last axis' three channels, as `mean` gives it to the bit, which takes fifteen times as long over
    so short an axis."""
    return np.asarray((detail[..., 0] + detail[..., 1] + detail[..., 2]) / 3)


def smoothstep(x: AnyArray | float, low: float, high: float) -> NDArray[np.float32]:
    """0 below `low`, 1 above `high`, a cubic without corners between (also for `high` < `low`: falling)."""
    t = np.array(x, np.float32)  # worked on in place: a frame's planes would each cost several fresh ones
    t -= low
    t /= high - low
    np.minimum(np.maximum(t, 0, out=t), 1, out=t)
    slope = 3 - 2 * t
    t *= t
    t *= slope
    return t


def ramp(x: AnyArray | float, start: float, end: float) -> NDArray[np.float32]:
    """`smoothstep` that rises, whatever the edges: with `end` at or below `start` it is a hard one there."""
    return smoothstep(x, start, max(end, start + 1e-3))


def gaussian(image: AnyArray, sigma: float) -> NDArray[np.float32]:
    """Gaussian blur with replicated edges; `sigma` in pixels, nothing done below 0.2."""
    if sigma < 0.2:
        return np.asarray(image, np.float32)
    return np.asarray(cv2.GaussianBlur(image, (0, 0), sigma, borderType=cv2.BORDER_REPLICATE), np.float32)


def normalised_blur(values: ImageF32, weights: Matte, sigma: float) -> ImageF32:
    """Weighted Gaussian mean of `values` (h, w, k) over `weights` (h, w); `sigma` in pixels.

    Computed at the resolution the blur allows. Where no weight is near, a four times wider window answers, so the
    result is smooth and finite everywhere.
    """
    height, width = weights.shape
    step = max(1, int(sigma / 2.5))
    small = (max(4, width // step), max(4, height // step))
    stacked: AnyArray = np.dstack([values * weights[..., None], weights])
    if step > 1:
        stacked = cv2.resize(stacked, small, interpolation=cv2.INTER_AREA)
    narrow = cv2.GaussianBlur(stacked, (0, 0), sigma * small[0] / width)
    wide = cv2.GaussianBlur(stacked, (0, 0), 4 * sigma * small[0] / width)
    mean: AnyArray = (narrow[..., :-1] + 0.02 * wide[..., :-1]) / (narrow[..., -1:] + 0.02 * wide[..., -1:] + 1e-5)
    if step > 1:
        mean = cv2.resize(mean, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.asarray(mean, np.float32).reshape(values.shape)
