"""Labels are read as written, and agreement says what it claims."""

from pathlib import Path

import pytest

from pipeline.errors import MediaNotFound, MediaUnreadable
from pipeline.quality.keyframe_labels import agreement, load_keyframe_labels, random_agreement


def test_reads_events_and_the_covered_span(data_dir: Path) -> None:
    labels = load_keyframe_labels(data_dir / "media" / "WolfgangLanger_Pexels.keyframes.json")
    assert labels.covered == (58, 228)
    assert len(labels.events) == 25
    assert 95 not in labels.events
    for name in ("single_face", "synthetic_talker"):
        held_out = load_keyframe_labels(data_dir / "labels" / f"{name}.keyframes.json")
        assert held_out.clip == f"{name}.mp4"
        assert held_out.covered is None


def test_says_what_is_wrong_with_a_file(tmp_path: Path) -> None:
    with pytest.raises(MediaNotFound, match="no keyframe labels"):
        load_keyframe_labels(tmp_path / "none.json")
    (tmp_path / "bad.json").write_text('{"clip": "a.mp4", "events": [{"frame": "x", "use": "event"}]}')
    with pytest.raises(MediaUnreadable, match=r"bad\.json"):
        load_keyframe_labels(tmp_path / "bad.json")


def test_near_counts_for_both_and_a_pair_only_once() -> None:
    met = agreement([10, 12, 50], [9, 13, 53, 80])
    assert met.recall == 0.75
    assert met.precision == 1.0
    crowd = agreement([10, 11, 12], [11])
    assert (crowd.recall, crowd.precision) == (1.0, 1.0)
    assert crowd.paired_precision == pytest.approx(1 / 3)
    assert agreement([], [3]).recall == 0.0


def test_chance_is_the_share_of_frames_near_an_event() -> None:
    met = random_agreement(5, 700, [100, 300, 500, 650])
    assert met.precision == pytest.approx(4 * 7 / 700, abs=0.01)
    assert met == random_agreement(5, 700, [100, 300, 500, 650])
