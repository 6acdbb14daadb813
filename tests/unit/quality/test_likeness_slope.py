import numpy as np
import pytest

from pipeline.quality.likeness_slope import activation, likeness_slope


def test_the_more_smile_the_less_likeness_is_a_slope_above_zero() -> None:
    strength = np.linspace(0, 2, 60)
    distance = 0.5 + 0.05 * strength + np.random.default_rng(2).normal(0, 0.01, 60)
    found = likeness_slope(strength, distance)
    assert found is not None
    assert found.slope == pytest.approx(0.05, abs=0.01)
    assert found.change == pytest.approx(0.1, abs=0.02)
    assert found.interval is not None
    assert 0 < found.interval[0] < 0.05 < found.interval[1]


def test_too_few_frames_and_a_face_that_stands_still_have_no_slope() -> None:
    assert likeness_slope(np.arange(5.0), np.arange(5.0)) is None
    assert likeness_slope(np.zeros(20), np.arange(20.0)) is None


def test_gaze_and_blinks_are_no_strength_of_expression() -> None:
    scores = np.zeros((10, 3))
    scores[5] = [0.8, 0.9, 0.9]
    strength = activation(scores, ["mouthSmileLeft", "eyeBlinkLeft", "eyeLookUpLeft"])
    assert strength[5] == pytest.approx(0.8)
    assert strength[0] == 0
