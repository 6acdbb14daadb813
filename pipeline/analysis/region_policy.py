"""Where to look for a tracked face in the next frame: one rule for every frame of a shot.

The region moves with the picture's own motion (the flow at the landmarks), so that it doesn't lag behind a moving
head, and is drawn slowly towards the region that the landmarks ask for, so that it doesn't tremble with them: the
landmark network's answer moves when its region moves.
"""

import math

import numpy as np
from numpy.typing import NDArray

from pipeline.engines.regions import Region, tracking_region, wrapped

PULL = 0.3
"""How far a region goes, in one frame, from where it was carried to where the landmarks ask for it."""

_MAX_ERROR_PER_SIDE = 0.01
"""Flow whose forward-backward disagreement exceeds this part of the region's side is not believed."""
_MIN_POINTS = 40


def carried(
    region: Region, points: NDArray[np.floating], flow: NDArray[np.float32], error: NDArray[np.float32]
) -> Region:
    """The region moved, turned and scaled as its landmarks (n, 2 or 3) move by `flow` (n, 2).

    It stays where it is when too little of the flow can be believed.
    """
    believed = error < max(0.5, _MAX_ERROR_PER_SIDE * region.width)
    if int(believed.sum()) < _MIN_POINTS:
        return region
    before = points[believed, :2].astype(np.float64)
    factor, shift = _similarity(before, before + flow[believed])
    centre = factor * complex(region.x, region.y) + shift
    scale = abs(factor)
    return Region(
        centre.real,
        centre.imag,
        region.width * scale,
        region.height * scale,
        wrapped(region.rotation + math.atan2(factor.imag, factor.real)),
    )


def drawn_towards(region: Region, landmarks: NDArray[np.floating], pull: float = PULL) -> Region:
    """The region after its landmarks were seen."""
    wanted = tracking_region(landmarks)
    turn = wrapped(wanted.rotation - region.rotation)
    return Region(
        region.x + pull * (wanted.x - region.x),
        region.y + pull * (wanted.y - region.y),
        region.width + pull * (wanted.width - region.width),
        region.height + pull * (wanted.height - region.height),
        wrapped(region.rotation + pull * turn),
    )


def _similarity(before: NDArray[np.float64], after: NDArray[np.float64]) -> tuple[complex, complex]:
    """Least-squares turn-and-scale factor and shift of points of the plane, as complex numbers."""
    a, b = before @ [1, 1j], after @ [1, 1j]
    middle_a, middle_b = a.mean(), b.mean()
    spread = float((np.abs(a - middle_a) ** 2).sum())
    factor = complex((np.conj(a - middle_a) * (b - middle_b)).sum() / spread) if spread > 0 else 1 + 0j
    return factor, complex(middle_b - factor * middle_a)
