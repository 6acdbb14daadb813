import numpy as np
from numpy.typing import NDArray
from scipy.spatial.transform import Rotation

from pipeline.imaging.mesh import load_canonical
from pipeline.imaging.procrustes import Pose, canonicalise, flip, repose, umeyama


def _poses(count: int) -> Pose:
    rng = np.random.default_rng(3)
    rotation = Rotation.from_euler("yxz", rng.uniform(-40, 40, (count, 3)), degrees=True).as_matrix()
    return Pose(rng.uniform(5, 30, count), rotation, rng.uniform(-200, 200, (count, 3)))


def _vertices() -> NDArray[np.float64]:
    return load_canonical().vertices


def test_umeyama_recovers_poses_of_many_frames() -> None:
    pose = _poses(7)
    pixels = repose(np.broadcast_to(_vertices(), (7, 468, 3)), pose)
    found = umeyama(_vertices(), flip(pixels), load_canonical().procrustes_weights)
    for got, want in zip(found, pose, strict=True):
        np.testing.assert_allclose(got, want, atol=1e-8)


def test_one_frame_and_many_agree() -> None:
    pixels = repose(np.broadcast_to(_vertices(), (3, 468, 3)), _poses(3)) + np.random.default_rng(0).normal(
        size=(3, 468, 3)
    )
    weights = load_canonical().procrustes_weights
    many, pose = canonicalise(pixels, _vertices(), weights)
    one, single = canonicalise(pixels[1], _vertices(), weights)
    np.testing.assert_allclose(many[1], one, atol=1e-9)
    np.testing.assert_allclose(pose.rotation[1], single.rotation, atol=1e-12)


def test_repose_undoes_canonicalise_exactly() -> None:
    rng = np.random.default_rng(1)
    landmarks = np.concatenate([rng.normal(size=(4, 468, 3)) * 50, np.zeros((4, 10, 3))], axis=1)
    canonical, pose = canonicalise(landmarks, _vertices(), load_canonical().procrustes_weights)
    np.testing.assert_allclose(repose(canonical, pose), landmarks[:, :468], atol=1e-9)


def test_a_mirrored_face_does_not_yield_a_reflection() -> None:
    mirrored = _vertices() * (-1, 1, 1)
    pose = umeyama(_vertices(), mirrored, np.ones(468))
    assert np.linalg.det(pose.rotation) > 0.99
