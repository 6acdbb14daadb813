"""What in a chart is not skin: hair over forehead and cheeks, found as outliers of the face's own skin."""

import cv2
import numpy as np

from pipeline.engines.swappers.mesh.masks import ChartMasks
from pipeline.imaging.arrays import ImageF32, Mask, Matte
from pipeline.imaging.bands import gaussian, luma_of, ramp
from pipeline.project.identity_stages import PhotoSettings

SIGMA_OF_MEDIAN = 1.48
"""Standard deviations in a median absolute deviation of normal values."""


def foreign_matter(light: ImageF32, confidence: Matte, masks: ChartMasks, covered: Mask, photo: PhotoSettings) -> Matte:
    """Matte of hair and shadow near the outline of a face in log light (size, size, 3), grown and softened.

    Robust distance from the inner skin: darker than it, or of another colour. Only near the rim: what is dark or
    coloured in the middle of a face belongs to it.
    """
    size = light.shape[0]
    skin = (masks.features < 0.5) & covered & (confidence > 0.5)
    inner = skin & (masks.rim > photo.hair_inner)
    offset = light - np.median(light[inner], axis=0)
    luma = luma_of(offset)
    chroma = np.stack([offset[..., 0] - offset[..., 1], offset[..., 2] - offset[..., 1]], axis=-1)
    chroma -= np.median(chroma[inner], axis=0)
    luma_spread = max(photo.hair_luma_spread, SIGMA_OF_MEDIAN * float(np.median(np.abs(luma[inner]))))
    chroma_spread = np.maximum(photo.hair_chroma_spread, SIGMA_OF_MEDIAN * np.median(np.abs(chroma[inner]), axis=0))
    darker = np.minimum(gaussian(luma, photo.hair_softness * size), 0) / luma_spread
    other = (gaussian(chroma, photo.hair_softness * size) / chroma_spread) ** 2
    distance = np.sqrt(darker**2 + photo.hair_chroma_weight * other.sum(2))
    near_features = np.clip(masks.wide + masks.brows, 0, 1)
    inside = 1 - ramp(masks.rim, photo.hair_rim_start, photo.hair_rim_end)
    outlier = ramp(distance, photo.hair_start, photo.hair_end) * (1 - near_features) * inside
    radius = int(photo.hair_grow * size)
    ellipse = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1))
    grown = np.asarray(cv2.dilate(outlier.astype(np.float32), ellipse), np.float32)
    grown = _from_outside(grown, masks, photo)
    return np.asarray(np.clip(gaussian(grown, photo.hair_edge * size) * photo.hair_gain, 0, 1), np.float32)


def _from_outside(grown: Matte, masks: ChartMasks, photo: PhotoSettings) -> Matte:
    """Hair hangs into a face from its outline: what stands by itself is a brow, a shadow or a mark of the skin."""
    count, labels = cv2.connectedComponents((grown > photo.hair_joined).astype(np.uint8))
    outside = np.zeros(count, np.float32)
    outside[labels[masks.rim < photo.hair_outside]] = 1
    outside[0] = 0
    return np.asarray(grown * outside[labels], np.float32)
