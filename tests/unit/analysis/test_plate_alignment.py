"""Versions of a real clip are laid side by side to the frame: trimmed, cut anew, added to, graded, or another film."""

from pathlib import Path

import numpy as np
import pytest

from pipeline.analysis.plate_alignment import SmallPictures, align, small_pictures
from pipeline.media.reader import open_plate


@pytest.fixture(scope="module")
def clip(media_dir: Path) -> SmallPictures:
    """72 frames of somebody who moves little."""
    with open_plate(media_dir / "single_face.mp4") as reader:
        return small_pictures(reader)


def graded(pictures: SmallPictures) -> SmallPictures:
    """With another contrast, and the noise of another coding."""
    noise = np.random.default_rng(3).normal(0, 0.3, pictures.shape)
    return ((pictures.astype(float) / 255) ** 1.2 * 220 + 8 + noise).astype(np.float16)


def found(old: SmallPictures, new: SmallPictures) -> list[tuple[int, int, int]]:
    return [(each.old, each.new, each.length) for each in align(old, new).stretches]


def test_a_trimmed_plate(clip: SmallPictures) -> None:
    assert found(clip, graded(clip[7:67])) == [(7, 0, 60)]


def test_a_plate_with_handles(clip: SmallPictures) -> None:
    assert found(clip[7:67], graded(clip)) == [(0, 7, 60)]


def test_frames_cut_out_of_the_middle(clip: SmallPictures) -> None:
    assert found(clip, graded(np.concatenate([clip[:24], clip[36:]]))) == [(0, 0, 24), (36, 24, 36)]


def test_frames_put_into_the_middle(clip: SmallPictures) -> None:
    assert found(clip, graded(np.concatenate([clip[:36], clip[11::-1], clip[36:]]))) == [(0, 0, 36), (36, 48, 36)]


def test_a_still_that_was_graded(clip: SmallPictures, media_dir: Path) -> None:
    assert found(clip[:1], graded(clip[:1])) == [(0, 0, 1)]
    with open_plate(media_dir / "multi_face.jpg") as reader:
        assert found(clip[:1], small_pictures(reader)) == []


def test_the_same_frames_and_another_film(clip: SmallPictures, media_dir: Path) -> None:
    assert found(clip, clip) == [(0, 0, 72)]
    with open_plate(media_dir / "multi_face.jpg") as reader:
        other = np.repeat(small_pictures(reader), 20, axis=0)
    assert found(clip, other) == []
