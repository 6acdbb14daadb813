"""Cuts are found; motion, flashes and exposure changes are not cuts."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest

from pipeline.analysis.cuts import CutDetector, thumbnail
from pipeline.imaging.arrays import ImageU8
from pipeline.media.plate_view import view_of
from pipeline.media.reader import open_plate


def pictures(path: Path, start: int, stop: int) -> list[ImageU8]:
    with open_plate(path) as reader:
        view = view_of(reader.info)
        return [view.rgb8(reader.read(frame)) for frame in range(start, stop)]


@pytest.fixture(scope="module")
def crying(media_dir: Path) -> list[ImageU8]:
    return pictures(media_dir / "WolfgangLanger_Pexels.mp4", 380, 440)


@pytest.fixture(scope="module")
def smiling(media_dir: Path) -> list[ImageU8]:
    return pictures(media_dir / "single_face.mp4", 0, 20)


def cuts(shown: Iterable[ImageU8]) -> list[int]:
    detector = CutDetector()
    return [i for i, picture in enumerate(shown) if detector.starts_shot(thumbnail(picture))]


def test_a_shot_with_strong_motion_is_one(crying: list[ImageU8]) -> None:
    assert cuts(crying) == [0]


def test_every_change_of_shot_is_found(crying: list[ImageU8], smiling: list[ImageU8]) -> None:
    assert cuts([*crying[:15], *smiling, *crying[40:]]) == [0, 15, 35]


def test_dark_shots_are_told_apart(crying: list[ImageU8], smiling: list[ImageU8]) -> None:
    dark = [(picture * 0.15).astype(np.uint8) for picture in (*crying[:10], *smiling[:10])]
    assert cuts(dark) == [0, 10]


def test_a_flash_is_no_cut(crying: list[ImageU8]) -> None:
    flashed = [*crying[:8], np.clip(crying[8] * 1.5 + 60.0, 0, 255).astype(np.uint8), *crying[9:20]]
    assert cuts(flashed) == [0]


def test_a_detector_goes_on_where_another_stopped(crying: list[ImageU8], smiling: list[ImageU8]) -> None:
    shown = [thumbnail(picture) for picture in (*crying[:15], *smiling)]
    first = CutDetector()
    for small in shown[:15]:
        first.starts_shot(small)
    second = CutDetector(first.previous, first.scores)
    assert [second.starts_shot(small) for small in shown[15:]] == [first.starts_shot(small) for small in shown[15:]]


def test_thumbnails_are_of_one_size_whatever_the_plate() -> None:
    for shape in ((1, 1, 3), (1080, 1920, 3), (17, 900, 3)):
        assert thumbnail(np.zeros(shape, np.uint8)).shape == (36, 64, 3)
