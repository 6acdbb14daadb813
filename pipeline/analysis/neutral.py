"""The performer's own neutral face, the pose of every frame against it, and how this face moves.

The pose is fitted to the person, not to the average face: two refits against the growing neutral, with weights that
favour what an expression moves least, take the expression out of the pose. The basis says what one unit of each
blendshape does to this face in this clip; what it doesn't explain stays a residual that the engine always keeps.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.smoothing import gaussian_over_time
from pipeline.engines.landmarkers.blendshapes import NAMES
from pipeline.engines.swappers.mesh.expression import generic_basis
from pipeline.imaging.mesh import CanonicalMesh
from pipeline.imaging.procrustes import Pose, canonicalise

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class NeutralSettings:
    """How the neutral and the basis are found."""

    share: float = 0.12
    """Share of the frames, the calmest, that the neutral is taken from."""
    min_frames: int = 5
    gaze_weight: float = 0.15
    """Weight of the gaze shapes in the sum of scores that ranks calm."""
    turned_from_deg: float = 15.0
    """Frames turned further than this rank as less calm: the far cheek is a guess there."""
    turned_cost_per_deg: float = 0.05
    zero_correction: float = 1.0
    """Share of the expression left in the calm frames that is taken out (a smile that stays, lips that stay parted)."""
    resting_score: float = 0.1
    """Scores up to this are read off resting faces too and are not taken out."""
    ridge: float = 1.0
    score_sigma: float = 1.0
    """Gaussian over the scores before fits, frames: noise in them would flatten the basis."""
    refits: int = 2
    jaw_below_cm: float = -3.0
    """Canonical height under which a vertex takes no part in the pose: the jaw moves."""
    least_fit_frames: int = 12
    """Under so many frames (a still, a flash cut) nothing can be learnt of how this face moves."""
    generic_share: float = 0.85
    """Share of the generic basis then used: more overshoots on faces it never saw."""
    max_fit_frames: int = 6000
    """Fits use at most so many frames, evenly spread."""


class Neutral(NamedTuple):
    """A neutral face and what was fitted with it; `canonical` and `pose` are those of all frames."""

    canonical: NDArray[np.float32]
    pose: Pose
    neutral: Array
    rigid_weights: Array
    frames: NDArray[np.int32]
    basis: Array


def fit_neutral(
    landmarks: NDArray[np.floating],
    scores: NDArray[np.floating],
    trusted: NDArray[np.bool_],
    mesh: CanonicalMesh,
    settings: NeutralSettings,
) -> Neutral:
    """Pose, neutral and basis of one face.

    Parameters
    ----------
    landmarks: (T, ≥468, 3) smoothed, pixels.
    scores: (T, 52).
    trusted: (T,) frames that may shape the neutral and the basis (nothing before the face, a sure detection); if
        none is, all are used.
    """
    vertices = landmarks[:, : len(mesh.vertices)]
    usable = trusted if trusted.any() else np.ones(len(vertices), np.bool_)
    fit = _spread(np.nonzero(usable)[0], settings.max_fit_frames)
    reference, weights = mesh.vertices, mesh.procrustes_weights
    canonical, pose = canonicalise(vertices[fit], reference, weights)
    neutral, calm = _median_of_calm(canonical, scores[fit], pose, settings)
    for _ in range(settings.refits):
        weights = _rigid_weights(canonical, neutral, mesh, settings)
        canonical, pose = canonicalise(vertices[fit], neutral, weights)
        neutral, calm = _median_of_calm(canonical, scores[fit], pose, settings)
    steady = gaussian_over_time(scores.astype(np.float64), settings.score_sigma)
    if len(fit) < settings.least_fit_frames:
        basis = settings.generic_share * generic_basis()
        neutral = neutral - _expression(basis, steady[fit][calm], settings)
    else:
        # The slopes come from deviations about the mean: about a neutral that is still smiling they would be too flat.
        fitted = steady[fit]
        slopes = ridge_basis(canonical - canonical.mean(0), fitted - fitted.mean(0), settings.ridge)
        neutral = neutral - _expression(slopes, fitted[calm], settings)
        basis = ridge_basis(canonical - neutral, fitted, settings.ridge)
    everything, poses = _all_frames(vertices, neutral, weights, settings.max_fit_frames)
    return Neutral(everything, poses, neutral, weights, fit[calm].astype(np.int32), basis)


def calmness(scores: NDArray[np.floating], gaze_weight: float) -> Array:
    """(T,) sum of blendshape scores, gaze counted little and `_neutral` not at all; the smallest is the calmest."""
    weights = np.where(is_gaze(), gaze_weight, 1.0)
    weights[NAMES.index("_neutral")] = 0.0
    return np.asarray(scores.astype(np.float64) @ weights, np.float64)


def is_gaze() -> NDArray[np.bool_]:
    """(52,) which blendshapes turn the eyeballs."""
    return np.array(["eyeLook" in name for name in NAMES])


def ridge_basis(displacement: Array, scores: NDArray[np.floating], ridge: float) -> Array:
    """Displacement (52, n, 3) a unit of each blendshape, ridge-regressed from `displacement` (T, n, 3)."""
    b = scores.astype(np.float64)
    normal = b.T @ b + ridge * np.eye(b.shape[1])
    flat = np.linalg.solve(normal, b.T @ displacement.reshape(len(displacement), -1))
    return np.asarray(flat.reshape(b.shape[1], *displacement.shape[1:]), np.float64)


def yaw_deg(rotation: Array) -> Array:
    """(T,) turn of the head about its vertical axis in degrees, from (T, 3, 3)."""
    return np.asarray(np.degrees(np.arctan2(-rotation[:, 2, 0], np.hypot(rotation[:, 0, 0], rotation[:, 1, 0]))))


def _all_frames(
    vertices: NDArray[np.floating], neutral: Array, weights: Array, piece: int
) -> tuple[NDArray[np.float32], Pose]:
    """Canonical vertices and poses of every frame, a bounded number of frames at a time."""
    canonical, poses = np.empty(vertices.shape, np.float32), []
    for start in range(0, len(vertices), piece):
        part, pose = canonicalise(vertices[start : start + piece], neutral, weights)
        canonical[start : start + piece] = part
        poses.append(pose)
    return canonical, Pose(*(np.concatenate(values) for values in zip(*poses, strict=True)))


def _spread(indices: NDArray[np.int64], limit: int) -> NDArray[np.int64]:
    if len(indices) <= limit:
        return indices
    return indices[np.linspace(0, len(indices) - 1, limit).round().astype(np.int64)]


def _median_of_calm(
    canonical: Array, scores: NDArray[np.floating], pose: Pose, settings: NeutralSettings
) -> tuple[Array, NDArray[np.int64]]:
    turned = np.maximum(np.abs(yaw_deg(pose.rotation)) - settings.turned_from_deg, 0.0)
    unrest = calmness(scores, settings.gaze_weight) + settings.turned_cost_per_deg * turned
    count = min(len(unrest), max(settings.min_frames, int(settings.share * len(unrest))))
    calm = np.argsort(unrest, kind="stable")[:count]
    return np.median(canonical[calm], axis=0), calm


def _rigid_weights(canonical: Array, neutral: Array, mesh: CanonicalMesh, settings: NeutralSettings) -> Array:
    variance = ((canonical - neutral) ** 2).sum(2).mean(0)
    weights = 1.0 / (variance + np.quantile(variance, 0.1) + 1e-9)
    weights[mesh.vertices[:, 1] < settings.jaw_below_cm] = 0.0
    return np.asarray(weights / weights.sum(), np.float64)


def _expression(slopes: Array, calm_scores: Array, settings: NeutralSettings) -> Array:
    """(n, 3) what the expression left in the calm frames still does to the neutral, gaze excepted."""
    remaining = np.maximum(calm_scores.mean(0) - settings.resting_score, 0.0) * ~is_gaze()
    return np.asarray(settings.zero_correction * np.tensordot(remaining, slopes, axes=1), np.float64)
