"""How deeply the skin between the brows is folded in a frame, and how far it is the performer's own for that.

The mesh and its scores hardly see a frown; the plate's shading does. Its lines are finer than the middle band and lie
against the brows, so they are not added to the identity's skin there: the performer's shows.
"""

from functools import cache, lru_cache

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
    where = (_shares() @ places[list(BETWEEN_BROWS), :2]).astype(np.float32).reshape(SAMPLES, SAMPLES, 2)
    x, y = np.ascontiguousarray(where[..., 0]), np.ascontiguousarray(where[..., 1])
    seen = cv2.remap(bands, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return float((np.maximum(seen[..., 1] - seen[..., 0], 0) * (1 - seen[..., 3])).mean())


@cache
def _shares() -> NDArray[np.float64]:
    """(SAMPLES², 4) of the corners between the brows, row by row."""
    down, across = (each.ravel() for each in np.mgrid[0 : 1 : SAMPLES * 1j, 0 : 1 : SAMPLES * 1j])
    return np.stack([(1 - down) * (1 - across), (1 - down) * across, down * (1 - across), down * across], axis=1)


@lru_cache(8)
def _near(size: float, fall: float, gain: float) -> Floats:
    near = near_places(FROWN, size, fall, gain).astype(np.float32)
    near.flags.writeable = False
    return near
