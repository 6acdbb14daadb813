"""Does the face's skin still belong to the forehead and the neck around it? CIEDE2000 against the plate's own ring.

Left and right halves are compared apart and the worse one counts: under a side light a face of the right mean tone
may still be wrong on both sides.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from skimage.color import deltaE_ciede2000

from pipeline.imaging.arrays import ImageF32, ImageU8, Mask
from pipeline.quality.face_regions import FaceRegions, skin_only

LEAST_SHARE = 0.01
"""A half of the ring smaller than this share of the face's skin says nothing."""


@dataclass(frozen=True, slots=True)
class ToneDifference:
    """ΔE2000 units, the worse half's. NaN where no skin is seen around the face.

    `excess`: how much further the result's skin lies from the ring than the plate's own does (0 if nearer).
    `shift`: from the plate's skin to the result's, whatever the ring says.
    """

    excess: float
    shift: float


def lab_of(image: ImageU8) -> ImageF32:
    """CIELAB (D65) of an sRGB picture (h, w, 3), 8 bit."""
    return np.asarray(cv2.cvtColor(image.astype(np.float32) / np.float32(255), cv2.COLOR_RGB2LAB), np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class HalfTone:
    """One half of the plate's face: where its skin is, the ring's mean colour and the skin's own (CIELAB)."""

    skin: Mask
    around: NDArray[np.float64]
    own: NDArray[np.float64]


def plate_tone(plate: ImageU8, regions: FaceRegions) -> tuple[HalfTone, ...]:
    """The halves of the plate's face (the crop of `regions.rect`, RGB) around which enough skin is seen."""
    lab = lab_of(plate)
    ring = skin_only(regions.ring, lab, regions.skin)
    halves = []
    for half in (regions.left, ~regions.left):
        skin, around = regions.skin & half, ring & half
        if skin.any() and around.sum() >= LEAST_SHARE * skin.sum():
            halves.append(HalfTone(skin, _mean(lab, around), _mean(lab, skin)))
    return tuple(halves)


def tone_difference(plate: Sequence[HalfTone], result: ImageU8) -> ToneDifference:
    """How the result's skin (the same crop, RGB) differs from the plate's."""
    lab = lab_of(result)
    excess, shift = math.nan, math.nan
    for half in plate:
        new = _mean(lab, half.skin)
        beyond = max(0.0, difference(new, half.around) - difference(half.own, half.around))
        excess = max(beyond, 0.0 if math.isnan(excess) else excess)
        shift = max(difference(new, half.own), 0.0 if math.isnan(shift) else shift)
    return ToneDifference(excess, shift)


def difference(a: NDArray[np.floating], b: NDArray[np.floating]) -> float:
    """CIEDE2000 of two CIELAB colours (3,)."""
    return float(deltaE_ciede2000(np.asarray(a, np.float64), np.asarray(b, np.float64)))  # type: ignore[no-untyped-call]


def _mean(lab: ImageF32, mask: Mask) -> NDArray[np.float64]:
    """Mean colour of the middle 80 % by lightness: highlights, lashes and stray hairs don't count."""
    values = lab[mask].astype(np.float64)
    low, high = np.quantile(values[:, 0], (0.1, 0.9))
    kept = values[(values[:, 0] >= low) & (values[:, 0] <= high)]
    return np.asarray(kept.mean(0), np.float64)
