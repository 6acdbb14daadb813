"""What in a chart is not skin: hair over forehead and cheeks, found as outliers of the face's own skin."""

import cv2
import numpy as np

from pipeline.engines.swappers.mesh.masks import ChartMasks
from pipeline.imaging.arrays import ImageF32, Mask, Matte
from pipeline.imaging.bands import gaussian, smoothstep


def foreign_matter(light: ImageF32, confidence: Matte, masks: ChartMasks, covered: Mask) -> Matte:
    """Matte of hair and shadow near the outline of a face in log light (size, size, 3), grown and softened.

    Robust distance from the inner skin: darker than it, or of another colour. Only near the rim: what is dark or
    coloured in the middle of a face belongs to it.
    """
    size = light.shape[0]
    skin = (masks.features < 0.5) & covered & (confidence > 0.5)
    inner = skin & (masks.rim > 0.35)
    offset = light - np.median(light[inner], axis=0)
    luma = offset.mean(2)
    chroma = np.stack([offset[..., 0] - offset[..., 1], offset[..., 2] - offset[..., 1]], axis=-1)
    chroma -= np.median(chroma[inner], axis=0)
    luma_spread = max(0.18, 1.48 * float(np.median(np.abs(luma[inner]))))
    chroma_spread = np.maximum(0.08, 1.48 * np.median(np.abs(chroma[inner]), axis=0))
    darker = np.minimum(gaussian(luma, 0.006 * size), 0) / luma_spread
    other = (gaussian(chroma, 0.006 * size) / chroma_spread) ** 2
    distance = np.sqrt(darker**2 + 0.4 * other.sum(2))
    near_features = np.clip(masks.wide + masks.brows, 0, 1)
    outlier = smoothstep(distance, 2.0, 3.2) * (1 - near_features) * (1 - smoothstep(masks.rim, 0.40, 0.75))
    radius = int(0.024 * size)
    ellipse = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1))
    grown = cv2.dilate(outlier.astype(np.float32), ellipse)
    return np.asarray(np.clip(gaussian(grown, 0.026 * size) * 1.4, 0, 1), np.float32)
