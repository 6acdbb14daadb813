"""Regions of interest: the rotated rectangles that networks see, and their crops.

Crops map the region's corners on the tensor's corners, without a half-pixel shift and without antialiasing, as
MediaPipe does (ImageToTensorCalculator, OpenCV path): the networks were trained and verified on such crops.
"""

import math
from typing import Literal, NamedTuple, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.arrays import ImageU8

Border = Literal["zero", "replicate"]

_BORDERS: dict[Border, int] = {"zero": cv2.BORDER_CONSTANT, "replicate": cv2.BORDER_REPLICATE}

EYE_RIGHT_OUTER = 33
EYE_LEFT_OUTER = 263
FACE_SCALE = 1.5
"""How much wider than the face its region is (MediaPipe FaceLandmarker)."""


class Region(NamedTuple):
    """A rectangle of the picture turned clockwise by `rotation` radians about its centre. Pixels."""

    x: float
    y: float
    width: float
    height: float
    rotation: float = 0.0

    def to_picture(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """(n, 2) points of the region, 0..1, as (n, 2) pixels of the picture."""
        u, v = (points - 0.5).T
        cos, sin = math.cos(self.rotation), math.sin(self.rotation)
        # Turn first, scale after: what MediaPipe's LandmarkProjectionCalculator does with regions that are not square.
        return np.stack([(cos * u - sin * v) * self.width + self.x, (sin * u + cos * v) * self.height + self.y], axis=1)

    def corners(self) -> NDArray[np.float32]:
        """(4, 2) lower left, upper left, upper right, lower right as the region sees itself, in picture pixels."""
        cos, sin = math.cos(self.rotation), math.sin(self.rotation)
        half = np.array([[-1, 1], [-1, -1], [1, -1], [1, 1]]) * [self.width / 2, self.height / 2]
        turn = np.array([[cos, sin], [-sin, cos]])
        return np.asarray(half @ turn + [self.x, self.y], np.float32)


class CropSource(Protocol):
    """A picture that hands out small resampled parts of itself without being made as a whole."""

    @property
    def size(self) -> tuple[int, int]:
        """(width, height)."""

    def warped(self, matrix: NDArray[np.float64], size: int, replicate: bool) -> ImageU8:
        """(size, size, 3) RGB under `matrix` (3, 3), from this picture's pixels; outside, its border or black."""


Image = ImageU8 | CropSource
"""A picture (h, w, 3 RGB), or what can be asked for parts of one."""


def size_of(image: Image) -> tuple[int, int]:
    """(width, height) of a picture."""
    return (image.shape[1], image.shape[0]) if isinstance(image, np.ndarray) else image.size


def crop(image: Image, region: Region, size: int, border: Border) -> ImageU8:
    """The region of `image` as (size, size, 3)."""
    target = np.array([[0, size], [0, 0], [size, 0], [size, size]], np.float32)
    matrix = cv2.getPerspectiveTransform(region.corners(), target)
    if not isinstance(image, np.ndarray):
        return image.warped(np.asarray(matrix, np.float64), size, border == "replicate")
    cut = cv2.warpPerspective(image, matrix, (size, size), flags=cv2.INTER_LINEAR, borderMode=_BORDERS[border])
    return np.asarray(cut, np.uint8)


def turned_back(region: Region, turns: int, width: int, height: int) -> Region:
    """A region of a picture that was turned counter-clockwise by quarters, in the unturned one (width × height)."""
    x, y = region.x, region.y
    unturned = {0: (x, y), 1: (width - 1 - y, x), 2: (width - 1 - x, height - 1 - y), 3: (y, height - 1 - x)}[turns % 4]
    return region._replace(x=unturned[0], y=unturned[1], rotation=wrapped(region.rotation + turns * math.pi / 2))


def wrapped(angle: float) -> float:
    """An angle in radians brought into -π..π."""
    return angle - 2 * math.pi * math.floor((angle + math.pi) / (2 * math.pi))


def letterbox(width: int, height: int) -> Region:
    """The centred square around the whole picture."""
    side = float(max(width, height))
    return Region(width / 2, height / 2, side, side)


def face_region(box: NDArray[np.float64], keypoints: NDArray[np.float64], scale: float = FACE_SCALE) -> Region:
    """Where the landmark network looks for a detected face: the box grown, not squared, upright by the eyes."""
    return Region(
        float(box[0] + box[2]) / 2,
        float(box[1] + box[3]) / 2,
        float(box[2] - box[0]) * scale,
        float(box[3] - box[1]) * scale,
        _roll(keypoints[0], keypoints[1]),
    )


def tracking_region(landmarks: NDArray[np.floating], scale: float = FACE_SCALE) -> Region:
    """Where the landmark network looks for a face of known landmarks (n, 2 or 3): a square, upright by the eyes."""
    low, high = landmarks[:, :2].min(axis=0), landmarks[:, :2].max(axis=0)
    side = float((high - low).max()) * scale
    x, y = (low + high) / 2
    return Region(float(x), float(y), side, side, _roll(landmarks[EYE_RIGHT_OUTER, :2], landmarks[EYE_LEFT_OUTER, :2]))


def _roll(left: NDArray[np.floating], right: NDArray[np.floating]) -> float:
    return wrapped(math.atan2(float(right[1] - left[1]), float(right[0] - left[0])))
