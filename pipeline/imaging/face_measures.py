"""What a face's landmarks measure: its width and its turn."""

from math import atan2, degrees, hypot

import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.mesh import CHEEK_LEFT, CHEEK_RIGHT, N_VERTICES, load_canonical
from pipeline.imaging.procrustes import flip, umeyama


def face_width(landmarks: NDArray[np.floating]) -> float:
    """Distance of the cheek landmarks (n ≥ 468, ≥ 2) in the picture, pixels, never under one."""
    return max(1.0, float(np.linalg.norm(landmarks[CHEEK_RIGHT, :2] - landmarks[CHEEK_LEFT, :2])))


def yaw_degrees(landmarks: NDArray[np.floating]) -> float:
    """Turn of the head (n ≥ 468, 3) about its vertical axis; positive to the picture's right."""
    canonical = load_canonical()
    pose = umeyama(canonical.vertices, flip(landmarks[:N_VERTICES]), canonical.procrustes_weights)
    rotation = pose.rotation
    return degrees(atan2(-rotation[2, 0], hypot(rotation[0, 0], rotation[1, 0])))
