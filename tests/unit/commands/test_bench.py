import pytest

from pipeline.cli import main


def test_an_unknown_table_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["bench", "taste"])
    assert stopped.value.code == 2
    assert "fidelity, loop, hands, light" in capsys.readouterr().err


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
