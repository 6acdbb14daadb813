"""Expressions mixed into a face: every preset moves it as it says, and stays within what a face does."""

import numpy as np
import pytest

from pipeline.engines.faces import FaceSolve
from pipeline.engines.swappers.mesh.expression_range import expression_range
from pipeline.engines.swappers.mesh.geometry import frame_geometry
from pipeline.engines.swappers.mesh.movement import movement_of
from pipeline.engines.swappers.mesh.weighting import FARTHER, FARTHER_CM, WIDER, WIDER_CM, within_range
from pipeline.imaging.mesh import EYE_LEFT, EYE_RIGHT, LID_PAIRS, LIP_PAIRS
from pipeline.project.expression_preset import ExpressionPreset, PresetStrengths
from pipeline.project.face_parameters import FaceParameters
from pipeline.project.preset_files import SHIPPED, load_expression

STILL = np.zeros((468, 3))
CALM_FRAME = 229
CORNERS, BROW_LEFT_INNER, BROW_LEFT_OUTER = [61, 291], 336, 334
SHIPPED_NAMES = sorted(path.stem for path in SHIPPED.glob("*.toml"))


def moved(solve: FaceSolve, preset: ExpressionPreset, strength: float, frame: int = CALM_FRAME) -> np.ndarray:
    """(468, 2) pixels the preset moves the mesh by: right, down."""
    i = solve.index_of(frame)
    assert i is not None
    mixed = FaceParameters(strengths=PresetStrengths(preset_1=strength), presets={"preset_1": preset})
    meshes = [
        frame_geometry(solve, i, STILL, None, each, movement_of(solve)).meshes for each in (FaceParameters(), mixed)
    ]
    return (meshes[1].result - meshes[0].result)[:468, :2]


def gaps(solve: FaceSolve, pairs: tuple[tuple[int, int], ...], change: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Of facing vertices: pixels apart before and after."""
    upper, lower = np.array(pairs).T
    plate = solve.landmarks[solve.index_of(CALM_FRAME), :468, :2]
    before, after = plate, plate + change
    return before[lower, 1] - before[upper, 1], after[lower, 1] - after[upper, 1]


@pytest.mark.parametrize("name", SHIPPED_NAMES)
def test_half_a_preset_moves_less_than_a_whole_one(solve: FaceSolve, name: str) -> None:
    preset = load_expression(name)
    nothing, half, whole = (np.abs(moved(solve, preset, strength)).max() for strength in (0.0, 0.5, 1.0))
    assert nothing < 1e-6
    assert 0.2 < half < whole < 0.12 * solve.face_width_px


def test_each_goes_its_own_way(solve: FaceSolve) -> None:
    smile, sad, anger, surprise = (
        moved(solve, load_expression(n), 1.0) for n in ("smile", "sadness", "anger", "surprise")
    )
    assert (smile[CORNERS, 1] < -1).all()
    assert (sad[CORNERS, 1] > 0.5).all()
    assert anger[BROW_LEFT_INNER, 1] > 1
    assert surprise[BROW_LEFT_OUTER, 1] < -1


def test_a_wink_shuts_one_eye(solve: FaceSolve) -> None:
    change = moved(solve, load_expression("wink"), 1.0)
    before, after = gaps(solve, LID_PAIRS, change)
    half = len(LID_PAIRS) // 2
    assert after[half:].max() < 0.15 * before[half:].max()
    assert np.abs(after[:half] - before[:half]).max() < 0.1 * before[:half].max()
    assert np.abs(change[list(EYE_LEFT)]).max() > 5 * np.abs(change[list(EYE_RIGHT)]).max()


def test_lips_open_no_wider_than_the_mouth_behind_them_can_be_stretched(solve: FaceSolve) -> None:
    loud = ExpressionPreset(name="loud", activations={"AU26": 1.5, "AU16L": 1.5, "AU16R": 1.5, "AU10L": 1, "AU10R": 1})
    before, after = gaps(solve, LIP_PAIRS, moved(solve, loud, 1.0))
    pixels_a_cm = float(solve.scale[solve.index_of(CALM_FRAME)])
    assert (after <= WIDER * np.maximum(before, 0) + (WIDER_CM + 0.1) * pixels_a_cm).all()


def test_no_vertex_goes_farther_than_faces_do(solve: FaceSolve) -> None:
    i = solve.index_of(CALM_FRAME)
    shown = (solve.canonical[i] - solve.neutral).astype(float)
    held = shown + within_range(shown, np.full((468, 3), 5.0))
    most = np.maximum(FARTHER * expression_range().displacement + FARTHER_CM, np.linalg.norm(shown, axis=1))
    assert (np.linalg.norm(held, axis=1) <= most + 1e-9).all()
    np.testing.assert_allclose(within_range(shown, STILL), STILL, atol=1e-12)
