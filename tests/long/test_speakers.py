"""Who speaks, on every plate of known speech."""

from pathlib import Path

import pytest

from pipeline.engines.session import SessionPool
from pipeline.jobs.bench_media import BenchMedia
from pipeline.jobs.bench_speakers import bench_speakers
from pipeline.jobs.progress import never_cancelled, no_progress


@pytest.mark.long
def test_the_face_that_speaks_is_found_in_every_voice_on_either_side_and_nobody_swaps(
    media_dir: Path, models_dir: Path
) -> None:
    table = bench_speakers(BenchMedia(media_dir, SessionPool(models_dir), no_progress, never_cancelled))
    assert {row.label: row.failed() for row in table.rows if row.passed is False} == {}
    assert table.rows[-1].figures["voiced"] >= 300
