"""Where the nose ends, how far those edges are the performer's in a frame, and what is dark at its base.

A photo shows the edges of a nose, and the shade beside them, as they look from its camera and in its light. From
another direction the nose ends elsewhere: painted on, the photo's edge would stand beside the plate's as a second
outline. A hard shadow under it would be a patch on its tip and a line on the lip: what it covers is the performer's.
"""

from functools import lru_cache
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.engines.swappers.mesh.masks import ChartMasks, Place, near_places
from pipeline.imaging.arrays import ImageF32, Matte
from pipeline.imaging.bands import gaussian, luma_of, ramp
from pipeline.imaging.mesh import COLUMELLA
from pipeline.imaging.uv import chart
from pipeline.project.frame_stages import PaintingSettings
from pipeline.project.identity_stages import GradeSettings, PhotoSettings

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
WINGS: tuple[Place, ...] = (((1.7, -0.4), 0.5), ((1.7, -1.0), 0.5), ((1.4, -1.6), 0.5))
"""Where the wings end: their shade is all but a line."""


class PhotoNose(NamedTuple):
    """`view` (3,): the photo's camera in the head's frame, of length 1. `shaded` 0..1: a hard shadow lies below it."""

    view: NDArray[np.float64]
    shaded: float


def photo_nose(view: NDArray[np.floating], detail: ImageF32, photo: PhotoSettings) -> PhotoNose:
    """How a photo with `detail` (size, size, 3) log light shows the nose."""
    luma = chart(len(detail)).sample(luma_of(detail))
    dark = -float(luma[list(COLUMELLA)].mean())
    return PhotoNose(np.asarray(view, np.float64), float(ramp(dark, photo.nose_shadow_start, photo.nose_shadow_end)))


def edges_kept(nose: PhotoNose, view: NDArray[np.floating], painting: PaintingSettings) -> Floats:
    """(468,) 0..1: how far skin at the nose's edges is the performer's own, seen by the plate from `view` (3,)."""
    turn, nod = np.degrees(_turn_and_nod(view)) - np.degrees(_turn_and_nod(nose.view))
    angle = float(np.hypot(turn, painting.nose_nod * nod))
    turned = float(ramp(angle, painting.nose_view_start, painting.nose_view_end))
    return painting.nose_edge_own * turned * _near(EDGES, *_region(painting))


def nothing_laid_under(painting: PaintingSettings) -> Floats:
    """(468,) 0..1: how far the performer's skin at the nose is left without the identity's wide shading.

    The shade along a wing would be a second outline, if a soft one.
    """
    return painting.nose_wing_own * _near(WINGS, *_region(painting))


def nose_dark(luma: Matte, masks: ChartMasks, grade: GradeSettings) -> Matte:
    """(size, size) 0..1: nostrils and shadows at its base, with what is round them, by `luma` (size, size) detail."""
    size = len(luma)
    depth = -gaussian(luma, grade.shade_size * size)
    dark = masks.nose_base * ramp(depth, grade.nose_dark_start, grade.nose_dark_end)
    reach = 2 * int(grade.nose_dark_reach * size) + 1
    ellipse = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach))
    return gaussian(np.asarray(cv2.dilate(dark, ellipse), np.float32), grade.nose_dark_softness * size)


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
