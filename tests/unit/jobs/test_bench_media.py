from pathlib import Path

import numpy as np
import pytest

from pipeline.engines.session import SessionPool
from pipeline.errors import MediaNotFound
from pipeline.jobs.bench_media import PAIRS, BenchMedia, hidden_frames, load_pairs
from pipeline.jobs.progress import never_cancelled, no_progress


@pytest.fixture
def media(media_dir: Path) -> BenchMedia:
    return BenchMedia(media_dir, SessionPool(), no_progress, never_cancelled, last=5)


def test_the_pairs_that_are_held_to_bars_are_the_promised_five() -> None:
    barred = [pair.label for pair in load_pairs() if not pair.reported]
    assert barred == [
        "WolfgangLanger_Pexels <- synthetic_portrait.png",
        "WolfgangLanger_Pexels <- single_face.jpg",
        "WolfgangLanger_Pexels <- single_face.mp4@5",
        "single_face <- WolfgangLanger_Pexels.mp4@243",
        "synthetic_talker <- single_face.mp4@5",
    ]


def test_pairs_are_chosen_by_a_part_of_their_name() -> None:
    assert len(load_pairs(wanted=["portrait"])) == 1
    with pytest.raises(MediaNotFound, match="nobody"):
        load_pairs(wanted=["nobody"])
    with pytest.raises(MediaNotFound):
        load_pairs(PAIRS.with_name("none.toml"))


def test_every_kind_of_source_is_found(media: BenchMedia) -> None:
    for name in ("synthetic_portrait.png", "single_face.mp4@5", "astronaut"):
        source = media.source(name)
        assert source.image.dtype == np.uint8
        assert source.mesh.presence > 0.5
    assert media.source("astronaut") is media.source("astronaut")


def test_a_missing_clip_is_said(tmp_path: Path) -> None:
    empty = BenchMedia(tmp_path, SessionPool(), no_progress, never_cancelled)
    with pytest.raises(MediaNotFound, match="--media"):
        empty.path("clip.mp4")


def test_occluded_frames_read_by_eye_go_before_the_solves(media: BenchMedia) -> None:
    solve = media.solve(media.path("single_face.mp4"))
    hidden, how = hidden_frames(media.path("WolfgangLanger_Pexels.mp4"), solve)
    assert hidden == set(range(58, 229))
    assert how == "by eye"
    assert hidden_frames(media.path("single_face.mp4"), solve) == (set(), "by the solve")
