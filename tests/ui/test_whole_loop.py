"""The editor's work from a film and a photo to an approved, saved and reopened project, with the real worker."""

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.app.editor import Editor
from editor.app.settings import Settings
from editor.look.style import apply_style
from pipeline.project.key_edits import value_of
from pipeline.project.keyframe import Keyframe
from pipeline.project.parameter_table import parameter_named
from pipeline.project.storage import load_project

LEFT = Qt.MouseButton.LeftButton
PATIENCE_MS = 300_000


@pytest.fixture
def editor(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Editor]:
    apply_style(qapp)
    editor = Editor(Settings(tmp_path / "editor.ini"))
    qtbot.addWidget(editor.window)
    editor.window.resize(1600, 1000)
    editor.window.show()
    yield editor
    editor.window.bridge.close()
    editor.window.looks.close()
    editor.window.session.saver.wait()
    editor.window.document.close()


class Sitting:
    """What somebody does at the window, step by step."""

    def __init__(self, editor: Editor, qtbot: QtBot) -> None:
        self.editor, self.qtbot, self.window = editor, qtbot, editor.window

    @property
    def keyframes(self) -> tuple[Keyframe, ...]:
        return self.window.document.project.faces[0].keyframes

    def until(self, what: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(what, timeout=PATIENCE_MS)

    def wait_for_pictures(self) -> None:
        """The viewer shows the playhead's frame, and nothing is missing in it."""
        window = self.window

        def whole() -> bool:
            found = [window.pictures.picture(window.playhead.frame, layer) for layer in window.view.layers]
            return all(each is not None and each.complete for each in found)

        self.until(whole)

    def result(self) -> QImage:
        found = self.window.pictures.picture(self.window.playhead.frame, "result")
        assert found is not None
        return found.image

    def smile(self) -> float:
        return value_of(self.window.document.project.faces[0], parameter_named("AU12L"), self.window.playhead.frame)

    def drop(self, plate: Path, photo: Path, project: Path) -> None:
        """A film and a photo are dropped; who agreed is said in the same place."""
        start = self.window.start
        start.put([plate, photo])
        start._project.put([project])
        start.consent.who.setText("Ada")
        start.consent.statement.setPlainText("May be used in this test.")
        start.make.click()
        self.until(lambda: self.window.document.is_open)

    def step_to_the_apex(self) -> None:
        inner = [each for each in self.keyframes if each.kind not in ("first", "last")]
        apex = max(inner, key=lambda each: each.score or 0).frame
        while self.window.playhead.frame != apex:
            self.editor.run("keyframe.go_next")
        self.wait_for_pictures()

    def lower_the_smile(self) -> None:
        line = next(each for each in self.window.inspector.lines if each.line.title == "Smile")
        slider = line.sliders[0]
        self.qtbot.mousePress(slider, LEFT, pos=QPoint(60, 10))
        for x in (40, 20, 5):
            self.qtbot.mouseMove(slider, QPoint(x, 10))
        self.qtbot.mouseRelease(slider, LEFT, pos=QPoint(5, 10))
        self.wait_for_pictures()


def test_from_a_film_and_a_photo_to_an_approved_project(
    editor: Editor, qtbot: QtBot, media_dir: Path, tmp_path: Path
) -> None:
    sitting, window = Sitting(editor, qtbot), editor.window
    document, playhead = window.document, window.playhead

    sitting.drop(media_dir / "single_face.mp4", media_dir / "single_face.jpg", tmp_path / "shot.likeness")
    consent = document.project.identities[0].consent
    assert consent is not None
    assert consent.who == "Ada"
    # The plate is seen while it is analysed; keyframes come by themselves, with reasons.
    sitting.until(lambda: window.pictures.has(0, "result"))
    sitting.until(lambda: len(sitting.keyframes) > 2)
    sitting.until(lambda: window.traces.buckets is not None)
    assert all(each.reasons for each in sitting.keyframes)

    sitting.step_to_the_apex()
    before = sitting.result()
    sitting.lower_the_smile()
    lowered, after = sitting.smile(), sitting.result()
    assert lowered < 0.7
    assert after != before

    editor.run("view.toggle_wipe")
    window.view.set_wipe(0.3)
    sitting.wait_for_pictures()
    assert window.view.layers == ("plate", "result")
    editor.run("edit.undo_step")
    assert (sitting.smile(), sitting.result()) == (1.0, before)
    editor.run("edit.redo_step")
    assert (sitting.smile(), sitting.result()) == (lowered, after)

    apex = playhead.frame
    editor.run("edit.copy_keys")
    editor.run("transport.go_last")
    editor.run("edit.paste_keys")
    assert sitting.smile() == lowered
    for _ in range(len(sitting.keyframes)):
        editor.run("keyframe.approve_next")
    assert {each.status for each in sitting.keyframes} == {"approved"}

    editor.run("project.save_file")
    sitting.until(lambda: not document.unsaved)
    saved = document.project
    editor.run("project.close_file")
    assert load_project(tmp_path / "shot.likeness").project == saved
    assert window.session.open(tmp_path / "shot.likeness")
    playhead.go(apex)
    assert sitting.smile() == lowered
    sitting.wait_for_pictures()

    # The worker is killed: it is told, it comes back, and the work goes on where it was.
    assert window.bridge.pid is not None
    os.kill(window.bridge.pid, signal.SIGKILL)
    lost = window.session.lost_notice
    sitting.until(lambda: lost() is not None)
    sitting.until(lambda: lost() is None)
    assert document.project == saved
    playhead.go(1)
    sitting.wait_for_pictures()
