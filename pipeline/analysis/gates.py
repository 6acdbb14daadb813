"""Which network answers are believed: presence, shape and continuity of a mesh."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from pipeline.engines.detectors.suppression import area, intersection
from pipeline.engines.landmarkers.face_mesh import PRESENT
from pipeline.imaging.mesh import load_canonical
from pipeline.imaging.procrustes import flip, repose, umeyama

MAX_RESIDUAL = 0.07
"""Rigid-fit residual, as a part of the face's size, over which a mesh is no face."""
MIN_CONTINUITY = 0.5
"""Share of the smaller box that a mesh and its prediction must have in common."""
SAME_FACE = 0.5
"""Share of the smaller box above which two boxes show one face."""


def believable(landmarks: NDArray[np.floating], presence: float) -> bool:
    """Whether a region's answer is a face."""
    return presence > PRESENT and residual(landmarks) < MAX_RESIDUAL


def residual(landmarks: NDArray[np.floating]) -> float:
    """Weighted rms distance of a mesh (478, 3) from the canonical face posed onto it, in parts of its size."""
    used, weights, canonical, width = _rigid_part()
    points = landmarks[used]
    pose = umeyama(canonical, flip(points), weights)
    squared = ((repose(canonical, pose) - points) ** 2).sum(axis=1)
    size = float(pose.scale) * width
    return float(np.sqrt((weights @ squared) / weights.sum())) / max(size, 1e-9)


@cache
def _rigid_part() -> tuple[NDArray[np.intp], NDArray[np.float64], NDArray[np.floating], float]:
    """The vertices that take part in the fit, their weights and canonical places, and the canonical face's width."""
    mesh = load_canonical()
    used = np.flatnonzero(mesh.procrustes_weights)
    return used, mesh.procrustes_weights[used], mesh.vertices[used], float(np.ptp(mesh.vertices[:, 0]))


def shared(box: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """Area two boxes have in common over the smaller one's."""
    smaller = float(min(area(box[None])[0], area(other[None])[0]))
    return float(intersection(box, other[None])[0]) / max(smaller, 1e-9)


def mesh_box(landmarks: NDArray[np.floating]) -> NDArray[np.float64]:
    """Box (x0, y0, x1, y1) around landmarks (n, >= 2)."""
    return np.concatenate([landmarks[:, :2].min(axis=0), landmarks[:, :2].max(axis=0)]).astype(np.float64)
