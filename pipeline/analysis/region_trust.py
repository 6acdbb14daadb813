"""Which parts of the face may be believed in which frame: under a hand the mouth is no evidence."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.action_units import REGIONS, Region
from pipeline.analysis.coverage import landmarks_covered
from pipeline.engines.faces import N_VERTICES, FaceSolve
from pipeline.imaging.flow import face_width
from pipeline.imaging.mesh import (
    BROW_LEFT,
    BROW_RIGHT,
    EYE_LEFT,
    EYE_RIGHT,
    LIPS_INNER,
    LIPS_OUTER,
    load_canonical,
    signed_areas,
)

_LIPS = (LIPS_OUTER, LIPS_INNER)
_PARTS: dict[Region, tuple[tuple[tuple[int, ...], ...], ...]] = {
    "brows": ((BROW_LEFT,), (BROW_RIGHT,)),
    "eyes": ((EYE_LEFT,), (EYE_RIGHT,)),
    "mouth": (_LIPS, _LIPS),
}
"""Landmarks of each region's left and right, in parts of which the worst counts.

Lips are one: half covered, the network guesses both halves.
"""
FULL_BELOW = 0.10
"""A part of which less than this share is covered is believed in full; nothing is from twice as much on."""
MOST_COVERED = 0.22, 0.36
"""Share of the face's chart from which on the network guesses the rest of the face too, and nothing is believed."""
SURE_PRESENCE = 0.5
"""Frames with a less sure face are no evidence at all."""
MAX_TURN_DEG = 50.0
"""Frames turned further are guesses on the far side."""


def region_trust(
    solve: FaceSolve, presence: NDArray[np.floating], yaw_deg: NDArray[np.floating]
) -> NDArray[np.float64]:
    """(T, 3, 2) trust 0..1 in the left and right of each of REGIONS.

    `presence` (T,) 0..1, `yaw_deg` (T,) turn of the head.
    """
    trust = np.ones((len(solve.frames), len(REGIONS), 2))
    for i in range(len(solve.frames)):
        covered = covered_at(solve, i)
        if covered is not None:
            trust[i] = trust_beside(covered)
    trust[(presence < SURE_PRESENCE) | (np.abs(yaw_deg) > MAX_TURN_DEG)] = 0.0
    return trust


def covered_at(solve: FaceSolve, i: int) -> NDArray[np.bool_] | None:
    """(468,) which vertices something lies before, at the solve's index `i`; None where nothing does."""
    matte = solve.occlusion.get(int(solve.frames[i]))
    if matte is None:
        return None
    points = solve.landmarks[i, :N_VERTICES]
    return landmarks_covered(matte, points, face_width(points))


def trust_beside(covered: NDArray[np.bool_]) -> NDArray[np.float64]:
    """(3, 2) trust 0..1 in the left and right of each of REGIONS where these vertices are covered."""
    whole = 1.0 - _ramp(float(_areas() @ covered), *MOST_COVERED)
    return np.array([[whole * (1.0 - _doubt(covered, parts)) for parts in _PARTS[region]] for region in REGIONS])


def _doubt(covered: NDArray[np.bool_], parts: tuple[tuple[int, ...], ...]) -> float:
    worst = max(float(covered[list(part)].mean()) for part in parts)
    return _ramp(worst, FULL_BELOW, 2 * FULL_BELOW)


def _ramp(value: float, low: float, high: float) -> float:
    return float(np.clip((value - low) / (high - low), 0.0, 1.0))


@cache
def _areas() -> NDArray[np.float64]:
    """(468,) share of the face's chart around each vertex."""
    mesh = load_canonical()
    areas = np.repeat(np.abs(signed_areas(mesh.uv, mesh.triangles)), 3)
    around = np.bincount(mesh.triangles.ravel(), areas, N_VERTICES)
    return np.asarray(around / around.sum(), np.float64)
