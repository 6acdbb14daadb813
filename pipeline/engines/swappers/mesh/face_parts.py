"""The face's parts as soft fields over the mesh: what a weight reaches, and how far over its borders.

Every vertex belongs to the parts around it in shares that sum to 1, by its distance to points of each part; so a part
at another weight than its neighbours stretches between them and never tears.
"""

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.bands import smoothstep
from pipeline.imaging.mesh import (
    BROW_LEFT,
    BROW_RIGHT,
    EYE_LEFT,
    EYE_RIGHT,
    LID_PAIRS,
    LIP_PAIRS,
    LIPS_INNER,
    LIPS_OUTER,
    NOSTRILS,
    load_canonical,
)

Floats = NDArray[np.float64]

PARTS = ("brows", "eyes", "nose", "cheeks", "lips", "jaw")
"""In the order of the fields."""
BORDER_CM = 0.9
"""Standard deviation of a part's reach beyond its points."""
MIDLINE_CM = 0.8
"""Left and right mix this far to either side of the middle of the face."""
AREA_BORDER_CM = (-0.5, 1.5)
"""Heights between which the lower face becomes the upper: the lower half of the nose's ridge."""
_FOREHEAD = ((0.0, 6.0), (2.0, 6.0), (4.0, 6.0), (5.5, 5.5), (0.0, 8.0), (3.0, 7.7), (6.0, 6.5))
_RIDGE = ((0.0, 2.0), (0.0, 1.0), (0.0, 0.0), (0.9, 0.5), (1.2, -0.5))
_CHEEK = ((3.2, -0.8), (4.2, -0.2), (5.5, 0.0), (3.6, -2.2), (5.0, -1.8), (6.8, 0.5), (4.4, -3.6), (6.2, -2.5))
_JAW = ((0.0, -7.0), (1.5, -7.2), (3.0, -7.2), (0.0, -9.0), (3.0, -8.8), (4.4, -6.6), (5.4, -5.6), (6.3, -4.6))
"""Points (x, y) of the left half, canonical centimetres, where no ring of vertices outlines the part."""
LIP_REACH_CM, LID_REACH_CM = 0.55, 0.40
"""Standard deviation of how far skin follows the edge of an opening."""


@cache
def part_fields() -> Floats:
    """(6, 468) shares of PARTS, summing to 1 at every vertex."""
    xy = load_canonical().vertices[:, :2]
    points = (
        np.concatenate([xy[[*BROW_LEFT, *BROW_RIGHT]], _both(_FOREHEAD)]),
        xy[[*EYE_LEFT, *EYE_RIGHT]],
        np.concatenate([xy[list(NOSTRILS)], _both(_RIDGE)]),
        _both(_CHEEK),
        xy[[*LIPS_OUTER, *LIPS_INNER]],
        _both(_JAW),
    )
    squares = np.stack([((xy[:, None] - each[None]) ** 2).sum(2).min(1) for each in points])
    reach = np.exp(-(squares - squares.min(0)) / (2 * BORDER_CM**2))
    fields: Floats = reach / reach.sum(0)
    fields.flags.writeable = False
    return fields


@cache
def left_share() -> Floats:
    """(468,) 1 on the performer's left half, 0 on the right, in between about the middle."""
    return _frozen(smoothstep(load_canonical().vertices[:, 0], -MIDLINE_CM, MIDLINE_CM))


@cache
def upper_share() -> Floats:
    """(468,) 1 in the upper face, 0 in the lower."""
    return _frozen(smoothstep(load_canonical().vertices[:, 1], *AREA_BORDER_CM))


@cache
def lip_edges() -> tuple[Floats, Floats]:
    """(468, 9) each: how far skin follows the upper and the lower vertex of each of LIP_PAIRS."""
    return _edges(LIP_PAIRS, LIP_REACH_CM)


@cache
def lid_edges() -> tuple[Floats, Floats]:
    """(468, 14) each: the same of LID_PAIRS."""
    return _edges(LID_PAIRS, LID_REACH_CM)


def _edges(pairs: Sequence[tuple[int, int]], reach: float) -> tuple[Floats, Floats]:
    xy = load_canonical().vertices[:, :2]
    upper, lower = np.array(pairs).T
    middle = (xy[upper] + xy[lower]) / 2
    nearest = ((xy[:, None] - middle[None]) ** 2).sum(2).argmin(1)
    above = xy[:, 1] - middle[nearest, 1]
    spreads = []
    for edge, other, side in ((upper, lower, 1), (lower, upper, -1)):
        weight = np.exp(-((xy[:, None] - xy[None, edge]) ** 2).sum(2) / (2 * reach**2))
        fade = weight.max(1) * (above * side >= -1e-3)
        spread = weight / np.maximum(weight.sum(1), 1e-9)[:, None] * fade[:, None]
        spread[edge] = np.eye(len(edge))
        spread[other] = 0
        spreads.append(_frozen(spread))
    return spreads[0], spreads[1]


def _both(points: Sequence[tuple[float, float]]) -> Floats:
    left = np.array(points)
    return np.concatenate([left, left * (-1.0, 1.0)])


def _frozen(values: NDArray[np.floating]) -> Floats:
    array = np.asarray(values, np.float64)
    array.flags.writeable = False
    return array
