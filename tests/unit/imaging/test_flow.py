from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.imaging.arrays import ImageU8
from pipeline.imaging.flow import WORK_FACE_WIDTH, WORK_SLACK, face_region, vertex_flow
from pipeline.media.photo import read_photo


@pytest.fixture(scope="module")
def portrait(media_dir: Path) -> ImageU8:
    """Luma of the synthetic portrait, 480 pixels wide."""
    gray = cv2.cvtColor(read_photo(media_dir / "synthetic_portrait.png"), cv2.COLOR_RGB2GRAY)
    size = (480, round(480 * gray.shape[0] / gray.shape[1]))
    return np.asarray(cv2.resize(gray, size, interpolation=cv2.INTER_AREA), np.uint8)


def _points(picture: ImageU8, width: int) -> NDArray[np.float32]:
    """A grid of points over the middle of the picture, `width` pixels wide."""
    height, full = picture.shape
    x, y = np.meshgrid(np.linspace(-0.5, 0.5, 12), np.linspace(-0.5, 0.5, 12))
    return np.stack([full / 2 + x.ravel() * width, height / 2 + y.ravel() * width], axis=1).astype(np.float32)


def _moved(picture: ImageU8, dx: float, dy: float) -> ImageU8:
    matrix = np.array([[1, 0, dx], [0, 1, dy]], np.float32)
    size = (picture.shape[1], picture.shape[0])
    return np.asarray(cv2.warpAffine(picture, matrix, size, borderMode=cv2.BORDER_REPLICATE), np.uint8)


@pytest.mark.parametrize(("dx", "dy"), [(3.0, -2.0), (0.5, 0.25), (-7.0, 4.0)])
def test_a_shifted_face_moves_by_the_shift(portrait: ImageU8, dx: float, dy: float) -> None:
    flow, error = vertex_flow(portrait, _moved(portrait, dx, dy), _points(portrait, 180))
    assert np.median(np.linalg.norm(flow - [dx, dy], axis=1)) < 0.15
    assert np.median(error) < 0.3


def test_a_large_plate_is_worked_on_small_and_answers_in_its_own_pixels(portrait: ImageU8) -> None:
    large = np.asarray(cv2.resize(portrait, None, fx=3, fy=3, interpolation=cv2.INTER_CUBIC), np.uint8)
    points = _points(large, 540)
    region = face_region(points, large.shape[1], large.shape[0])
    assert np.ptp(points[:, 0]) * region.scale <= WORK_FACE_WIDTH * WORK_SLACK
    flow, _ = vertex_flow(large, _moved(large, 9.0, -6.0), points)
    assert np.median(np.linalg.norm(flow - [9.0, -6.0], axis=1)) < 0.45


def test_a_face_outside_the_picture_has_no_flow(portrait: ImageU8) -> None:
    flow, error = vertex_flow(portrait, portrait, _points(portrait, 180) + 5000)
    assert not flow.any()
    assert np.isinf(error).all()


def test_what_is_uncovered_disagrees_forward_and_backward(portrait: ImageU8) -> None:
    """Something large moves into the face: there forward and backward flow cannot agree."""
    points = _points(portrait, 180)
    after = portrait.copy()
    height, width = portrait.shape
    rng = np.random.default_rng(1)
    patch = cv2.resize(rng.integers(0, 255, (12, 12), dtype=np.uint8), (90, 90), interpolation=cv2.INTER_CUBIC)
    after[height // 2 : height // 2 + 90, width // 2 : width // 2 + 90] = patch
    _, error = vertex_flow(portrait, after, points)
    under = (points > [width / 2 + 8, height / 2 + 8]).all(1)
    assert under.sum() > 10
    assert np.median(error[under]) > 5 * np.median(error[(points < [width / 2 - 20, height / 2 - 20]).all(1)])
