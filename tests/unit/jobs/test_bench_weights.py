"""A smile taken back in steps, on a real grin: the picture is read again at each."""

from pathlib import Path

import pytest

from pipeline.engines.session import SessionPool
from pipeline.jobs.bench_media import BenchMedia
from pipeline.jobs.bench_table import BenchRow
from pipeline.jobs.bench_weights import weight_rows
from pipeline.jobs.progress import never_cancelled, no_progress

GRINNING = 60


@pytest.fixture(scope="module")
def media(media_dir: Path) -> BenchMedia:
    return BenchMedia(media_dir, SessionPool(), no_progress, never_cancelled)


@pytest.fixture(scope="module", params=[None, "synthetic_portrait.png"], ids=["own", "identity"])
def row(request: pytest.FixtureRequest, media: BenchMedia) -> BenchRow:
    (found,) = weight_rows(media, media.path("single_face.mp4"), [GRINNING], request.param)
    return found


def test_the_score_that_is_read_follows_the_weight(row: BenchRow) -> None:
    assert row.figures["score"] > 0.8
    assert row.figures["at_0"] <= 0.1
    assert row.figures["follow_error"] <= 0.10


def test_the_mouths_corners_rise_at_every_step(row: BenchRow) -> None:
    assert row.figures["travel"] > 0.05
    assert row.figures["least_step"] > 0


def test_brows_and_lids_stay_where_they_are(row: BenchRow) -> None:
    assert row.figures["others_moved"] <= 0.05
