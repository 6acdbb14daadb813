"""Plates that are no ordinary film."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from editor.app.action_table import ACTIONS
from editor.app.editor import Editor
from pipeline.project.storage import StoredProject, save_project
from tests.unit.project.documents import one_face


def test_a_still_is_one_frame_and_every_step_stays_on_it(editor: Editor, tmp_path: Path, qtbot: QtBot) -> None:
    window = editor.window
    save_project(StoredProject(one_face(1, (0,)), {}), tmp_path / "still.likeness")
    window.session.open(tmp_path / "still.likeness")
    qtbot.waitUntil(lambda: window.pictures.has(0, "result"))
    for each in ACTIONS:
        if each.id.startswith(("transport.", "timeline.zoom", "keyframe.go")):
            editor.run(each.id)
            window.grab()
    assert window.playhead.frame == 0
    assert not window.transport.playing


def test_two_hours_are_opened_and_walked_through(editor: Editor, tmp_path: Path, qtbot: QtBot) -> None:
    window = editor.window
    save_project(StoredProject(one_face(172_800, range(0, 172_800, 500)), {}), tmp_path / "long.likeness")
    window.session.open(tmp_path / "long.likeness")
    editor.run("transport.go_last")
    assert window.bar.position.text() == "01:59:59:23"
    editor.run("keyframe.go_previous")
    assert window.playhead.frame == 172_500
    editor.run("timeline.zoom_in")
    assert 172_500 in window.timeline.scale.visible(172_800, window.timeline.area().width())


@pytest.mark.parametrize("size", [(960, 600), (2560, 1440)])
def test_the_window_is_drawn_at_any_size(
    editor: Editor, project_file: Path, qtbot: QtBot, size: tuple[int, int]
) -> None:
    editor.window.resize(*size)
    editor.window.session.open(project_file)
    qtbot.waitUntil(lambda: editor.window.pictures.has(0, "result"))
    assert not editor.window.grab().isNull()
