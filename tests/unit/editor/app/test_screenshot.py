"""The window's picture without a screen."""

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.app import session, source_looks, worker_bridge
from editor.app.screenshot import Shown, take_screenshot
from editor.document.journal import unsaved_work
from pipeline.errors import Cancelled, OutputNotWritable, ProjectError, RangeError
from pipeline.ipc.messages import ErrorNotice, FrameFailed
from pipeline.project.project import with_face
from pipeline.project.storage import load_project, save_project
from tests.ui.stand_in import StandInClient


@pytest.fixture(autouse=True)
def at_once(styled: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_bridge, "WorkerClient", StandInClient)
    monkeypatch.setattr(source_looks.SourceLooks, "_look", lambda looks: looks._queue.clear())


def test_it_has_the_size_that_was_asked_for_and_shows_the_frame(project_file: Path, tmp_path: Path) -> None:
    before = project_file.read_bytes()
    pictures = []
    for view in ("result", "plate"):
        take_screenshot(project_file, Shown(50, view), tmp_path / "a.png", (1280, 720))
        pictures.append(QImage(str(tmp_path / "a.png")))
    take_screenshot(project_file, Shown(50, actions=("view.toggle_boxes",)), tmp_path / "a.png", (1280, 720))
    assert QImage(str(tmp_path / "a.png")) != pictures[0]
    assert [(each.width(), each.height()) for each in pictures] == [(1280, 720)] * 2
    assert pictures[0] != pictures[1]
    assert project_file.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir() if "partial" in each.name] == []


def test_what_cannot_be_shown_is_refused(project_file: Path, tmp_path: Path) -> None:
    with pytest.raises(RangeError):
        take_screenshot(project_file, Shown(900, "result"), tmp_path / "a.png", (1280, 720))
    with pytest.raises(ProjectError):
        take_screenshot(tmp_path / "none.likeness", Shown(0, "result"), tmp_path / "a.png", (1280, 720))
    with pytest.raises(OutputNotWritable):
        take_screenshot(None, Shown(0, "result"), tmp_path / "none" / "a.png", (1280, 720))
    with pytest.raises(ProjectError, match="no action sit"):
        take_screenshot(project_file, Shown(0, actions=("sit",)), tmp_path / "a.png", (1280, 720))


def test_what_detection_found_meanwhile_is_not_offered_for_recovery(
    project_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "JOURNAL_EVERY_MS", 1)
    stored = load_project(project_file)
    bare = replace(stored.project.faces[0], keyframes=())
    save_project(stored.changed(with_face(stored.project, bare)), project_file)
    take_screenshot(project_file, Shown(50, "result"), tmp_path / "a.png", (1280, 720))
    stored = load_project(project_file)
    assert unsaved_work(project_file, stored.sha256, stored.project) is None


class WithoutNetworks(StandInClient):
    """A worker whose pictures can't be made, or never come."""

    silent = False

    def request_frame(self, plate: str, frame: int, *, pane: str, **_: Any) -> int:
        generation = next(self._numbers)
        error = ErrorNotice(kind="ModelMissing", message="The model file of the face mesh is missing.")
        if not self.silent:
            self.on_event(FrameFailed(pane=pane, generation=generation, plate=plate, frame=frame, error=error))
        return generation


def test_a_picture_that_cannot_be_made_is_not_waited_for(
    project_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_bridge, "WorkerClient", WithoutNetworks)
    with pytest.raises(ProjectError, match=r"shown: The model file of the face mesh is missing\.$"):
        take_screenshot(project_file, Shown(50), tmp_path / "a.png", (1280, 720))
    monkeypatch.setattr(WithoutNetworks, "silent", True)
    with pytest.raises(Cancelled):
        take_screenshot(project_file, Shown(50), tmp_path / "a.png", (1280, 720), lambda: True)
    assert not (tmp_path / "a.png").exists()
