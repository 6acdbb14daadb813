from pathlib import Path

import pytest

from pipeline.engines.session import SessionPool
from pipeline.jobs.bench_fidelity import IDENTITY_BARS, bench_fidelity
from pipeline.jobs.bench_media import BenchMedia, load_pairs
from pipeline.jobs.bench_table import BenchRow, kept_tables
from pipeline.jobs.progress import never_cancelled, no_progress

LAST = 23


@pytest.fixture(scope="module")
def rows(media_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, BenchRow]:
    """A short bench of a man who begins to grin, with the woman's face."""
    media = BenchMedia(media_dir, SessionPool(), no_progress, never_cancelled, last=LAST)
    keep = tmp_path_factory.mktemp("bench")
    table = bench_fidelity(media, load_pairs(wanted=["single_face <- Wolfgang"]), keep)
    assert len(list(keep.glob("*.mkv"))) == 4
    assert kept_tables(list(keep.glob("*.json")))[0].values() == table.values()
    return {row.label.rpartition(": ")[2]: row for row in table.rows}


def test_there_are_four_rows_of_all_figures(rows: dict[str, BenchRow]) -> None:
    assert list(rows) == ["engine, open loop", "engine, closed loop", "untouched plate", "naive paste"]
    for row in rows.values():
        assert set(row.bars) <= set(row.figures), row.label


def test_the_untouched_plate_is_perfect_in_all_but_identity_and_so_misses(rows: dict[str, BenchRow]) -> None:
    plate = rows["untouched plate"]
    assert set(plate.failed()) == set(IDENTITY_BARS)
    assert plate.figures["au_pooled"] == pytest.approx(1)
    assert plate.passed is False


def test_the_naive_paste_has_the_identity_and_misses_the_performance(rows: dict[str, BenchRow]) -> None:
    paste = rows["naive paste"]
    assert not set(paste.failed()) & set(IDENTITY_BARS)
    assert {"au_pooled", "au_weighted", "mc_drop"} <= set(paste.failed())
    assert paste.figures["skin_median"] > 5


def test_the_engine_is_nearer_the_source_than_the_plate_and_performs_better_than_the_paste(
    rows: dict[str, BenchRow],
) -> None:
    engine, plate, paste = (
        rows["engine, open loop"].figures,
        rows["untouched plate"].figures,
        rows["naive paste"].figures,
    )
    assert engine["identity_to_source"] < plate["identity_to_source"] - 0.15
    assert engine["au_weighted"] > paste["au_weighted"] + 0.1
    assert engine["skin_median"] < 3


def test_the_closed_loop_brings_the_expression_nearer(rows: dict[str, BenchRow]) -> None:
    opened, closed = rows["engine, open loop"].figures, rows["engine, closed loop"].figures
    assert closed["au_plain"] > opened["au_plain"]
