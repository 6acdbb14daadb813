"""The 478-point face mesh of MediaPipe FaceLandmarker."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.engines.engine import Landmarker
from pipeline.engines.faces import Detection, FaceMesh
from pipeline.engines.landmarkers.blendshapes import BlendshapeReader
from pipeline.engines.regions import Image, Region, crop, face_region
from pipeline.engines.registry import card
from pipeline.engines.session import SessionPool

PRESENT = 0.5
"""Presence above which a region holds a face."""

_SIZE = 256


class FaceMeshLandmarker(Landmarker):
    """Locates the mesh inside regions and reads its blendshapes.

    Depth is isotropic: z in pixels on the scale of x and y. MediaPipe scales z by the aspect of the picture when a
    head is rolled, which bends rolled heads; that rule isn't followed.
    """

    def __init__(self, pool: SessionPool) -> None:
        self._network = pool.get(card("face-mesh", pool.models_dir))
        self._blendshapes = BlendshapeReader(pool)

    def locate(self, image: Image, detections: Sequence[Detection]) -> list[FaceMesh]:
        """One mesh a detection, in order, in the region of the detector's box."""
        return self.locate_rois(image, [face_region(each.box, each.keypoints) for each in detections])

    def locate_rois(self, image: Image, regions: Sequence[Region]) -> list[FaceMesh]:
        """One mesh a region of `image`, in order; judge `presence` before use."""
        landmarks, presence = self.landmarks(image, regions)
        scores = self._blendshapes.read(landmarks)
        return [FaceMesh(*each) for each in zip(landmarks, scores, presence.tolist(), strict=True)]

    def landmarks(self, image: Image, regions: Sequence[Region]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Landmarks (n, 478, 3) in pixels of the picture and presence (n,), without blendshapes."""
        if not regions:
            return np.zeros((0, 478, 3)), np.zeros(0)
        tensor = np.stack([crop(image, each, _SIZE, "replicate") for each in regions]).astype(np.float32)
        tensor *= np.float32(1 / 255)
        answer = self._network.run({"image": tensor})
        local = answer["landmarks"].astype(np.float64) / _SIZE
        points = np.empty_like(local)
        for i, region in enumerate(regions):
            points[i, :, :2] = region.to_picture(local[i, :, :2])
            points[i, :, 2] = local[i, :, 2] * region.width
        presence = 1 / (1 + np.exp(-answer["face_flag_logit"][:, 0].astype(np.float64)))
        return points, presence
