"""Faces of people who lie down or hang upside down: looked for where an upright picture shows nobody.

The detector knows upright faces only; once a face is found, its region turns with it, and it is followed at any roll.
"""

import numpy as np

from pipeline.engines.detectors.blazeface import BlazeFaceDetector
from pipeline.engines.regions import Region, face_region, turned_back
from pipeline.imaging.arrays import ImageU8

_QUARTER_TURNS = (1, 3, 2)


def lying_faces(detector: BlazeFaceDetector, image: ImageU8) -> list[Region]:
    """Regions of `image` (h, w, 3 RGB) for the landmark network, of the first quarter turn that shows faces."""
    height, width = image.shape[:2]
    for turns in _QUARTER_TURNS:
        found = detector.find(np.ascontiguousarray(np.rot90(image, turns)))
        if found:
            return [turned_back(face_region(each.box, each.keypoints), turns, width, height) for each in found]
    return []
