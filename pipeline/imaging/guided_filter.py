"""The guided filter (He, Sun, Tang 2010) on box filters: a mask takes on the edges of the picture under it.

OpenCV has it in a contributed module that the headless wheel lacks. The coefficients are smooth, so they may be
computed on a small picture and applied to a large one (He, Sun 2015): that is how a matte found at working size gets
the edges of the full plate.
"""

import cv2
import numpy as np

from pipeline.imaging.arrays import ImageF32, Matte


def guided_filter(guide: ImageF32, mask: Matte, radius: int, epsilon: float) -> Matte:
    """`mask` (h, w) filtered under `guide` (h, w, one channel, 0..1); `radius` in pixels, `epsilon` in guide² units."""
    slope, offset = _coefficients(guide, mask, radius, epsilon)
    return np.asarray(slope * guide + offset, np.float32)


def guided_upsample(guide: ImageF32, small_guide: ImageF32, mask: Matte, radius: int, epsilon: float) -> Matte:
    """`mask` at the size of `small_guide` brought to the size of `guide`, with the edges of `guide`.

    `radius` is in pixels of the small picture.
    """
    size = (guide.shape[1], guide.shape[0])
    slope, offset = _coefficients(small_guide, mask, radius, epsilon)
    slope = np.asarray(cv2.resize(slope, size, interpolation=cv2.INTER_LINEAR), np.float32)
    offset = np.asarray(cv2.resize(offset, size, interpolation=cv2.INTER_LINEAR), np.float32)
    return np.asarray(slope * guide + offset, np.float32)


def _coefficients(guide: ImageF32, mask: Matte, radius: int, epsilon: float) -> tuple[Matte, Matte]:
    """Averaged slope and offset of the local linear models mask ≈ slope · guide + offset."""
    size = (2 * radius + 1, 2 * radius + 1)

    def mean(picture: Matte) -> Matte:
        return np.asarray(cv2.blur(picture, size, borderType=cv2.BORDER_REFLECT_101), np.float32)

    guide_mean, mask_mean = mean(guide), mean(mask)
    variance = mean(guide * guide) - guide_mean * guide_mean
    covariance = mean(guide * mask) - guide_mean * mask_mean
    slope = np.asarray(covariance / (np.maximum(variance, 0.0) + np.float32(epsilon)), np.float32)
    return mean(slope), mean(np.asarray(mask_mean - slope * guide_mean, np.float32))
