"""What automatic balance brings, on a real grin: every figure is taken, and those of both films are the balance's."""

from pathlib import Path

import numpy as np
import pytest

from pipeline.engines.session import SessionPool
from pipeline.jobs.bench_balance import BARS, COLUMNS, balance_rows
from pipeline.jobs.bench_media import BenchMedia, Pair
from pipeline.jobs.bench_table import BenchRow
from pipeline.jobs.progress import never_cancelled, no_progress

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def rows(media_dir: Path) -> list[BenchRow]:
    media = BenchMedia(media_dir, SessionPool(), no_progress, never_cancelled, last=40)
    return balance_rows(media, Pair(plate="single_face.mp4", source="WolfgangLanger_Pexels.mp4@243"))


def test_every_figure_is_taken_and_only_the_balance_is_judged(rows: list[BenchRow]) -> None:
    without, with_it = rows
    assert set(with_it.figures) == set(COLUMNS)
    assert all(np.isfinite(value) for value in with_it.figures.values())
    assert (without.passed, set(with_it.bars)) == (None, set(BARS))


def test_a_calm_face_is_nearer_the_identity_and_a_strong_one_moves_more(rows: list[BenchRow]) -> None:
    without, with_it = (row.figures for row in rows)
    assert with_it["identity_rest"] < without["identity_rest"]
    assert with_it["gain_strong"] > without["gain_strong"]
