"""One frame's meshes of a solved face: shape mix, turns, the region they need."""

import numpy as np

from pipeline.engines.faces import FaceSolve
from pipeline.engines.swappers.mesh.expression import generic_basis
from pipeline.engines.swappers.mesh.geometry import frame_geometry, region_rect, turn_presence
from pipeline.engines.swappers.mesh.movement import movement_of
from pipeline.engines.swappers.mesh.shape import shape_offset
from pipeline.engines.swappers.mesh.swapper import PreparedFace
from pipeline.imaging.mesh import LID_PAIRS, LIP_PAIRS, LIPS_INNER, LIPS_OUTER, OVAL
from pipeline.project.expression import ExpressionWeights
from pipeline.project.face_parameters import FaceParameters
from pipeline.project.parameters import MeshSettings

STILL = np.zeros((468, 3))


def test_without_an_offset_the_mesh_is_the_plate_s(solve: FaceSolve) -> None:
    geometry = frame_geometry(solve, 3, STILL, None, FaceParameters(), movement_of(solve))
    np.testing.assert_allclose(geometry.meshes.result, geometry.meshes.plate, atol=1e-3)


def test_matching_is_the_share_of_a_correction_and_of_nothing_else(solve: FaceSolve) -> None:
    correction = np.full(52, 0.2)

    def result(correction: np.ndarray | None, matching: float) -> np.ndarray:
        parameters = FaceParameters(expression=ExpressionWeights(matching=matching))
        return frame_geometry(solve, 3, STILL, correction, parameters, movement_of(solve)).meshes.result

    plain, whole = result(None, 1.0), result(correction, 1.0)
    assert np.abs(whole - plain).max() > 1.0, "the correction moves the face"
    assert np.array_equal(result(correction, 0.0), plain)
    assert np.array_equal(result(None, 0.0), plain)
    np.testing.assert_allclose(whole, result(correction, 0.5) * 2 - plain, atol=1e-3)


def test_openings_are_kept_as_they_are(solve: FaceSolve, prepared: PreparedFace) -> None:
    offset = shape_offset(
        solve.neutral.astype(float), prepared.views(MeshSettings())[0].neutral, 0.0, MeshSettings(lip_shape=1)
    )
    assert np.abs(offset).max() > 0.1
    for pairs in (LIP_PAIRS, LID_PAIRS):
        upper, lower = np.array(pairs).T
        np.testing.assert_allclose(offset[upper], offset[lower], atol=1e-6)


def test_the_outline_moves_less_than_the_face(solve: FaceSolve, prepared: PreparedFace) -> None:
    source = prepared.views(MeshSettings())[0].neutral
    full = shape_offset(solve.neutral.astype(float), source, 0.0, MeshSettings(shape=1, shape_rim=1))
    held = shape_offset(solve.neutral.astype(float), source, 0.0, MeshSettings(shape=1, shape_rim=0))
    oval = list(OVAL)
    assert np.abs(held[oval]).max() < 1e-6
    assert np.abs(full[oval]).max() > 0.1


def test_the_mouth_stays_at_the_performer_s_height(solve: FaceSolve, prepared: PreparedFace) -> None:
    neutral, source = solve.neutral.astype(float), prepared.views(MeshSettings())[0].neutral
    lips = list(LIPS_OUTER + LIPS_INNER)
    free = shape_offset(neutral, source, 0.0, MeshSettings(mouth_height=1))[lips].mean(0)
    held = shape_offset(neutral, source, 0.0, MeshSettings(mouth_height=0))[lips].mean(0)
    assert abs(free[1]) > 0.05
    assert abs(held[1]) < 1e-6
    np.testing.assert_allclose(held[[0, 2]], free[[0, 2]])


def test_turned_faces_fade() -> None:
    def yaw(degrees: float) -> np.ndarray:
        c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
        return np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]])

    presence = [turn_presence(yaw(degrees), MeshSettings()) for degrees in (-60, -42, 0, 30, 42, 60)]
    assert presence[2] == presence[3] == 1
    assert presence[0] == presence[5] == 0
    assert 0 < presence[1] == presence[4] < 1


def test_the_region_holds_both_meshes(solve: FaceSolve) -> None:
    geometry = frame_geometry(solve, 0, STILL + np.array([0.3, 0, 0]), None, FaceParameters(), movement_of(solve))
    rect = region_rect(geometry, solve.face_width_px, MeshSettings())
    for mesh in geometry.meshes:
        assert (mesh[:, :2] > (rect.x0, rect.y0)).all()
        assert (mesh[:, :2] < (rect.x1, rect.y1)).all()


def test_a_smile_raises_the_lip_corners_of_the_generic_basis() -> None:
    basis = generic_basis()
    assert basis.shape == (52, 468, 3)
    assert (basis[44] + basis[45])[[61, 291], 1].min() > 0.1
