"""Expression weights as movement: what a weighted performance adds to the displacement that the plate shows.

Everything goes through the basis of the clip (`movement`): what it doesn't explain, the residual, always stays. Parts
scale all that moves in them; units scale what their own scores move, on their side and in their parts only.

A unit's weight is a share of its score as a reader sees it. A reader saturates: half of a laugh's displacement still
reads as nearly all of it. So where a reader is at hand, the unit is moved until the share is read.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.engines.swappers.mesh.expression_range import expression_range
from pipeline.engines.swappers.mesh.face_parts import (
    PARTS,
    left_share,
    lid_edges,
    lip_edges,
    part_fields,
    upper_share,
)
from pipeline.engines.swappers.mesh.movement import Movement
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
from pipeline.project.expression_preset import Mixed

Floats = NDArray[np.float64]


class ScoreReader(NamedTuple):
    """What a network reads off the mesh that is drawn. `smile_power`: one of SEEN_POWERS."""

    scores: Callable[[Floats], Floats]
    """Scores (n, 52) of displacements (n, 468, 3) from the neutral, in the frame's pose."""
    smile_power: float


KNEE = 0.8
"""An activation that a weight raises bends from this share of its limit on, and never passes it."""
FARTHER, FARTHER_CM = 1.2, 0.1
"""No edit takes a vertex farther from its neutral than the range of faces by so much, unless the plate does."""
OPEN_FROM, OPEN_WHOLE = 0.15, 0.50
"""Openings of an eye, 1 as at rest: shut this far it is not opened at all, and from the second one freely."""
OPENING_CM = 0.05
"""A lid that is lifted by so much counts as opened in full."""
LID_SHARE = 1.5
"""The lids' edges belong to the eye by two thirds at least; they are held whole."""
WIDER, WIDER_CM = 1.35, 0.05
"""The lips' gap becomes at most so many times the plate's, and so much wider: what lies behind it is the plate's."""
UPPER_LID = 0.85
"""Of a closing eye's gap the upper lid covers so much, the lower the rest."""
LAP_CM = 0.08
"""The upper lid of an eye that is closed by an activation lies so far over the lower: no line of the eye shows."""
LEAST_GAP_CM = 0.02
"""Lips and lids that a weight brings together stay this far apart, or as far as the plate shows them."""
READ_BELOW, READ_ABOVE = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0), (1.0, 1.25, 1.5)
"""Amplitudes at which a reader is asked, for weights up to 1 and above it."""
SEEN_POWERS = (1.75, 1.2)
"""A reader of the picture sees more of a smile than one of the mesh, since folds and teeth stay: about the share to the
power of one over this. The performer's own face, and an identity's, whose skin is painted over the folds (two
performers; the second from one identity, tried on another).
"""
_RISING = 1e-9
"""Makes a curve rise where a reader sees no difference."""
READ_FROM, READ_WHOLE = 0.05, 0.25
"""Scores under the first are too small to be read by; from the second the reader alone decides."""


def weighted(
    movement: Movement,
    scores: Floats,
    correction: Floats | None,
    displacement: Floats,
    mix: Mixed,
    reader: ScoreReader | None = None,
) -> Floats:
    """(468, 3) centimetres to add to a frame's `displacement` (468, 3) from the neutral under weights and activations.

    `scores` (52,) are the plate's, `correction` (52,) what was added to them in `displacement`.
    """
    weights = mix.weights
    active = np.clip(scores if correction is None else scores + correction, 0.0, None)
    limits = np.maximum(movement.limits, active)
    reach = _reach(weights)
    raised = bent(reach * active[:, None], active[:, None], limits[:, None]) - active[:, None]
    change = np.einsum("kv,kvc->vc", raised, movement.basis)
    base = displacement + change
    for group in _changed_groups(weights):
        wanted = [getattr(weights, move.name) for move in group]
        amplitudes = np.array(wanted)
        if reader is not None:
            amplitudes = _read_amplitudes(movement, group, wanted, active, limits, reach, base, reader)
        for move, amplitude in zip(group, amplitudes, strict=True):
            change = change + _step(movement, move, float(amplitude), active, limits, reach)
    for move in UNIT_MOVES:
        added = mix.activations.get(move.name)
        if added:
            change = change + _added(movement, move, added, active * _share(weights, move, reach), limits)
    change = _shut_eyes_kept(movement, displacement, change)
    change = within_range(displacement, change)
    return _openings(movement, displacement, change, weights.AU25, _closed(mix.activations))


def bent(wanted: Floats, shown: Floats, limits: Floats) -> Floats:
    """Activations raised above what the plate shows, held under their limits; bent, not cut, so that none stands still
    at once. What is not raised is as it was.
    """
    knee = np.maximum(KNEE * limits, shown)
    room = np.maximum(limits - knee, 1e-9)
    return np.where(wanted > knee, knee + room * (1.0 - np.exp(-np.maximum(wanted - knee, 0.0) / room)), wanted)


def within_range(displacement: Floats, change: Floats) -> Floats:
    """The change without what would take a vertex farther than faces go, and than the plate does."""
    total = displacement + change
    far = np.linalg.norm(total, axis=1)
    allowed = np.maximum(FARTHER * expression_range().displacement + FARTHER_CM, np.linalg.norm(displacement, axis=1))
    held: Floats = total * np.minimum(1.0, allowed / np.maximum(far, 1e-9))[:, None]
    return held - displacement


def _changed_groups(weights: ExpressionWeights) -> list[tuple[UnitMove, ...]]:
    """Units whose weight is not 1, both sides of one together."""
    groups: dict[str, list[UnitMove]] = {}
    for move in (*UNIT_MOVES, *BLINK_MOVES):
        if getattr(weights, move.name) != 1.0:
            groups.setdefault(move.unit, []).append(move)
    return [tuple(group) for group in groups.values()]


def _step(
    movement: Movement, move: UnitMove, amplitude: float, active: Floats, limits: Floats, reach: Floats
) -> Floats:
    """(468, 3) what a unit at another amplitude than the plate's adds."""
    members = list(move.scores)
    raised = bent(amplitude * active[members], active[members], limits[members]) - active[members]
    step: Floats = np.tensordot(raised, movement.units[move.name], 1)
    if move.name in movement.smiling:
        # With a smile goes what goes with it in this clip, but never below nothing.
        company = movement.company * float(raised.sum())
        moved = np.clip(active + company, np.minimum(active, 0.0), limits) - active
        step = step + np.tensordot(moved, movement.smiling[move.name], 1)
    return step if move in BLINK_MOVES else step * reach[members[0]][:, None]


def _share(weights: ExpressionWeights, move: UnitMove, reach: Floats) -> float:
    """How much of a unit's own activation its weights leave, about."""
    return float(getattr(weights, move.name)) * float(np.median(reach[move.scores[0]]))


def _added(movement: Movement, move: UnitMove, activation: float, shown: Floats, limits: Floats) -> Floats:
    """(468, 3) what an activation adds on top of what is shown of the unit; together they stay under its limit."""
    score = move.scores[0]
    now, most = shown[score], max(limits[score], shown[score])
    raised = bent(np.array([now + activation * move.scale]), np.array([now]), np.array([most])) - now
    step: Floats = raised[0] * movement.units[move.name][0]
    return step


def _read_amplitudes(
    movement: Movement,
    group: Sequence[UnitMove],
    wanted: Sequence[float],
    active: Floats,
    limits: Floats,
    reach: Floats,
    base: Floats,
    reader: ScoreReader,
) -> Floats:
    """Of each unit the amplitude at which the reader sees the share wanted of what it sees now."""
    grids = [READ_BELOW if share < 1 else READ_ABOVE for share in wanted]
    longest = max(map(len, grids))
    steps = np.zeros((longest, *base.shape))
    for move, grid in zip(group, grids, strict=True):
        for k in range(longest):
            steps[k] += _step(movement, move, grid[min(k, len(grid) - 1)], active, limits, reach)
    read = reader.scores(base + steps)
    amplitudes = []
    for move, grid, share in zip(group, grids, wanted, strict=True):
        curve = np.maximum.accumulate(read[: len(grid), list(move.scores)].sum(1))
        now = float(curve[grid.index(1.0)])
        seen = share**reader.smile_power if move.unit == "AU12" and share < 1 else share
        found = float(np.interp(seen * now, curve + _RISING * np.arange(len(grid)), grid))
        believed = float(smoothstep(now, READ_FROM, READ_WHOLE))
        amplitudes.append(share + believed * (found - share))
    return np.array(amplitudes)


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


def _openings(movement: Movement, displacement: Floats, change: Floats, lips_apart: float, closed: Floats) -> Floats:
    """The change with the lips' own weight and `closed` (14,) shares of the lids' gaps; no edge of an opening is pushed
    through the other, and the lips open no wider than the plate's mouth can be stretched.
    """
    shown = movement.neutral + displacement
    change = change.copy()
    for pairs, edges, share in ((LIP_PAIRS, lip_edges(), 0.5), (LID_PAIRS, lid_edges(), UPPER_LID)):
        upper, lower = np.array(pairs).T
        rest, plate, now = (p[upper, 1] - p[lower, 1] for p in (movement.neutral, shown, shown + change))
        if pairs is LIP_PAIRS:
            wanted = now + (lips_apart - 1.0) * np.maximum(now - np.maximum(rest, 0.0), 0.0)
            wanted = np.minimum(wanted, np.maximum(WIDER * plate, 0.0) + WIDER_CM)
            least = np.minimum(plate, LEAST_GAP_CM)
        else:
            wanted = now - closed * (np.maximum(now, 0.0) + LAP_CM)
            least = np.minimum(plate, LEAST_GAP_CM - closed * (LEAST_GAP_CM + LAP_CM))
        push = np.maximum(wanted, least) - now
        above, below = edges
        change[:, 1] += share * above @ push - (1.0 - share) * below @ push
    return change


def _closed(activations: Mapping[str, float]) -> Floats:
    """(14,) share of each of LID_PAIRS' gaps that an activated blink closes."""
    half = len(LID_PAIRS) // 2
    sides = [min(1.0, activations.get(name, 0.0)) for name in ("blink_right", "blink_left")]
    return np.repeat(sides, half)
