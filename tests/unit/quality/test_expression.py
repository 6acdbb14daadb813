import numpy as np
import pytest

from pipeline.quality.expression import expression_agreement, unit_correlations

NAMES = ("smile", "blink", "brow", "roll")


@pytest.fixture
def scores() -> np.ndarray:
    """A smile that grows, two blinks, a brow that rises and falls, and a lip roll of noise."""
    t = np.linspace(0, 1, 60)
    blink = np.exp(-((t - 0.3) ** 2) / 0.001) + np.exp(-((t - 0.7) ** 2) / 0.001)
    noise = np.random.default_rng(1).normal(0.02, 0.005, 60)
    return np.stack([0.8 * t, 0.6 * blink, 0.3 * np.sin(6 * t) ** 2, noise], axis=1)


def test_a_performance_agrees_with_itself(scores: np.ndarray) -> None:
    agreement = expression_agreement(scores, scores, NAMES)
    assert agreement.plain == pytest.approx(1)
    assert agreement.weighted == pytest.approx(1)
    assert agreement.pooled == pytest.approx(1)
    assert agreement.gain == pytest.approx(1)


def test_only_units_that_move_count_in_the_plain_mean(scores: np.ndarray) -> None:
    other = scores.copy()
    other[:, 3] = np.roll(other[:, 3], 7)
    agreement = expression_agreement(scores, other, NAMES)
    assert set(agreement.units) == {"smile", "blink", "brow"}
    assert agreement.plain == pytest.approx(1)


def test_a_frozen_face_scores_badly(scores: np.ndarray) -> None:
    agreement = expression_agreement(scores, np.repeat(scores[:1], 60, axis=0), NAMES)
    assert agreement.plain == 0
    assert agreement.weighted == 0
    assert agreement.gain == pytest.approx(0)
    assert agreement.pooled < 0.7


def test_a_shuffled_performance_scores_badly(scores: np.ndarray) -> None:
    shuffled = scores[np.random.default_rng(2).permutation(60)]
    agreement = expression_agreement(scores, shuffled, NAMES)
    assert agreement.weighted < 0.5
    assert agreement.plain < 0.5


def test_half_strength_keeps_the_correlation_and_loses_the_gain(scores: np.ndarray) -> None:
    half = scores.mean(0) + 0.5 * (scores - scores.mean(0))
    agreement = expression_agreement(scores, half, NAMES)
    assert agreement.weighted == pytest.approx(1)
    assert agreement.gain == pytest.approx(0.5)


def test_the_weighted_mean_follows_the_unit_that_moves_most(scores: np.ndarray) -> None:
    without_smile = scores.copy()
    without_smile[:, 0] = 0.4
    without_brow = scores.copy()
    without_brow[:, 2] = 0.1
    assert (
        expression_agreement(scores, without_smile, NAMES).weighted
        < expression_agreement(scores, without_brow, NAMES).weighted
    )


def test_correlation_equals_numpys(scores: np.ndarray) -> None:
    noisy = scores + np.random.default_rng(3).normal(0, 0.1, scores.shape)
    found = unit_correlations(scores, noisy)
    for k in range(scores.shape[1]):
        assert found[k] == pytest.approx(np.corrcoef(scores[:, k], noisy[:, k])[0, 1])
