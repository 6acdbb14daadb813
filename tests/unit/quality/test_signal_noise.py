import numpy as np
import pytest

from pipeline.quality.signal_noise import backward_flow, carried, decibels, mean_squared_error


@pytest.fixture(scope="module")
def texture() -> np.ndarray:
    """Smooth random texture (120, 160) uint8."""
    import cv2

    noise = np.random.default_rng(5).normal(size=(140, 180)).astype(np.float32)
    smooth = cv2.GaussianBlur(noise, (0, 0), 3)
    return np.clip(128 + 600 * smooth, 0, 255).astype(np.uint8)


def test_errors_in_decibels_follow_the_definition() -> None:
    assert decibels(65025.0) == pytest.approx(0)
    assert decibels(650.25) == pytest.approx(20)
    assert np.isfinite(decibels(0.0))


def test_the_error_is_taken_inside_the_region_only() -> None:
    a, b = np.zeros((4, 4), np.uint8), np.zeros((4, 4), np.uint8)
    b[0, 0], b[3, 3] = 10, 200
    region = np.zeros((4, 4), np.bool_)
    region[:2, :2] = True
    assert mean_squared_error(a, b, region) == 25
    assert np.isnan(mean_squared_error(a, b, np.zeros((4, 4), np.bool_)))


def test_a_moved_picture_is_the_same_once_it_is_carried_along(texture: np.ndarray) -> None:
    before, after = texture[10:130, 10:170], texture[8:128, 13:173]
    inner = np.zeros(before.shape, np.bool_)
    inner[15:-15, 15:-15] = True
    flow = backward_flow(before, after)
    assert float(np.median(flow[inner][:, 0])) == pytest.approx(3, abs=0.3)
    assert float(np.median(flow[inner][:, 1])) == pytest.approx(-2, abs=0.3)
    raw = float(decibels(mean_squared_error(before, after, inner)))
    compensated = float(decibels(mean_squared_error(carried(before, flow), after, inner)))
    assert raw < 30
    assert compensated > raw + 8
