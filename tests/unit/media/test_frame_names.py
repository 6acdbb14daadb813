"""What the files of a picture sequence are called, and what is refused before work begins."""

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.errors import OutputFolderMissing, OutputIsInput, OutputNotWritable
from pipeline.media.frame_names import check_frames_are_not_inputs, frame_names
from pipeline.media.plate_info import PlateInfo
from pipeline.media.presets import load_preset
from pipeline.media.probe import probe

PNG = load_preset("png")


@pytest.fixture(scope="module")
def info(media_dir: Path) -> PlateInfo:
    return probe(media_dir / "single_face.mp4")


def test_a_folder_takes_the_plates_name_and_frame_numbers(tmp_path: Path, info: PlateInfo) -> None:
    names = frame_names(tmp_path / "frames", PNG, info, range(9, 11))
    assert [names.path(frame).name for frame in (9, 10)] == ["single_face.000009.png", "single_face.000010.png"]
    names.prepare()
    assert (tmp_path / "frames").is_dir()


@pytest.mark.parametrize("pattern", ["shot.####.png", "shot.%04d.png"])
def test_a_pattern_numbers_frames(tmp_path: Path, info: PlateInfo, pattern: str) -> None:
    assert frame_names(tmp_path / pattern, PNG, info, range(7, 9)).path(7) == tmp_path / "shot.0007.png"


def test_a_sequence_keeps_its_own_numbers(tmp_path: Path, info: PlateInfo) -> None:
    members = (Path("in/plate.1001.exr"), Path("in/plate.1002.exr"))
    sequence = replace(info, kind="sequence", members=members, first_number=1001, frames=2)
    assert frame_names(tmp_path / "out", PNG, sequence, range(2)).path(1).name == "plate.1002.png"
    assert frame_names(tmp_path / "a.####.png", PNG, sequence, range(2)).path(1).name == "a.1002.png"


def test_one_frame_may_be_one_file(tmp_path: Path, info: PlateInfo) -> None:
    assert frame_names(tmp_path / "still.png", PNG, info, range(3, 4)).path(3) == tmp_path / "still.png"


def test_several_frames_in_one_file_are_refused(tmp_path: Path, info: PlateInfo) -> None:
    with pytest.raises(OutputNotWritable, match=r"still\.####\.png"):
        frame_names(tmp_path / "still.png", PNG, info, range(3))


def test_an_ending_that_is_not_the_presets_is_refused(tmp_path: Path, info: PlateInfo) -> None:
    with pytest.raises(OutputNotWritable, match=r"\.jpg"):
        frame_names(tmp_path / "still.jpg", PNG, info, range(1))


def test_missing_folders_are_said(tmp_path: Path, info: PlateInfo) -> None:
    for output in (tmp_path / "no" / "frames", tmp_path / "no" / "a.####.png"):
        with pytest.raises(OutputFolderMissing, match="no"):
            frame_names(output, PNG, info, range(2))


def test_frames_never_land_on_the_plates(tmp_path: Path, info: PlateInfo) -> None:
    plate = tmp_path / "plate.0000.png"
    plate.write_bytes(b"plate")
    names = frame_names(tmp_path / "plate.####.png", PNG, info, range(2))
    with pytest.raises(OutputIsInput, match=r"plate\.0000\.png"):
        check_frames_are_not_inputs(names, (plate,))
