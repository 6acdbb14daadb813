"""Static mattes in the face chart: features, lids, folds, the rim."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.engines.swappers.mesh.kept_looks import KeptLooks
from pipeline.imaging.arrays import Matte
from pipeline.imaging.bands import gaussian, ramp
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
from pipeline.project.identity_stages import RegionSettings

Place = tuple[tuple[float, float], float]
"""((x, y), radius) in centimetres: a place on the mesh, as its vertices are, and how far it reaches."""
FOLD_CENTRES: tuple[Place, ...] = (
    ((2.9, -2.6), 1.6),
    ((4.0, -4.0), 1.7),
    ((4.6, 1.2), 1.0),
    ((3.2, 1.0), 0.9),
    ((2.8, -4.4), 0.9),
)
"""Where a smile folds: beside the nose, in the cheek, at the eye's corner, under the eye, at the mouth's corner.
Each stands for its mirror, too."""
BROWS_SHADE: tuple[Place, ...] = (((0.0, 3.5), 0.9), ((0.2, 4.3), 1.0), ((0.2, 5.0), 0.9))
"""Between the brows, where light from above leaves skin in their shade."""
FORM: tuple[Place, ...] = (
    ((0.0, 2.4), 1.0),
    ((0.4, 1.0), 1.2),
    ((0.6, 0.0), 1.5),
    ((0.8, -1.2), 1.6),
    ((2.8, 3.7), 1.2),
    ((3.8, 3.8), 1.3),
    ((4.8, 3.4), 1.1),
)
"""The nose, and the skin between brows and eyes: shading there is what the face is known by."""
RIDGE: tuple[Place, ...] = (((0.0, 1.5), 0.7), ((0.0, 0.6), 0.8), ((0.4, -0.3), 0.9))
"""The nose's ridge and tip, whose skin lies on bone and gristle: it folds at the root and the sides alone."""
NOSTRIL_HOLES = ((166, 79, 239, 238, 20, 60, 75), (392, 309, 459, 458, 250, 290, 305))
"""Vertices around either nostril's opening."""
MOUTH_CORNERS = (61, 291)
PHILTRUM = (97, 2, 326, 393, 267, 0, 37, 167)
"""Vertices around the skin between nose and lip."""
LASH_LINES = (
    (33, 246, 161, 160, 159, 158, 157, 173, 133, 190, 56, 28, 27, 29, 30, 247),
    (263, 466, 388, 387, 386, 385, 384, 398, 362, 414, 286, 258, 257, 259, 260, 467),
)
"""Vertices around either upper lid, between the eye's edge and the lid's crease: where lashes grow."""
MASKS_KEPT = 8
"""Sets of mattes: a face has up to three chart sizes, and a curve on a region makes one a frame."""
MASKS_BYTES = 160 << 20
"""Most that sets take which no frame needs just now: one of 1024 texels takes 109 MB, one of 512 a quarter of that."""
_SIZES = 3
"""Sets that are always kept: one frame's."""


@dataclass(frozen=True, slots=True, eq=False)
class ChartMasks:
    """Mattes (size, size) 0..1. `features`: eyes, lips, brows, nostrils. `wide`: the same with their surroundings,
    where skin tone must not be read. `still`: features, lids, lashes and nose, where the plate's folds would double.
    `lids`: skin of both lids without the eyes; `lid_right`, `lid_left`: a blinking eye with its lids. `fold`: where a
    smile folds; `opened`: the same well away from lips and brows, whose edges are no folds. `inner_lip`: the lips'
    edge, where teeth bleed. `rim`: distance from the outline inwards in 0.3 face widths. `brows`: brows, grown.
    `beard`: where one grows. `lips`. `forehead`: above the brows, without them. `nostrils`: the openings themselves.
    `corners`: the mouth's corners with the skin they pull at; `smile`: more of that skin, and the line between the
    lips. `lashes`: as far from the eyes as lashes reach; `fallen`: where they hang as the lids sink; `lash_line`: the
    upper lids, where they grow. `eyes`: what lies between the lids, grown. `between_brows`: the skin there.
    `plain`: cheeks, chin, under the eyes and between the brows, away from features, nose, sockets and outline.
    `philtrum`: the skin between nose and lip. `nose_base`: the same with the nose's tip, wings and underside. `ridge`:
    the nose's, with its tip, where what changes is light, not a fold.
    """

    features: Matte
    wide: Matte
    still: Matte
    lids: Matte
    lid_right: Matte
    lid_left: Matte
    fold: Matte
    opened: Matte
    inner_lip: Matte
    rim: Matte
    brows: Matte
    beard: Matte
    lips: Matte
    forehead: Matte
    nostrils: Matte
    corners: Matte
    smile: Matte
    lashes: Matte
    fallen: Matte
    lash_line: Matte
    eyes: Matte
    between_brows: Matte
    plain: Matte
    philtrum: Matte
    nose_base: Matte
    ridge: Matte


def near_places(places: Sequence[Place], size: float, fall: float, gain: float) -> NDArray[np.float64]:
    """(468,) 1 near the places and their mirrors, `size` times their radii wide; `fall` says how steeply it ends."""
    xy = load_canonical().vertices[:, :2]
    weight: NDArray[np.float64] = np.zeros(len(xy))
    for (x, y), radius in places:
        for side in (-1, 1):
            distance = ((xy - (side * x, y)) ** 2).sum(1)
            weight = np.maximum(weight, np.exp(-fall * distance / (size * radius) ** 2))
    return np.clip(weight * gain, 0, 1)


_kept: KeptLooks[ChartMasks] = KeptLooks(MASKS_KEPT, MASKS_BYTES, _SIZES)


def chart_masks(size: int, regions: RegionSettings) -> ChartMasks:
    """The mattes at one chart size; built once for the last few sets of regions."""
    return _kept.get((size, regions), lambda: _built(size, regions))


def _built(size: int, regions: RegionSettings) -> ChartMasks:
    c, r = chart(size), regions
    eyes, brows = (EYE_RIGHT, EYE_LEFT), (BROW_RIGHT, BROW_LEFT)
    features = _features(c, r.eye_grow, r.lip_grow, r.brow_grow, r.nostril_grow)
    wide = _features(c, r.eye_surroundings, r.lip_surroundings, r.brow_surroundings, r.nostril_surroundings)
    lids = np.clip(_union(c, eyes, r.lid_outer) - _union(c, eyes, r.lid_inner), 0, 1)
    nose = c.polygon(NOSTRILS, r.nostril_surroundings)
    folds = near_places(FOLD_CENTRES, r.fold_size, r.fold_fall, r.fold_gain)
    fold = c.spread(folds[:, None])[..., 0] * (1 - features)
    still = np.maximum(features, np.clip(nose + _union(c, eyes, r.still_eye) + _union(c, brows, r.still_brow), 0, 1))
    fallen = gaussian(_dilated(_union(c, eyes, 0.0), r.lash_fall * size), r.lash_softness * size)
    return ChartMasks(
        features=features,
        wide=gaussian(wide, r.surroundings_softness * size),
        still=np.maximum(gaussian(_dilated(still, r.still_reach * size), r.still_softness * size), fallen),
        lids=gaussian(lids, r.lid_softness * size),
        lid_right=gaussian(c.polygon(EYE_RIGHT, r.blink_grow), r.lid_softness * size),
        lid_left=gaussian(c.polygon(EYE_LEFT, r.blink_grow), r.lid_softness * size),
        fold=fold,
        opened=np.clip(fold * r.opened_gain, 0, 1) * (1 - _lined(c, r)) * (1 - fallen),
        inner_lip=_inner_lip(c, r),
        rim=c.boundary_distance(),
        brows=np.clip(_union(c, brows, r.brow_region), 0, 1),
        beard=_beard(c, r) * (1 - features),
        lips=gaussian(c.polygon(LIPS_OUTER, r.lip_region), r.lip_softness * size),
        forehead=_forehead(c, r),
        nostrils=gaussian(np.clip(_union(c, NOSTRIL_HOLES, r.nostril_hole), 0, 1), r.nostril_softness * size),
        corners=_corners(c, r.corner_reach),
        smile=np.maximum(_inner_lip(c, r), _corners(c, r.smile_reach)),
        lashes=gaussian(_dilated(_union(c, eyes, 0.0), r.lash_reach * size), r.lash_softness * size),
        fallen=fallen,
        lash_line=_union(c, LASH_LINES, 0.0),
        eyes=np.clip(_union(c, eyes, r.eye_grow), 0, 1),
        between_brows=_between_brows(c, r),
        plain=_plain(c, r, features),
        philtrum=_philtrum(c, r),
        ridge=c.spread(near_places(RIDGE, 1.0, 1.0, r.ridge_gain)[:, None])[..., 0],
        nose_base=np.maximum(gaussian(nose, r.surroundings_softness * size), _philtrum(c, r)),
    )


def _features(c: UvChart, eye: float, lip: float, brow: float, nostril: float) -> Matte:
    """Eyes, lips, brows and nostrils, each grown by its own share."""
    eyes, brows = _union(c, (EYE_RIGHT, EYE_LEFT), eye), _union(c, (BROW_RIGHT, BROW_LEFT), brow)
    total: Matte = eyes + c.polygon(LIPS_OUTER, lip) + brows + c.polygon(NOSTRILS, nostril)
    return np.clip(total, 0, 1)


def _inner_lip(c: UvChart, r: RegionSettings) -> Matte:
    opening = _dilated(c.polygon(LIPS_INNER, r.inner_lip_grow), r.inner_lip_reach * c.size)
    return gaussian(opening, r.inner_lip_softness * c.size)


def _union(c: UvChart, polygons: Sequence[Sequence[int]], grow: float) -> Matte:
    total = np.zeros((c.size, c.size), np.float32)
    for vertices in polygons:
        total += c.polygon(vertices, grow)
    return total


def _dilated(matte: Matte, radius: float) -> Matte:
    size = 2 * int(radius) + 1
    ellipse = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    return np.asarray(cv2.dilate(matte.astype(np.float32), ellipse), np.float32)


def _lined(c: UvChart, r: RegionSettings) -> Matte:
    """Lips and brows with the skin along them: where their edge moves, it is as deep and dark as a fold."""
    lines = c.polygon(LIPS_OUTER, r.lip_surroundings) + _union(c, (BROW_RIGHT, BROW_LEFT), r.brow_surroundings)
    return gaussian(_dilated(np.clip(lines, 0, 1), r.opened_reach * c.size), r.opened_softness * c.size)


def _corners(c: UvChart, reach: float) -> Matte:
    xy = load_canonical().vertices[:, :2]
    distance = ((xy[:, None] - xy[None, list(MOUTH_CORNERS)]) ** 2).sum(2).min(1)
    return c.spread(np.exp(-distance / (2 * reach**2))[:, None])[..., 0]


def _beard(c: UvChart, r: RegionSettings) -> Matte:
    """Upper lip, chin and jaw."""
    height = load_canonical().vertices[:, 1]
    return c.spread(ramp(-height, r.beard_start, r.beard_end)[:, None])[..., 0]


def _brows(c: UvChart, r: RegionSettings) -> Matte:
    return np.clip(_union(c, (BROW_RIGHT, BROW_LEFT), r.forehead_brow), 0, 1)


def _between_brows(c: UvChart, r: RegionSettings) -> Matte:
    near = near_places(BROWS_SHADE, 1.0, 1.0, 1.0)
    return c.spread(near[:, None])[..., 0] * (1 - gaussian(_brows(c, r), r.forehead_softness * c.size))


def _plain(c: UvChart, r: RegionSettings, features: Matte) -> Matte:
    form = c.spread(near_places(FORM, 1.0, 1.0, r.plain_form)[:, None])[..., 0]
    away = 1 - np.clip(2 * gaussian(features, r.plain_softness * c.size), 0, 1)
    inside = ramp(c.boundary_distance(), r.plain_rim_start, r.plain_rim_end)
    return np.asarray(away * (1 - form) * inside * c.covered, np.float32)


def _philtrum(c: UvChart, r: RegionSettings) -> Matte:
    return gaussian(c.polygon(PHILTRUM, r.philtrum_grow), r.philtrum_softness * c.size)


def _forehead(c: UvChart, r: RegionSettings) -> Matte:
    """Above the brows, without them: their upper edge lies about 5 cm up."""
    height = load_canonical().vertices[:, 1]
    above = c.spread(ramp(height, r.forehead_start, r.forehead_end)[:, None])[..., 0]
    shown: Matte = above * (1 - gaussian(_brows(c, r), r.forehead_softness * c.size))
    return shown
