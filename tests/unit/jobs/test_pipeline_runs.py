from pathlib import Path

import av
import numpy as np
import pytest

from pipeline.engines.faces import FaceSample
from pipeline.jobs.bench_clips import enlarged_clip
from pipeline.jobs.pipeline_runs import PassThrough, peak_memory_mb, pipeline_run, plain_run
from pipeline.media.reader import open_plate


@pytest.fixture(scope="module")
def clip(media_dir: Path) -> Path:
    return media_dir / "single_face.mp4"


def test_both_loops_write_every_frame_and_the_sound(clip: Path, tmp_path: Path) -> None:
    for run in (pipeline_run, plain_run):
        output = tmp_path / f"{run.__name__}.mp4"
        run(clip, output, None)
        with av.open(str(output)) as container:
            assert sum(1 for _ in container.decode(video=0)) == 72
            assert len(container.streams.audio) == 1


def test_a_short_run_writes_few_frames(clip: Path, tmp_path: Path) -> None:
    for run in (pipeline_run, plain_run):
        output = tmp_path / f"short-{run.__name__}.mp4"
        run(clip, output, 3)
        with open_plate(output) as reader:
            assert reader.info.frames == 3


def test_a_pass_through_face_changes_nothing() -> None:
    face = PassThrough(64, 48)
    rect = face.region(0)
    assert rect is not None
    crop = np.random.default_rng(9).random((rect.height, rect.width, 3)).astype(np.float32)
    patch = face.swap(FaceSample(0, rect, crop))
    assert (patch.colour == crop).all()
    assert patch.support.all()


def test_an_enlarged_clip_has_the_size_and_the_colours(clip: Path, tmp_path: Path) -> None:
    output = enlarged_clip(clip, 1.5, 4, tmp_path / "large.mp4")
    with open_plate(output) as reader, open_plate(clip) as original:
        from pipeline.media.plate_view import view_of

        assert (reader.info.width, reader.info.height, reader.info.frames) == (960, 540, 4)
        large = view_of(reader.info).rgb8(reader.read(2))
        small = view_of(original.info).rgb8(original.read(2))
    assert np.abs(large.mean((0, 1)) - small.mean((0, 1))).max() < 2


def test_memory_is_a_number_of_megabytes() -> None:
    assert 20 < peak_memory_mb() < 100_000
