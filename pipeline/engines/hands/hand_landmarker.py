"""MediaPipe's hand landmark network: the 21 joints of a hand in a region."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.engines.regions import Region, crop, wrapped
from pipeline.engines.registry import card
from pipeline.engines.session import SessionPool
from pipeline.imaging.arrays import ImageU8

N_JOINTS = 21
PRESENT = 0.5
"""Presence above which a region holds a hand."""

WRIST, INDEX_KNUCKLE, MIDDLE_KNUCKLE, RING_KNUCKLE = 0, 5, 9, 13
_STEADY_JOINTS = [0, 1, 2, 3, 5, 6, 9, 10, 13, 14, 17, 18]
"""The joints whose box is tracked: fingertips move too much."""

_SIZE = 224
_TRACK_SCALE = 2.0
_TRACK_SHIFT = -0.1


@dataclass(frozen=True, slots=True, eq=False)
class HandMesh:
    """A hand in one picture.

    `joints` (21, 3): x right, y down, z away from the camera relative to the wrist, pixels; wrist, then four joints a
    finger from thumb to little finger. `presence` 0..1. `right` is the probability of a right hand, 0..1, in a
    picture that is not mirrored.
    """

    joints: NDArray[np.float64]
    presence: float
    right: float

    def tracking_region(self) -> Region:
        """Where to look for this hand in the next frame (MediaPipe's HandLandmarksToRoi)."""
        rotation = self._rotation()
        cos, sin = math.cos(rotation), math.sin(rotation)
        points = self.joints[_STEADY_JOINTS, :2]
        middle = (points.min(axis=0) + points.max(axis=0)) / 2
        upright = (points - middle) @ np.array([[cos, -sin], [sin, cos]])
        low, high = upright.min(axis=0), upright.max(axis=0)
        width, height = high - low
        off_x, off_y = (low + high) / 2 + [0, _TRACK_SHIFT * height]
        side = float(max(width, height)) * _TRACK_SCALE
        return Region(
            float(middle[0] + cos * off_x - sin * off_y),
            float(middle[1] + sin * off_x + cos * off_y),
            side,
            side,
            rotation,
        )

    def _rotation(self) -> float:
        """From the wrist to the middle of the knuckles, so that fingers point upwards."""
        points = self.joints[:, :2]
        knuckles = ((points[INDEX_KNUCKLE] + points[RING_KNUCKLE]) / 2 + points[MIDDLE_KNUCKLE]) / 2
        dx, dy = knuckles - points[WRIST]
        return wrapped(math.pi / 2 - math.atan2(-float(dy), float(dx)))


class HandLandmarker:
    """Locates the joints of hands inside regions."""

    def __init__(self, pool: SessionPool) -> None:
        self._network = pool.get(card("hand-landmarks", pool.models_dir))

    def locate(self, image: ImageU8, regions: Sequence[Region]) -> list[HandMesh]:
        """One hand a region of `image` (h, w, 3 RGB), in order; judge `presence` before use."""
        if not regions:
            return []
        tensor = np.stack([crop(image, each, _SIZE, "zero") for each in regions]).astype(np.float32)
        tensor *= np.float32(1 / 255)
        answer = self._network.run({"image": tensor})
        return [
            HandMesh(_joints(local, region), float(presence), float(right))
            for local, region, presence, right in zip(
                answer["landmarks"], regions, answer["presence"][:, 0], answer["handedness"][:, 0], strict=True
            )
        ]


def _joints(local: NDArray[np.float32], region: Region) -> NDArray[np.float64]:
    points = local.reshape(N_JOINTS, 3).astype(np.float64) / _SIZE
    return np.concatenate([region.to_picture(points[:, :2]), points[:, 2:] * region.width], axis=1)
