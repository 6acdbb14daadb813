"""Landmarks as a person corrected them: what every stage takes for where the plate's face lies.

A shift moves its part whole and the skin around it the less, the farther it is along the skin; the pose stays, so that
a corrected mouth turns no head. Nothing is written into the solve: the same shifts on it give the same landmarks.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.engines.faces import N_VERTICES, FaceSolve
from pipeline.imaging.bands import smoothstep
from pipeline.imaging.mesh import skin_distances
from pipeline.project.landmark_move import LandmarkShift
from pipeline.project.landmark_parts import points_of

Floats = NDArray[np.float64]

N_LANDMARKS = 478


def shift_weights(part: str, reach: float) -> Floats:
    """(478,) how far each landmark goes along when a part is moved: 1 on it, 0 from `reach` centimetres of skin on.

    Irises go with the parts that hold them and with no other.
    """
    points = points_of(part)
    weights = np.zeros(N_LANDMARKS)
    vertices = [point for point in points if point < N_VERTICES]
    if vertices and reach > 0:
        weights[:N_VERTICES] = 1.0 - smoothstep(skin_distances()[vertices].min(0), 0.0, reach)
    weights[list(points)] = 1.0
    return weights


def shifted_by(shifts: Sequence[LandmarkShift]) -> Floats:
    """(478, 3) canonical centimetres that landmarks are moved by, all shifts together."""
    moved = np.zeros((N_LANDMARKS, 3))
    for each in shifts:
        moved += shift_weights(each.part, each.reach)[:, None] * (each.x, each.y, each.z)
    return moved


def shifted_pixels(solve: FaceSolve, i: int, shifts: Sequence[LandmarkShift]) -> Floats:
    """(478, 3) pixels that the landmarks at the solve's index `i` are moved by."""
    way: Floats = (shifted_by(shifts) @ solve.rotation[i].T) * solve.scale[i] * (1.0, -1.0, -1.0)
    return way


def landmarks_of(solve: FaceSolve, i: int, shifts: Sequence[LandmarkShift]) -> Floats:
    """(478, 3) the landmarks at the solve's index `i` with the shifts, pixels."""
    landmarks: Floats = solve.landmarks[i].astype(np.float64)
    if shifts:
        landmarks += shifted_pixels(solve, i, shifts)
    return landmarks


def canonical_way(solve: FaceSolve, i: int, pixels: tuple[float, float]) -> tuple[float, float, float]:
    """A way in the picture (x right, y down) at the solve's index `i`, in centimetres of the canonical face.

    It goes neither towards the camera nor away from it: the inverse of `shifted_pixels` in the picture's plane.
    """
    x, y, z = solve.rotation[i].T @ (pixels[0], -pixels[1], 0.0) / solve.scale[i]
    return float(x), float(y), float(z)
