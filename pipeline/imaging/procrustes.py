"""Pose of a face by weighted similarity fit, and the way there and back.

A pose maps canonical centimetres c (x right, y up, z towards the camera) to *flipped pixels*
(x, -y, -z): p = s R c + t. The inverse is exact, so a mesh that nobody edits reprojects onto itself.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.floating]
Floats = NDArray[np.float64]


class Pose(NamedTuple):
    """Similarity poses of one frame (no leading axis) or of T frames: scale, rotation (3, 3), translation (3,)."""

    scale: Floats
    rotation: Floats
    translation: Floats


def flip(points: Points) -> Floats:
    """Pixels (x right, y down, z away) ↔ flipped pixels (y up, z towards the camera), float64."""
    return np.asarray(points, np.float64) * (1.0, -1.0, -1.0)


def umeyama(canonical: Points, flipped: Points, weights: NDArray[np.floating]) -> Pose:
    """The similarity that takes `canonical` (n, 3) onto `flipped` (n, 3) or (T, n, 3) with the least weighted error.

    Umeyama 1991 with vertex weights (n,) that need not sum to one; reflections are excluded.
    """
    source = np.asarray(canonical, np.float64)
    target = np.asarray(flipped, np.float64)
    w = np.asarray(weights, np.float64)
    w = w / w.sum()
    source_mean = w @ source
    target_mean = np.einsum("n,...nk->...k", w, target)
    centred = source - source_mean
    moved = target - target_mean[..., None, :]
    covariance = np.einsum("...nj,n,nk->...jk", moved, w, centred)
    u, d, vt = np.linalg.svd(covariance)
    signs = np.ones(d.shape)
    signs[..., 2] = np.sign(np.linalg.det(u @ vt))
    rotation = (u * signs[..., None, :]) @ vt
    scale = (d * signs).sum(-1) / (w @ (centred * centred).sum(-1))
    translation = target_mean - scale[..., None] * (rotation @ source_mean)
    return Pose(np.asarray(scale, np.float64), rotation, translation)


def to_canonical(points: Points, pose: Pose) -> Floats:
    """Pixels (..., n, 3) → canonical centimetres under `pose`; the exact inverse of `repose`."""
    moved = flip(points) - pose.translation[..., None, :]
    canonical: Floats = (moved @ pose.rotation) / pose.scale[..., None, None]
    return canonical


def canonicalise(landmarks: Points, reference: Points, weights: NDArray[np.floating]) -> tuple[Floats, Pose]:
    """Pose of `landmarks` (..., ≥ 468, 3) pixels against `reference` (468, 3), and the vertices without that pose.

    Returns the canonical vertices (..., 468, 3) and the pose (of one frame or of T).
    """
    vertices = np.asarray(landmarks)[..., : len(reference), :]
    pose = umeyama(reference, flip(vertices), weights)
    return to_canonical(vertices, pose), pose


def repose(canonical: Points, pose: Pose) -> Floats:
    """Canonical vertices (..., n, 3) → pixels (x right, y down, z away) under `pose`."""
    c = np.asarray(canonical, np.float64)
    moved = pose.scale[..., None, None] * (c @ np.swapaxes(pose.rotation, -1, -2)) + pose.translation[..., None, :]
    return flip(moved)
