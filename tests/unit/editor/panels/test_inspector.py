"""The inspector aims at the selection, else at the playhead, and reaches as far as its switch says."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.app.editor import Editor
from editor.document import edits, landmark_steps
from editor.panels.parameter_line import ParameterLine
from pipeline.project.key_edits import value_of
from pipeline.project.landmark_move import moved_runs
from pipeline.project.parameter_table import parameter_named

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def opened(editor: Editor, project_file: Path) -> Editor:
    editor.window.session.open(project_file)
    return editor


def line(editor: Editor, title: str) -> ParameterLine:
    return next(each for each in editor.window.inspector.lines if each.line.title == title)


def value(editor: Editor, name: str, frame: int) -> float:
    return value_of(editor.window.document.project.faces[0], parameter_named(name), frame)


def lower(editor: Editor, title: str, qtbot: QtBot, side: int = 0) -> None:
    slider = line(editor, title).sliders[side]
    qtbot.mousePress(slider, LEFT, pos=QPoint(40, 10))
    for x in (30, 20, 10):
        qtbot.mouseMove(slider, QPoint(x, 10))
    qtbot.mouseRelease(slider, LEFT, pos=QPoint(10, 10))


def test_a_dragged_value_is_one_step_at_the_selected_keyframe(opened: Editor, qtbot: QtBot) -> None:
    opened.window.playhead.go(50)
    lower(opened, "Smile", qtbot)
    assert value(opened, "AU12L", 50) == value(opened, "AU12R", 50) < 1.0
    assert value(opened, "AU12L", 0) == value(opened, "AU12L", 100) == 1.0
    assert opened.window.document.undo_stack.count() == 1
    opened.run("edit.undo_step")
    assert value(opened, "AU12L", 50) == 1.0
    assert line(opened, "Smile").sliders[0].value == 1.0


def test_one_side_alone_when_the_sides_are_not_together(opened: Editor, qtbot: QtBot) -> None:
    opened.window.inspector._linked.setChecked(False)
    opened.window.playhead.go(50)
    lower(opened, "Smile", qtbot, side=1)
    assert value(opened, "AU12L", 50) == 1.0
    assert value(opened, "AU12R", 50) < 1.0


def test_a_frame_without_keyframe_becomes_one(opened: Editor, qtbot: QtBot) -> None:
    opened.window.playhead.go(70)
    lower(opened, "Overall", qtbot)
    assert 70 in [each.frame for each in opened.window.document.project.faces[0].keyframes]
    assert opened.window.selection.frames == (70,)


def test_several_keyframes_change_together_and_show_mixed_values(opened: Editor, qtbot: QtBot) -> None:
    window = opened.window
    window.playhead.go(50)
    lower(opened, "Overall", qtbot)
    window.selection.select([0, 50])
    assert line(opened, "Overall").sliders[0].mixed
    lower(opened, "Overall", qtbot)
    assert value(opened, "expression", 0) == value(opened, "expression", 50) < 1.0


def test_the_reach_is_lit_and_kept(opened: Editor, qtbot: QtBot) -> None:
    window = opened.window
    window.playhead.set_range(20, 40)
    window.playhead.go(30)
    window.inspector.set_reach("range")
    assert window.timeline.spans == [range(20, 41)]
    lower(opened, "Overall", qtbot)
    assert value(opened, "expression", 20) == value(opened, "expression", 40) < 1.0
    assert value(opened, "expression", 19) == value(opened, "expression", 41) == 1.0
    window.inspector.set_reach("shot")
    assert window.timeline.spans == [range(200)]


def test_a_shot_of_several_is_lit_and_changed_and_no_frame_more(opened: Editor, qtbot: QtBot) -> None:
    window = opened.window
    inspector = window.inspector
    assert not inspector._reach_buttons["plate"].isVisibleTo(inspector)
    window.record.put_cuts("plate-1", (0, 40, 120))
    assert inspector._reach_buttons["plate"].isVisibleTo(inspector)
    window.playhead.go(70)
    inspector.set_reach("shot")
    assert "40 to 119" in inspector._reach_buttons["shot"].toolTip()
    lower(opened, "Overall", qtbot)
    changed = [frame for frame in range(200) if value(opened, "expression", frame) != 1.0]
    assert changed == [frame for span in window.timeline.spans for frame in span] == list(range(40, 120))
    assert 70 not in [each.frame for each in window.document.project.faces[0].keyframes]
    window.selection.select([0, 100])
    inspector.refresh()
    assert window.timeline.spans == [range(40), range(40, 120)]
    inspector.set_reach("plate")
    assert window.timeline.spans == [range(200)]
    before = [value(opened, "expression", frame) for frame in range(200)]
    lower(opened, "Overall", qtbot)
    assert all(value(opened, "expression", frame) < before[frame] for frame in range(200))
    window.record.put_cuts("plate-1", (0,))
    assert inspector.reach == "shot", "a choice that is gone isn't made any more"
    assert window.timeline.spans == [range(200)]


def test_landmarks_moved_for_a_shot_stay_in_it(opened: Editor) -> None:
    window = opened.window
    window.record.put_cuts("plate-1", (0, 40, 120))
    window.playhead.go(70)
    window.inspector.set_reach("shot")
    landmark_steps.move(window.document, "face-1", "mouth", (0.0, 0.2, 0.0), window.landmarks.where)
    assert moved_runs(window.document.project.faces[0].landmark_moves, 200) == ((40, 119),)
    landmark_steps.reset(window.document, "face-1", "mouth", window.landmarks.where)
    assert window.document.project.faces[0].landmark_moves == ()


def test_what_is_lit_follows_what_a_change_would_touch(opened: Editor) -> None:
    window = opened.window
    smile, timeline = line(opened, "Smile"), window.timeline
    window.playhead.go(30)
    smile.hovered.emit(True)
    assert timeline.spans == [range(51)]
    window.playhead.go(70)
    assert timeline.spans == [range(50, 101)]
    window.selection.select([0, 100])
    assert timeline.spans == [range(51), range(50, 200)]
    window.playhead.set_range(20, 40)
    window.inspector.set_reach("range")
    assert timeline.spans == [range(20, 41)]
    window.playhead.set_range(25, 60)
    assert timeline.spans == [range(25, 61)]
    window.inspector.set_reach("keyframe")
    window.selection.clear()
    window.playhead.go(60)
    assert timeline.spans == [range(50, 101)]
    edits.toggle_keyframe(window.document, "face-1", 80)
    assert timeline.spans == [range(50, 81)]
    smile.hovered.emit(False)
    window.playhead.go(120)
    window.playhead.set_range(5, 6)
    assert timeline.spans == []


def test_the_measured_activation_stands_beside_its_unit(opened: Editor, qtbot: QtBot) -> None:
    window = opened.window
    qtbot.waitUntil(lambda: window.traces.buckets is not None)
    window.playhead.go(100)
    assert line(opened, "Smile").sliders[0]._measured == pytest.approx((100 / 199,))
    assert line(opened, "Brow down").sliders[0]._measured == ()


def test_the_way_back_to_the_default_is_there_once_something_changed(opened: Editor, qtbot: QtBot) -> None:
    opened.window.playhead.go(50)
    smile = line(opened, "Smile")
    assert not smile._reset.isVisibleTo(smile)
    lower(opened, "Smile", qtbot)
    qtbot.mouseClick(smile._reset, LEFT)
    assert value(opened, "AU12L", 50) == value(opened, "AU12R", 50) == 1.0


def test_a_note_is_kept_with_the_keyframe(opened: Editor, qtbot: QtBot) -> None:
    opened.window.playhead.go(50)
    note = opened.window.inspector._review._note
    note.setFocus()
    qtbot.keyClicks(note, "softer")
    qtbot.keyClick(note, Qt.Key.Key_Return)
    assert opened.window.document.project.faces[0].keyframes[1].note == "softer"
    assert not note.hasFocus()  # Keys are the program's again.


def test_an_expression_is_mixed_in_at_a_strength_and_taken_out_again(opened: Editor, qtbot: QtBot) -> None:
    window = opened.window
    window.playhead.go(50)
    menu = window.inspector._presets
    menu.fill()
    offered = {each.text(): each for each in menu._menu.actions()}
    offered["Smile"].trigger()
    (place,) = window.document.project.faces[0].presets
    assert (value(opened, place, 50), value(opened, place, 100)) == (1.0, 0.0)
    strength = line(opened, "Preset 1")
    assert strength.isVisibleTo(window.inspector)
    assert strength._name.text() == "Smile"
    assert not line(opened, "Preset 2").isVisibleTo(window.inspector)
    assert window.document.undo_stack.count() == 1
    menu.fill()
    next(each for each in menu._menu.actions() if each.text() == "Take out: Smile").trigger()
    assert window.document.project.faces[0].presets == {}
    assert not strength.isVisibleTo(window.inspector)


def test_a_lines_mark_and_its_menu_lead_to_the_curve_of_each_side(opened: Editor, qtbot: QtBot) -> None:
    smile, subject = line(opened, "Smile"), opened.window.curves.subject
    qtbot.mouseClick(smile._mark, LEFT)
    assert subject.parameter.name == "AU12L"
    assert opened.window.docks["curves"].isVisible()
    left, right = smile.curve_menu().actions()
    assert (left.text(), right.text()) == ("Curve of Smile, left", "Curve of Smile, right")
    right.trigger()
    assert subject.parameter.name == "AU12R"


def test_sides_that_change_together_are_one_bar_until_they_differ(opened: Editor, qtbot: QtBot) -> None:
    smile = line(opened, "Smile")
    assert smile.sliders[1].isHidden()
    narrow = smile.sliders[0].width()
    opened.window.inspector._linked.setChecked(False)
    assert not smile.sliders[1].isHidden()
    lower(opened, "Smile", qtbot, side=1)
    opened.window.inspector._linked.setChecked(True)
    assert not smile.sliders[1].isHidden()
    assert smile.sliders[1].width() == smile.sliders[0].width() == narrow
    lower(opened, "Smile", qtbot)
    assert smile.sliders[1].isHidden()
    assert smile.is_one_bar


def test_parameters_stay_where_they_are_from_frame_to_frame(opened: Editor) -> None:
    """On a keyframe and beside it, one keyframe selected or several."""
    window = opened.window
    slider, places = window.inspector.lines[0].sliders[0], set()
    for selected in ((50,), (), (0, 50)):
        window.playhead.go(50 if selected else 60)
        window.selection.select(selected)
        QApplication.processEvents()
        places.add(slider.mapTo(window, QPoint()).toTuple())
    assert len(places) == 1
