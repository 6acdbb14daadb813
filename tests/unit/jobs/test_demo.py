"""The demo on its bundled five seconds: a film with sound, a sheet and a picture, and a face that is another."""

import json
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from pipeline.cli import main
from pipeline.jobs.demo import PLATE, SHEET_FRAMES, SHOWCASE_FRAME


@pytest.fixture(autouse=True)
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIKENESS_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("LIKENESS_CACHE", str(tmp_path / "cache"))


def test_the_demo_writes_a_film_a_sheet_and_a_picture(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "demo"
    assert main(["demo", "-o", str(folder), "--provider", "cpu", "--json"]) == 0, capsys.readouterr().err
    answer = json.loads(capsys.readouterr().out)
    assert sorted(each.name for each in folder.iterdir()) == [
        "contact-sheet.png", "demo.mp4", "plate-result-matte.png",
    ]  # fmt: skip
    film = answer["film"]
    assert (film["frames"]["count"], film["faces"], film["failed"], film["mark"]["kind"]) == (120, 1, [], "draft")
    assert max(SHOWCASE_FRAME, *SHEET_FRAMES) < 120
    with av.open(str(PLATE)) as plate, av.open(str(folder / "demo.mp4")) as result:
        assert [bytes(packet) for packet in plate.demux(audio=0)] == [bytes(packet) for packet in result.demux(audio=0)]
    picture = cv2.imread(str(folder / "plate-result-matte.png"))
    assert picture is not None
    width = (picture.shape[1] - 12) // 3
    before, after, matte = (picture[:, start : start + width] for start in (0, width + 6, 2 * width + 12))
    inside = matte[..., 0] > 240
    assert 0.03 < inside.mean() < 0.6
    assert np.abs(before.astype(int) - after).mean(axis=2)[inside].mean() > 4
