from pathlib import Path

import pytest

from pipeline.cli import main


def test_an_unknown_table_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["bench", "taste"])
    assert stopped.value.code == 2
    assert "fidelity, loop, balance, hands, light" in capsys.readouterr().err


def test_a_folder_without_clips_ends_with_the_media_status(
    tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path_factory.mktemp("empty")
    assert main(["bench", "hands", "--media", str(empty)]) == 3
    assert "--media" in capsys.readouterr().err


def test_tables_are_the_ones_the_job_has() -> None:
    from pipeline.commands import bench as command
    from pipeline.jobs.bench import TABLES

    assert command._TABLES == TABLES


def test_the_engines_table_says_why_it_has_no_row_of_the_untouched_plate(monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.engines.session import SessionPool
    from pipeline.jobs import bench_engine
    from pipeline.jobs.bench_media import BenchMedia
    from pipeline.jobs.progress import never_cancelled, no_progress

    monkeypatch.setattr(bench_engine, "CASES", ())
    monkeypatch.setattr(BenchMedia, "source", lambda media, name: None)
    media = BenchMedia(Path(), SessionPool(), no_progress, never_cancelled)
    assert any("untouched plate" in note for note in bench_engine.bench_engine(media).notes)
