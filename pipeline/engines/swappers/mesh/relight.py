"""The identity's slow tone under the plate's light, at the vertices.

Harmonics of the result's normals explain how the plate's light falls on this head; what they leave over belongs to
the performer's skin (a beard's shadow, a blush) and is exchanged, in part, for what the photo's light left over.
"""

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.engines.swappers.mesh.geometry import FrameGeometry
from pipeline.engines.swappers.mesh.plate_bands import PlateBands
from pipeline.imaging.bands import ramp
from pipeline.imaging.harmonics import fit_light, harmonics9
from pipeline.imaging.mesh import N_VERTICES, load_canonical
from pipeline.project.parameters import MeshSettings


def tone_shift(
    bands: PlateBands,
    geometry: FrameGeometry,
    skin: NDArray[np.float32],
    uneven: NDArray[np.float32],
    settings: MeshSettings,
) -> NDArray[np.float32]:
    """(468, 3) log light to add; `skin` (468,) trusts a vertex's tone, `uneven` (468, 3) is the identity's own."""
    places = bands.grid.places(geometry.meshes.plate[:N_VERTICES]).astype(np.float32)[None]
    x, y = places[..., 0], places[..., 1]
    tone = cv2.remap(bands.low, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)[0][:, :3]
    free = 1 - cv2.remap(bands.occluded, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)[0]
    weights = skin * ramp(geometry.normals[:, 2], settings.light.light_turn_start, settings.light.light_turn_end) * free
    if weights.sum() < 1:
        return np.zeros((N_VERTICES, 3), np.float32)
    terms = harmonics9(geometry.normals)
    light = terms @ fit_light(terms, tone, weights)
    smooth = neighbourhood(settings.light.tone_reach)
    shift = smooth @ (light + uneven - tone).astype(np.float32)
    grey = shift.mean(1, keepdims=True)
    return np.asarray((1 - settings.plate_light) * grey + (1 - settings.plate_colour) * (shift - grey), np.float32)


@lru_cache(8)
def neighbourhood(reach: float) -> NDArray[np.float32]:
    """(468, 468) weights of a mean over each vertex's surroundings on the flattened face, `reach` centimetres wide.

    The plate's tone is read through a wide window; the light on a wing of the nose changes within a pixel, and
    would draw an edge that the tone it replaces never had.
    """
    xy = load_canonical().vertices[:, :2]
    weights = np.exp(-((xy[:, None] - xy[None]) ** 2).sum(2) / (2 * reach**2))
    mean = np.asarray(weights / weights.sum(1, keepdims=True), np.float32)
    mean.flags.writeable = False
    return mean
