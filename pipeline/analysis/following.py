"""Following one face over neighbouring pictures, forwards and backwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.face_rows import FaceRow, make_row
from pipeline.analysis.gates import MIN_CONTINUITY, SAME_FACE, believable, mesh_box, shared
from pipeline.analysis.picture import Picture
from pipeline.analysis.region_policy import carried, drawn_towards
from pipeline.engines.faces import FaceMesh
from pipeline.engines.landmarkers.face_mesh import FaceMeshLandmarker
from pipeline.engines.regions import Region
from pipeline.imaging.flow import vertex_flow

Box = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """What the flow says of a face on its way from one picture to the next."""

    region: Region
    """Where to look."""
    box: Box
    """Where its landmarks should lie."""
    flow: NDArray[np.float32]
    error: NDArray[np.float32]

    def continues_in(self, mesh: FaceMesh) -> bool:
        """Whether the mesh found there is a face, and can be the one that was followed."""
        return (
            believable(mesh.landmarks, mesh.presence) and shared(self.box, mesh_box(mesh.landmarks)) >= MIN_CONTINUITY
        )


def step_to(region: Region, landmarks: NDArray[np.floating], origin: Picture, target: Picture) -> Step:
    """From `origin`, where the face has these landmarks and region, to `target`."""
    flow, error = vertex_flow(origin.gray, target.gray, landmarks)
    moved = landmarks[:, :2] + np.where(np.isfinite(error)[:, None], flow, 0)
    return Step(carried(region, landmarks, flow, error), mesh_box(moved), flow, error)


@dataclass(frozen=True, slots=True, eq=False)
class Past:
    """A picture before the present one, and the boxes of the faces followed in it."""

    picture: Picture
    boxes: Sequence[Box]


def followed_back(
    landmarker: FaceMeshLandmarker, past: Sequence[Past], present: Picture, region: Region, mesh: FaceMesh
) -> list[FaceRow]:
    """Rows of a face that was found late: from where it can first be followed up to and with `present`.

    `past` ends with the picture just before `present`. A face is not followed onto one that was followed there.
    """
    seen = [(present, mesh)]
    for earlier in reversed(past):
        step = step_to(region, seen[-1][1].landmarks, seen[-1][0], earlier.picture)
        found = landmarker.locate_rois(earlier.picture, [step.region])[0]
        box = mesh_box(found.landmarks)
        if not step.continues_in(found) or any(shared(each, box) > SAME_FACE for each in earlier.boxes):
            break
        seen.append((earlier.picture, found))
        region = drawn_towards(step.region, found.landmarks)
    return _rows(list(reversed(seen)))


def _rows(seen: Sequence[tuple[Picture, FaceMesh]]) -> list[FaceRow]:
    first, mesh = seen[0]
    rows = [make_row(first.frame, mesh.landmarks, mesh.scores, mesh.presence, None, None)]
    for (before, _), (picture, mesh) in pairwise(seen):
        flow, error = vertex_flow(before.gray, picture.gray, rows[-1].landmarks)
        rows.append(make_row(picture.frame, mesh.landmarks, mesh.scores, mesh.presence, flow, error))
    return rows
