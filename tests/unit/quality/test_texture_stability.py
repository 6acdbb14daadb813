import math

import numpy as np
import pytest

from pipeline.imaging.mesh import load_canonical
from pipeline.quality.texture_stability import FlickerMeter, detail_energy


@pytest.fixture(scope="module")
def face() -> np.ndarray:
    return load_canonical().vertices[:, :2] * (12.0, -12.0) + (160, 150)


def _flicker(pictures: list[np.ndarray | None], face: np.ndarray) -> list[float]:
    meter = FlickerMeter()
    return [meter.add(picture, face) for picture in pictures]


def test_light_that_changes_steadily_does_not_flicker(face: np.ndarray) -> None:
    ramp = [np.full((300, 320), 60 + 3 * k, np.uint8) for k in range(6)]
    assert np.nanmax(_flicker(list(ramp), face)) < 0.01


def test_light_that_alternates_flickers_by_twice_its_step(face: np.ndarray) -> None:
    blinking = [np.full((300, 320), 100 + 4 * (k % 2), np.uint8) for k in range(5)]
    assert np.nanmean(_flicker(list(blinking), face)) == pytest.approx(8, abs=0.1)


def test_a_missing_frame_breaks_the_run(face: np.ndarray) -> None:
    still = np.full((300, 320), 90, np.uint8)
    values = _flicker([still, still, still, None, still, still, still], face)
    assert [math.isnan(value) for value in values] == [True, True, False, True, True, True, False]


def test_detail_goes_down_with_blur_and_not_with_brightness() -> None:
    import cv2

    rng = np.random.default_rng(6)
    grain = np.clip(120 + rng.normal(0, 12, (80, 80)), 0, 255).astype(np.uint8)
    skin = np.ones((80, 80), np.bool_)
    sharp = detail_energy(grain, skin, 100)
    assert detail_energy(np.asarray(cv2.GaussianBlur(grain, (0, 0), 1.0), np.uint8), skin, 100) < 0.5 * sharp
    assert detail_energy(grain + 20, skin, 100) == pytest.approx(sharp, rel=0.02)
    assert math.isnan(detail_energy(grain, np.zeros((80, 80), np.bool_), 100))
