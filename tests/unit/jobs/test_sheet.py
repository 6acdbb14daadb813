from pathlib import Path

import cv2
import numpy as np
import pytest

from pipeline.engines.session import SessionPool
from pipeline.errors import OutputFolderMissing, OutputIsInput, OutputNotWritable
from pipeline.jobs.sheet import make_sheet, page_paths, write_png
from pipeline.quality.sheet import SheetPage


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
