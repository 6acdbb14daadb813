"""MediaPipe's palm detector: where hands are, and how they are turned."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.engines.detectors.anchors import anchor_grid, decode
from pipeline.engines.detectors.suppression import weighted_suppression
from pipeline.engines.regions import Region, crop, letterbox, wrapped
from pipeline.engines.registry import card
from pipeline.engines.session import SessionPool
from pipeline.imaging.arrays import ImageU8

_SIZE = 192
_LAYERS = ((24, 2), (12, 6))
_WRIST, _MIDDLE_KNUCKLE = 0, 2
_SCALE = 2.6
_SHIFT = -0.5
"""The hand's region: the palm's box moved by half its height towards the fingers, squared, and grown (MediaPipe)."""


@dataclass(frozen=True, slots=True, eq=False)
class PalmDetection:
    """A palm: `box` (x0, y0, x1, y1) and `keypoints` (7, 2) in pixels of the picture, score 0..1.

    Keypoints: wrist, the knuckles of index, middle, ring and little finger, the base of the thumb, its knuckle.
    """

    box: NDArray[np.float64]
    keypoints: NDArray[np.float64]
    score: float

    def hand_region(self) -> Region:
        """Where the landmark network looks for the whole hand: a square, fingers upwards."""
        dx, dy = self.keypoints[_MIDDLE_KNUCKLE] - self.keypoints[_WRIST]
        rotation = wrapped(math.pi / 2 - math.atan2(-dy, dx))
        width, height = self.box[2:] - self.box[:2]
        x, y = (self.box[:2] + self.box[2:]) / 2
        x -= _SHIFT * height * math.sin(rotation)
        y += _SHIFT * height * math.cos(rotation)
        side = float(max(width, height)) * _SCALE
        return Region(float(x), float(y), side, side, rotation)


class PalmDetector:
    """Finds palms in a picture or in a region of one; a hand pressed on a face is found in some frames only."""

    def __init__(self, pool: SessionPool, threshold: float = 0.5) -> None:
        self._network = pool.get(card("palm-detection", pool.models_dir))
        self._anchors = anchor_grid(_LAYERS)
        self._threshold = threshold

    def find(self, image: ImageU8, region: Region | None = None) -> list[PalmDetection]:
        """Palms in `image` (h, w, 3 RGB), or in a region of it, best first."""
        height, width = image.shape[:2]
        seen = region or letterbox(width, height)
        tensor = crop(image, seen, _SIZE, "zero").astype(np.float32)[None] * np.float32(1 / 255)
        answer = self._network.run({"image": tensor})
        boxes, keypoints, scores = decode(
            answer["regressors"][0], answer["classificators"][0], self._anchors, _SIZE, self._threshold
        )
        return [
            PalmDetection(
                seen.to_picture(each.box.reshape(2, 2)).reshape(4), seen.to_picture(each.keypoints), each.score
            )
            for each in weighted_suppression(boxes, keypoints, scores)
        ]
