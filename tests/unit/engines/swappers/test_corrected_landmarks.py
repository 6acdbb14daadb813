"""A corrected part of the plate's face is drawn where it was put, and the rest of the face where it was."""

import numpy as np
import pytest
from msgspec.structs import replace
from numpy.typing import NDArray

from pipeline.engines.faces import FaceSample
from pipeline.engines.landmark_shifts import canonical_way, shift_weights
from pipeline.engines.swappers.mesh.geometry import FrameGeometry
from pipeline.engines.swappers.mesh.swapper import MeshSwapper, PreparedFace
from pipeline.imaging.mesh import EYE_RIGHT, IRIS_LEFT, IRIS_RIGHT
from pipeline.project.face_parameters import FaceParameters
from pipeline.project.landmark_move import LandmarkShift
from tests.unit.engines.swappers.conftest import Crops, parameters_of

FRAME = 307
WAY = (5.0, -3.0)
CORNER = 291


def geometry(prepared: PreparedFace, *shifts: LandmarkShift, gaze: float = 1.0) -> FrameGeometry:
    found = prepared.geometry(FRAME, replace(parameters_of({"gaze": gaze}), landmark_shifts=shifts))
    assert found is not None
    return found[1]


def shift(prepared: PreparedFace, part: str, way: tuple[float, float] = WAY, reach: float = 1.5) -> LandmarkShift:
    """A way in the picture of that frame."""
    i = prepared.solve.index_of(FRAME)
    assert i is not None
    return LandmarkShift(part, *canonical_way(prepared.solve, i, way), reach)


def ways(prepared: PreparedFace, moved: LandmarkShift) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(468, 2) by how much the plate's mesh and the drawn one go."""
    before, after = geometry(prepared), geometry(prepared, moved)
    plate = (after.landmarks - before.landmarks)[:468, :2]
    return plate, (after.meshes.result - before.meshes.result)[:468, :2]


def test_the_drawn_corner_goes_as_far_as_the_plates_is_put(prepared: PreparedFace) -> None:
    plate, drawn = ways(prepared, shift(prepared, "left_mouth_corner"))
    for each in (plate, drawn):
        np.testing.assert_allclose(each[CORNER], WAY, atol=1e-3)
        np.testing.assert_allclose(each[308], WAY, atol=1e-3)


def test_neighbours_follow_by_the_falloff_and_other_regions_stay(prepared: PreparedFace) -> None:
    weights = shift_weights("left_mouth_corner", 1.5)[:468]
    _, drawn = ways(prepared, shift(prepared, "left_mouth_corner"))
    np.testing.assert_allclose(drawn, weights[:, None] * WAY, atol=1e-3)
    assert (weights > 0).sum() < 80
    for far in (33, 263, 61, 10, 4, 234):
        assert weights[far] == 0, far


def test_pixels_change_at_the_part_and_nowhere_else(prepared: PreparedFace, crops: Crops) -> None:
    moved = replace(FaceParameters(), landmark_shifts=(shift(prepared, "left_mouth_corner"),))
    engine, patches = MeshSwapper(), []
    region = engine.region(prepared, FRAME, FaceParameters())
    assert region is not None
    rect = region.clipped(prepared.solve.width, prepared.solve.height)
    for parameters in (FaceParameters(), moved, FaceParameters()):
        sample = FaceSample(FRAME, rect, crops(FRAME, rect))
        patches.append(engine.swap(prepared, [sample], [parameters])[0].colour)
    assert np.array_equal(patches[0], patches[2]), "without the correction it is drawn as before"
    rows, columns = np.nonzero(np.abs(patches[1] - patches[0]).max(2) > 0.02)
    corner = geometry(prepared).meshes.result[CORNER, :2] - (rect.x0, rect.y0)
    assert len(rows) > 50
    away = np.hypot(columns - corner[0], rows - corner[1])
    assert away.max() < 0.35 * prepared.solve.face_width_px


def test_a_corrected_iris_stands_elsewhere_and_the_lids_stay(prepared: PreparedFace) -> None:
    before, after = geometry(prepared), geometry(prepared, shift(prepared, "right_iris", (2.0, 1.0)))
    np.testing.assert_allclose((after.landmarks - before.landmarks)[list(IRIS_RIGHT), :2], [(2.0, 1.0)] * 5, atol=1e-6)
    assert np.array_equal(after.landmarks[list(EYE_RIGHT + IRIS_LEFT)], before.landmarks[list(EYE_RIGHT + IRIS_LEFT)])
    assert np.array_equal(after.meshes.result, before.meshes.result)


def test_the_gaze_is_weighted_from_where_the_irises_were_put(prepared: PreparedFace) -> None:
    eyes = [shift(prepared, part, (3.0, 0.0)) for part in ("left_iris", "right_iris")]
    held, turned = geometry(prepared, gaze=0.5).gaze, geometry(prepared, *eyes, gaze=0.5).gaze
    assert turned[0] - held[0] == pytest.approx(-1.5, abs=0.3), "half of the way more is taken back"


def test_a_correction_leaves_the_pose_and_the_other_frames(prepared: PreparedFace) -> None:
    before, after = geometry(prepared), geometry(prepared, shift(prepared, "nose", (9.0, 9.0)))
    assert np.array_equal(before.view, after.view)
    assert before.presence == after.presence
    assert before.motion == after.motion
