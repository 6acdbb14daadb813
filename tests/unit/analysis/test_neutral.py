import numpy as np
import pytest

from pipeline.analysis.neutral import NeutralSettings, calmness, fit_neutral, is_gaze, ridge_basis, yaw_deg
from pipeline.analysis.solve import solve_face
from pipeline.engines.faces import FaceSolve
from pipeline.engines.landmarkers.blendshapes import NAMES
from pipeline.imaging.mesh import load_canonical
from pipeline.imaging.procrustes import Pose, repose
from tests.unit.analysis.excerpts import Excerpt

MOUTH_RIGHT, MOUTH_LEFT = 61, 291


@pytest.fixture(scope="module")
def solve(grin: Excerpt) -> FaceSolve:
    return solve_face(grin.track)


def test_the_neutral_comes_from_the_frames_before_the_grin(solve: FaceSolve) -> None:
    assert len(solve.neutral_frames) >= 5
    assert solve.neutral_frames.max() < 20
    width = np.linalg.norm(solve.neutral[MOUTH_RIGHT] - solve.neutral[MOUTH_LEFT])
    widest = np.linalg.norm(solve.canonical[:, MOUTH_RIGHT] - solve.canonical[:, MOUTH_LEFT], axis=1).max()
    assert width < 0.8 * widest


def test_the_basis_explains_this_face(solve: FaceSolve) -> None:
    displacement = solve.canonical - solve.neutral
    residual = displacement - np.tensordot(solve.scores, solve.basis, 1)
    assert 1 - (residual**2).sum() / (displacement**2).sum() > 0.985


def test_pose_and_canonical_vertices_give_the_landmarks_back(solve: FaceSolve) -> None:
    pose = Pose(solve.scale, solve.rotation, solve.translation)
    assert np.abs(repose(solve.canonical, pose) - solve.landmarks[:, :468]).max() < 1e-3


def test_the_pose_is_fitted_to_what_an_expression_moves_least(solve: FaceSolve) -> None:
    jaw = load_canonical().vertices[:, 1] < -3
    assert not solve.rigid_weights[jaw].any()
    assert solve.rigid_weights[168] > 3 * solve.rigid_weights[MOUTH_LEFT]


def test_a_smile_left_in_the_calmest_frames_is_taken_out(grin: Excerpt) -> None:
    """Only frames of the grin may shape the neutral: it still comes nearer to the true one than their median."""
    track, mesh = grin.track, load_canonical()
    truth = solve_face(track)
    late = np.arange(len(track.frames)) >= 24
    kept = fit_neutral(truth.landmarks, truth.scores, late, mesh, NeutralSettings(zero_correction=0.0))
    taken_out = fit_neutral(truth.landmarks, truth.scores, late, mesh, NeutralSettings())
    apart = [float(np.linalg.norm(each.neutral - truth.neutral, axis=1).mean()) for each in (kept, taken_out)]
    assert apart[1] < 0.8 * apart[0]


def test_without_a_single_trusted_frame_all_are_used(grin: Excerpt) -> None:
    solve = solve_face(grin.track)
    none = np.zeros(len(solve.frames), np.bool_)
    fit = fit_neutral(solve.landmarks, solve.scores, none, load_canonical(), NeutralSettings())
    np.testing.assert_allclose(fit.neutral, solve.neutral, atol=1e-5)


def test_of_one_frame_the_smile_is_taken_out_as_smiles_usually_go(grin: Excerpt) -> None:
    solve = solve_face(grin.track)
    smiling = int(np.argmax(solve.scores[:, NAMES.index("mouthSmileLeft")]))
    frame = np.s_[smiling : smiling + 1]
    one = fit_neutral(
        solve.landmarks[frame], solve.scores[frame], np.ones(1, np.bool_), load_canonical(), NeutralSettings()
    )
    mouth = [61, 291]
    shown, calm = np.ptp(one.canonical[0][mouth, 0]), np.ptp(one.neutral[mouth, 0])
    assert 0.75 * shown < calm < 0.97 * shown


def test_gaze_hardly_counts_as_unrest() -> None:
    scores = np.zeros((2, 52))
    scores[0, NAMES.index("eyeLookDownLeft")] = 1.0
    scores[1, NAMES.index("mouthSmileLeft")] = 0.5
    gazing, smiling = calmness(scores, 0.15)
    assert gazing < smiling
    assert is_gaze().sum() == 8


def test_ridge_finds_the_displacement_of_each_shape() -> None:
    rng = np.random.default_rng(2)
    scores, basis = rng.uniform(0, 1, (400, 52)), rng.normal(size=(52, 5, 3))
    found = ridge_basis(np.tensordot(scores, basis, 1), scores, 1e-6)
    np.testing.assert_allclose(found, basis, atol=1e-3)


def test_yaw_is_the_turn_about_the_vertical_axis() -> None:
    angle = np.radians(20)
    turn = np.array([[np.cos(angle), 0, np.sin(angle)], [0, 1, 0], [-np.sin(angle), 0, np.cos(angle)]])
    assert yaw_deg(turn[None])[0] == pytest.approx(20)
