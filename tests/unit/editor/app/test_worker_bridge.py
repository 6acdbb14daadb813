"""What the worker says is kept as what it is, whatever happened since it was asked."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from editor.app import worker_bridge
from editor.app.editor import Editor
from editor.document import edits
from pipeline.client import FrameReady, WorkerLost
from pipeline.project.parameter_table import parameter_named
from tests.ui.stand_in import StandInClient


class SlowClient(StandInClient):
    """Answers with pictures when it is told to, of the document as it is by then."""

    def __init__(self, *given: object) -> None:
        super().__init__(*given)  # type: ignore[arg-type]
        self.held: list[FrameReady] = []
        tell = self.on_event
        self.on_event = lambda event: self.held.append(event) if isinstance(event, FrameReady) else tell(event)
        self._tell = tell

    def answer(self) -> None:
        for each in self.held:
            self._tell(FrameReady(each.picture, replace(each.facts, revision=self._revision)))
        self.held.clear()


def test_a_picture_drawn_after_an_edit_is_that_of_the_edit(
    editor: Editor, project_file: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_bridge, "WorkerClient", SlowClient)
    window = editor.window
    window.session.open(project_file)
    client = StandInClient.made[-1]
    assert isinstance(client, SlowClient)
    qtbot.waitUntil(lambda: bool(client.held))
    asked = list(client.held)
    edits.set_values(window.document, "face-1", {parameter_named("grain"): 1.5}, [0], "keyframe", range(200))
    qtbot.waitUntil(lambda: len(client.held) > len(asked))
    client.held[:] = asked
    client.answer()
    qtbot.waitUntil(lambda: window.pictures.has(0, "result"))
    editor.run("edit.undo_step")
    assert not window.pictures.has(0, "result"), "nobody has drawn the document from before the edit"
    qtbot.waitUntil(lambda: bool(client.held))
    client.answer()
    qtbot.waitUntil(lambda: window.pictures.has(0, "result"))


def test_what_is_on_its_way_is_not_asked_for_again_until_it_came(
    editor: Editor, project_file: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_bridge, "WorkerClient", SlowClient)
    window = editor.window
    window.session.open(project_file)
    client = StandInClient.made[-1]
    assert isinstance(client, SlowClient)

    def asked() -> list[int]:
        return [frame for what, frame in client.asked if what == "frame result"]

    before = len(asked())
    for frame in (40, 40, 60, 40):
        window.playhead.go(frame)
        window.canvas.refresh()
        window.canvas.refresh()
    assert asked()[before:] == [40, 60, 40]
    client._tell(WorkerLost(reason="It ended.", final=False, quarantined=()))
    qtbot.waitUntil(lambda: window.session.lost_notice() is not None)
    window.canvas.refresh()
    assert asked()[before:] == [40, 60, 40, 40]
    client.answer()
    qtbot.waitUntil(lambda: window.pictures.has(40, "result"))
    window.pictures.clear()
    window.canvas.refresh()
    assert asked()[before:] == [40, 60, 40, 40, 40]
