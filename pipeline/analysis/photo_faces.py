"""The faces of a photo: found at any size and any turn of the camera, their meshes settled."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.analysis.gates import SAME_FACE, believable, mesh_box, shared
from pipeline.engines.detectors.blazeface import BlazeFaceDetector
from pipeline.engines.faces import Detection, FaceMesh
from pipeline.engines.landmarkers.face_mesh import FaceMeshLandmarker
from pipeline.engines.landmarkers.settle import settle
from pipeline.engines.regions import face_region
from pipeline.engines.session import SessionPool
from pipeline.imaging.arrays import ImageU8

SURE = 0.8
"""Detector score from which a photo is taken to be upright; turned faces get at most 0.77."""


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """A face of a photo, and the detector's score."""

    mesh: FaceMesh
    score: float


def find_faces(image: ImageU8, pool: SessionPool) -> list[FaceMesh]:
    """Every face of a photo (h, w, 3 RGB), widest first; empty where there is none.

    The photo is searched whole and in tiles; where no face in it is surely upright, also turned by quarters, and the
    turn is taken in which its faces are surest. Meshes are in the photo's own pixels.
    """
    detector, landmarker = BlazeFaceDetector(pool, "full"), FaceMeshLandmarker(pool)
    best: list[_Found] = []
    best_turns = 0
    for turns in range(4):
        turned = np.ascontiguousarray(np.rot90(image, turns))
        found = _found(turned, detector.find_tiled(turned), landmarker)
        if _sureness(found) > _sureness(best):
            best, best_turns = found, turns
        if any(each.score >= SURE for each in found):
            break
    back = [_turned_back(each.mesh, best_turns, image.shape[1], image.shape[0]) for each in best]
    return sorted(back, key=_width, reverse=True)


def find_upright_faces(image: ImageU8, pool: SessionPool) -> list[FaceMesh]:
    """The faces of a film frame (h, w, 3 RGB), widest first: one look at the whole picture, no turns, no tiles."""
    found = _found(image, BlazeFaceDetector(pool, "full").find(image), FaceMeshLandmarker(pool))
    return sorted((each.mesh for each in found), key=_width, reverse=True)


def _sureness(found: Sequence[_Found]) -> float:
    return sum(each.score for each in found)


def _found(image: ImageU8, detections: Sequence[Detection], landmarker: FaceMeshLandmarker) -> list[_Found]:
    """The settled meshes of detections that are faces, each face once."""
    kept: list[_Found] = []
    for detection in detections:
        settled = settle(landmarker, image, face_region(detection.box, detection.keypoints))
        if settled is None:
            continue
        mesh = landmarker.locate_rois(image, [settled[0]])[0]
        box = mesh_box(mesh.landmarks)
        # Two boxes may settle on one face; the mesh's own box tells.
        if believable(mesh.landmarks, mesh.presence) and not any(
            shared(mesh_box(each.mesh.landmarks), box) > SAME_FACE for each in kept
        ):
            kept.append(_Found(mesh, detection.score))
    return kept


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
