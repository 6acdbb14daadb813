"""The action table: one meaning a key, and every action does what it can without failing."""

from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from editor.app.action_table import ACTIONS, MENUS, spec
from editor.app.editor import Editor
from editor.timeline.transport_bar import BUTTONS


def test_no_key_has_two_meanings() -> None:
    keys = Counter(QKeySequence(key).toString() for each in ACTIONS for key in each.keys)
    assert [key for key, count in keys.items() if count > 1] == []
    assert "" not in keys


def test_ids_are_unique_and_say_area_and_verb() -> None:
    assert len({each.id for each in ACTIONS}) == len(ACTIONS)
    assert all(each.id.count(".") == 1 for each in ACTIONS)
    assert {each.menu for each in ACTIONS} == set(MENUS)


def test_every_action_says_what_it_does() -> None:
    assert all(each.help.endswith(".") for each in ACTIONS)


def test_every_action_has_its_handler_and_no_handler_is_without_an_action(editor: Editor) -> None:
    assert set(editor.handlers) == {each.id for each in ACTIONS}
    assert all(spec(each) for group in BUTTONS for each in group)


ENDS = {"project.close_file", "project.begin_new", "app.quit_editor", "window.full_screen", "window.full_viewer"}


def test_every_action_runs_on_an_open_project(
    editor: Editor, project_file: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    for dialog in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, dialog, lambda *_: ("", ""))
    window = editor.window
    window.session.open(project_file)
    for each in ACTIONS:
        if each.id in ENDS:
            continue
        window.selection.select_all()
        assert window.selection.frames or each.needs != "selection"
        action = window.actions_by_id[each.id]
        if each.needs != "grab":  # That depends on whether a picture has come.
            assert action.isEnabled() == (each.needs != "correction"), f"{each.id}: nothing is proposed here"
        action.trigger()
        for menu in (*window.timeline.findChildren(QMenu), *window.findChildren(QMenu)):
            menu.close()
        while window.document.undo_stack.canUndo():
            window.document.undo_stack.undo()
    assert editor._keys_window is not None
    qtbot.addWidget(editor._keys_window)


def test_actions_that_need_a_project_wait_for_one(editor: Editor) -> None:
    enabled = {each.id for each in ACTIONS if editor.window.actions_by_id[each.id].isEnabled()}
    assert enabled == {each.id for each in ACTIONS if each.needs == ""}
