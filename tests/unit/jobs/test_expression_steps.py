"""A difference becomes a slow correction, and the identity's own look is not corrected away."""

import numpy as np
import pytest

from pipeline.engines.landmarkers.blendshapes import NAMES
from pipeline.jobs.expression_steps import GAIN, LIMIT, STEADY_SHARE, next_corrections, smoothed

FRAMES = np.arange(240, dtype=np.int32)
CLEAR = np.ones(240, np.bool_)
BROW, MOUTH, GAZE = (NAMES.index(name) for name in ("browInnerUp", "mouthSmileLeft", "eyeLookInLeft"))


def _step(difference: np.ndarray, clear: np.ndarray = CLEAR) -> np.ndarray:
    nothing = np.zeros_like(difference)
    return next_corrections(nothing, difference, nothing, FRAMES, clear)


def _everywhere(curve: np.ndarray | float) -> np.ndarray:
    return np.zeros((240, 52)) + np.reshape(curve, (-1, 1))


def test_what_differs_in_all_frames_alike_stays_the_identitys_in_the_brows_and_half_of_it_about_the_mouth() -> None:
    step = _step(_everywhere(0.2))
    assert np.abs(step[:, BROW]).max() == pytest.approx(0)
    assert step[:, MOUTH] == pytest.approx(STEADY_SHARE * GAIN * 0.2)


def test_a_slow_difference_is_taken_back_and_a_trembling_one_is_not() -> None:
    slow = np.sin(FRAMES / 240 * 2 * np.pi) * 0.2
    tremble = 0.2 * (-1.0) ** FRAMES
    assert np.abs(_step(_everywhere(slow))[:, BROW] - GAIN * slow).max() < 0.02
    assert np.abs(_step(_everywhere(tremble))[20:-20, BROW]).max() < 0.002


def test_gaze_is_left_alone_and_corrections_have_a_limit() -> None:
    step = _step(_everywhere(np.where(FRAMES < 120, 9.0, -9.0)))
    assert not step[:, GAZE].any()
    assert np.abs(step).max() == LIMIT


def test_covered_and_unread_frames_ask_for_nothing() -> None:
    difference = _everywhere(0.0)
    difference[100:140] = 0.5
    difference[180] = np.nan
    clear = CLEAR.copy()
    clear[100:140] = False
    assert not _step(difference, clear).any()
    assert not _step(difference, np.zeros_like(CLEAR)).any()


def test_corrections_do_not_run_over_a_gap_in_the_track() -> None:
    step = np.zeros((6, 52))
    step[:3] = 1
    across = smoothed(step, np.array([0, 1, 2, 3, 4, 5], np.int32))
    apart = smoothed(step, np.array([0, 1, 2, 40, 41, 42], np.int32))
    assert 0 < across[3, 0] < 1
    assert np.allclose(apart, step)
