"""A result appears whole or not at all, and never in place of an input."""

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline.errors import DiskFull, OutputFolderMissing, OutputIsInput, OutputNotWritable
from pipeline.media.output_file import check_output, writing


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """Writes past `size` bytes fail, as they do on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_file_appears_when_its_block_ends_well(tmp_path: Path) -> None:
    path = tmp_path / "result.mp4"
    with writing(path) as file:
        file.write(b"whole")
        assert not path.exists()
    assert path.read_bytes() == b"whole"
    assert list(tmp_path.iterdir()) == [path]


def test_a_failure_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "result.mp4"
    path.write_bytes(b"earlier")
    with pytest.raises(ZeroDivisionError), writing(path) as file:
        file.write(b"half" * (1 // 0))
    assert path.read_bytes() == b"earlier"
    assert list(tmp_path.iterdir()) == [path]


def test_what_a_killed_run_left_is_written_over(tmp_path: Path) -> None:
    path = tmp_path / "result.mp4"
    (tmp_path / ".result.mp4.unfinished").write_bytes(b"left by a run that was killed")
    with writing(path) as file:
        file.write(b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "result.mp4"
    with files_of_at_most(1000), pytest.raises(DiskFull, match="no room left"), writing(path) as file:
        file.write(b"x" * 500_000)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(OutputFolderMissing, match="nowhere"):
        check_output(tmp_path / "nowhere" / "a.mp4", ())


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(OutputNotWritable):
        check_output(tmp_path, ())


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_folder_that_takes_no_files_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(OutputNotWritable):
        check_output(tmp_path / "a.mp4", ())


def test_a_folder_of_the_system_takes_no_files() -> None:
    with pytest.raises(OutputNotWritable, match="cannot be written"):
        check_output(Path("/proc/self/a.mp4"), ())


@pytest.mark.parametrize("link", ["itself", "symbolic", "hard", "roundabout"])
def test_an_input_is_never_overwritten_under_whatever_name(tmp_path: Path, link: str) -> None:
    plate = tmp_path / "plate.mp4"
    plate.write_bytes(b"plate")
    (tmp_path / "sub").mkdir()
    output = {
        "itself": plate,
        "symbolic": tmp_path / "symbolic.mp4",
        "hard": tmp_path / "hard.mp4",
        "roundabout": tmp_path / "sub" / ".." / "plate.mp4",
    }[link]
    if link == "symbolic":
        output.symlink_to(plate)
    if link == "hard":
        output.hardlink_to(plate)
    with pytest.raises(OutputIsInput, match="never overwritten"):
        check_output(output, (plate,))
