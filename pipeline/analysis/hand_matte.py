"""The matte of hands in one frame: the joints say where roughly, the picture says where exactly.

Skin before skin has hardly any colour contrast, so the outline from the joints leaves the picture only a narrow band
to decide in. There GrabCut (Rother, Kolmogorov, Blake 2004) finds the edge, and a guided filter softens it as far as
the picture is soft.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.hand_shape import Joints, Silhouette, hand_size, silhouette
from pipeline.imaging.arrays import ImageF32, ImageU8, Mask, Matte, MatteU8, Rect
from pipeline.imaging.guided_filter import guided_filter


@dataclass(frozen=True, slots=True)
class MatteSettings:
    """Widths are in hand sizes (`hand_size`)."""

    sure_girth: float = 0.5
    """This share of the fingers' radii, about their bones, is surely hand."""
    limit_outside: float = 0.12
    """Beyond this distance outside the outline nothing is hand."""
    context: float = 0.6
    """How much of the surroundings the colour model of what is not hand sees."""
    passes: int = 1
    """Refits of the colour models."""
    guide_radius: int = 4
    """Guided filter, working pixels."""
    guide_epsilon: float = 1e-4
    upsample_radius: int = 2
    """Guided filter that brings the matte to the plate's size, working pixels."""


def hand_matte(picture: ImageU8, hands: Sequence[Joints], settings: MatteSettings) -> Matte:
    """Coverage (h, w) 0..1 of the hands with these joints in `picture` (h, w, 3 RGB)."""
    height, width = picture.shape[:2]
    matte = np.zeros((height, width), np.float32)
    for joints in hands:
        outline = silhouette(joints, width, height, settings.sure_girth)
        size = hand_size(joints)
        rect = _bounds(outline.whole, round(settings.context * size))
        if rect is None:
            continue
        inside = (slice(rect.y0, rect.y1), slice(rect.x0, rect.x1))
        part = Silhouette(outline.whole[inside], outline.sure[inside])
        found = _soften(picture[inside], _cut(picture[inside], part, size, settings), settings)
        matte[inside] = np.maximum(matte[inside], found)
    return matte


def gray_guide(picture: ImageU8) -> ImageF32:
    """Luma (h, w) 0..1 of an RGB picture, the guide of matte edges."""
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), np.float32) / np.float32(255)


def signed_distance(mask: MatteU8) -> NDArray[np.float32]:
    """Pixels to the mask's outline, positive inside."""
    inside = cv2.distanceTransform(np.ascontiguousarray(mask), cv2.DIST_L2, 5)
    outside = cv2.distanceTransform(np.ascontiguousarray(1 - mask), cv2.DIST_L2, 5)
    return np.asarray(inside - outside, np.float32)


def _cut(picture: ImageU8, outline: Silhouette, size: float, settings: MatteSettings) -> Mask:
    """Hand or not, decided between the sure inside and the limit."""
    distance = signed_distance(outline.whole)
    labels = np.full(distance.shape, cv2.GC_BGD, np.uint8)
    labels[distance > -settings.limit_outside * size] = cv2.GC_PR_BGD
    labels[distance > 0] = cv2.GC_PR_FGD
    labels[outline.sure > 0] = cv2.GC_FGD
    if not ((labels == cv2.GC_BGD).any() and (labels == cv2.GC_FGD).any()):
        return np.asarray(distance > 0)
    cv2.setRNGSeed(0)  # the colour models start from k-means: the same frame must give the same matte
    models = np.zeros((1, 65)), np.zeros((1, 65))
    cv2.grabCut(np.ascontiguousarray(picture), labels, None, *models, settings.passes, cv2.GC_INIT_WITH_MASK)  # type: ignore[call-overload]
    return np.asarray((labels == cv2.GC_FGD) | (labels == cv2.GC_PR_FGD))


def _soften(picture: ImageU8, hand: Mask, settings: MatteSettings) -> Matte:
    kernel = np.ones((3, 3), np.uint8)
    opened = cv2.morphologyEx(hand.astype(np.uint8), cv2.MORPH_OPEN, kernel)
    clean = np.asarray(cv2.morphologyEx(opened, cv2.MORPH_CLOSE, kernel), np.float32)
    soft = guided_filter(
        gray_guide(np.ascontiguousarray(picture)), clean, settings.guide_radius, settings.guide_epsilon
    )
    # A little contrast pulls the filter's tails back to nothing and everything.
    return np.asarray(np.clip(soft * np.float32(1.3) - np.float32(0.15), 0.0, 1.0), np.float32)


def _bounds(mask: MatteU8, margin: int) -> Rect | None:
    """The mask's rectangle grown by `margin`, cut to the picture; None for an empty mask."""
    if not mask.any():
        return None
    rows, columns = np.nonzero(mask.any(1))[0], np.nonzero(mask.any(0))[0]
    rect = Rect(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1).grown(margin)
    return rect.clipped(mask.shape[1], mask.shape[0])
