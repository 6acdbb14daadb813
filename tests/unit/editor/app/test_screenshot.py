"""The window's picture without a screen."""

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.app import worker_bridge
from editor.app.screenshot import take_screenshot
from pipeline.errors import OutputNotWritable, ProjectError, RangeError
from tests.ui.stand_in import StandInClient


@pytest.fixture(autouse=True)
def at_once(styled: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_bridge, "WorkerClient", StandInClient)


def test_it_has_the_size_that_was_asked_for_and_shows_the_frame(project_file: Path, tmp_path: Path) -> None:
    before = project_file.read_bytes()
    pictures = []
    for view in ("result", "plate"):
        take_screenshot(project_file, 50, tmp_path / "a.png", (1280, 720), view)
        pictures.append(QImage(str(tmp_path / "a.png")))
    assert [(each.width(), each.height()) for each in pictures] == [(1280, 720)] * 2
    assert pictures[0] != pictures[1]
    assert project_file.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir() if "partial" in each.name] == []


def test_what_cannot_be_shown_is_refused(project_file: Path, tmp_path: Path) -> None:
    with pytest.raises(RangeError):
        take_screenshot(project_file, 900, tmp_path / "a.png", (1280, 720), "result")
    with pytest.raises(ProjectError):
        take_screenshot(tmp_path / "none.likeness", 0, tmp_path / "a.png", (1280, 720), "result")
    with pytest.raises(OutputNotWritable):
        take_screenshot(None, 0, tmp_path / "none" / "a.png", (1280, 720), "result")
