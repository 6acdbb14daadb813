"""Workspaces are chosen, saved, reset and kept; the picture fills the screen; a second viewer follows the first."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QDockWidget, QMenu
from pytestqt.qtbot import QtBot

from editor.app.editor import Editor
from editor.app.settings import Settings
from editor.app.workspace_menu import WorkspaceForm, workspace_menu
from editor.app.workspaces import OURS
from editor.look.focus_frame import FocusFrame
from tests.ui.stand_in import level


@pytest.fixture
def opened(editor: Editor, project_file: Path) -> Editor:
    editor.window.session.open(project_file)
    return editor


def hidden(editor: Editor) -> set[str]:
    return {name for name, dock in editor.window.docks.items() if dock.isHidden()}


def checked(editor: Editor) -> list[str]:
    actions = editor.window.actions_by_id
    return [each.name for each in OURS if actions[f"workspace.use_{each.name.lower()}"].isChecked()]


def test_those_that_come_with_the_program_put_panels_away_and_back(opened: Editor, qtbot: QtBot) -> None:
    assert checked(opened) == ["Standard"]
    first = hidden(opened)
    width = opened.window.canvas.width()
    opened.run("workspace.use_review")
    assert {"inspector", "identity", "networks"} <= hidden(opened)
    qtbot.waitUntil(lambda: opened.window.canvas.width() > width)
    opened.run("workspace.use_curves")
    assert "curves" not in hidden(opened)
    opened.run("workspace.use_people")
    assert checked(opened) == ["People"]
    opened.run("workspace.use_standard")
    assert (hidden(opened), checked(opened)) == (first, ["Standard"])


def test_ones_own_are_saved_reset_and_found_again(opened: Editor, tmp_path: Path, qtbot: QtBot) -> None:
    w = opened.window
    opened.run("workspace.use_next_own")
    assert any("no workspace of your own" in words for words in w.notices.texts)
    w.docks["inspector"].hide()
    opened.run("workspace.save_layout")
    form = w.findChild(WorkspaceForm)
    assert isinstance(form, WorkspaceForm)
    form.name.setText("review")
    qtbot.keyClick(form.name, Qt.Key.Key_Return)
    assert "comes with the program" in form.said.text()
    form.name.setText("Night shift")
    qtbot.keyClick(form.name, Qt.Key.Key_Return)
    assert form.isHidden()
    w.docks["inspector"].show()
    opened.run("panel.reset_layout")
    assert "inspector" in hidden(opened)
    opened.run("workspace.use_standard")
    opened.run("workspace.use_next_own")
    assert (w.workspaces.current, "inspector" in hidden(opened)) == ("Night shift", True)
    again = Settings(tmp_path / "editor.ini")
    assert (again.workspace, list(again.workspaces)) == ("Night shift", ["Night shift"])


def test_the_menu_has_all_and_removes_ones_own(opened: Editor) -> None:
    w = opened.window
    w.workspaces.save("Mine")
    menu = workspace_menu(w, w.workspaces, lambda: None)
    assert [each.text() for each in menu.actions() if each.isChecked()] == ["Mine"]
    removing = next(each for each in menu.findChildren(QMenu) if each.title() == "Remove")
    removing.actions()[0].trigger()
    assert (w.workspaces.own, checked(opened)) == ((), ["Standard"])


def test_the_picture_fills_the_screen_and_escape_brings_the_rest_back(opened: Editor, qtbot: QtBot) -> None:
    w = opened.window
    before = hidden(opened)
    opened.run("window.full_viewer")
    assert w.isFullScreen()
    assert hidden(opened) == set(w.docks)
    qtbot.waitUntil(lambda: w.canvas.size() == w.size())
    assert w.actions_by_id["window.full_viewer"].isChecked()
    qtbot.keyClick(w.canvas, Qt.Key.Key_Escape)
    assert not w.isFullScreen()
    assert (hidden(opened), w.menuBar().isHidden(), w.statusBar().isHidden()) == (before, False, False)


def test_a_window_that_is_closed_from_the_full_screen_remembers_its_panels(opened: Editor, project_file: Path) -> None:
    w = opened.window
    before = w.workspace.saveState()
    opened.run("window.full_viewer")
    w.close()
    kept = w.settings.layout
    assert kept is not None
    assert kept[1] == before


def test_a_second_viewer_follows_playhead_and_view(opened: Editor, qtbot: QtBot) -> None:
    w, second = opened.window, opened._workspace_actions.second
    opened.run("view.show_plate")
    opened.run("view.toggle_boxes")
    opened.run("window.second_viewer")
    assert second.isVisible()
    for frame in (7, 90):
        w.playhead.go(frame)
        qtbot.waitUntil(lambda: w.pictures.has(w.playhead.frame, "plate"))
        image = second.grab().toImage()
        size = image.size()
        colours = {image.pixelColor(x, y).red() for x in range(0, size.width(), 40) for y in (size.height() // 2,)}
        assert colours == {level(frame)}, "no head-up line, no boxes, nothing but the frame"
    zoom = w.canvas.zoom
    second.canvas.set_zoom(4.0)
    assert w.canvas.zoom == zoom
    qtbot.mouseDClick(second.canvas, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    assert second.isFullScreen()
    second.close()
    assert not w.actions_by_id["window.second_viewer"].isChecked()


def test_the_second_viewer_ends_with_the_window(opened: Editor) -> None:
    opened.run("window.second_viewer")
    opened.window.close()
    assert not opened._workspace_actions.second.isVisible()


def bars(editor: Editor) -> set[str]:
    """The panels with a title bar."""
    return {name for name, dock in editor.window.docks.items() if dock.titleBarWidget() is None}


def test_panels_have_title_bars_while_they_are_moved_and_float_in_a_saved_workspace(opened: Editor) -> None:
    w = opened.window
    jobs = w.docks["jobs"]
    assert bars(opened) == set()
    opened.run("panel.move_panels")
    assert bars(opened) == set(w.docks)
    assert w.actions_by_id["panel.move_panels"].isChecked()
    jobs.setFloating(True)
    w.workspace.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, w.docks["shots"])
    assert w.workspaces.save("Two screens") == ""
    opened.run("panel.move_panels")
    assert bars(opened) == {"jobs"}, "a window of its own is dragged by its title"
    opened.run("workspace.use_standard")
    assert (jobs.isFloating(), bars(opened)) == (False, set())
    assert w.workspace.dockWidgetArea(w.docks["shots"]) == Qt.DockWidgetArea.LeftDockWidgetArea
    w.workspaces.use("Two screens")
    assert (jobs.isFloating(), bars(opened)) == (True, {"jobs"})
    assert w.workspace.dockWidgetArea(w.docks["shots"]) == Qt.DockWidgetArea.RightDockWidgetArea
    jobs.setFloating(False)
    opened.run("panel.reset_layout")
    assert jobs.isFloating(), "as it was saved"


def test_the_timeline_moves_with_the_others_but_is_never_closed(opened: Editor) -> None:
    timeline = opened.window.docks["timeline"]
    assert timeline.features() == QDockWidget.DockWidgetFeature.NoDockWidgetFeatures
    opened.run("panel.move_panels")
    assert timeline.features() & QDockWidget.DockWidgetFeature.DockWidgetFloatable
    assert not timeline.features() & QDockWidget.DockWidgetFeature.DockWidgetClosable


def test_the_keyboard_s_place_is_framed_on_the_timeline(opened: Editor) -> None:
    timeline = opened.window.timeline
    frame = timeline.findChild(FocusFrame)
    assert isinstance(frame, FocusFrame)
    QApplication.sendEvent(timeline, QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.TabFocusReason))
    assert (frame.isHidden(), frame.size()) == (False, timeline.size())
    QApplication.sendEvent(timeline, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.TabFocusReason))
    assert frame.isHidden()
    QApplication.sendEvent(timeline, QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.MouseFocusReason))
    assert frame.isHidden(), "whoever clicked knows"
