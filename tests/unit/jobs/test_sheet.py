from pathlib import Path

import cv2
import numpy as np
import pytest

from pipeline.cli import main
from pipeline.engines.session import SessionPool
from pipeline.errors import OutputFolderMissing, OutputIsInput, OutputNotWritable
from pipeline.jobs.sheet import make_sheet, page_paths, write_png
from pipeline.media.presets import load_preset
from pipeline.quality.sheet import SheetPage
from pipeline.render.sequence import SequenceRequest, render_sequence


def test_the_first_page_gets_the_name_and_the_others_stand_beside_it() -> None:
    blank = np.zeros((1, 1, 3), np.uint8)
    made = [SheetPage(name, blank) for name in ("frames", "face", "close-1")]
    assert [path.name for path in page_paths(Path("out/look.png"), made)] == [
        "look.png",
        "look-face.png",
        "look-close-1.png",
    ]


def test_a_picture_is_written_as_it_is(tmp_path: Path) -> None:
    picture = np.random.default_rng(10).integers(0, 255, (9, 7, 3), np.uint8)
    write_png(tmp_path / "page.png", picture)
    read = cv2.imread(str(tmp_path / "page.png"))
    assert read is not None
    assert (read[..., ::-1] == picture).all()


def test_the_sheet_is_refused_before_any_work(media_dir: Path, tmp_path: Path) -> None:
    clip = media_dir / "single_face.mp4"
    with pytest.raises(OutputFolderMissing):
        make_sheet(clip, clip, tmp_path / "none" / "look.png", SessionPool())
    with pytest.raises(OutputIsInput):
        make_sheet(clip, clip, clip, SessionPool())
    with pytest.raises(OutputNotWritable, match=r"look\.png"):
        make_sheet(clip, clip, tmp_path / "look.jpg", SessionPool())


def test_the_result_of_a_range_is_laid_beside_the_frames_that_it_shows(
    media_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plate, part, page = media_dir / "single_face.mp4", tmp_path / "part.mkv", tmp_path / "look.png"
    request = SequenceRequest(plate, part, load_preset("ffv1-lossless"), start=6, stop=10)
    render_sequence(request, lambda planes: planes, lambda frame: "test", lambda state: None, lambda: False)
    command = ["sheet", str(plate), str(part), "-o", str(page)]
    assert main([*command, "--frames", "0"]) == 3
    assert "with --in and --out" in capsys.readouterr().err
    assert main([*command, "--in", "6", "--out", "9", "--frames", "3"]) == 8
    assert "frames 6 to 9" in capsys.readouterr().err
    assert main([*command, "--in", "6", "--out", "9", "--frames", "8"]) == 0
    shown = cv2.imread(str(page))
    assert shown is not None
    assert (shown[22:382, 1292:1932] == 128).all(), "the difference of frames that are the same"
