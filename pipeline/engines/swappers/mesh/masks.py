"""Static mattes in the face chart: features, lids, folds, the rim."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.arrays import Matte
from pipeline.imaging.bands import gaussian, smoothstep
from pipeline.imaging.mesh import (
    BROW_LEFT,
    BROW_RIGHT,
    EYE_LEFT,
    EYE_RIGHT,
    LIPS_INNER,
    LIPS_OUTER,
    NOSTRILS,
    load_canonical,
)
from pipeline.imaging.uv import UvChart, chart

FOLD_CENTRES = (
    ((2.9, -2.6), 1.6),
    ((4.0, -4.0), 1.7),
    ((4.6, 1.2), 1.0),
    ((3.2, 1.0), 0.9),
    ((2.8, -4.4), 0.9),
)
"""Where a smile folds: beside the nose, in the cheek, at the eye's corner, under the eye, at the mouth's corner.
Each is ((x, y), radius) in centimetres, and its mirror."""
NOSTRIL_HOLES = ((166, 79, 239, 238, 20, 60, 75), (392, 309, 459, 458, 250, 290, 305))
"""Vertices around either nostril's opening."""
MOUTH_CORNERS = (61, 291)
CORNER_REACH = 0.35
"""How far round a mouth's corner a smile shades the skin, in centimetres."""


@dataclass(frozen=True, slots=True, eq=False)
class ChartMasks:
    """Mattes (size, size) 0..1. `features`: eyes, lips, brows, nostrils. `wide`: the same with their surroundings,
    where skin tone must not be read. `still`: features, lids and nose, where the plate's folds would double. `lids`:
    skin of both lids without the eyes; `lid_right`, `lid_left`: a blinking eye with its lids. `fold`: where a smile
    folds. `inner_lip`: the lips' edge, where teeth bleed. `rim`: distance from the outline inwards in 0.3 face widths.
    `brows`: brows, grown. `beard`: where one grows. `lips`. `forehead`: above the brows, without them. `nostrils`:
    the openings themselves. `corners`: the mouth's corners with the skin they pull at.
    """

    features: Matte
    wide: Matte
    still: Matte
    lids: Matte
    lid_right: Matte
    lid_left: Matte
    fold: Matte
    inner_lip: Matte
    rim: Matte
    brows: Matte
    beard: Matte
    lips: Matte
    forehead: Matte
    nostrils: Matte
    corners: Matte


@cache
def chart_masks(size: int) -> ChartMasks:
    """The mattes at one chart size; built once."""
    c = chart(size)
    eyes, brows = (EYE_RIGHT, EYE_LEFT), (BROW_RIGHT, BROW_LEFT)
    features = _union(c, eyes, 0.10) + c.polygon(LIPS_OUTER, 0.10) + _union(c, brows, 0.25) + c.polygon(NOSTRILS, 0.10)
    features = np.clip(features, 0, 1)
    wide = _union(c, eyes, 0.75) + c.polygon(LIPS_OUTER, 0.25) + _union(c, brows, 0.45) + c.polygon(NOSTRILS, 0.25)
    lids = np.clip(_union(c, eyes, 0.80) - _union(c, eyes, -0.10), 0, 1)
    still = np.maximum(features, np.clip(c.polygon(NOSTRILS, 0.25) + _union(c, eyes, 0.95), 0, 1))
    return ChartMasks(
        features=features,
        wide=gaussian(np.clip(wide, 0, 1), 0.006 * size),
        still=gaussian(_dilated(still, 0.006 * size), 0.008 * size),
        lids=gaussian(lids, 0.012 * size),
        lid_right=gaussian(c.polygon(EYE_RIGHT, 0.85), 0.012 * size),
        lid_left=gaussian(c.polygon(EYE_LEFT, 0.85), 0.012 * size),
        fold=_folds(c) * (1 - features),
        inner_lip=gaussian(_dilated(c.polygon(LIPS_INNER, 0.1), 0.02 * size), 0.006 * size),
        rim=c.boundary_distance(),
        brows=np.clip(_union(c, brows, 0.4), 0, 1),
        beard=_beard(c) * (1 - features),
        lips=gaussian(c.polygon(LIPS_OUTER, 0.12), 0.010 * size),
        forehead=_forehead(c) * (1 - gaussian(np.clip(_union(c, brows, 0.30), 0, 1), 0.008 * size)),
        nostrils=gaussian(np.clip(_union(c, NOSTRIL_HOLES, 0.35), 0, 1), 0.008 * size),
        corners=_corners(c),
    )


def _union(c: UvChart, polygons: Sequence[Sequence[int]], grow: float) -> Matte:
    total = np.zeros((c.size, c.size), np.float32)
    for vertices in polygons:
        total += c.polygon(vertices, grow)
    return total


def _dilated(matte: Matte, radius: float) -> Matte:
    size = 2 * int(radius) + 1
    ellipse = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    return np.asarray(cv2.dilate(matte.astype(np.float32), ellipse), np.float32)


def _folds(c: UvChart) -> Matte:
    xy = load_canonical().vertices[:, :2]
    weight: NDArray[np.float64] = np.zeros(len(xy))
    for (x, y), radius in FOLD_CENTRES:
        for side in (-1, 1):
            distance = ((xy - (side * x, y)) ** 2).sum(1)
            weight = np.maximum(weight, np.exp(-0.6 * distance / radius**2))
    return c.spread(np.clip(weight * 1.25, 0, 1)[:, None])[..., 0]


def _corners(c: UvChart) -> Matte:
    xy = load_canonical().vertices[:, :2]
    distance = ((xy[:, None] - xy[None, list(MOUTH_CORNERS)]) ** 2).sum(2).min(1)
    return c.spread(np.exp(-distance / (2 * CORNER_REACH**2))[:, None])[..., 0]


def _beard(c: UvChart) -> Matte:
    """Upper lip, chin and jaw."""
    height = load_canonical().vertices[:, 1]
    return c.spread(smoothstep(-height, 1.8, 2.8)[:, None])[..., 0]


def _forehead(c: UvChart) -> Matte:
    """Above the brows: their upper edge lies about 5 cm up."""
    height = load_canonical().vertices[:, 1]
    return c.spread(smoothstep(height, 4.9, 5.7)[:, None])[..., 0]
