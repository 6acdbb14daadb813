"""Three faces in one plate: each keeps its number while two cross and one leaves and returns."""

from pathlib import Path

import pytest

from pipeline.engines.session import SessionPool
from pipeline.jobs.analyse import analyse_range
from pipeline.jobs.bench_faces import _identities
from pipeline.jobs.crossing_plate import FRAMES, crossing_plate
from pipeline.jobs.progress import never_cancelled, no_progress
from pipeline.media.reader import open_plate


@pytest.mark.long
def test_nobody_takes_anothers_number(media_dir: Path, tmp_path: Path) -> None:
    pool = SessionPool()
    plate = crossing_plate(media_dir.joinpath, pool, tmp_path / "crossing.mp4")
    with open_plate(plate) as reader:
        tracks = analyse_range(reader, pool, range(FRAMES), no_progress, never_cancelled)
    found = _identities(tracks)
    assert (found["tracks"], found["swaps"]) == (3, 0)
    assert found["seen"] > 0.98
    assert max(len(track.frames) for track in tracks) == FRAMES
    assert min(len(track.frames) for track in tracks) < FRAMES - 20
