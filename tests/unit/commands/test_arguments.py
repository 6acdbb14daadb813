"""What arguments name."""

from pathlib import Path

import pytest

from pipeline.commands.arguments import project_or_plate


def test_a_project_is_found_without_its_ending(tmp_path: Path) -> None:
    (tmp_path / "job.likeness").touch()
    assert project_or_plate(str(tmp_path / "job")) == tmp_path / "job.likeness"
    assert project_or_plate(str(tmp_path / "job.likeness")) == tmp_path / "job.likeness"


def test_what_is_really_called_so_goes_first(tmp_path: Path) -> None:
    (tmp_path / "job.likeness").touch()
    (tmp_path / "job").mkdir()
    assert project_or_plate(str(tmp_path / "job")) == tmp_path / "job"


@pytest.mark.parametrize("name", ["film.mp4", "shot.####.exr", "nothing"])
def test_anything_else_is_taken_as_written(tmp_path: Path, name: str) -> None:
    assert project_or_plate(str(tmp_path / name)) == tmp_path / name
