"""How deeply the skin between the brows is folded in a frame, and how far it is the performer's own for that.

The mesh and its scores hardly see a frown; the plate's shading does. Its lines are finer than the middle band and lie
against the brows, so they are not added to the identity's skin there: the performer's shows.
"""

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.engines.swappers.mesh.masks import Place, near_places
from pipeline.imaging.arrays import ImageF32
from pipeline.imaging.bands import ramp
from pipeline.imaging.mesh import BETWEEN_BROWS
from pipeline.project.frame_stages import PaintingSettings

Floats = NDArray[np.float32]

FROWN: tuple[Place, ...] = (((0.4, 3.4), 0.6), ((0.5, 4.2), 0.7), ((0.55, 5.1), 0.7), ((0.5, 6.0), 0.6))
"""What is the performer's then."""
SAMPLES = 24
"""Along and across, between the brows."""


def frown_kept(bands: ImageF32, places: NDArray[np.floating], painting: PaintingSettings) -> Floats:
    """(468,) 0..1: how far skin between the brows is the performer's own.

    `bands` (h, w, 4): the plate's middle band, its calm state, another, what is occluded; `places` (468, 2): the
    plate's vertices in their samples.
    """
    share = painting.frown_own * float(ramp(frown_depth(bands, places), painting.frown_start, painting.frown_end))
    return np.asarray(share * _near(painting.frown_size, painting.frown_fall, painting.frown_gain), np.float32)


def frown_depth(bands: ImageF32, places: NDArray[np.floating]) -> float:
    """Mean of how much darker than calm the skin between the brows is, log light; what is occluded counts as calm."""
    upper_right, upper_left, lower_right, lower_left = (places[i, :2] for i in BETWEEN_BROWS)
    across, down = np.meshgrid(np.linspace(0, 1, SAMPLES), np.linspace(0, 1, SAMPLES))
    across, down = across[..., None], down[..., None]
    upper, lower = upper_right + across * (upper_left - upper_right), lower_right + across * (lower_left - lower_right)
    where = np.asarray(upper + down * (lower - upper), np.float32)
    seen = cv2.remap(bands, where[..., 0], where[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return float((np.maximum(seen[..., 1] - seen[..., 0], 0) * (1 - seen[..., 3])).mean())


@lru_cache(8)
def _near(size: float, fall: float, gain: float) -> Floats:
    near = near_places(FROWN, size, fall, gain).astype(np.float32)
    near.flags.writeable = False
    return near
