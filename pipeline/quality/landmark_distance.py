"""Does the result's face move where the plate's does? Distance of re-detected landmarks, pose aligned."""

import numpy as np
from numpy.typing import NDArray

from pipeline.engines.faces import N_VERTICES

Landmarks = NDArray[np.floating]
"""(T, ≥ 468, ≥ 2) pixels."""


def face_diagonal(landmarks: Landmarks) -> NDArray[np.float64]:
    """Diagonal of each frame's landmark box (T,), pixels."""
    xy = np.asarray(landmarks[:, :N_VERTICES, :2], np.float64)
    return np.asarray(np.linalg.norm(np.ptp(xy, axis=1), axis=1), np.float64)


def landmark_distance(original: Landmarks, result: Landmarks) -> NDArray[np.float64]:
    """Mean distance of the 468 mesh landmarks by frame (T,), per cent of the plate's face diagonal.

    Each frame of the result is first laid on the plate's by the least-squares similarity in the picture plane
    (Umeyama 1991): what is left is shape and expression. Pose error is `pose_distance`'s.
    """
    a, b = _plane(original), _plane(result)
    return np.asarray(np.linalg.norm(_aligned(b, a) - a, axis=2).mean(1) / face_diagonal(original) * 100, np.float64)


def pose_distance(original: Landmarks, result: Landmarks) -> NDArray[np.float64]:
    """How far the face as a whole is displaced (T,): distance of the landmark centres, per cent of the diagonal."""
    shift = np.linalg.norm(_plane(original).mean(1) - _plane(result).mean(1), axis=1)
    return np.asarray(shift / face_diagonal(original) * 100, np.float64)


def _plane(landmarks: Landmarks) -> NDArray[np.float64]:
    return np.asarray(landmarks[:, :N_VERTICES, :2], np.float64)


def _aligned(moving: NDArray[np.float64], fixed: NDArray[np.float64]) -> NDArray[np.float64]:
    """`moving` (T, n, 2) under the best similarity onto `fixed`, frame by frame.

    In the plane a similarity is one complex factor and an offset, so the fit is closed form.
    """
    source = moving - moving.mean(1, keepdims=True)
    target = fixed - fixed.mean(1, keepdims=True)
    a = source[..., 0] + 1j * source[..., 1]
    b = target[..., 0] + 1j * target[..., 1]
    factor = (np.conj(a) * b).sum(1) / np.maximum((np.abs(a) ** 2).sum(1), 1e-12)
    placed = factor[:, None] * a
    laid: NDArray[np.float64] = np.stack([placed.real, placed.imag], axis=2) + fixed.mean(1, keepdims=True)
    return laid
