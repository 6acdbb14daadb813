"""The 4 × 4 pose of a face as MediaPipe's FaceLandmarker gives it.

Metric pose under a virtual camera of 63 degrees vertical field of view, from the same weighted Procrustes fit in two
scale estimates as MediaPipe's face geometry module, so that its poses can be compared and exchanged. The engine's own
geometry is weak perspective and does not use it.
"""

import math

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]

_VERTICAL_FIELD_OF_VIEW = math.radians(63.0)
_NEAR = 1.0


def facial_transform(
    landmarks: NDArray[np.floating],
    width: int,
    height: int,
    canonical: NDArray[np.floating],
    weights: NDArray[np.float64],
) -> Points:
    """The transform (4, 4) from canonical centimetres to the camera: x right, y up, z towards the viewer.

    Parameters
    ----------
    landmarks
        (468 or 478, 3) pixels, z on the scale of x.
    width, height
        The picture's.
    canonical
        (468, 3) canonical vertices in centimetres.
    weights
        (468,) Procrustes weights; zero for vertices that do not take part.
    """
    vertices = np.asarray(canonical, np.float64)
    screen = _on_near_plane(np.asarray(landmarks[:468], np.float64), width, height)
    depth_offset = float(screen[:, 2].mean())
    flipped = screen * [1, 1, -1]
    first = _scale(weighted_procrustes(vertices, flipped, weights))
    second = _scale(weighted_procrustes(vertices, _unprojected(screen, depth_offset, first), weights))
    return weighted_procrustes(vertices, _unprojected(screen, depth_offset, first * second), weights)


def euler_degrees(transform: Points) -> tuple[float, float, float]:
    """Yaw, pitch and roll of a pose, degrees."""
    rotation = transform[:3, :3] / np.linalg.norm(transform[:3, 0])
    yaw = math.atan2(-rotation[2, 0], math.hypot(rotation[0, 0], rotation[1, 0]))
    pitch = math.atan2(rotation[2, 1], rotation[2, 2])
    roll = math.atan2(rotation[1, 0], rotation[0, 0])
    return math.degrees(yaw), math.degrees(pitch), math.degrees(roll)


def weighted_procrustes(source: Points, target: Points, weights: Points) -> Points:
    """The similarity (4, 4) that takes `source` (n, 3) nearest to `target` (n, 3).

    MediaPipe's ProcrustesSolver: the target is not centred, since the source is.
    """
    root = np.sqrt(weights)[:, None]
    total = weights.sum()
    weighted_source, weighted_target = source * root, target * root
    centred = weighted_source - root * ((weighted_source * root).sum(axis=0) / total)
    left, _, right = np.linalg.svd(weighted_target.T @ centred)
    if np.linalg.det(left) * np.linalg.det(right) < 0:
        left[:, 2] *= -1
    rotation = left @ right
    scale = np.sum((centred @ rotation.T) * weighted_target) / np.sum(centred * weighted_source)
    residual = weighted_target - scale * weighted_source @ rotation.T
    transform = np.eye(4)
    transform[:3, :3] = scale * rotation
    transform[:3, 3] = (residual * root).sum(axis=0) / total
    return transform


def _on_near_plane(landmarks: Points, width: int, height: int) -> Points:
    near_height = 2 * _NEAR * math.tan(_VERTICAL_FIELD_OF_VIEW / 2)
    near_width = near_height * width / height
    points = landmarks / [width, height, width]
    points[:, 1] = 1 - points[:, 1]
    return np.asarray(points * [near_width, near_height, near_width] - [near_width / 2, near_height / 2, 0])


def _unprojected(screen: Points, depth_offset: float, scale: float) -> Points:
    points = screen.copy()
    points[:, 2] = (points[:, 2] - depth_offset + _NEAR) / scale
    points[:, :2] *= points[:, 2:] / _NEAR
    points[:, 2] *= -1
    return points


def _scale(transform: Points) -> float:
    return float(np.linalg.norm(transform[:3, 0]))
