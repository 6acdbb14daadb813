"""Gamut matrices: published figures, white to white."""

import numpy as np
import pytest

from pipeline.imaging.gamut import CHROMATICITIES, to_709, to_xyz
from pipeline.imaging.planes import Primaries


def test_bt709_to_xyz_is_the_published_matrix() -> None:
    published = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    assert np.allclose(to_xyz("bt709"), published, atol=2e-4)


def test_bt2020_to_bt709_is_the_one_of_bt2087() -> None:
    published = [[1.6605, -0.5876, -0.0728], [-0.1246, 1.1329, -0.0083], [-0.0182, -0.1006, 1.1187]]
    assert np.allclose(to_709("bt2020"), published, atol=2e-4)


def test_acescg_to_bt709_is_the_academys() -> None:
    published = [[1.7051, -0.6218, -0.0833], [-0.1303, 1.1408, -0.0105], [-0.0240, -0.1290, 1.1530]]
    assert np.allclose(to_709("ap1"), published, atol=3e-3)


@pytest.mark.parametrize("primaries", list(CHROMATICITIES))
def test_white_stays_white(primaries: Primaries) -> None:
    assert np.allclose(to_709(primaries) @ np.ones(3), 1.0, atol=1e-6)
