"""Whatever somebody does, in whatever order: nothing fails, and undoing everything leads back to the beginning."""

import random
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from editor.app.action_table import ACTIONS
from editor.app.editor import Editor
from editor.document import edits
from pipeline.project.parameter_table import PARAMETERS

LEFT_OUT = {
    "project.close_file",
    "project.begin_new",
    "project.analyse_plate",
    "project.find_keyframes",
    "app.quit_editor",
    "window.full_screen",
    "help.show_keys",
    "edit.undo_step",
    "transport.play_toggle",
    "transport.play_forward",
    "transport.play_backward",
}


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.long) for seed in (1, 2))])
def test_a_random_sitting_is_undone_to_the_beginning(
    editor: Editor, project_file: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    for dialog in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, dialog, lambda *_: ("", ""))
    window, chance = editor.window, random.Random(seed)
    window.session.open(project_file)
    qtbot.waitUntil(lambda: window.traces.buckets is not None)
    beginning = window.document.project
    parameters = list(PARAMETERS.values())
    actions = [each.id for each in ACTIONS if each.id not in LEFT_OUT]
    for _ in range(250 if seed else 120):
        match chance.randrange(4):
            case 0:
                window.playhead.go(chance.randrange(200))
            case 1:
                parameter = chance.choice(parameters)
                value = chance.uniform(parameter.lowest, parameter.highest)
                edits.set_values(
                    window.document,
                    "face-1",
                    {parameter: value},
                    window.inspector.frames,
                    chance.choice(("keyframe", "range", "shot")),
                    window.playhead.span,
                )
            case _:
                window.actions_by_id[chance.choice(actions)].trigger()
        if chance.random() < 0.1:
            QApplication.processEvents()
            window.grab()
    for menu in window.timeline.findChildren(QMenu):
        menu.close()
    while window.document.undo_stack.canUndo():
        window.document.undo_stack.undo()
    assert window.document.project == beginning
    while window.document.undo_stack.canRedo():
        window.document.undo_stack.redo()
    window.grab()
