"""The curve editor: keys and handles are dragged, every change is one step back, and nothing leaves its bounds."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.app.editor import Editor
from editor.timeline.curve_plot import CurvePlot
from editor.timeline.gutter import GUTTER_PX
from pipeline.project.curve import Curve, Key
from pipeline.project.key_edits import set_key, value_of
from pipeline.project.parameter_table import parameter_named
from pipeline.project.project import Project

LEFT = Qt.MouseButton.LeftButton
NAME = "AU12L"
PARAMETER = parameter_named(NAME)


def keyed(project: Project) -> Project:
    for frame, value in ((20, 0.5), (60, 1.0), (120, 0.25)):
        project = set_key(project, None, NAME, frame, value)
    return project


@pytest.fixture
def shown(editor: Editor, project_file: Path, qtbot: QtBot) -> Editor:
    """The editor with the panel open on a curve of three keys."""
    window = editor.window
    window.session.open(project_file)
    window.document.edit("Three keys", keyed)
    window.inspector.curve_wanted.emit(PARAMETER)
    qtbot.waitUntil(lambda: window.curves.plot is not None and window.curves.plot._area().height() > 50)
    return editor


def plot(editor: Editor) -> CurvePlot:
    found = editor.window.curves.plot
    assert found is not None
    return found


def curve(editor: Editor) -> Curve:
    return editor.window.document.project.faces[0].curves[NAME]


def key(editor: Editor, frame: int) -> Key:
    return next(each for each in curve(editor).keys if each.frame == frame)


def drag(editor: Editor, qtbot: QtBot, start: QPointF, *way: QPointF, held: Qt.KeyboardModifier | None = None) -> None:
    viewport = plot(editor).viewport
    modifiers = held or Qt.KeyboardModifier.NoModifier
    qtbot.mousePress(viewport, LEFT, modifiers, start.toPoint())
    for at in way:
        qtbot.mouseMove(viewport, at.toPoint())
    qtbot.mouseRelease(viewport, LEFT, modifiers, way[-1].toPoint())


def at(editor: Editor) -> Callable[[float, float], QPointF]:
    return plot(editor).position


def test_a_key_is_dragged_to_a_frame_and_a_value_in_one_step(shown: Editor, qtbot: QtBot) -> None:
    window, where = shown.window, at(shown)
    steps = window.document.undo_stack.count()
    drag(shown, qtbot, where(60, 1.0), where(70, 0.9), where(80, 0.7))
    assert curve(shown).frames == (20, 80, 120)
    assert key(shown, 80).value == pytest.approx(0.7, abs=2 * plot(shown).values_per_px)
    assert window.curves.subject.key == key(shown, 80)
    assert window.document.undo_stack.count() == steps + 1
    shown.run("edit.undo_step")
    assert curve(shown).frames == (20, 60, 120)


def test_a_dragged_key_stays_between_its_neighbours_and_inside_the_bounds(shown: Editor, qtbot: QtBot) -> None:
    where = at(shown)
    drag(shown, qtbot, where(60, 1.0), where(60, 9.0), where(150, 9.0))
    assert curve(shown).frames == (20, 119, 120)
    assert key(shown, 119).value == PARAMETER.highest


def test_an_escaped_drag_leaves_the_curve_as_it_was(shown: Editor, qtbot: QtBot) -> None:
    before, where, viewport = curve(shown), at(shown), plot(shown).viewport
    qtbot.mousePress(viewport, LEFT, pos=where(60, 1.0).toPoint())
    qtbot.mouseMove(viewport, where(90, 0.3).toPoint())
    assert curve(shown) != before
    qtbot.keyClick(plot(shown)._plot, Qt.Key.Key_Escape)
    assert curve(shown) == before


def test_a_click_goes_to_the_key_and_changes_nothing(shown: Editor, qtbot: QtBot) -> None:
    before = shown.window.document.project
    drag(shown, qtbot, at(shown)(60, 1.0), at(shown)(60, 1.0) + QPointF(1, 1))
    assert shown.window.playhead.frame == 60
    assert shown.window.document.project is before


def test_a_span_made_bezier_keeps_its_values_until_a_handle_is_pulled(shown: Editor, qtbot: QtBot) -> None:
    face = shown.window.document.project.faces[0]
    before = [value_of(face, PARAMETER, frame) for frame in range(20, 121)]
    for frame in (20, 60):
        shown.window.curves.subject.pick(frame)
        shown.run("curve.make_bezier")
    face = shown.window.document.project.faces[0]
    assert [value_of(face, PARAMETER, frame) for frame in range(20, 121)] == pytest.approx(before, abs=1e-5)
    handle = next(each for each in plot(shown).handles() if each.key_frame == 60 and each.side == "after")
    steps = shown.window.document.undo_stack.count()
    drag(shown, qtbot, at(shown)(handle.frame, handle.value), at(shown)(75, 1.1), at(shown)(80, 1.3))
    pulled = key(shown, 60)
    assert pulled.after is not None
    assert pulled.before is not None
    assert pulled.after == pytest.approx((20, 0.3), abs=1.0)
    assert pulled.after[1] / pulled.after[0] == pytest.approx(-pulled.before[1] / pulled.before[0])
    assert shown.window.document.undo_stack.count() == steps + 1


def test_with_alt_the_handle_across_stays(shown: Editor, qtbot: QtBot) -> None:
    for frame in (20, 60):
        shown.window.curves.subject.pick(frame)
        shown.run("curve.make_bezier")
    across = key(shown, 60).before
    handle = next(each for each in plot(shown).handles() if each.key_frame == 60 and each.side == "after")
    viewport, there, alt = plot(shown).viewport, at(shown)(80, 0.4), Qt.KeyboardModifier.AltModifier
    qtbot.mousePress(viewport, LEFT, alt, at(shown)(handle.frame, handle.value).toPoint())
    move = QMouseEvent(QEvent.Type.MouseMove, there, viewport.mapToGlobal(there), LEFT, LEFT, alt)
    QApplication.sendEvent(viewport, move)
    qtbot.mouseRelease(viewport, LEFT, alt, there.toPoint())
    assert key(shown, 60).before == across
    assert key(shown, 60).after == pytest.approx((20, -0.6), abs=1.0)


@pytest.mark.parametrize("kind", ["hold", "linear", "smooth", "ease", "bezier"])
def test_the_way_to_the_next_key_is_chosen_and_shown(shown: Editor, kind: str) -> None:
    shown.window.playhead.go(60)
    shown.run(f"curve.make_{kind}")
    assert key(shown, 60).interpolation == kind
    checked = {
        name for name, action in shown.window.actions_by_id.items() if "curve.make" in name and action.isChecked()
    }
    assert checked == {f"curve.make_{kind}"}


def test_frame_and_value_are_typed(shown: Editor, qtbot: QtBot) -> None:
    panel = shown.window.curves
    panel.subject.pick(60)
    panel.frame.setValue(64)
    panel.value.setValue(0.8)
    assert key(shown, 64).value == 0.8
    assert (panel.frame.minimum(), panel.frame.maximum()) == (21, 119)
    panel.value.setValue(99.0)
    assert key(shown, 64).value == PARAMETER.highest


def test_keys_are_added_where_the_curve_is_and_taken_away(shown: Editor, qtbot: QtBot) -> None:
    face = shown.window.document.project.faces[0]
    value = value_of(face, PARAMETER, 90)
    qtbot.mouseDClick(plot(shown).viewport, LEFT, pos=at(shown)(90, 0.1).toPoint())
    assert curve(shown).frames == (20, 60, 90, 120)
    assert key(shown, 90).value == pytest.approx(value)
    shown.run("curve.remove_key")
    assert curve(shown).frames == (20, 60, 120)


def test_a_double_click_beyond_the_plate_keys_its_last_frame(shown: Editor, qtbot: QtBot) -> None:
    qtbot.mouseDClick(plot(shown).viewport, LEFT, pos=at(shown)(200, 0.1).toPoint())
    assert curve(shown).frames[-1] == 199
    assert shown.window.notices.texts == []


def test_the_first_key_is_added_to_a_parameter_without_a_curve(shown: Editor) -> None:
    shown.window.inspector.curve_wanted.emit(parameter_named("AU4L"))
    shown.window.playhead.go(30)
    shown.run("curve.add_key")
    (only,) = shown.window.document.project.faces[0].curves["AU4L"].keys
    assert (only.frame, only.value) == (30, 1.0)
    assert [each.name for each in shown.window.curves.subject.keyed] == ["AU4L", NAME]


def test_keys_of_the_balance_are_keys_like_others_and_a_persons_once_moved(shown: Editor, qtbot: QtBot) -> None:
    document = shown.window.document
    balanced = Curve(keys=(Key(frame=20, value=0.5, made="balance"), Key(frame=60, value=1.0, made="balance")))
    face = document.project.faces[0]
    face.curves[NAME] = balanced
    plot(shown).refresh()
    drag(shown, qtbot, at(shown)(60, 1.0), at(shown)(60, 0.9), at(shown)(60, 0.8))
    assert [each.made for each in curve(shown).keys] == ["balance", "hand"]


def test_frames_lie_where_the_timeline_has_them(shown: Editor) -> None:
    timeline = shown.window.timeline
    for factor in (1.0, 4.0):
        timeline.zoom(factor)
        frame = shown.window.playhead.frame + 3
        there = timeline.area().left() + timeline.scale.x(frame + 0.5)
        assert at(shown)(frame, 0.0).x() == pytest.approx(there, abs=1.0)
    assert plot(shown)._area().left() == pytest.approx(GUTTER_PX, abs=1.0)


def test_a_press_beside_the_keys_moves_the_playhead(shown: Editor, qtbot: QtBot) -> None:
    qtbot.mousePress(plot(shown).viewport, LEFT, pos=at(shown)(150, 0.9).toPoint())
    qtbot.mouseRelease(plot(shown).viewport, LEFT, pos=QPoint(at(shown)(150, 0.9).toPoint()))
    assert shown.window.playhead.frame == 150
    assert plot(shown)._playhead.value() == 150


def test_keys_of_the_curve_are_stepped_through(shown: Editor) -> None:
    shown.window.playhead.go(0)
    shown.run("curve.go_next")
    shown.run("curve.go_next")
    assert shown.window.playhead.frame == 60
    shown.run("curve.go_previous")
    assert shown.window.curves.subject.key == key(shown, 20)


def test_fitting_shows_the_curves_values_and_then_the_bounds(shown: Editor) -> None:
    bounds = (plot(shown)._low, plot(shown)._high)
    shown.run("curve.fit_values")
    assert (plot(shown)._low, plot(shown)._high) == pytest.approx((0.175, 1.075))
    shown.run("curve.fit_values")
    assert (plot(shown)._low, plot(shown)._high) == bounds


def test_other_curves_are_drawn_behind_when_wanted(shown: Editor) -> None:
    shown.window.document.edit("Another", lambda project: set_key(project, None, "shape", 10, 0.5))
    assert plot(shown)._behind[0].xData is None or not len(plot(shown)._behind[0].xData)
    shown.run("curve.toggle_others")
    assert len(plot(shown)._behind[0].xData) > 10


def test_the_window_starts_without_pyqtgraph() -> None:
    words = "import sys, editor.app.editor; sys.exit('pyqtgraph' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", words], check=False).returncode == 0
