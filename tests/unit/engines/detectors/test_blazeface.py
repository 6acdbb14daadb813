"""Faces are found at the sizes the cards promise, whole and in tiles."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from pipeline.engines.detectors.blazeface import BlazeFaceDetector, tile_regions
from pipeline.engines.session import SessionPool
from pipeline.imaging.arrays import ImageU8
from pipeline.media.photo import read_photo


@pytest.fixture(scope="module")
def pool(models_dir: Path) -> SessionPool:
    return SessionPool(models_dir)


@pytest.fixture(scope="module")
def group(media_dir: Path) -> ImageU8:
    return read_photo(media_dir / "multi_face.jpg")


def on_grey(photo: ImageU8, share: float) -> ImageU8:
    """The portrait on grey 1920 × 1080, its face (183 of 572 pixels) `share` of the long side wide."""
    picture = np.full((1080, 1920, 3), 128, np.uint8)
    scale = share * 1920 / 183
    small = cv2.resize(photo, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    picture[300 : 300 + small.shape[0], 900 : 900 + small.shape[1]] = small[:780, :1020]
    return picture


def test_full_range_finds_all_five_short_range_only_the_near_ones(pool: SessionPool, group: ImageU8) -> None:
    assert len(BlazeFaceDetector(pool, "full").find(group)) == 5
    assert 2 <= len(BlazeFaceDetector(pool, "short").find(group)) < 5


def test_tiles_give_each_face_once(pool: SessionPool, group: ImageU8) -> None:
    found = BlazeFaceDetector(pool, "full").find_tiled(group)
    assert len(found) == 5
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)


@pytest.mark.parametrize("share", [0.06, 0.2])
def test_finds_faces_down_to_six_hundredths(pool: SessionPool, media_dir: Path, share: float) -> None:
    photo = read_photo(media_dir / "single_face.jpg")
    assert len(BlazeFaceDetector(pool, "full").find(on_grey(photo, share))) == 1


def test_tiles_find_smaller_ones(pool: SessionPool, media_dir: Path) -> None:
    photo = read_photo(media_dir / "single_face.jpg")
    picture = on_grey(photo, 0.025)
    detector = BlazeFaceDetector(pool, "full")
    assert detector.find(picture) == []
    found = detector.find_tiled(picture)
    assert len(found) == 1
    assert 25 < found[0].box[2] - found[0].box[0] < 75


@pytest.mark.parametrize("shape", [(1, 1, 3), (1, 900, 3), (7, 3, 3)])
def test_tiny_and_odd_pictures_have_no_face(pool: SessionPool, shape: tuple[int, ...]) -> None:
    assert BlazeFaceDetector(pool, "full").find_tiled(np.full(shape, 90, np.uint8)) == []


def test_tiles_cover_the_picture_and_overlap_by_half() -> None:
    tiles = [each for each in tile_regions(1920, 1080) if each.width < 1920]
    for width in {each.width for each in tiles}:
        xs = sorted({each.x for each in tiles if each.width == width})
        ys = sorted({each.y for each in tiles if each.width == width})
        assert xs[0] == ys[0] == width / 2
        assert (xs[-1], ys[-1]) == (1920 - width / 2, 1080 - width / 2)
        assert np.diff(xs).max() <= width / 2 + 1e-9
        assert np.diff(ys).max() <= width / 2 + 1e-9
