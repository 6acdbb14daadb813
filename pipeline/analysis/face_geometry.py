"""What the expression scores miss, measured on the face itself: lips, jaw, brows, lids and eyeballs.

Everything is read in the canonical space of the solve, so that neither the head's turn nor its distance counts. The
scores hardly move for an open jaw and have one number for both inner brows; the geometry has both, and each side apart.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.engines.faces import N_VERTICES, FaceSolve
from pipeline.imaging.mesh import (
    BROW_LEFT,
    BROW_RIGHT,
    EYE_LEFT,
    EYE_RIGHT,
    IRIS_LEFT,
    IRIS_RIGHT,
    LID_PAIRS,
    LIP_PAIRS,
)
from pipeline.imaging.procrustes import Pose, to_canonical

Array = NDArray[np.float64]

CHIN = 152
LIP_CORNERS = (61, 291)
_LIP_MIDDLE = LIP_PAIRS[:5]
_LIDS = {"right": LID_PAIRS[:3], "left": LID_PAIRS[7:10]}
_BROW_INNER = {"right": (107, 55, 66), "left": (336, 285, 296)}
_BROW_OUTER = {
    "right": tuple(v for v in BROW_RIGHT if v in (46, 53, 63, 70)),
    "left": tuple(v for v in BROW_LEFT if v in (276, 283, 293, 300)),
}
EYEBALL_PER_EYE = 0.4
"""Radius of the eyeball in widths of the eye opening (12 mm to 30 mm)."""

GEOMETRY_NAMES = (
    "lip_gap",
    "jaw_drop",
    "mouth_width",
    "brow_inner_left",
    "brow_inner_right",
    "brow_outer_left",
    "brow_outer_right",
    "lid_rise_left",
    "lid_rise_right",
)


@dataclass(frozen=True, slots=True, eq=False)
class FaceGeometry:
    """Measures of `T` frames.

    `lengths` (T, 9) centimetres of the canonical face against the performer's neutral, in the order of GEOMETRY_NAMES:
    lips apart, chin down, mouth wider, brows up, lids opened wider than in the neutral face (never under 0). `lids`
    (T, 2) opening of the left and right eye, 1 as in the neutral face, 0 shut. `gaze` (T, 2) degrees the eyeballs are
    turned in the head, mean of both: to the performer's left, up. `rest_gap` centimetres between the lips at rest.
    """

    lengths: Array
    lids: Array
    gaze: Array
    rest_gap: float


def face_geometry(solve: FaceSolve) -> FaceGeometry:
    """Every measure of every frame of a solve."""
    canonical = solve.canonical.astype(np.float64)
    moved = canonical - solve.neutral.astype(np.float64)
    neutral = solve.neutral.astype(np.float64)[None]
    left, right = LIP_CORNERS[1], LIP_CORNERS[0]
    columns = [
        _gap(canonical, _LIP_MIDDLE) - _gap(neutral, _LIP_MIDDLE),
        -moved[:, CHIN, 1],
        _distance(canonical, left, right) - _distance(neutral, left, right),
        *(moved[:, _BROW_INNER[side], 1].mean(axis=1) for side in ("left", "right")),
        *(moved[:, _BROW_OUTER[side], 1].mean(axis=1) for side in ("left", "right")),
    ]
    opening = np.stack([_gap(canonical, _LIDS[side]) for side in ("left", "right")], axis=1)
    resting = np.stack([_gap(neutral, _LIDS[side]) for side in ("left", "right")], axis=1)
    lengths = np.column_stack([*columns, np.maximum(opening - resting, 0.0)])
    rest_gap = float(_gap(neutral, _LIP_MIDDLE)[0])
    return FaceGeometry(lengths, opening / np.maximum(resting, 1e-6), _gaze(solve), rest_gap)


def _gap(vertices: Array, pairs: tuple[tuple[int, int], ...]) -> Array:
    """(T,) mean distance of facing vertices."""
    upper, lower = np.array(pairs).T
    return np.asarray(np.linalg.norm(vertices[:, upper] - vertices[:, lower], axis=2).mean(axis=1))


def _distance(vertices: Array, first: int, second: int) -> Array:
    return np.asarray(np.linalg.norm(vertices[:, first] - vertices[:, second], axis=1))


def _gaze(solve: FaceSolve) -> Array:
    """(T, 2) degrees, from where the irises stand between the corners of the eyes."""
    irises = to_canonical(solve.landmarks[:, N_VERTICES:], Pose(solve.scale, solve.rotation, solve.translation))
    canonical = solve.canonical.astype(np.float64)
    eyes = []
    for iris, eye in ((IRIS_LEFT, EYE_LEFT), (IRIS_RIGHT, EYE_RIGHT)):
        outer, inner = canonical[:, eye[0]], canonical[:, eye[8]]
        across = (outer - inner) if eye is EYE_LEFT else (inner - outer)
        width = np.linalg.norm(across, axis=1)
        offset = irises[:, iris[0] - N_VERTICES] - (outer + inner) / 2
        along = (offset * across).sum(axis=1) / width**2
        eyes.append(np.stack([along, offset[:, 1] / width], axis=1))
    mean = np.mean(eyes, axis=0) / EYEBALL_PER_EYE
    return np.asarray(np.degrees(np.arcsin(np.clip(mean, -1.0, 1.0))))
