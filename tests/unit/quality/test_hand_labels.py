from pathlib import Path

import numpy as np
import pytest

from pipeline.engines.faces import OcclusionMatte
from pipeline.errors import MediaNotFound, MediaUnreadable
from pipeline.imaging.arrays import Rect
from pipeline.quality.hand_labels import (
    HandLabel,
    intersection_over_union,
    label_scores,
    load_hand_labels,
    matte_picture,
    uncovered_frames,
)


@pytest.fixture(scope="module")
def labels_file() -> Path:
    return Path(__file__).parents[2] / "data" / "labels" / "hand_mattes.json"


def _as_matte(label: HandLabel) -> OcclusionMatte:
    height, width = label.hand.shape
    return OcclusionMatte(Rect(0, 0, width, height), label.hand.astype(np.uint8) * 255)


def test_twelve_frames_are_labelled_inside_the_occluded_span(labels_file: Path) -> None:
    labels = load_hand_labels(labels_file)
    frames = [label.frame for label in labels.labels]
    assert len(frames) == 12
    assert labels.first_occluded <= min(frames)
    assert max(frames) <= labels.last_occluded
    for label in labels.labels:
        hidden = (label.hand & label.region).sum() / label.region.sum()
        assert 0.05 < hidden < 0.5, label.frame


def test_a_label_agrees_with_itself_and_not_with_an_empty_matte(labels_file: Path) -> None:
    labels = load_hand_labels(labels_file)
    perfect = label_scores({label.frame: _as_matte(label) for label in labels.labels}, labels)
    assert set(perfect.values()) == {1.0}
    assert set(label_scores({}, labels).values()) == {0.0}


def test_a_matte_two_pixels_off_is_good_but_not_perfect(labels_file: Path) -> None:
    label = load_hand_labels(labels_file).labels[4]
    moved = np.roll(label.hand, 2, axis=1).astype(np.float32)
    assert 0.8 < intersection_over_union(moved, label) < 0.97


def test_what_the_matte_says_outside_the_region_does_not_count(labels_file: Path) -> None:
    label = load_hand_labels(labels_file).labels[0]
    noisy = np.where(label.region, label.hand, True).astype(np.float32)
    assert intersection_over_union(noisy, label) == 1.0


def test_the_gaps_between_the_fingers_are_not_hand(labels_file: Path) -> None:
    by_frame = {label.frame: label for label in load_hand_labels(labels_file).labels}
    assert by_frame[102].hand[300, 380]
    assert not by_frame[102].hand[320, 405]
    assert not by_frame[90].hand[358, 410]


def test_uncovered_frames_names_the_frames_where_the_hand_went_unseen() -> None:
    outline = np.array([[10, 10], [50, 10], [50, 50], [10, 50]], np.float32)
    seen = OcclusionMatte(Rect(10, 40, 60, 60), np.full((20, 50), 255, np.uint8))
    beside = OcclusionMatte(Rect(60, 60, 80, 80), np.full((20, 20), 255, np.uint8))
    faces = dict.fromkeys(range(4), outline)
    assert uncovered_frames({0: seen, 1: beside}, range(4), faces, 0.05) == [1, 2, 3]


def test_matte_picture_places_the_coverage() -> None:
    picture = matte_picture(OcclusionMatte(Rect(2, 1, 4, 2), np.array([[255, 51]], np.uint8)), 6, 3)
    assert picture.shape == (3, 6)
    assert picture[1, 2] == 1.0
    assert picture[1, 3] == pytest.approx(0.2)
    assert picture.sum() == pytest.approx(1.2)


def test_missing_and_broken_files_are_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(MediaNotFound, match="hand_mattes"):
        load_hand_labels(tmp_path / "none.json")
    broken = tmp_path / "broken.json"
    broken.write_text('{"frames": []}', encoding="utf-8")
    with pytest.raises(MediaUnreadable, match=r"broken\.json"):
        load_hand_labels(broken)
