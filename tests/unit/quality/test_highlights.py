import numpy as np
import pytest

from pipeline.quality.highlights import highlights


def test_a_duller_face_and_a_highlight_elsewhere_are_told() -> None:
    y, x = np.mgrid[:100, :100]
    skin = np.ones((100, 100), np.bool_)

    def lit(column: float, strength: float) -> np.ndarray:
        shine = strength * np.exp(-((x - column) ** 2 + (y - 50) ** 2) / 120)
        return np.repeat((120 + shine)[..., None], 3, axis=2).astype(np.uint8)

    same = highlights(lit(30, 90), lit(30, 90), skin)
    assert same.excess == pytest.approx(0)
    assert same.overlap == 1
    assert highlights(lit(30, 90), lit(30, 40), skin).excess < -5
    assert highlights(lit(30, 90), lit(75, 90), skin).overlap < 0.2
    assert np.isnan(highlights(lit(30, 90), lit(30, 90), skin & False).excess)
