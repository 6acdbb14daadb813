"""Keys are given to actions: presets, one's own, conflicts, and what the window and the palette make of it."""

from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

from editor.app.action_table import ACTIONS
from editor.app.editor import Editor
from editor.app.key_map import OURS, KeyMap, key_presets, portable
from editor.app.keys_window import KeysWindow
from editor.app.palette import found
from editor.app.settings import Settings

PRESETS = [each.name for each in key_presets()]


@pytest.fixture
def keys(tmp_path: Path) -> KeyMap:
    return KeyMap(Settings(tmp_path / "editor.ini"))


def all_keys(keys: KeyMap) -> Counter[str]:
    return Counter(key for each in ACTIONS for key in keys.keys(each.id))


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_names_actions_that_are_there_and_keys_that_are_keys(name: str, keys: KeyMap) -> None:
    (preset,) = (each for each in key_presets() if each.name == name)
    assert set(preset.keys) <= {each.id for each in ACTIONS}
    assert all(key for wanted in preset.keys.values() for key in wanted)
    assert max(Counter(key for wanted in preset.keys.values() for key in wanted).values(), default=1) == 1
    keys.use_preset(name)
    assert set(all_keys(keys).values()) == {1}
    assert all(keys.keys(action) == wanted for action, wanted in preset.keys.items())
    # What is done all day keeps a key whatever program the hands come from.
    often = ("transport.play_toggle", "transport.mark_in", "keyframe.go_next", "view.toggle_wipe", "view.show_matte")
    assert all(keys.keys(action) for action in often)


def test_ours_is_the_table(keys: KeyMap) -> None:
    assert keys.preset == OURS
    assert all(keys.keys(each.id) == tuple(portable(key) for key in each.keys) for each in ACTIONS)


def test_a_key_that_is_given_is_taken_from_whoever_had_it_and_stays_so(keys: KeyMap, tmp_path: Path) -> None:
    assert keys.owner("w") == "view.toggle_wipe"
    keys.assign("view.show_matte", ("W", "F3"))
    assert keys.owner("W") == "view.show_matte"
    assert keys.keys("view.toggle_wipe") == ()
    again = KeyMap(Settings(tmp_path / "editor.ini"))
    assert again.keys("view.show_matte") == ("W", "F3")
    again.reset("view.show_matte")
    again.reset("view.toggle_wipe")
    assert again.keys("view.toggle_wipe") == ("W",)
    again.use_preset("rv")
    again.assign("view.toggle_wipe", ("F7",))
    again.reset_all()
    assert (again.preset, again.keys("view.toggle_wipe"), again.is_own("view.toggle_wipe")) == (OURS, ("W",), False)


def test_settings_that_cannot_be_read_cost_nothing(tmp_path: Path) -> None:
    (tmp_path / "editor.ini").write_text('[General]\nown_keys=[1, {"x"\nkey_preset=gone\n')
    assert set(all_keys(KeyMap(Settings(tmp_path / "editor.ini"))).values()) == {1}


def test_the_window_names_the_conflict_and_gives_the_key(editor: Editor, qtbot: QtBot) -> None:
    keys = editor.window.keys
    window = KeysWindow(keys)
    qtbot.addWidget(window)
    window.show()
    window.choose("view.show_matte")
    window.typed.setKeySequence(QKeySequence("D"))
    assert window.said.text() == "D is “Difference” (View) now. Setting it here takes it from there."
    window.set_button.click()
    assert keys.keys("view.show_matte") == ("D",)
    action = editor.window.actions_by_id["view.show_matte"]
    assert [each.toString() for each in action.shortcuts()] == ["D"]
    assert "<b>Matte</b> &nbsp; D<br>" in action.toolTip()
    window.typed.setKeySequence(QKeySequence("F3"))
    assert window.said.text() == "F3 does nothing yet."
    window.add_button.click()
    assert keys.keys("view.show_matte") == ("D", "F3")
    window.reset_button.click()
    assert keys.keys("view.show_matte") == (portable("Shift+M"),)


def test_the_window_finds_an_action_by_its_key_and_takes_a_preset(editor: Editor, qtbot: QtBot) -> None:
    window = KeysWindow(editor.window.keys)
    qtbot.addWidget(window)
    window.search.setText("ctrl+s")
    seen = {each for each, item in window._items.items() if not item.isHidden()}
    assert seen == {"project.save_file"}
    window.preset.setCurrentIndex(window.preset.findText("DaVinci Resolve"))
    window.preset.activated.emit(window.preset.currentIndex())
    assert editor.window.actions_by_id["timeline.snap_toggle"].shortcut().toString() == "N"


def test_what_is_typed_finds_actions_best_first() -> None:
    assert found("matte")[0].id == "view.show_matte"
    assert found("appr next")[0].id == "keyframe.approve_next"
    assert found("xyzzy") == []
    assert len(found("")) == len(ACTIONS)


def test_the_palette_runs_what_is_found_and_lists_only_what_can_be_run(
    editor: Editor, project_file: Path, qtbot: QtBot
) -> None:
    window, palette = editor.window, editor._palette
    editor.run("help.find_action")
    palette.field.setText("wipe")
    assert palette.list.topLevelItemCount() == 0, "nothing is open"
    window.session.open(project_file)
    editor.run("help.find_action")
    assert palette.isVisible()
    qtbot.keyClicks(palette.field, "face box")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert "boxes" in window.view.overlays
    assert not palette.isVisible()
    editor.run("help.find_action")
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    assert palette.at == 1
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()
