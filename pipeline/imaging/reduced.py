"""Pictures reduced to what is shown."""

import cv2
import numpy as np

from pipeline.imaging.arrays import ImageU8


def reduced(picture: ImageU8, max_size: tuple[int, int] | None) -> ImageU8:
    """The picture (h, w, 3) made to fit `max_size` (width, height), never enlarged; None leaves it as it is."""
    height, width = picture.shape[:2]
    scale = 1.0 if max_size is None else min(max_size[0] / width, max_size[1] / height)
    if scale >= 1.0:
        return picture
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)
