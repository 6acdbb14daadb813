"""Do the skin's highlights sit where the plate's light puts them, and are they as bright?"""

from dataclasses import dataclass

import numpy as np

from pipeline.imaging.arrays import ImageU8, Mask
from pipeline.quality.skin_tone import lab_of

BRIGHTEST = 0.03
"""Share of the skin that counts as its highlights."""
LEAST_PIXELS = 200


@dataclass(frozen=True, slots=True)
class Highlights:
    """`excess`: by how much the result's highlights stand out more from its skin than the plate's do, L* units (less
    than 0: duller). `overlap`: share of the plate's highlights that lie among the result's brightest, twice as many."""

    excess: float
    overlap: float


def highlights(plate: ImageU8, result: ImageU8, skin: Mask) -> Highlights:
    """Compare two crops (h, w, 3 RGB) inside `skin` (h, w); NaN where there is too little of it."""
    if skin.sum() < LEAST_PIXELS:
        return Highlights(float("nan"), float("nan"))
    own, new = (lab_of(each)[..., 0][skin].astype(np.float64) for each in (plate, result))
    brightest = own >= np.quantile(own, 1 - BRIGHTEST)
    among = new >= np.quantile(new, 1 - 2 * BRIGHTEST)
    standing = [_standing_out(each) for each in (own, new)]
    return Highlights(standing[1] - standing[0], float(among[brightest].mean()))


def _standing_out(lightness: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
    """Mean of the highlights over the median of all."""
    return float(lightness[lightness >= np.quantile(lightness, 1 - BRIGHTEST)].mean() - np.median(lightness))
