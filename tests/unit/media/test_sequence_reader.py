"""A numbered run of pictures is a plate; a gap, a broken file or another size costs or stops what it must."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pipeline.errors import FrameUnreadable, MediaNotFound, MediaUnreadable, RangeError, SizeChanged, UnsupportedFormat
from pipeline.imaging.planes import Planes
from pipeline.media.reader import open_plate
from tests.stamped_films import stamp, stamped_number

SIZE = (176, 32)


def write_run(folder: Path, numbers: range, name: str = "shot.{:04d}.png") -> Path:
    folder.mkdir(exist_ok=True)
    for frame, number in enumerate(numbers):
        Image.fromarray(stamp(frame, SIZE)).save(folder / name.format(number))
    return folder


@pytest.mark.parametrize("form", ["folder", "shot.####.png", "shot.%04d.png"])
def test_a_run_is_read_by_number(tmp_path: Path, form: str) -> None:
    folder = write_run(tmp_path / "run", range(1001, 1013))
    with open_plate(folder if form == "folder" else folder / form) as reader:
        info = reader.info
        assert (info.kind, info.frames, info.first_number) == ("sequence", 12, 1001)
        assert info.rate == Fraction(24)
        assert "rate" in info.colour.assumed
        assert [stamped_number(item) for item in reader.frames() if isinstance(item, Planes)] == list(range(12))
        assert [stamped_number(reader.read(frame)) for frame in (7, 0, 11, 7)] == [7, 0, 11, 7]
        with pytest.raises(RangeError):
            reader.read(12)


def test_numbers_count_by_value_not_by_name(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "run", range(8, 12), "f{}.png")
    with open_plate(folder) as reader:
        assert [stamped_number(reader.read(frame)) for frame in range(4)] == [0, 1, 2, 3]


def test_a_missing_and_a_broken_file_cost_their_own_frame(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "run", range(1, 11))
    (folder / "shot.0004.png").unlink()
    (folder / "shot.0007.png").write_bytes(b"damaged")
    with open_plate(folder) as reader:
        items = list(reader.frames())
        assert [item.frame for item in items] == list(range(10))
        lost = {item.frame: str(item) for item in items if isinstance(item, FrameUnreadable)}
        assert list(lost) == [3, 6]
        assert "shot.0004.png does not exist" in lost[3]
        assert "shot.0007.png cannot be read" in lost[6]
        assert all(stamped_number(item) == item.frame for item in items if isinstance(item, Planes))


def test_a_broken_first_file_does_not_hide_the_run(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "run", range(5))
    (folder / "shot.0000.png").write_bytes(b"")
    with open_plate(folder) as reader:
        assert reader.info.frames == 5
        with pytest.raises(FrameUnreadable, match=r"shot.0000.png is empty"):
            reader.read(0)


def test_a_run_of_broken_files_is_no_plate(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "run", range(3))
    for file in folder.iterdir():
        file.write_bytes(b"damaged")
    with pytest.raises(MediaUnreadable, match="holds no picture that can be read"):
        open_plate(folder)


def test_another_size_and_another_format_stop_the_run(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "run", range(4))
    Image.fromarray(np.zeros((8, 8, 3), np.uint8)).save(folder / "shot.0002.png")
    Image.fromarray(np.zeros((SIZE[1], SIZE[0]), np.uint8)).save(folder / "shot.0003.png")
    with open_plate(folder) as reader:
        with pytest.raises(SizeChanged, match=r"shot.0002.png \(frame 2\) is 8x8, the sequence began with 176x32"):
            reader.read(2)
        with pytest.raises(UnsupportedFormat, match=r"shot.0003.png \(frame 3\) is gray, the sequence began with gbrp"):
            reader.read(3)


def test_a_pattern_without_files_is_said(tmp_path: Path) -> None:
    with pytest.raises(MediaNotFound, match=r"No file matches .*nothing.####.exr"):
        open_plate(tmp_path / "nothing.####.exr")
