"""The tool that corrects landmarks: what is taken hold of, how far a drag goes, what is one step, what is seen."""

from pathlib import Path

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from editor.app.editor import Editor
from editor.document.document import Document
from editor.viewer.landmark_tool import GRIPS, way_of
from pipeline.ipc.arrays import packed
from pipeline.ipc.messages import FaceFacts, FrameFacts, Layer
from pipeline.project.landmark_move import LARGEST_REACH, LandmarkShift, shifts_at
from pipeline.project.landmark_parts import REGIONS, points_of
from pipeline.project.project import Project
from pipeline.project.timebase import Rational
from tests.ui import stand_in
from tests.ui.stand_in import StandInClient

SIZE = (640, 360)
SCALE = 10.0
"""Pixels a centimetre."""
TURNED = (0.8, 0.0, 0.6, 0.0, 1.0, 0.0, -0.6, 0.0, 0.8)


def place(point: int) -> tuple[float, float]:
    """Where a landmark lies: 26 a row, 20 pixels from each other."""
    return 60.0 + 20.0 * (point % 26), 20.0 + 18.0 * (point // 26)


def facts_of(project: Project, frame: int, layer: Layer = "result") -> FrameFacts:
    """A face that looks into the camera, its parts where the document puts them, the skin around them not moved."""
    points = np.array([(*place(n), 0.0) for n in range(478)])
    for each in shifts_at(project.faces[0].landmark_moves, frame):
        points[list(points_of(each.part)), :2] += (SCALE * each.x, -SCALE * each.y)
    face = FaceFacts(
        face="face-1",
        box=(60.0, 20.0, 580.0, 350.0),
        landmarks=packed(points.astype(np.float32)),
        drawn=True,
        scale=SCALE,
    )
    return FrameFacts(
        pane=layer, generation=0, plate="plate-1", frame=frame, pts=frame, time_base=Rational(1, 24), timecode="",
        layer=layer, quality="draft", size=SIZE, faces=(face,),
    )  # fmt: skip


@pytest.fixture
def shown(editor: Editor, project_file: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Editor:
    """The editor with the tool on, at frame 50, over pictures of such a face, four screen pixels a pixel."""

    def facts(pane: str, generation: int, plate: str, frame: int, layer: Layer) -> FrameFacts:
        found = facts_of(StandInClient.made[-1]._project, frame, layer)
        return msgspec.structs.replace(found, pane=pane, generation=generation)

    monkeypatch.setattr(stand_in, "_facts", facts)
    editor.window.session.open(project_file)
    editor.window.playhead.go(50)
    editor.run("landmark.correct_parts")
    wait_for(editor, qtbot)
    return editor


def wait_for(editor: Editor, qtbot: QtBot) -> None:
    w = editor.window
    qtbot.waitUntil(lambda: all(w.pictures.has(w.playhead.frame, each) for each in w.view.layers))
    w.canvas.grab()


def on_canvas(editor: Editor, at: tuple[float, float]) -> QPoint:
    canvas = editor.window.canvas
    origin, scale = canvas.in_picture(QPointF(0, 0))
    return QPointF((at[0] - origin[0]) * scale, (at[1] - origin[1]) * scale).toPoint()


def drag(
    editor: Editor,
    qtbot: QtBot,
    start: tuple[float, float],
    end: tuple[float, float],
    modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    canvas = editor.window.canvas
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, modifier, on_canvas(editor, start))
    for share in (0.3, 0.7, 1.0):
        between = (start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1]))
        qtbot.mouseMove(canvas, on_canvas(editor, between))
        wait_for(editor, qtbot)
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, modifier, on_canvas(editor, end))


def corrected(editor: Editor, frame: int = 50) -> list[LandmarkShift]:
    return list(shifts_at(editor.window.document.project.faces[0].landmark_moves, frame))


def middle(part: str) -> tuple[float, float]:
    points = [place(n) for n in GRIPS.get(part, points_of(part))]
    return sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)


def test_a_dragged_grip_moves_its_region_by_the_way_of_the_pointer_as_one_step(shown: Editor, qtbot: QtBot) -> None:
    document = shown.window.document
    before, steps = document.project, document.undo_stack.count()
    x, y = middle("left_mouth_corner")
    drag(shown, qtbot, (x, y), (x + 9, y - 6))
    (found,) = corrected(shown)
    assert found.part == "left_mouth_corner"
    assert (found.x, found.y, found.z) == pytest.approx((0.9, 0.6, 0.0), abs=0.06)
    assert document.undo_stack.count() == steps + 1
    assert [len(corrected(shown, frame)) for frame in (0, 1, 99, 100)] == [0, 1, 1, 0], "to the keyframes beside it"
    document.undo_stack.undo()
    assert document.project == before


def test_the_picture_is_drawn_anew_while_the_pointer_moves(shown: Editor, qtbot: QtBot) -> None:
    asked = StandInClient.made[-1].asked
    del asked[:]
    x, y = middle("nose")
    drag(shown, qtbot, (x, y), (x + 9, y))
    assert [what for what, _ in asked].count("frame result") >= 3


def test_a_second_drag_begins_where_the_first_one_ended(shown: Editor, qtbot: QtBot) -> None:
    x, y = middle("jaw")
    drag(shown, qtbot, (x, y), (x, y + 8))
    drag(shown, qtbot, (x, y + 8), (x + 5, y + 8))
    (found,) = corrected(shown)
    assert (found.x, found.y) == pytest.approx((0.5, -0.8), abs=0.08)


def test_a_point_is_taken_where_there_is_no_grip(shown: Editor, qtbot: QtBot) -> None:
    x, y = place(109)
    drag(shown, qtbot, (x, y), (x + 7, y))
    assert [each.part for each in corrected(shown)] == ["109"]


def test_beside_every_part_the_picture_is_panned_as_ever(shown: Editor, qtbot: QtBot) -> None:
    drag(shown, qtbot, (8, 8), (28, 18))
    assert corrected(shown) == []
    assert not shown.window.canvas.fits


def test_escape_takes_a_drag_back(shown: Editor, qtbot: QtBot) -> None:
    document, canvas = shown.window.document, shown.window.canvas
    before, steps = document.project, document.undo_stack.count()
    x, y = middle("nose")
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=on_canvas(shown, (x, y)))
    qtbot.mouseMove(canvas, on_canvas(shown, (x + 9, y)))
    assert document.project != before
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=on_canvas(shown, (x + 9, y)))
    assert (document.project, document.undo_stack.count()) == (before, steps)


def test_with_shift_the_reach_is_dragged_and_the_part_stays(shown: Editor, qtbot: QtBot) -> None:
    x, y = place(109)
    shift = Qt.KeyboardModifier.ShiftModifier
    drag(shown, qtbot, (x, y), (x, y + 6))
    way = corrected(shown)[0]
    drag(shown, qtbot, (x, y + 6), (x + 30, y + 6), shift)
    (found,) = corrected(shown)
    assert found.reach == pytest.approx(3.0, abs=0.15)
    assert (found.part, found.x, found.y, found.z) == ("109", way.x, way.y, way.z)
    drag(shown, qtbot, (x, y + 6), (x + 200, y + 6), shift)
    assert corrected(shown)[0].reach == LARGEST_REACH
    assert shown.window.landmarks.reach_cm == LARGEST_REACH


def test_a_reach_that_is_dragged_before_a_part_is_that_of_its_first_move(shown: Editor, qtbot: QtBot) -> None:
    x, y = place(109)
    drag(shown, qtbot, (x, y), (x + 20, y), Qt.KeyboardModifier.ShiftModifier)
    assert corrected(shown) == []
    drag(shown, qtbot, (x, y), (x, y + 6))
    assert corrected(shown)[0].reach == pytest.approx(2.0, abs=0.15)


def test_the_scope_is_the_inspectors(shown: Editor, qtbot: QtBot) -> None:
    w = shown.window
    w.playhead.set_range(45, 54)
    w.inspector.set_reach("range")
    x, y = middle("nose")
    drag(shown, qtbot, (x, y), (x + 9, y))
    assert [frame for frame in range(200) if corrected(shown, frame)] == list(range(45, 55))
    w.inspector.set_reach("shot")
    shown.run("landmark.reset_frame")
    assert w.document.project.faces[0].landmark_moves == ()


def test_parts_are_taken_back_and_copied_by_actions(shown: Editor, qtbot: QtBot) -> None:
    w = shown.window
    for part in ("nose", "jaw"):
        x, y = middle(part)
        drag(shown, qtbot, (x, y), (x + 9, y))
    shown.run("landmark.copy_to_next")
    assert w.playhead.frame == 100
    assert [each.part for each in corrected(shown, 100)] == ["nose", "jaw"]
    assert w.landmarks.part == "jaw"
    shown.run("landmark.reset_part")
    assert [each.part for each in corrected(shown, 100)] == ["nose"]
    shown.run("landmark.reset_frame")
    assert corrected(shown, 100) == []
    shown.run("landmark.copy_to_next")
    assert "no keyframe on that side" in " ".join(w.notices.texts)


def test_the_inspector_counts_and_the_lane_marks_what_is_corrected(shown: Editor, qtbot: QtBot) -> None:
    w = shown.window
    line = w.inspector.landmarks
    assert (line.words.text(), line.back.isHidden()) == ("Landmarks as they were found", True)

    def mark() -> QColor:
        lane, view = w.timeline.face_lane(0), w.timeline
        at = QPointF(lane.left() + view.scale.x(30.5), lane.bottom() - 1).toPoint()
        return QColor(view.grab().toImage().pixel(at))

    before = mark()
    x, y = middle("nose")
    drag(shown, qtbot, (x, y), (x + 9, y))
    assert not line.back.isHidden()
    assert line.words.text() == "Landmarks corrected in 99 frames; here: nose"
    assert mark() != before
    w.playhead.go(150)
    assert line.words.text() == "Landmarks corrected in 99 frames, not in this one"


def test_points_grips_and_the_reach_are_seen_while_the_tool_is_on(shown: Editor, qtbot: QtBot) -> None:
    canvas = shown.window.canvas

    def picture() -> QImage:
        return canvas.grab().toImage()

    x, y = middle("jaw")
    at = on_canvas(shown, (x, y))
    assert QColor(picture().pixel(at)) == QColor(235, 235, 235), "its grip"
    shown.window.landmarks.take("109")
    x, y = place(109)
    ring = on_canvas(shown, (x + 1.5 * SCALE, y))
    with_part = picture()
    shown.window.landmarks.take(None)
    seen = [QColor(each.pixel(ring + QPoint(dx, 0))) for each in (with_part, picture()) for dx in range(-3, 4)]
    assert seen[:7] != seen[7:], "a line as far out as the reach"
    shown.run("landmark.correct_parts")
    assert QColor(picture().pixel(at)) != QColor(235, 235, 235)


def test_the_plates_own_picture_tells_where_a_corrected_part_lies(shown: Editor, qtbot: QtBot) -> None:
    shown.run("view.show_plate")
    wait_for(shown, qtbot)
    x, y = middle("nose")
    drag(shown, qtbot, (x, y), (x + 9, y))
    picture = shown.window.pictures.picture(50, "plate")
    assert picture is not None
    assert picture.facts.faces == facts_of(shown.window.document.project, 50).faces


def test_over_a_plate_that_came_before_the_faces_the_results_face_is_seen(
    shown: Editor, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = stand_in._facts

    def without(pane: str, generation: int, plate: str, frame: int, layer: Layer) -> FrameFacts:
        found = facts(pane, generation, plate, frame, layer)
        return found if layer == "result" else msgspec.structs.replace(found, faces=())

    monkeypatch.setattr(stand_in, "_facts", without)
    shown.run("view.show_plate")
    shown.window.playhead.go(60)
    wait_for(shown, qtbot)
    qtbot.waitUntil(lambda: shown.window.pictures.has(60, "result"))
    shown.window.canvas.grab()
    assert shown.window.landmarks.sees_face
    x, y = middle("nose")
    drag(shown, qtbot, (x, y), (x + 9, y))
    assert [each.part for each in corrected(shown, 60)] == ["nose"]


def test_pictures_of_frames_that_a_correction_leaves_alone_are_kept(shown: Editor, qtbot: QtBot) -> None:
    w = shown.window
    w.playhead.go(150)
    wait_for(shown, qtbot)
    w.playhead.go(50)
    x, y = middle("nose")
    drag(shown, qtbot, (x, y), (x + 9, y))
    assert w.pictures.has(150, "result")


def test_a_drag_over_a_turned_face_goes_the_way_that_is_seen() -> None:
    facts = FaceFacts(face="f", box=(0, 0, 1, 1), landmarks=None, drawn=True, scale=SCALE, rotation=TURNED)
    way = np.array(way_of(facts, (8.0, -4.0)))
    seen = SCALE * (np.reshape(TURNED, (3, 3)) @ way) * (1, -1, -1)
    np.testing.assert_allclose(seen, (8.0, -4.0, 0.0), atol=1e-9)


def test_every_region_has_a_grip_among_its_own_points() -> None:
    assert set(GRIPS) == set(REGIONS)
    assert all(set(points) <= set(REGIONS[part]) for part, points in GRIPS.items())


def test_nothing_can_be_dragged_in_a_document_open_for_reading(
    shown: Editor, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Document, "read_only", property(lambda self: True))
    x, y = middle("nose")
    drag(shown, qtbot, (x, y), (x + 9, y))
    assert corrected(shown) == []
