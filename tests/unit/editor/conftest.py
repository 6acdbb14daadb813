"""Windows and documents for the editor's tests."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.app import network_feed, source_looks, window, worker_bridge
from editor.app.editor import Editor
from editor.app.settings import Settings
from editor.document.document import Document
from editor.look.style import apply_style
from pipeline.project.storage import StoredProject, load_project, save_project
from tests.ui.stand_in import StandInClient
from tests.unit.project.documents import one_face


class PatientBot(QtBot):
    """Waits two minutes before it calls something missing: the machine may be busy."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = 120_000) -> None:
        super().waitUntil(callback, timeout=timeout)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    return PatientBot(request)


@pytest.fixture(scope="session")
def styled(qapp: QApplication) -> QApplication:
    """The application with the editor's look; it is costly to change under open windows."""
    apply_style(qapp)
    return qapp


@pytest.fixture
def document(qtbot: QtBot) -> Document:
    """An open document of one face with keyframes at 0, 50 and 100 of 200 frames; its file doesn't exist."""
    document = Document()
    document.open(Path("nowhere") / "a.likeness", StoredProject(one_face(200, (0, 50, 100)), {}))
    return document


@pytest.fixture
def project_file(tmp_path: Path) -> Path:
    """A project file of one face with keyframes at 0, 50 and 100 of 200 frames."""
    path = tmp_path / "shot.likeness"
    for name in ("a.mp4", "x.png"):
        (tmp_path / name).touch()
    save_project(StoredProject(one_face(200, (0, 50, 100)), {}), path)
    assert load_project(path).project.plates
    return path


@pytest.fixture
def looks_at_photos() -> bool:
    """Whether photos are looked at, each by a process of its own: only where that is what is tested."""
    return False


@pytest.fixture
def editor(
    styled: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, looks_at_photos: bool
) -> Iterator[Editor]:
    """The editor with a worker that answers at once; nothing is open."""
    if not looks_at_photos:
        monkeypatch.setattr(source_looks.SourceLooks, "_look", lambda looks: looks._queue.clear())
    monkeypatch.setattr(worker_bridge, "WorkerClient", StandInClient)
    monkeypatch.setattr(window, "open_sound_device", lambda: "tests are silent")
    monkeypatch.setattr(network_feed, "LOOK_AFTER_MS", 600_000)  # The files of the networks are others' matter.
    StandInClient.made.clear()
    editor = Editor(Settings(tmp_path / "editor.ini"))
    qtbot.addWidget(editor.window)
    editor.window.resize(1280, 720)
    editor.window.show()
    yield editor
    editor.window.bridge.close()
    editor.window.looks.close()
    editor.window.network_feed.close()
    editor.window.session.saver.wait()
    editor.window.document.close()
    StandInClient.made.clear()
