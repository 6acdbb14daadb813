"""Final quality in the viewer, on and off."""

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from editor.app.editor import Editor
from editor.document import edits
from editor.playback.pictures import Picture
from editor.viewer.head_up import layers_text
from pipeline.ipc.messages import FrameFacts, Progress
from pipeline.project.parameter_table import parameter_named
from tests.ui.stand_in import StandInClient


@pytest.fixture
def opened(editor: Editor, project_file: Path, qtbot: QtBot) -> Editor:
    editor.window.session.open(project_file)
    qtbot.waitUntil(lambda: shown(editor) is not None)
    return editor


def shown(editor: Editor) -> Picture | None:
    return editor.window.pictures.picture(editor.window.playhead.frame, "result")


def badge(editor: Editor, facts: FrameFacts) -> str:
    return layers_text(replace(editor.window.canvas._head_up(None), facts=facts))


def test_final_pictures_are_others_than_drafts_and_both_are_kept(opened: Editor, qtbot: QtBot) -> None:
    action = opened.window.actions_by_id["view.toggle_final"]
    draft = shown(opened)
    assert draft is not None
    assert badge(opened, draft.facts) == "Result, draft"
    opened.run("view.toggle_final")
    assert action.isChecked()
    qtbot.waitUntil(lambda: shown(opened) is not None)
    final = shown(opened)
    assert final is not None
    assert badge(opened, final.facts) == "Result, final"
    assert final.image.pixelColor(1, 1) != draft.image.pixelColor(1, 1)
    asked = len(StandInClient.made[-1].asked)
    opened.run("view.toggle_final")
    assert shown(opened) is draft
    assert not [each for each in StandInClient.made[-1].asked[asked:] if each[0] == "frame result"]
    opened.run("view.toggle_final")
    smile = parameter_named("AU12L")
    edits.set_values(opened.window.document, "face-1", {smile: 0.4}, [0], "keyframe", range(200))
    qtbot.waitUntil(lambda: shown(opened) is not None)
    after = shown(opened)
    assert after is not None
    assert after.facts.quality == "final"


def test_what_final_pictures_wait_for_is_told_until_they_are_there(opened: Editor, qtbot: QtBot) -> None:
    window = opened.window
    opened.run("view.toggle_final")
    qtbot.waitUntil(lambda: shown(opened) is not None)
    waiting = Progress(job=0, stage="matching", done=3, total=72, rate=1.0, seconds_left=None)
    window.bridge.heard.emit(waiting)
    assert "Final quality: matching — 3 / 72" in window._busy.text()
    opened.run("view.toggle_final")
    assert "Final quality" not in window._busy.text()
    window.bridge.heard.emit(waiting)
    assert "Final quality" not in window._busy.text(), "a draft's preparation is none of it"
