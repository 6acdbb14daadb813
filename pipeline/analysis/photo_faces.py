"""The faces of a photo: found at any size and any turn of the camera, their meshes settled."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.engines.detectors.blazeface import BlazeFaceDetector
from pipeline.engines.detectors.suppression import merge_tiles
from pipeline.engines.faces import Detection, FaceMesh
from pipeline.engines.landmarkers.face_mesh import PRESENT, FaceMeshLandmarker
from pipeline.engines.landmarkers.settle import settle
from pipeline.engines.regions import face_region
from pipeline.engines.session import SessionPool
from pipeline.imaging.arrays import ImageU8

_QUARTER_TURNS = (0, 1, 3, 2)
"""Counter-clockwise turns tried in this order until a face is found: the network refuses heads past 90 degrees."""


def find_faces(image: ImageU8, pool: SessionPool) -> list[FaceMesh]:
    """Every face of a photo (h, w, 3 RGB), widest first; empty where there is none.

    The photo is searched whole and in tiles, and turned by quarters if it shows no face upright. Meshes are in the
    photo's own pixels.
    """
    detector, landmarker = BlazeFaceDetector(pool, "full"), FaceMeshLandmarker(pool)
    for turns in _QUARTER_TURNS:
        turned = np.ascontiguousarray(np.rot90(image, turns))
        found = meshes(turned, detector.find_tiled(turned), landmarker)
        if found:
            back = [_turned_back(each, turns, image.shape[1], image.shape[0]) for each in found]
            return sorted(back, key=_width, reverse=True)
    return []


def meshes(image: ImageU8, detections: Sequence[Detection], landmarker: FaceMeshLandmarker) -> list[FaceMesh]:
    """The settled meshes of detections that are faces, each face once, in the order of the detections."""
    settled = [settle(landmarker, image, face_region(each.box, each.keypoints)) for each in detections]
    # Two boxes may settle on one face; the mesh's own box tells.
    faces = [
        Detection(_box(found[1]), found[1][None, 0, :2], detection.score)
        for found, detection in zip(settled, detections, strict=True)
        if found is not None
    ]
    regions = [found[0] for found in settled if found is not None]
    once = merge_tiles(faces)
    kept = [i for i, face in enumerate(faces) if any(face is each for each in once)]
    located = landmarker.locate_rois(image, [regions[i] for i in kept])
    return [each for each in located if each.presence > PRESENT]


def _box(landmarks: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.concatenate([landmarks[:, :2].min(axis=0), landmarks[:, :2].max(axis=0)])


def _turned_back(mesh: FaceMesh, turns: int, width: int, height: int) -> FaceMesh:
    """The mesh of a picture turned counter-clockwise, in the pixels of the unturned one (width × height)."""
    x, y, z = mesh.landmarks.T
    unturned = {
        0: (x, y),
        1: (width - 1 - y, x),
        2: (width - 1 - x, height - 1 - y),
        3: (y, height - 1 - x),
    }[turns]
    return FaceMesh(np.stack([*unturned, z], axis=1), mesh.scores, mesh.presence)


def _width(mesh: FaceMesh) -> float:
    return float(np.ptp(mesh.landmarks[:, 0]))
