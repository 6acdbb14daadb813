"""Are the plate's own samples still there where they are meant to be: inside the eye rings and the inner lips?

A result may move lids and lips with its own shape, so the picture is not compared place by place. Each opening of the
result is laid back on the plate's: first by the affine map of its ring's landmarks, found anew in both films, then by
the affine map that brings the two pictures' luma together best (enhanced correlation coefficient, G. D. Evangelidis,
E. Z. Psarakis 2008). Six numbers an opening bring no detail that isn't there: another eye, other teeth or a blurred
eye stay different under every affine map. The rim, where skin meets the opening, and the iris, which may take the
identity's colour, are left out.
"""

import math
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.arrays import ImageF32, ImageU8, Mask, Rect
from pipeline.imaging.mesh import EYE_LEFT, EYE_RIGHT, IRIS_LEFT, IRIS_RIGHT, LIPS_INNER
from pipeline.quality.face_regions import polygon_inside
from pipeline.quality.signal_noise import decibels, mean_squared_error

INSIDE = 0.8
"""The part of an opening that is looked at, about its centre: its rim is the lids' and the lips'."""
IRIS_REACH = 1.15
"""Of the iris' radius: its rim is mixed with the white."""
LEAST_AREA_PX = 40.0
"""A smaller opening (a shut eye, shut lips) says nothing."""
MARGIN_PX = 8
STEPS = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 50, 1e-4)
BLUR_PX = 3

Points = NDArray[np.floating]
Affine = NDArray[np.float32]
"""(2, 3)."""


@dataclass(frozen=True, slots=True)
class KeptSamples:
    """PSNR (dB) of the result laid back on the plate, RGB, inside both eye rings and the inner lips; NaN where shut."""

    eyes: float
    mouth: float


@dataclass(frozen=True, slots=True)
class Opening:
    """An opening of the face: its ring of landmarks, and the iris in it, where there is one."""

    kind: Literal["eye", "mouth"]
    ring: tuple[int, ...]
    iris: tuple[int, ...] = ()


OPENINGS = (Opening("eye", EYE_RIGHT, IRIS_RIGHT), Opening("eye", EYE_LEFT, IRIS_LEFT), Opening("mouth", LIPS_INNER))


def kept_samples(plate: ImageU8, result: ImageU8, plate_points: Points, result_points: Points) -> KeptSamples:
    """Compare the openings of two pictures (h, w, 3 RGB) with landmarks (478, ≥ 2) of both."""
    errors: dict[str, list[float]] = {"eye": [], "mouth": []}
    for opening in OPENINGS:
        errors[opening.kind].append(_error(plate, result, plate_points, result_points, opening))
    eyes, mouth = (_mean(each) for each in errors.values())
    return KeptSamples(float(decibels(eyes)), float(decibels(mouth)))


def _mean(errors: list[float]) -> float:
    seen = [error for error in errors if not math.isnan(error)]
    return float(np.mean(seen)) if seen else math.nan


def _error(plate: ImageU8, result: ImageU8, own: Points, new: Points, opening: Opening) -> float:
    """Mean squared error of one opening; NaN where too little of it is open."""
    corners = np.asarray(own[list(opening.ring), :2], np.float64)
    rect = _around(corners, plate)
    if rect.empty:
        return math.nan
    whole = polygon_inside(corners - (rect.x0, rect.y0), (rect.height, rect.width), INSIDE)
    looked_at = whole & ~iris_disc(own, opening.iris, rect)
    if not is_open(corners) or not looked_at.any():
        return math.nan
    before = np.ascontiguousarray(plate[rect.y0 : rect.y1, rect.x0 : rect.x1])
    target = np.asarray(new[list(opening.ring), :2], np.float64)
    shift = target.mean(0) - corners.mean(0)
    starts = (
        _affine(corners - (rect.x0, rect.y0), target - (rect.x0, rect.y0)),
        np.array([[1, 0, shift[0]], [0, 1, shift[1]]], np.float32),
    )
    candidates = [*starts, *(_brought_together(before, result, each, whole, rect) for each in starts)]
    return min(mean_squared_error(before, _laid_back(result, each, rect), looked_at) for each in candidates)


def _around(corners: NDArray[np.float64], picture: ImageU8) -> Rect:
    low, high = np.floor(corners.min(0)).astype(int), np.ceil(corners.max(0)).astype(int) + 1
    height, width = picture.shape[:2]
    return Rect(int(low[0]), int(low[1]), int(high[0]), int(high[1])).grown(MARGIN_PX).clipped(width, height)


def is_open(corners: NDArray[np.float64]) -> bool:
    """Whether the part of an opening with these `corners` (n, 2) that is looked at is large enough."""
    return INSIDE**2 * abs(float(cv2.contourArea(corners.astype(np.float32)))) >= LEAST_AREA_PX


def iris_disc(points: Points, iris: tuple[int, ...], rect: Rect) -> Mask:
    """Inside of an iris and its rim in the pixels of `rect`; nothing where `iris` names no landmarks."""
    y, x = np.mgrid[rect.y0 : rect.y1, rect.x0 : rect.x1]
    if not iris:
        return np.zeros(x.shape, np.bool_)
    centre = np.asarray(points[iris[0], :2], np.float64)
    radius = IRIS_REACH * float(np.linalg.norm(points[list(iris[1:]), :2] - centre, axis=1).mean())
    inside: Mask = np.hypot(x - centre[0], y - centre[1]) <= radius
    return inside


def _affine(source: NDArray[np.float64], target: NDArray[np.float64]) -> Affine:
    """The least-squares affine map of points (n, 2)."""
    ones = np.concatenate([source, np.ones((len(source), 1))], axis=1)
    return np.asarray(np.linalg.lstsq(ones, target, rcond=None)[0].T, np.float32)


def _brought_together(before: ImageU8, result: ImageU8, start: Affine, region: Mask, rect: Rect) -> Affine:
    """The map refined on the luma inside the opening; `start` where there is nothing to hold on to."""
    after = _laid_back(result, np.array([[1, 0, 0], [0, 1, 0]], np.float32), rect)
    luma = cv2.cvtColor(before, cv2.COLOR_RGB2GRAY).astype(np.float32), cv2.cvtColor(after, cv2.COLOR_RGB2GRAY)
    inside = region.astype(np.uint8)
    try:
        _, refined = cv2.findTransformECC(*luma, start.copy(), cv2.MOTION_AFFINE, STEPS, inside, BLUR_PX)
    except cv2.error:
        # An even surface, or no convergence: the landmarks' map stands.
        return start
    return np.asarray(refined, np.float32)


def _laid_back(result: ImageU8, moved: Affine, rect: Rect) -> ImageF32:
    """The result (h, w, 3) under a map of `rect`'s own pixels, in `rect`."""
    place = moved.copy()
    place[:, 2] += (rect.x0, rect.y0)
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    size = (rect.width, rect.height)
    return np.asarray(
        cv2.warpAffine(result.astype(np.float32), place, size, flags=flags, borderMode=cv2.BORDER_REPLICATE), np.float32
    )
