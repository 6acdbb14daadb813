"""How far a weight of the gaze turns the eyes: their irises' way in the picture."""

import numpy as np
from numpy.typing import NDArray

from pipeline.engines.faces import N_VERTICES, FaceSolve
from pipeline.imaging.mesh import EYE_LEFT, EYE_RIGHT, IRIS_LEFT, IRIS_RIGHT
from pipeline.imaging.procrustes import Pose, to_canonical
from pipeline.project.frame_stages import GazeSettings

Floats = NDArray[np.float64]

EYES = ((IRIS_RIGHT, EYE_RIGHT, 10), (IRIS_LEFT, EYE_LEFT, 9))
"""Iris, lids and blink score of the right and the left eye."""


def resting_irises(solve: FaceSolve) -> Floats:
    """(2, 2) centimetres from the middle between its corners to where the right and the left iris stand at rest.

    Rest is where the eyes of this clip mostly look: the median of the frames in which both are open and clear.
    """
    shut = solve.scores[:, [each[2] for each in EYES]].max(1)
    wanted = solve.clear & (shut <= np.median(shut[solve.clear]) if solve.clear.any() else True)
    chosen = wanted if wanted.any() else np.ones(len(solve.frames), bool)
    return np.asarray(np.median(_standing(solve, np.flatnonzero(chosen)), axis=0))


def gaze_turn(
    solve: FaceSolve, i: int, rest: Floats, weight: float, gaze: GazeSettings, moved: Floats | None = None
) -> tuple[float, float]:
    """Pixels (x right, y down) that a weight of the gaze moves both irises by at the solve's index `i`.

    `moved` (478, 3) centimetres: by how much somebody corrected the landmarks there.
    """
    if weight == 1.0:
        return 0.0, 0.0
    standing = _standing(solve, np.array([i]))[0]
    if moved is not None:
        ways = [moved[disc[0], :2] - 0.5 * (moved[lids[0], :2] + moved[lids[8], :2]) for disc, lids, _ in EYES]
        standing = standing + np.stack(ways)
    turn = (weight - 1.0) * (standing - rest).mean(0)
    turn[1] = np.clip(turn[1], -gaze.gaze_upright, gaze.gaze_upright)
    # No iris goes farther from the middle of its eye than eyes turn, or than the plate's stands.
    across = np.maximum(np.abs(standing[:, 0]), gaze.gaze_across)
    turn[0] = np.clip(turn[0], (-across - standing[:, 0]).max(), (across - standing[:, 0]).min())
    x, y = float(solve.scale[i]) * (solve.rotation[i][:2, :2] @ turn)
    return float(x), float(-y)


def _standing(solve: FaceSolve, chosen: NDArray[np.int64]) -> Floats:
    """(n, 2, 2) centimetres (left of the performer, up) of the right and left iris from the middles of the eyes."""
    pose = Pose(solve.scale[chosen], solve.rotation[chosen], solve.translation[chosen])
    irises = to_canonical(solve.landmarks[chosen][:, N_VERTICES:], pose)
    corners = solve.canonical[chosen].astype(np.float64)
    places = [
        irises[:, disc[0] - N_VERTICES] - 0.5 * (corners[:, lids[0]] + corners[:, lids[8]]) for disc, lids, _ in EYES
    ]
    return np.asarray(np.stack(places, axis=1)[..., :2])
