import numpy as np
import pytest

from pipeline.imaging.mesh import load_canonical
from pipeline.quality.landmark_distance import face_diagonal, landmark_distance, pose_distance


@pytest.fixture
def faces() -> np.ndarray:
    """(4, 468, 2) the canonical face in the picture, moving."""
    points = load_canonical().vertices[:, :2] * (12.0, -12.0)
    return np.stack([points + np.array((300 + 3 * k, 200 + k)) for k in range(4)])


def test_a_face_is_no_distance_from_itself(faces: np.ndarray) -> None:
    assert landmark_distance(faces, faces) == pytest.approx(0, abs=1e-9)
    assert pose_distance(faces, faces) == pytest.approx(0, abs=1e-9)


def test_turning_scaling_and_moving_a_face_is_pose_not_shape(faces: np.ndarray) -> None:
    angle = np.radians(9)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    moved = faces @ turn.T * 1.07 + (15, -4)
    assert landmark_distance(faces, moved) == pytest.approx(0, abs=1e-9)
    assert (pose_distance(faces, moved) > 1).all()


def test_the_distance_is_a_share_of_the_face_diagonal(faces: np.ndarray) -> None:
    rng = np.random.default_rng(4)
    offset = rng.normal(size=faces.shape)
    offset *= 0.01 * face_diagonal(faces)[:, None, None] / np.linalg.norm(offset, axis=2, keepdims=True)
    assert landmark_distance(faces, faces + offset) == pytest.approx(1.0, rel=0.02)
    assert landmark_distance(2 * faces, 2 * (faces + offset)) == pytest.approx(1.0, rel=0.02)


def test_a_mirrored_face_is_far_away(faces: np.ndarray) -> None:
    mirrored = faces * (-1, 1)
    assert (landmark_distance(faces, mirrored) > 10).all()
