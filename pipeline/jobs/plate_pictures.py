"""Whether two plates show the same picture on frames that belong together: looked at closely, on a few of them."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.errors import FrameUnreadable
from pipeline.media.plate_reader import PlateReader
from pipeline.media.plate_view import view_of
from pipeline.project.plate_map import Stretch

_LOOKED_AT = 5
"""Frames of a stretch that are compared."""
_WIDTH_PX = 480
_SAME_EDGES = 0.9
"""Correlation of the pictures' edges from which nothing has moved; grading and coding leave them where they are."""


def unchanged(old: PlateReader, new: PlateReader, stretches: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """The stretches whose pictures lie where they lay: neither moved, scaled nor painted over."""
    if old.info.display_size != new.info.display_size:
        return ()
    return tuple(each for each in stretches if _is_same(old, new, each))


def _is_same(old: PlateReader, new: PlateReader, stretch: Stretch) -> bool:
    at = np.unique(np.linspace(0, stretch.length - 1, _LOOKED_AT).round().astype(int)).tolist()
    try:
        return all(_alike(_edges(old, stretch.old + i), _edges(new, stretch.new + i)) for i in at)
    except FrameUnreadable:
        return False


def _edges(reader: PlateReader, frame: int) -> NDArray[np.float32]:
    rgb = view_of(reader.info).rgb8(reader.read(frame))
    height, width = rgb.shape[:2]
    share = min(1.0, _WIDTH_PX / width)
    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)
    small = cv2.resize(grey, (round(width * share), round(height * share)), interpolation=cv2.INTER_AREA)
    across, down = (cv2.Sobel(small, cv2.CV_32F, *way, ksize=3) for way in ((1, 0), (0, 1)))
    return np.asarray(np.stack([across, down]), np.float32)


def _alike(one: NDArray[np.float32], other: NDArray[np.float32]) -> bool:
    lengths = float(np.linalg.norm(one) * np.linalg.norm(other))
    return lengths < 1.0 or float((one * other).sum()) / lengths >= _SAME_EDGES
