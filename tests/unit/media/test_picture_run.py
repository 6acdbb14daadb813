"""What a folder of pictures is: a sequence, several, or a batch of stills."""

from pathlib import Path

import pytest

from pipeline.errors import MediaUnreadable
from pipeline.media.picture_run import batch_members, run_of_folder, run_of_pattern
from pipeline.media.probe import probe


def touch(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).write_bytes(b"")
    return folder


def test_one_run_with_a_gap_is_a_sequence(tmp_path: Path) -> None:
    run = run_of_folder(touch(tmp_path, "a_08.png", "a_09.png", "a_11.png", "notes.txt", ".hidden.png"))
    assert run is not None
    assert run.first_number == 8
    assert [file.name for file in run.files] == ["a_08.png", "a_09.png", "a_10.png", "a_11.png"]
    assert batch_members(tmp_path) == ()


def test_stills_without_a_run_are_a_batch(tmp_path: Path) -> None:
    touch(tmp_path, "anna.png", "bert.jpg", "IMG_0012.jpg")
    assert [file.name for file in batch_members(tmp_path)] == ["IMG_0012.jpg", "anna.png", "bert.jpg"]
    with pytest.raises(MediaUnreadable, match="folder of 3 stills that form no numbered run"):
        probe(tmp_path)


def test_numbers_far_apart_are_no_run(tmp_path: Path) -> None:
    touch(tmp_path, "DSC_0100.jpg", "DSC_0900.jpg", "DSC_4000.jpg")
    assert len(batch_members(tmp_path)) == 3


def test_several_runs_must_be_chosen_from(tmp_path: Path) -> None:
    touch(tmp_path, "a.01.exr", "a.02.exr", "b.01.exr", "b.02.exr")
    with pytest.raises(MediaUnreadable, match=r"several sequences: a.####.exr, b.####.exr. Name one"):
        run_of_folder(tmp_path)
    assert [file.name for file in run_of_pattern(tmp_path / "b.##.exr").files] == ["b.01.exr", "b.02.exr"]


def test_a_film_or_a_missing_path_is_no_batch(tmp_path: Path, media_dir: Path) -> None:
    assert batch_members(media_dir / "single_face.mp4") == ()
    assert batch_members(tmp_path / "missing") == ()
