import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.guided_filter import guided_filter, guided_upsample


def _disc(size: int, radius: float, shift: float = 0.0) -> NDArray[np.float32]:
    y, x = np.mgrid[:size, :size].astype(np.float32)
    inside = np.hypot(x - (size - 1) / 2 - shift, y - (size - 1) / 2) < radius
    return inside.astype(np.float32)


def test_a_mask_that_is_a_little_off_takes_the_picture_s_edge() -> None:
    guide = 0.3 + 0.4 * _disc(96, 25)
    rough = _disc(96, 25, shift=2.0)
    filtered = guided_filter(guide.astype(np.float32), rough, 4, 1e-4)
    before = np.abs(rough - _disc(96, 25)).mean()
    after = np.abs((filtered > 0.5) - _disc(96, 25)).mean()
    assert after < 0.2 * before


def test_where_the_picture_is_flat_the_mask_is_only_blurred() -> None:
    flat = np.full((64, 64), 0.5, np.float32)
    rough = _disc(64, 16)
    filtered = guided_filter(flat, rough, 3, 1e-4)
    expected = cv2.blur(cv2.blur(rough, (7, 7)), (7, 7))
    np.testing.assert_allclose(filtered[8:-8, 8:-8], expected[8:-8, 8:-8], atol=1e-4)


def test_a_small_matte_gets_the_large_picture_s_edge() -> None:
    large = (0.3 + 0.4 * _disc(288, 75)).astype(np.float32)
    small = np.asarray(cv2.resize(large, (96, 96), interpolation=cv2.INTER_AREA), np.float32)
    matte = _disc(96, 25)
    plain = cv2.resize(matte, (288, 288), interpolation=cv2.INTER_LINEAR)
    guided = guided_upsample(large, small, matte, 2, 1e-4)
    assert guided.shape == large.shape
    assert np.abs(guided - _disc(288, 75)).mean() < 0.6 * np.abs(plain - _disc(288, 75)).mean()
