"""Markers on the timeline by key and mouse, undone and redone; shots and the steps between cuts."""

from pathlib import Path

from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.app.editor import Editor
from editor.timeline.lane_words import told_at
from editor.timeline.timeline_view import TimelineView
from pipeline.project.marker import Marker
from pipeline.project.storage import load_project
from tests.unit.editor.timeline.test_timeline_view import NONE, SHIFT, at, drag


def marked(editor: Editor, project: Path, *frames: int) -> TimelineView:
    """The timeline of the project with markers set by the action on these frames."""
    w = editor.window
    w.session.open(project)
    for frame in frames:
        w.playhead.go(frame)
        editor.run("marker.add_here")
    return w.timeline


def flag(view: TimelineView, frame: int) -> QPointF:
    return at(view, frame, view.lanes().marker_lane.top + 6)


def frames(view: TimelineView) -> list[int]:
    return [each.frame for each in view.markers()]


def test_the_lane_is_there_when_a_marker_is(editor: Editor, project_file: Path) -> None:
    view = marked(editor, project_file)
    before = view.face_lane(0).top()
    editor.run("marker.add_here")
    assert view.face_lane(0).top() > before
    editor.run("marker.remove_here")
    assert view.face_lane(0).top() == before


def test_markers_are_stepped_between(editor: Editor, project_file: Path) -> None:
    marked(editor, project_file, 120, 30)
    w, seen = editor.window, []
    for action in ("marker.go_next", "marker.go_next", "marker.go_previous", "marker.go_previous"):
        editor.run(action)
        seen.append(w.playhead.frame)
    assert seen == [120, 120, 30, 30]


def test_a_name_a_note_and_a_colour_are_given_and_saved(editor: Editor, project_file: Path, qtbot: QtBot) -> None:
    view = marked(editor, project_file, 30)
    form = view.marker_form
    editor.run("marker.add_here")
    assert form.isVisible()
    qtbot.keyClicks(form.name, "Door")
    form.note.setText("slams")
    form._swatches.button(4).click()
    qtbot.keyClick(form.name, Qt.Key.Key_Return)
    assert not form.isVisible()
    wanted = (Marker(id="marker-1", plate="plate-1", frame=30, name="Door", note="slams", colour="red"),)
    assert tuple(view.markers()) == wanted
    editor.window.session.save()
    editor.window.session.saver.wait()
    assert load_project(project_file).project.markers == wanted
    editor.run("edit.undo_step")
    assert view.markers()[0].name == ""


def test_escape_forgets_what_was_typed(editor: Editor, project_file: Path, qtbot: QtBot) -> None:
    view = marked(editor, project_file, 30)
    view.edit_marker(view.markers()[0])
    qtbot.keyClicks(view.marker_form.name, "Door")
    qtbot.keyClick(view.marker_form, Qt.Key.Key_Escape)
    assert not view.marker_form.isVisible()
    assert view.markers()[0].name == ""


def test_a_dragged_marker_moves_in_one_step_and_not_onto_another(editor: Editor, project_file: Path) -> None:
    view = marked(editor, project_file, 30, 120)
    steps = view.document.undo_stack.count()
    drag(view, flag(view, 30), flag(view, 80), flag(view, 120), keys=SHIFT)
    assert frames(view) == [80, 120]
    assert view.document.undo_stack.count() == steps + 1
    editor.run("edit.undo_step")
    assert frames(view) == [30, 120]


def test_a_click_on_a_flag_goes_there(editor: Editor, project_file: Path) -> None:
    view = marked(editor, project_file, 30, 120)
    drag(view, flag(view, 30), keys=NONE)
    assert view.playhead.frame == 30
    assert frames(view) == [30, 120]


def test_a_marker_is_taken_away_from_its_form(editor: Editor, project_file: Path) -> None:
    view = marked(editor, project_file, 30, 120)
    view.edit_marker(view.markers()[0])
    view.marker_form._remove()
    assert frames(view) == [120]


def test_cuts_are_lanes_and_stepped_between(editor: Editor, project_file: Path, styled: QApplication) -> None:
    view = marked(editor, project_file)
    w = editor.window
    w.record.put_cuts("plate-1", [0, 60, 140])
    w.record.put_cuts("another", [7])
    assert w.record.cuts == (60, 140)
    assert view.lanes().shot_lane.height > 0
    seen = []
    for action in ("transport.next_cut", "transport.next_cut", "transport.previous_cut", "transport.previous_cut"):
        editor.run(action)
        seen.append(w.playhead.frame)
    assert seen == [60, 140, 60, 0]
    assert "frames 60 to 139" in told_at(view, at(view, 100, view.lanes().shot_lane.top + 3))
    editor.run("project.close_file")
    assert not any(w.record.cuts)
