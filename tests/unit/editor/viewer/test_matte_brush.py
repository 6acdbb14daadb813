"""The brush for the matte: what a drag paints, with which keys, over which frames, what is one step, what is seen."""

from pathlib import Path

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.app.editor import Editor
from editor.document.document import Document
from editor.look import colours
from pipeline.ipc.messages import FrameFacts, Layer
from pipeline.project.matte_stroke import LARGEST_RADIUS
from tests.ui import stand_in
from tests.ui.stand_in import StandInClient
from tests.unit.editor.viewer.painting import (
    ALT,
    CTRL,
    END,
    LEFT,
    NONE,
    SCALE,
    SHIFT,
    SIZE,
    START,
    colour,
    facts_of,
    hover,
    is_seen,
    kinds,
    mouse,
    move,
    near,
    overlay,
    paint,
    painted,
    press,
    release,
    wait_for,
    way,
)


@pytest.fixture
def shown(editor: Editor, project_file: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Editor:
    """The editor with the brush on, at frame 50, over pictures of such a face; it leaves at frame 180."""

    def facts(pane: str, generation: int, plate: str, frame: int, layer: Layer) -> FrameFacts:
        return msgspec.structs.replace(facts_of(frame, layer), pane=pane, generation=generation)

    monkeypatch.setattr(stand_in, "_facts", facts)
    editor.window.session.open(project_file)
    editor.window.playhead.go(50)
    editor.run("matte.paint_strokes")
    wait_for(editor, qtbot)
    return editor


def test_a_drag_paints_one_stroke_where_the_pointer_went_as_one_step(shown: Editor) -> None:
    document = shown.window.document
    before, steps = document.project, document.undo_stack.count()
    paint(shown)
    (found,) = painted(shown)
    assert (found.brush.shows, found.brush.radius, found.brush.softness, found.amount) == ("plate", 0.6, 0.5, 1.0)
    places = way(shown, found)
    np.testing.assert_allclose([places[0], places[-1]], [START, END], atol=0.3)
    assert all(abs((y - 120.0) - (x - 200.0) / 2) < 0.6 for x, y in places), "a straight way"
    assert document.undo_stack.count() == steps + 1
    assert [len(painted(shown, frame)) for frame in (0, 1, 99, 100)] == [0, 1, 1, 0], "to the keyframes beside it"
    document.undo_stack.undo()
    assert document.project == before


def test_a_click_is_a_dab(shown: Editor) -> None:
    press(shown, START)
    release(shown, START)
    (found,) = painted(shown)
    assert len(found.brush.points) == 1


def test_a_long_scribble_keeps_all_of_its_way(shown: Editor) -> None:
    places = [(80.0 + 2.6 * n, 100.0 + 40.0 * np.sin(n / 3.0)) for n in range(100)]
    press(shown, places[0])
    for each in places:
        move(shown, each)
    release(shown, places[-1])
    (found,) = painted(shown)
    seen = np.array(way(shown, found))
    assert len(seen) < 300
    for each in places:
        starts, ends = seen[:-1], seen[1:]
        along = ends - starts
        share = ((each - starts) * along).sum(1) / np.maximum((along**2).sum(1), 1e-9)
        near = starts + np.clip(share, 0, 1)[:, None] * along
        assert np.hypot(*(near - each).T).min() < 0.06 * SCALE


def test_the_picture_is_drawn_anew_while_the_pointer_moves(shown: Editor, qtbot: QtBot) -> None:
    asked = StandInClient.made[-1].asked
    del asked[:]
    press(shown, START)
    for share in (10.0, 20.0, 30.0):
        move(shown, (START[0] + share, START[1]))
        wait_for(shown, qtbot)
    assert [what for what, _ in asked].count("frame result") >= 3


def test_ctrl_erases_and_alt_marks_an_area_as_ever(shown: Editor) -> None:
    paint(shown)
    paint(shown, held=CTRL)
    shown.run("matte.next_kind")
    paint(shown)
    assert kinds(shown) == ["plate", "found", "face"]
    paint(shown, held=ALT)
    assert len(painted(shown)) == 3
    assert shown.window.canvas.drawing.area is not None


def test_escape_takes_a_stroke_back(shown: Editor, qtbot: QtBot) -> None:
    document, canvas = shown.window.document, shown.window.canvas
    before, steps = document.project, document.undo_stack.count()
    press(shown, START)
    move(shown, END)
    assert document.project != before
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    move(shown, (300.0, 100.0))
    release(shown, END)
    assert (document.project, document.undo_stack.count()) == (before, steps)


def test_a_shift_drag_changes_size_and_softness_about_a_middle_that_stays(shown: Editor, qtbot: QtBot) -> None:
    brush, (_, scale) = shown.window.brush, shown.window.canvas.in_picture(QPointF(0, 0))
    shown.run("matte.show_face")
    press(shown, START, SHIFT)
    move(shown, (START[0] + 8.0, START[1] + 1.0), SHIFT)
    assert brush.radius == pytest.approx(1.4, abs=0.02), "across: the edge is at the pointer"
    assert brush.softness == 0.5
    ring = (START[0] - 14.0, START[1])
    assert is_seen(shown, ring, colours.STROKE_COLOURS["face"]), "as wide about the place where it began"
    move(shown, (START[0] + 8.0, START[1] - (6.0 + 80.0) / scale), SHIFT)
    assert brush.softness == pytest.approx(1.0, abs=0.01)
    move(shown, (START[0] + 500.0, START[1]), SHIFT)
    assert brush.radius == LARGEST_RADIUS
    qtbot.keyClick(shown.window.canvas, Qt.Key.Key_Escape)
    assert (brush.radius, brush.softness) == (0.6, 0.5)
    assert painted(shown) == ()


def test_where_nothing_can_be_painted_it_says_why_and_the_picture_is_panned(shown: Editor, qtbot: QtBot) -> None:
    w = shown.window
    assert w.brush.why_not(START) == ""
    assert "Too far" in w.brush.why_not((600.0, 340.0))
    paint(shown, (600.0, 340.0), (580.0, 330.0))
    assert painted(shown) == ()
    assert not w.canvas.fits
    w.playhead.go(190)
    wait_for(shown, qtbot)
    assert "isn't in this frame" in w.brush.why_not(START)
    paint(shown)
    assert painted(shown, 190) == ()


def test_nothing_is_painted_in_a_document_open_for_reading(shown: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Document, "read_only", property(lambda self: True))
    paint(shown)
    assert painted(shown) == ()
    assert "reading" in shown.window.brush.why_not(START)


def test_what_is_held_for_the_tone_and_the_wipes_line_paint_nothing(shown: Editor, qtbot: QtBot) -> None:
    w = shown.window
    qtbot.keyPress(w.canvas, Qt.Key.Key_E)
    paint(shown)
    qtbot.keyRelease(w.canvas, Qt.Key.Key_E)
    assert painted(shown) == ()
    assert w.view.tone.exposure > 0
    shown.run("view.toggle_wipe")
    wait_for(shown, qtbot)
    line = (w.view.wipe * SIZE[0], 120.0)
    paint(shown, line, (line[0] - 60.0, 120.0))
    assert painted(shown) == ()
    assert w.view.wipe < 0.45


def test_the_scope_is_the_inspectors(shown: Editor) -> None:
    w = shown.window
    w.playhead.set_range(45, 54)
    w.inspector.set_reach("range")
    paint(shown)
    assert [frame for frame in range(200) if painted(shown, frame)] == list(range(45, 55))
    w.inspector.set_reach("shot")
    paint(shown)
    assert len(painted(shown, 199)) == 1
    shown.run("matte.reset_frame")
    assert w.document.project.faces[0].matte_strokes == ()


def test_strokes_are_copied_and_taken_back_by_actions(shown: Editor, qtbot: QtBot) -> None:
    w = shown.window
    paint(shown)
    shown.run("matte.copy_to_next")
    assert w.playhead.frame == 100
    assert kinds(shown, 100) == ["plate"]
    shown.run("matte.reset_frame")
    assert (kinds(shown, 100), kinds(shown, 50)) == ([], ["plate"])
    shown.run("matte.copy_to_next")
    assert "no keyframe on that side" in " ".join(w.notices.texts)


def test_one_of_the_two_tools_is_on_at_a_time(shown: Editor) -> None:
    w = shown.window
    shown.run("landmark.correct_parts")
    assert (w.brush.active, w.landmarks.active) == (False, True)
    assert overlay(shown) == w.landmarks.draw
    shown.run("matte.paint_strokes")
    assert (w.brush.active, w.landmarks.active) == (True, False)
    assert overlay(shown) == w.brush.draw
    assert w.actions_by_id["matte.paint_strokes"].isChecked()
    assert not w.actions_by_id["landmark.correct_parts"].isChecked()
    shown.run("matte.paint_strokes")
    assert overlay(shown) is None
    paint(shown)
    assert painted(shown) == ()


def test_the_inspector_shows_and_sets_the_brush(shown: Editor) -> None:
    w, line = shown.window, shown.window.inspector.matte
    assert (line.words.text(), line.back.isHidden()) == ("Matte as it was found", True)
    assert not line.brush.isHidden()
    line.radius.moved.emit(1.25)
    line.softness.moved.emit(0.2)
    assert (w.brush.radius, w.brush.softness) == (1.25, 0.2)
    shown.run("matte.enlarge_brush")
    shown.run("matte.soften_brush")
    assert (line.radius.value, round(line.softness.value, 6)) == (1.44, 0.3)
    shown.run("matte.next_kind")
    assert [w.actions_by_id[f"matte.show_{each}"].isChecked() for each in ("plate", "face", "found")] == [
        False,
        True,
        False,
    ]
    paint(shown)
    assert painted(shown)[0].brush.radius == 1.44
    assert line.words.text() == "Matte painted 1 – 99; 1 stroke here"
    assert not line.back.isHidden()
    w.playhead.go(150)
    assert line.words.text() == "Matte painted in 99 frames, not here"
    shown.run("matte.paint_strokes")
    assert line.brush.isHidden()


def test_the_lane_marks_what_is_painted_and_lights_what_a_stroke_touches(shown: Editor) -> None:
    view = shown.window.timeline

    def mark(frame: float) -> QColor:
        lane = view.face_lane(0)
        return QColor(view.grab().toImage().pixel(QPoint(round(lane.left() + view.scale.x(frame)), round(lane.top()))))

    before = mark(30.5)
    press(shown, START)
    assert [(each.start, each.stop) for each in view.spans] == [(0, 101)]
    release(shown, START)
    assert view.spans == []
    assert mark(30.5) != before
    assert mark(150.5) == before


def test_ring_stroke_and_outline_are_seen_in_the_colour_of_what_they_show(shown: Editor, qtbot: QtBot) -> None:
    bare = colour(shown, START)
    edge = (START[0] + 6.0, START[1])
    found, face = colours.STROKE_COLOURS["found"], colours.STROKE_COLOURS["face"]
    shown.run("matte.show_face")
    assert not is_seen(shown, edge, face)
    hover(shown, START)
    assert is_seen(shown, edge, face)
    hover(shown, START, CTRL)
    assert is_seen(shown, edge, found), "what Ctrl would paint"
    press(shown, START)
    assert colour(shown, START) != bare, "the way is seen at once"
    release(shown, START)
    wait_for(shown, qtbot)
    hover(shown, (300.0, 60.0))
    assert colour(shown, START) == bare, "the picture shows it now"
    assert is_seen(shown, edge, face), "its outline"
    shown.run("matte.toggle_outlines")
    assert not is_seen(shown, edge, face)


def test_a_key_that_is_held_shows_what_it_would_paint(shown: Editor) -> None:
    edge = (START[0] + 6.0, START[1])
    shown.run("matte.show_face")
    hover(shown, START)
    canvas = shown.window.canvas
    QApplication.sendEvent(canvas, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Control, CTRL))
    assert is_seen(shown, edge, colours.STROKE_COLOURS["found"])
    QApplication.sendEvent(canvas, QKeyEvent(QEvent.Type.KeyRelease, Qt.Key.Key_Control, NONE))
    assert is_seen(shown, edge, colours.STROKE_COLOURS["face"])


def test_another_kind_and_a_brush_just_switched_on_are_seen_where_the_pointer_rests(shown: Editor) -> None:
    edge = (START[0] + 6.0, START[1])
    hover(shown, START)
    shown.run("matte.next_kind")
    assert is_seen(shown, edge, colours.STROKE_COLOURS["face"])
    shown.run("matte.paint_strokes")
    assert not is_seen(shown, edge, colours.STROKE_COLOURS["face"])
    shown.run("matte.paint_strokes")
    assert is_seen(shown, edge, colours.STROKE_COLOURS["face"])


def test_in_a_mirrored_picture_outlines_lie_where_it_was_painted(shown: Editor, qtbot: QtBot) -> None:
    shown.run("matte.show_face")
    canvas = shown.window.canvas
    canvas.set_zoom(3.0)
    mouse(shown, QEvent.Type.MouseButtonPress, (320.0, 120.0), button=Qt.MouseButton.MiddleButton)
    mouse(shown, QEvent.Type.MouseMove, (390.0, 180.0), button=Qt.MouseButton.MiddleButton)
    mouse(shown, QEvent.Type.MouseButtonRelease, (390.0, 180.0), button=Qt.MouseButton.MiddleButton)
    shown.run("view.toggle_flop")
    middle = QPointF(canvas.width() / 2, canvas.height() / 2)
    at, scale = canvas.in_picture(middle)
    assert shown.window.brush.why_not(at) == ""
    for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
        event = QMouseEvent(kind, middle, middle, LEFT, LEFT, NONE)
        QApplication.sendEvent(canvas, event)
    wait_for(shown, qtbot)
    QApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))
    image, edge = canvas.grab().toImage(), middle + QPointF(0.6 * SCALE * scale, 0.0)
    seen = [QColor(image.pixel(edge.toPoint() + QPoint(dx, 0))) for dx in range(-2, 3)]
    assert any(near(each, colours.STROKE_COLOURS["face"]) for each in seen)


def test_the_middle_button_pans(shown: Editor) -> None:
    canvas = shown.window.canvas
    middle = Qt.MouseButton.MiddleButton
    mouse(shown, QEvent.Type.MouseButtonPress, START, button=middle)
    mouse(shown, QEvent.Type.MouseMove, END, button=middle)
    mouse(shown, QEvent.Type.MouseButtonRelease, END, button=middle)
    assert not canvas.fits
    assert painted(shown) == ()


def test_a_playhead_that_moves_ends_the_stroke(shown: Editor) -> None:
    press(shown, START)
    shown.window.playhead.go(60)
    move(shown, END)
    release(shown, END)
    (found,) = painted(shown)
    assert len(found.brush.points) == 1


def test_a_keyframe_that_is_removed_takes_its_strokes_along(shown: Editor) -> None:
    paint(shown)
    shown.window.selection.select((50,))
    shown.run("edit.delete_keyframes")
    assert shown.window.document.project.faces[0].matte_strokes == ()


def test_a_keyframe_that_moves_takes_its_strokes_along(shown: Editor) -> None:
    paint(shown)
    shown.window.selection.select((50,))
    shown.run("keyframe.nudge_forward")
    assert shown.window.document.project.faces[0].matte_strokes[0].frames == (0, 51, 100)
