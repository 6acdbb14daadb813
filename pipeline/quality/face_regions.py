"""Where on the picture each measure looks: regions of one frame, drawn from the plate's landmarks.

All regions are computed once from the plate and used on both films, so a film cannot move its own goalposts.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.arrays import ImageF32, Mask, Rect
from pipeline.imaging.face_measures import face_width
from pipeline.imaging.mesh import (
    BROW_LEFT,
    BROW_RIGHT,
    EYE_LEFT,
    EYE_RIGHT,
    LIPS_INNER,
    LIPS_OUTER,
    NOSTRILS,
    OVAL,
)

Points = NDArray[np.floating]
"""(≥ 468, ≥ 2) landmarks, pixels."""

_SUBPIXEL = 4
FOREHEAD, CHIN = 10, 152
FOREHEAD_DEGREES = 40.0
NECK_DEGREES = 45.0
"""Half-widths of the two sectors of the ring, seen from the face's centre."""
RING_INNER, RING_OUTER = 1.04, 1.35
"""The ring's radii in ovals: outside every blended edge, inside hair and collar as a rule."""
SKIN_CHROMA = 10.0
SKIN_LIGHTNESS = 28.0
"""How far from the face's median CIELAB a ring pixel may lie and still be skin (a*b* distance; L* difference)."""


@dataclass(frozen=True, slots=True, eq=False)
class FaceRegions:
    """Membership pictures (h, w) of one frame, in the pixels of `rect` of the plate.

    `face`: inside the oval. `skin`: the face's skin, without eyes, brows, lips, nostrils and the outermost rim.
    `eyes`, `mouth`: inside the eye rings and the inner lips. `brows`: both brows. `ring`: forehead above
    and neck below the oval, not yet limited to skin. `left`: the half of the picture on the left of the face's midline.
    """

    rect: Rect
    face: Mask
    skin: Mask
    eyes: Mask
    mouth: Mask
    brows: Mask
    ring: Mask
    left: Mask


def face_rect(landmarks: Points, width: int, height: int, margin: float = 0.5) -> Rect:
    """The landmark box grown by `margin` face widths, cut to the picture."""
    low, high = landmarks[:, :2].min(0), landmarks[:, :2].max(0)
    grow = margin * face_width(landmarks)
    x0, y0 = np.floor(low - grow).astype(int)
    x1, y1 = np.ceil(high + grow).astype(int) + 1
    return Rect(int(x0), int(y0), int(x1), int(y1)).clipped(width, height)


def face_regions(landmarks: Points, rect: Rect) -> FaceRegions:
    """The regions of one frame inside `rect`."""
    points = np.asarray(landmarks[:, :2], np.float64) - (rect.x0, rect.y0)
    shape = (rect.height, rect.width)
    oval = points[list(OVAL)]
    centre = oval.mean(0)
    features = np.zeros(shape, np.bool_)
    for ring, grow in ((EYE_RIGHT, 1.5), (EYE_LEFT, 1.5), (LIPS_OUTER, 1.2), (NOSTRILS, 1.15)):
        features |= polygon_inside(points[list(ring)], shape, grow)
    brows = np.zeros(shape, np.bool_)
    for brow in (BROW_RIGHT, BROW_LEFT):
        hull = np.asarray(cv2.convexHull(points[list(brow)].astype(np.float32)), np.float64)[:, 0]
        features |= polygon_inside(hull, shape, 1.4)
        brows |= polygon_inside(hull, shape)
    up = points[FOREHEAD] - points[CHIN]
    offset_y, offset_x = np.mgrid[: rect.height, : rect.width]
    offset = np.stack([offset_x - centre[0], offset_y - centre[1]], axis=2)
    return FaceRegions(
        rect=rect,
        face=polygon_inside(oval, shape),
        skin=polygon_inside(oval, shape, 0.92) & ~features,
        eyes=polygon_inside(points[list(EYE_RIGHT)], shape) | polygon_inside(points[list(EYE_LEFT)], shape),
        mouth=polygon_inside(points[list(LIPS_INNER)], shape),
        brows=brows,
        ring=_ring(oval, shape) & _sectors(offset, up),
        left=offset[..., 0] * -up[1] + offset[..., 1] * up[0] < 0,
    )


def skin_only(ring: Mask, lab: ImageF32, face_skin: Mask) -> Mask:
    """The ring's pixels whose CIELAB colour (h, w, 3) is near the face skin's median: no hair, no collar."""
    if not face_skin.any():
        return np.zeros_like(ring)
    median = np.median(lab[face_skin], axis=0)
    chroma = np.hypot(lab[..., 1] - median[1], lab[..., 2] - median[2])
    near: Mask = (chroma < SKIN_CHROMA) & (np.abs(lab[..., 0] - median[0]) < SKIN_LIGHTNESS)
    return ring & near


def _ring(oval: Points, shape: tuple[int, int]) -> Mask:
    return polygon_inside(oval, shape, RING_OUTER) & ~polygon_inside(oval, shape, RING_INNER)


def _sectors(offset: NDArray[np.float64], up: NDArray[np.float64]) -> Mask:
    """Directions near the face's up (forehead) or down (neck)."""
    length = np.maximum(np.linalg.norm(offset, axis=2) * max(float(np.linalg.norm(up)), 1e-6), 1e-6)
    cosine = (offset @ up) / length
    sectors: Mask = (cosine > np.cos(np.radians(FOREHEAD_DEGREES))) | (cosine < -np.cos(np.radians(NECK_DEGREES)))
    return sectors


def polygon_inside(points: Points, shape: tuple[int, int], grow: float = 1.0) -> Mask:
    """Inside of a polygon scaled by `grow` about its centre."""
    corners = np.asarray(points, np.float64)
    centre = corners.mean(0)
    corners = centre + (corners - centre) * grow
    mask = np.zeros(shape, np.uint8)
    cv2.fillPoly(mask, [np.rint(corners * (1 << _SUBPIXEL)).astype(np.int32)], 1, shift=_SUBPIXEL)
    return mask.astype(np.bool_)
