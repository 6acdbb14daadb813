import numpy as np
import pytest

from pipeline.quality.regrade import GRADES, Grade, encoded, linear, regrade


@pytest.fixture
def ramp() -> np.ndarray:
    return np.repeat(np.linspace(0, 1, 64, dtype=np.float32)[None, :, None], 3, axis=2).repeat(32, axis=0)


def test_linear_light_and_back_is_the_same(ramp: np.ndarray) -> None:
    assert np.abs(encoded(linear(ramp)) - ramp).max() < 1e-5


@pytest.mark.parametrize("grade", GRADES)
def test_every_grade_stays_in_range_and_changes_the_picture(ramp: np.ndarray, grade: Grade) -> None:
    out = regrade(ramp, grade)
    assert out.dtype == np.float32
    assert out.min() >= 0
    assert out.max() <= 1
    assert np.abs(out - ramp).max() > 0.1


def test_warm_is_red_and_cold_is_blue(ramp: np.ndarray) -> None:
    grey = ramp[:, 20:40]
    warm, cold = regrade(grey, "warm"), regrade(grey, "cold")
    assert (warm[..., 0] > warm[..., 2]).all()
    assert (cold[..., 0] < cold[..., 2]).all()


def test_overexposure_burns_out_for_good(ramp: np.ndarray) -> None:
    over = regrade(ramp, "over")
    assert (over[:, -16:] > 0.9999).all()
    assert (regrade(over, "under")[:, -16:] < 1).all()
    assert np.ptp(regrade(over, "under")[:, -16:]) < 1e-6


def test_the_side_light_falls_from_left_to_right() -> None:
    even = np.full((4, 64, 3), 0.4, np.float32)
    side = linear(regrade(even, "side"))
    assert np.log2(side[0, 0, 0] / side[0, -1, 0]) == pytest.approx(1.5, abs=0.01)
