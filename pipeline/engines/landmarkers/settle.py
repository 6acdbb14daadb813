"""Landmarks that no longer depend on how the face was found.

The landmark network's answer moves with its region: 0.6 % of the face diagonal from the detector's region to the
tracking one, 0.3 % more with a third look. Looking again until the region stands still gives a start that a tracked
shot continues without a step.
"""

import numpy as np
from numpy.typing import NDArray

from pipeline.engines.landmarkers.face_mesh import PRESENT, FaceMeshLandmarker
from pipeline.engines.regions import Image, Region, tracking_region

MAX_LOOKS = 8
_STILL = 0.002
"""A region stands still whose centre and size change by less than this part of its side, its turn by fewer radians."""


def settle(landmarker: FaceMeshLandmarker, image: Image, region: Region) -> tuple[Region, NDArray[np.float64]] | None:
    """The settled tracking region and the landmarks (478, 3) seen in it, None where no face is.

    Two passes at least; each region after the second is the mean of the last two, so that it cannot swing to and fro.
    """
    landmarks, presence = landmarker.landmarks(image, [region])
    for look in range(MAX_LOOKS):
        if presence[0] <= PRESENT:
            return None
        wanted = tracking_region(landmarks[0])
        if look > 0 and _moved(region, wanted) < _STILL:
            break
        region = _between(region, wanted) if look > 1 else wanted
        landmarks, presence = landmarker.landmarks(image, [region])
    return (region, landmarks[0]) if presence[0] > PRESENT else None


def _moved(old: Region, new: Region) -> float:
    return max(
        abs(new.x - old.x) / old.width,
        abs(new.y - old.y) / old.width,
        abs(new.width / old.width - 1),
        abs(new.rotation - old.rotation),
    )


def _between(old: Region, new: Region) -> Region:
    return Region(*((a + b) / 2 for a, b in zip(old, new, strict=True)))
