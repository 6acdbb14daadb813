"""How one face moves: the basis that edits of its expression act through.

The solve's basis says what each score does to this face in this clip. For edits it is completed by what the units do in
general (`drawn_moves`), the more the less the clip shows of a unit, as if a few frames of plain actions had been part
of the fit. The sides of a unit are told apart by place: both scores rise together in most clips, so that no fit can.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.engines.faces import N_BLENDSHAPES, FaceSolve
from pipeline.engines.landmarkers.blendshapes import NAMES
from pipeline.engines.swappers.mesh.drawn_moves import drawn_basis
from pipeline.engines.swappers.mesh.expression_range import expression_range
from pipeline.engines.swappers.mesh.face_parts import PARTS, left_share, part_fields, upper_share
from pipeline.engines.swappers.mesh.gaze import resting_irises
from pipeline.engines.swappers.mesh.unit_moves import BLINK_MOVES, UNIT_MOVES, UnitMove

Floats = NDArray[np.float64]

SOLVE_RIDGE = 1.0
"""Ridge of the fit that made the solve's basis (`analysis.neutral`)."""
DRAWN_WEIGHT = 4.0
"""Frames of plain action, at a score of 1, that the drawn units count for."""
SMILE = tuple(NAMES.index(name) for name in ("mouthSmileLeft", "mouthSmileRight"))
LEAST_COMPANY = 0.05
"""Scores that rise by less than this with a full smile don't go with it."""
_MOUTH = np.array([name.startswith("mouth") for name in NAMES])


@dataclass(frozen=True, slots=True, eq=False)
class Movement:
    """How one face moves.

    `basis` (52, 468, 3) centimetres a unit of each score, as fitted. `units`: by weight (n, 468, 3) the same of each of
    its scores, where that weight reaches. `company` (52,): how far the mouth's other scores rise with a smile in this
    clip. `limits` (52,): scores that no edit goes beyond. `neutral` (468, 3).
    """

    basis: Floats
    units: dict[str, Floats]
    smiling: dict[str, Floats]
    """By the smile's weights (52, 468, 3): what each score does where they reach."""
    company: Floats
    limits: Floats
    neutral: Floats
    irises: Floats
    """(2, 2) where they stand at rest; see `resting_irises`."""


def movement_of(solve: FaceSolve) -> Movement:
    """The movement of a solved face."""
    basis = solve.basis.astype(np.float64)
    scores = solve.scores[solve.clear].astype(np.float64) if solve.clear.any() else solve.scores.astype(np.float64)
    completed = _completed(basis, scores)
    moves = (*UNIT_MOVES, *BLINK_MOVES)
    limits = expression_range().scores.copy()
    for move in moves:
        limits[move.scores[0]] = max(limits[move.scores[0]], move.scale)
    return Movement(
        basis=basis,
        units={move.name: _unit_basis(completed, move) for move in moves},
        smiling={move.name: completed * reach_of(move)[:, None] for move in moves if move.unit == "AU12"},
        company=_company(scores),
        limits=limits,
        neutral=solve.neutral.astype(np.float64),
        irises=resting_irises(solve),
    )


def reach_of(move: UnitMove) -> Floats:
    """(468,) how far a unit's weight reaches: its parts of the face, on its side; the mouth's not up to the lids."""
    fields = part_fields()
    reach = sum((fields[PARTS.index(part)] for part in move.parts), np.zeros(fields.shape[1]))
    if "lips" in move.parts:
        reach = reach * (1.0 - upper_share())
    if move.side:
        reach = reach * (left_share() if move.side > 0 else 1.0 - left_share())
    return np.asarray(reach, np.float64)


def _completed(basis: Floats, scores: Floats) -> Floats:
    """The fit, done again with the drawn units as its prior instead of none: its normal equations follow from it."""
    normal = scores.T @ scores
    seen = (normal + SOLVE_RIDGE * np.eye(N_BLENDSHAPES)) @ basis.reshape(N_BLENDSHAPES, -1)
    prior = DRAWN_WEIGHT * drawn_basis().reshape(N_BLENDSHAPES, -1)
    solved = np.linalg.solve(normal + DRAWN_WEIGHT * np.eye(N_BLENDSHAPES), seen + prior)
    return np.asarray(solved.reshape(basis.shape), np.float64)


def _unit_basis(basis: Floats, move: UnitMove) -> Floats:
    own = basis[list(move.scores)]
    if move.twins:
        own = own + basis[list(move.twins)]
    return np.asarray(own * reach_of(move)[None, :, None], np.float64)


def _company(scores: Floats) -> Floats:
    """Slopes of the mouth's scores on the smile's, through the resting face."""
    smile = scores[:, SMILE].mean(1)
    slopes = scores.T @ smile / (smile @ smile + SOLVE_RIDGE)
    slopes = np.where(_MOUTH & (slopes > LEAST_COMPANY), slopes, 0.0)
    slopes[list(SMILE)] = 0.0
    return np.asarray(slopes, np.float64)
