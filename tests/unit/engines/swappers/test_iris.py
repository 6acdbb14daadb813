"""The irises lean towards the identity's colour as far as there is light to see a colour in."""

import cv2
import numpy as np
import pytest

from pipeline.engines.faces import Patch
from pipeline.engines.swappers.mesh.iris import Iris, tint_irises
from pipeline.imaging.arrays import ImageF32, Rect
from pipeline.project.frame_stages import EyeSettings

BROWN = np.array([30.0, 5.0, 12.0])
"""CIELAB of the identity's eyes."""


def lab_of(colour: ImageF32) -> np.ndarray:
    return np.asarray(cv2.cvtColor(colour, cv2.COLOR_RGB2LAB), np.float64)[4:8, 4:8].mean((0, 1))


def tinted(lightness: float, eyes: EyeSettings) -> np.ndarray:
    """By how much (CIELAB) a grey iris of this lightness changes."""
    grey = np.full((12, 12, 3), (lightness, 0, 0), np.float32)
    colour = np.asarray(cv2.cvtColor(grey, cv2.COLOR_LAB2RGB), np.float32)
    before = lab_of(colour)
    patch = Patch(Rect(0, 0, 12, 12), colour, np.zeros((12, 12), np.float32), np.zeros((12, 12), np.bool_))
    tint_irises(patch, [Iris(np.s_[0:12, 0:12], np.ones((12, 12), np.float32))], BROWN, eyes)
    return lab_of(patch.colour) - before


@pytest.mark.parametrize("lightness", [14.0, 22.0])
def test_a_lit_iris_takes_the_whole_change(lightness: float) -> None:
    np.testing.assert_allclose(tinted(lightness, EyeSettings()), [5.0, 5.0, 12.0], atol=0.3)


@pytest.mark.parametrize("lightness", [1.0, 4.0])
def test_in_the_dark_it_fades_with_the_light(lightness: float) -> None:
    eyes = EyeSettings()
    share = lightness / eyes.iris_dark
    change = tinted(lightness, eyes)
    assert change[0] == pytest.approx(eyes.iris_light * share, abs=0.3)
    assert np.hypot(*change[1:]) <= np.hypot(eyes.iris_red, eyes.iris_yellow) * share + 0.4
