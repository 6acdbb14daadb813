"""The worker's bench on a short clip: every figure is taken, and what needs no idle machine holds."""

import math
from pathlib import Path

import pytest

from pipeline.jobs.bench_worker import COLUMNS, OTHER, SOURCE, WorkerCase, worker_row


@pytest.mark.long
def test_every_figure_is_taken(media_dir: Path, tmp_path: Path) -> None:
    case = WorkerCase("360p", "single_face.mp4", 120.0)
    row = worker_row(case, media_dir / case.plate, media_dir / SOURCE, media_dir / OTHER, tmp_path)
    assert set(row.figures) == set(COLUMNS)
    assert all(math.isfinite(value) and value > 0 for value in row.figures.values())
    assert row.figures["kept_ms"] < row.figures["step_ms"]
