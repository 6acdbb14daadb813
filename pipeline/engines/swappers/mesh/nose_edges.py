"""Where the nose ends, and how far those edges are the performer's in a frame.

A photo shows the edges of a nose, and the shade beside them, as they look from its camera and in its light. From
another direction the nose ends elsewhere: painted on, the photo's edge would stand beside the plate's as a second
outline. So would a hard shadow under it.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.engines.swappers.mesh.masks import Place, near_places
from pipeline.imaging.arrays import ImageF32
from pipeline.imaging.bands import ramp
from pipeline.imaging.mesh import COLUMELLA
from pipeline.imaging.uv import chart
from pipeline.project.frame_stages import PaintingSettings
from pipeline.project.identity_stages import PhotoSettings

Floats = NDArray[np.float32]

EDGES: tuple[Place, ...] = (
    ((1.0, 1.5), 0.6),
    ((1.4, 0.6), 0.7),
    ((1.6, -0.2), 0.7),
    ((1.6, -1.0), 0.7),
    ((1.3, -1.6), 0.5),
    ((0.6, -1.9), 0.4),
)
"""Along its side and round its wing, to the nostril."""
UNDERSIDE: tuple[Place, ...] = (((1.0, -1.8), 0.8), ((0.0, -2.0), 0.8))
"""Where a hard shadow falls."""


class PhotoNose(NamedTuple):
    """`view` (3,): the photo's camera in the head's frame, of length 1. `shaded` 0..1: a hard shadow lies below it."""

    view: NDArray[np.float64]
    shaded: float


def photo_nose(view: NDArray[np.floating], detail: ImageF32, photo: PhotoSettings) -> PhotoNose:
    """How a photo with `detail` (size, size, 3) log light shows the nose."""
    luma = chart(len(detail)).sample(np.ascontiguousarray(detail.mean(2)))
    dark = -float(luma[list(COLUMELLA)].mean())
    return PhotoNose(np.asarray(view, np.float64), float(ramp(dark, photo.nose_shadow_start, photo.nose_shadow_end)))


def edges_kept(nose: PhotoNose, view: NDArray[np.floating], painting: PaintingSettings) -> Floats:
    """(468,) 0..1: how far skin at the nose's edges is the performer's own, seen by the plate from `view` (3,)."""
    turn, nod = np.degrees(_turn_and_nod(view)) - np.degrees(_turn_and_nod(nose.view))
    angle = float(np.hypot(turn, painting.nose_nod * nod))
    turned = float(ramp(angle, painting.nose_view_start, painting.nose_view_end))
    edges = painting.nose_edge_own * turned * _near(EDGES, *_region(painting))
    return np.asarray(np.maximum(edges, underside_kept(nose, painting)), np.float32)


def underside_kept(nose: PhotoNose, painting: PaintingSettings) -> Floats:
    """(468,) 0..1: how far skin below the nose is nothing but the performer's: a hard shadow is light, not a face."""
    kept = painting.nose_edge_own * nose.shaded * _near(UNDERSIDE, *_region(painting))
    return np.asarray(kept, np.float32)


def _region(painting: PaintingSettings) -> tuple[float, float, float]:
    return painting.nose_edge_size, painting.nose_edge_fall, painting.nose_edge_gain


def _turn_and_nod(view: NDArray[np.floating]) -> NDArray[np.float64]:
    """(2,) radians of a camera's direction in the head's frame: to the side, and up."""
    return np.array([np.arctan2(view[0], view[2]), np.arcsin(np.clip(view[1], -1.0, 1.0))])


@lru_cache(8)
def _near(places: tuple[Place, ...], size: float, fall: float, gain: float) -> Floats:
    near = near_places(places, size, fall, gain).astype(np.float32)
    near.flags.writeable = False
    return near
