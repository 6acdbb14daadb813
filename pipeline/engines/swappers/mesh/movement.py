"""Expression weights as movement: what a weighted performance adds to the displacement that the plate shows.

Everything goes through the basis fitted on the clip: what the basis doesn't explain, the residual, always stays. Parts
scale all that moves in them; units scale what their own scores move, on their side and in their parts only. The sides
of a unit are told apart by place: both scores rise together in most clips, so that a fit can't.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.engines.faces import FaceSolve
from pipeline.engines.swappers.mesh.face_parts import (
    PARTS,
    left_share,
    lid_edges,
    lip_edges,
    part_fields,
    upper_share,
)
from pipeline.engines.swappers.mesh.unit_moves import (
    APART_SCORES,
    BLINK_MOVES,
    JAW_PARTS,
    JAW_SCORES,
    UNIT_MOVES,
    UnitMove,
)
from pipeline.imaging.bands import smoothstep
from pipeline.imaging.mesh import LID_PAIRS, LIP_PAIRS
from pipeline.project.expression import ExpressionWeights

Floats = NDArray[np.float64]

KNEE = 0.8
"""An activation that a weight raises bends from this share of its limit on, and never passes it."""
OPEN_FROM, OPEN_WHOLE = 0.15, 0.50
"""Openings of an eye, 1 as at rest: shut this far it is not opened at all, and from the second one freely."""
OPENING_CM = 0.05
"""A lid that is lifted by so much counts as opened in full."""
LID_SHARE = 1.5
"""The lids' edges belong to the eye by two thirds at least; they are held whole."""
LEAST_GAP_CM = 0.02
"""Lips and lids that a weight brings together stay this far apart, or as far as the plate shows them."""


@dataclass(frozen=True, slots=True, eq=False)
class Movement:
    """How one face moves. `basis` (52, 468, 3) centimetres a unit of each score; `units` by weight (n, 468, 3)
    centimetres a unit of each of its scores, where that weight reaches; `neutral` (468, 3).
    """

    basis: Floats
    units: dict[str, Floats]
    neutral: Floats


def movement_of(solve: FaceSolve) -> Movement:
    """The movement of a solved face."""
    basis = solve.basis.astype(np.float64)
    units = {move.name: _unit_basis(basis, move) for move in (*UNIT_MOVES, *BLINK_MOVES)}
    return Movement(basis, units, solve.neutral.astype(np.float64))


def weighted(
    movement: Movement,
    scores: Floats,
    correction: Floats | None,
    displacement: Floats,
    weights: ExpressionWeights,
) -> Floats:
    """(468, 3) centimetres to add to a frame's `displacement` (468, 3) from the neutral under weights.

    `scores` (52,) are the plate's, `correction` (52,) what was added to them in `displacement`.
    """
    active = np.clip(scores if correction is None else scores + correction, 0.0, None)
    reach = _reach(weights)
    change = np.einsum(
        "kv,kvc->vc", _limited(reach * active[:, None], active[:, None]) - active[:, None], movement.basis
    )
    for move in (*UNIT_MOVES, *BLINK_MOVES):
        weight = getattr(weights, move.name)
        if weight != 1.0:
            scale = active[list(move.scores)]
            step = np.tensordot(_limited(weight * scale, scale) - scale, movement.units[move.name], 1)
            change += step * (1.0 if move in BLINK_MOVES else reach[move.scores[0]][:, None])
    change = _shut_eyes_kept(movement, displacement, change)
    return _openings(movement, displacement, change, weights.AU25)


def _unit_basis(basis: Floats, move: UnitMove) -> Floats:
    fields = part_fields()
    reach = sum((fields[PARTS.index(part)] for part in move.parts), np.zeros(fields.shape[1]))
    if move.side:
        reach = reach * (left_share() if move.side > 0 else 1.0 - left_share())
    own = basis[list(move.scores)]
    if move.twins:
        own = own + basis[list(move.twins)]
    return np.asarray(own * reach[None, :, None], np.float64)


def _reach(weights: ExpressionWeights) -> Floats:
    """(52, 468) gain of every score at every vertex under the weights of areas and parts."""
    left = left_share()
    by_side = [(getattr(weights, f"{part}_left"), getattr(weights, f"{part}_right")) for part in PARTS]
    sided = np.stack([left * one + (1.0 - left) * other for one, other in by_side])
    area = upper_share() * weights.upper_face + (1.0 - upper_share()) * weights.lower_face
    whole = weights.expression * area
    gains = np.tile(whole * (part_fields() * sided).sum(0), (52, 1))
    swung = part_fields()[[PARTS.index(part) for part in JAW_PARTS]].sum(0)
    gains[list(JAW_SCORES)] = whole * (1.0 + swung * (sided[PARTS.index("jaw")] - 1.0))
    gains[list(APART_SCORES)] = 1.0
    return gains


def _limited(wanted: Floats, shown: Floats) -> Floats:
    """Activations raised above what the plate shows, held under a full score; bent, not cut, so that none stands still
    at once.
    """
    limit = np.maximum(1.0, shown)
    knee = np.maximum(KNEE * limit, shown)
    room = np.maximum(limit - knee, 1e-9)
    return np.where(wanted > knee, knee + room * (1.0 - np.exp(-np.maximum(wanted - knee, 0.0) / room)), wanted)


def _shut_eyes_kept(movement: Movement, displacement: Floats, change: Floats) -> Floats:
    """The change without what would open a shut eye: there is no eyeball behind the lid to be shown."""
    upper, lower = np.array(LID_PAIRS).T
    gaps = [movement.neutral, movement.neutral + displacement, change]
    neutral, shown, opened = (points[upper, 1] - points[lower, 1] for points in gaps)
    eyes = np.minimum(1.0, LID_SHARE * part_fields()[PARTS.index("eyes")])
    half = len(LID_PAIRS) // 2
    for pairs, side in ((slice(0, half), 1.0 - left_share()), (slice(half, None), left_share())):
        opening = float(shown[pairs].sum() / max(float(neutral[pairs].sum()), 1e-6))
        lifted = float(smoothstep(float(opened[pairs].mean()), 0.0, OPENING_CM))
        held = lifted * (1.0 - float(smoothstep(opening, OPEN_FROM, OPEN_WHOLE)))
        change = change * (1.0 - held * eyes * side)[:, None]
    return change


def _openings(movement: Movement, displacement: Floats, change: Floats, lips_apart: float) -> Floats:
    """The change with the lips' own weight, and no edge of an opening pushed through the other."""
    shown = movement.neutral + displacement
    for pairs, edges, weight in ((LIP_PAIRS, lip_edges(), lips_apart), (LID_PAIRS, lid_edges(), 1.0)):
        upper, lower = np.array(pairs).T
        rest, plate, now = (p[upper, 1] - p[lower, 1] for p in (movement.neutral, shown, shown + change))
        wanted = now + (weight - 1.0) * np.maximum(now - np.maximum(rest, 0.0), 0.0)
        wanted = np.maximum(wanted, np.minimum(plate, LEAST_GAP_CM))
        push = (wanted - now) / 2
        above, below = edges
        change = change.copy()
        change[:, 1] += above @ push - below @ push
    return change
