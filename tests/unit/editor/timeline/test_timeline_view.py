"""The timeline by mouse: playhead, selection, drags; and drawing in time."""

import itertools
import time
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.document import edits, marker_steps
from editor.document.detection_trial import DetectionTrial
from editor.document.document import Document
from editor.document.selection import Selection
from editor.playback.draft_figures import DraftFigures
from editor.playback.playhead import Playhead
from editor.timeline import scrub
from editor.timeline.diamonds import told
from editor.timeline.plate_record import PlateRecord
from editor.timeline.signal_traces import SignalBuckets, SignalTraces
from editor.timeline.timeline_view import TimelineView
from pipeline.project.key_edits import value_of
from pipeline.project.parameter_table import parameter_named
from pipeline.project.storage import StoredProject
from tests.unit.project.documents import one_face

GRAIN = parameter_named("grain")
NONE, ALT, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def view(qtbot: QtBot, document: Document) -> TimelineView:
    selection = Selection(document)
    record, figures = PlateRecord(document), DraftFigures(document)
    view = TimelineView(
        document, selection, Playhead(document), SignalTraces(), record, figures, DetectionTrial(document, selection)
    )
    selection.select((), "face-1")
    qtbot.addWidget(view)
    view.resize(138 + 16 + 1000, 160)
    view.show()
    view.fit()
    return view


def at(view: TimelineView, frame: float, y: float | None = None) -> QPointF:
    """A frame's middle, in the first face's lane unless a height is given."""
    height = view.face_lane(0).center().y() if y is None else y
    return QPointF(view.area().left() + view.scale.x(frame + 0.5), height)


def drag(view: TimelineView, start: QPointF, *stops: QPointF, keys: Qt.KeyboardModifier = NONE) -> None:
    """Press at `start`, move over the stops with `keys` held, let go at the last; without stops keys are held too."""
    left = Qt.MouseButton.LeftButton

    def send(kind: QEvent.Type, where: QPointF, button: Qt.MouseButton, buttons: Qt.MouseButton) -> None:
        held = NONE if stops and kind == QEvent.Type.MouseButtonPress else keys
        event = QMouseEvent(kind, where, view.mapToGlobal(where), button, buttons, held)
        {
            QEvent.Type.MouseButtonPress: view.mousePressEvent,
            QEvent.Type.MouseMove: view.mouseMoveEvent,
            QEvent.Type.MouseButtonRelease: view.mouseReleaseEvent,
        }[kind](event)

    send(QEvent.Type.MouseButtonPress, start, left, left)
    for stop in stops:
        send(QEvent.Type.MouseMove, stop, Qt.MouseButton.NoButton, left)
    send(QEvent.Type.MouseButtonRelease, stops[-1] if stops else start, left, Qt.MouseButton.NoButton)


def frames(view: TimelineView) -> list[int]:
    return [each.frame for each in view.document.project.faces[0].keyframes]


def test_the_playhead_follows_the_pointer_on_the_ruler(view: TimelineView) -> None:
    seen: list[int] = []
    view.playhead.moved.connect(seen.append)
    drag(view, at(view, 10, 10), at(view, 11, 10), at(view, 30, 10))
    assert seen == [10, 11, 30]


def hold_past_the_edge(view: TimelineView, pixels: float) -> QPointF:
    """Press on the ruler and hold the pointer right of the frames in sight, left where `pixels` is below 0."""
    area, left = view.area(), Qt.MouseButton.LeftButton
    start = QPointF(area.center().x(), 10)
    stop = QPointF(area.left() + pixels if pixels < 0 else area.right() + pixels, 10)
    view.mousePressEvent(QMouseEvent(QEvent.Type.MouseButtonPress, start, view.mapToGlobal(start), left, left, NONE))
    none = Qt.MouseButton.NoButton
    view.mouseMoveEvent(QMouseEvent(QEvent.Type.MouseMove, stop, view.mapToGlobal(stop), none, left, NONE))
    return stop


def let_go(view: TimelineView, where: QPointF) -> None:
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    view.mouseReleaseEvent(
        QMouseEvent(QEvent.Type.MouseButtonRelease, where, view.mapToGlobal(where), left, none, NONE)
    )


def in_sight(view: TimelineView) -> bool:
    first, count = view.shown_frames()
    return first - 1e-6 <= view.playhead.frame <= first + count - 1 + 1e-6


@pytest.mark.parametrize(("pixels", "last"), [(100.0, 199), (-100.0, 0)])
def test_a_playhead_that_is_dragged_past_the_edge_stays_in_sight(
    view: TimelineView, qtbot: QtBot, pixels: float, last: int
) -> None:
    view.show_frames(90, 40)
    seen: list[bool] = []
    view.playhead.moved.connect(lambda: seen.append(in_sight(view)))
    stop = hold_past_the_edge(view, pixels)
    assert view.playhead.frame == (129 if pixels > 0 else 90)
    ahead = range(135, 195) if pixels > 0 else range(5, 85)
    qtbot.waitUntil(lambda: view.playhead.frame in ahead)
    let_go(view, stop)
    there, scale = view.playhead.frame, view.scale
    qtbot.wait(50)
    assert (view.playhead.frame, view.scale) == (there, scale)
    assert in_sight(view)
    stop = hold_past_the_edge(view, pixels * 20)
    qtbot.waitUntil(lambda: view.playhead.frame == last)
    let_go(view, stop)
    assert in_sight(view)
    assert all(seen)


class EvenClock:
    """A clock of a machine that is never busy: between two looks at it as long as ever."""

    looks = 0

    def start(self) -> None:
        EvenClock.looks = 0

    def restart(self) -> int:
        EvenClock.looks += 1
        return 16


def test_the_farther_past_the_edge_the_faster_it_scrolls(
    view: TimelineView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scrub, "QElapsedTimer", EvenClock)
    speeds = []
    for pixels in (8, 160):
        view.show_frames(10, 20)
        stop = hold_past_the_edge(view, pixels)
        qtbot.waitUntil(lambda: EvenClock.looks >= 3)
        let_go(view, stop)
        speeds.append((view.scale.first - 10) / EvenClock.looks)
    assert 0 < speeds[0] * 4 < speeds[1]


def test_a_press_on_a_frame_that_the_edge_cuts_goes_to_it_and_brings_it_in(view: TimelineView) -> None:
    view.show_frames(90.5, 20)
    for frame, x in ((110, view.area().right() - 2), (90, view.area().left() + 2)):
        view.show_frames(90.5, 20)
        drag(view, QPointF(x, 10))
        assert view.playhead.frame == view.frame_at(QPointF(x, 10)) == frame
        assert in_sight(view)


def test_a_drag_past_the_edge_that_is_called_off_goes_back_and_stops(view: TimelineView, qtbot: QtBot) -> None:
    view.playhead.go(20)
    view.show_frames(90, 40)
    hold_past_the_edge(view, 100)
    qtbot.waitUntil(lambda: view.playhead.frame > 135)
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    qtbot.wait(50)
    assert view.playhead.frame == 20
    assert in_sight(view)


def test_a_click_on_a_diamond_selects_it_and_goes_there(view: TimelineView) -> None:
    drag(view, at(view, 50))
    assert list(view.selection.frames) == [50]
    assert view.playhead.frame == 50
    drag(view, at(view, 100), keys=SHIFT)
    assert list(view.selection.frames) == [50, 100]


def test_a_box_selects_what_it_touches(view: TimelineView) -> None:
    drag(view, at(view, 40), at(view, 80), at(view, 120))
    assert view.selection.frames == (50, 100)
    assert view.box is None


def test_a_dragged_keyframe_takes_its_keys_along_in_one_step(view: TimelineView) -> None:
    edits.set_values(view.document, "face-1", {GRAIN: 1.5}, [50], "keyframe", range(200))
    steps = view.document.undo_stack.count()
    drag(view, at(view, 50), at(view, 55), at(view, 70))
    assert frames(view) == [0, 70, 100]
    assert value_of(view.document.project.faces[0], GRAIN, 70) == 1.5
    assert view.selection.frames == (70,)
    assert view.document.undo_stack.count() == steps + 1
    view.document.undo_stack.undo()
    assert frames(view) == [0, 50, 100]


def test_a_keyframe_is_not_dragged_onto_another(view: TimelineView) -> None:
    drag(view, at(view, 50), at(view, 80), at(view, 100))
    assert frames(view) == [0, 80, 100]


def test_an_alt_drag_leaves_a_copy_of_the_keys(view: TimelineView) -> None:
    edits.set_values(view.document, "face-1", {GRAIN: 1.5}, [50], "keyframe", range(200))
    drag(view, at(view, 50), at(view, 60), at(view, 80), keys=ALT)
    assert frames(view) == [0, 50, 80, 100]
    assert value_of(view.document.project.faces[0], GRAIN, 80) == 1.5


def test_a_drag_catches_on_the_playhead_unless_shift_is_held(view: TimelineView) -> None:
    view.playhead.go(70)
    drag(view, at(view, 50), at(view, 60), at(view, 69))
    assert 70 in frames(view)
    view.document.undo_stack.undo()
    drag(view, at(view, 50), at(view, 60), at(view, 69), keys=SHIFT)
    assert 69 in frames(view)


def test_escape_calls_a_drag_off(view: TimelineView, qtbot: QtBot) -> None:
    start, stop = at(view, 50), at(view, 70)
    left = Qt.MouseButton.LeftButton
    view.mousePressEvent(QMouseEvent(QEvent.Type.MouseButtonPress, start, view.mapToGlobal(start), left, left, NONE))
    view.mouseMoveEvent(QMouseEvent(QEvent.Type.MouseMove, stop, view.mapToGlobal(stop), left, left, NONE))
    assert 70 in frames(view)
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert frames(view) == [0, 50, 100]


def test_the_pointer_on_a_diamond_is_told_the_reasons(view: TimelineView) -> None:
    text = told(view.document.project.faces[0].keyframes[1], "00:00:02:02")
    assert "frame 50" in text
    assert "smile" in text


def test_two_thousand_keyframes_in_two_hours_are_drawn_in_time(qtbot: QtBot) -> None:
    document = Document()
    document.open(Path("a.likeness"), StoredProject(one_face(200_000, range(0, 200_000, 100)), {}))
    selection, traces = Selection(document), SignalTraces()
    view = TimelineView(
        document,
        selection,
        Playhead(document),
        traces,
        PlateRecord(document),
        DraftFigures(document),
        DetectionTrial(document, selection),
    )
    qtbot.addWidget(view)
    view.resize(1600, 200)
    view.show()
    noise = np.random.default_rng(1).uniform(0, 1, (6, 4000)).astype(np.float32)
    traces.put(SignalBuckets("face-1", tuple(f"AU{n} x" for n in range(6)), 0, 50, noise * 0.5, noise))
    view.fit()
    took = []
    for step in range(40):
        view.zoom(1.3 if step % 2 else 0.9, 500.0)
        view.scroll_by(40.0)
        began = time.thread_time()
        view.grab()
        took.append(time.thread_time() - began)
    assert float(np.percentile(took, 95)) < 0.016 * 4, "four times the bar of an idle machine"


def test_the_wheel_scrolls_and_zooms(view: TimelineView) -> None:
    view.zoom(8.0, 0.0)
    before = view.scale
    view.scroll_by(200)
    assert view.scale.first > before.first
    view.playhead.go(150)
    view.playhead.go(0)
    assert 0 in view.scale.visible(200, view.area().width())
    assert view.frame_at(QPointF(QPoint(0, 10))) == 0


def test_a_playhead_that_moves_draws_no_lane_anew(view: TimelineView) -> None:
    before = view.grab().toImage()
    lanes = view.kept.picture
    view.playhead.go(30)
    moved = view.grab().toImage()
    assert view.kept.picture is lanes
    assert moved != before
    view.playhead.go(0)
    assert view.grab().toImage() == before
    edits.toggle_keyframe(view.document, "face-1", 77)
    assert view.grab().toImage() != before


def test_another_selection_draws_one_lane_as_a_drawing_of_all_would(view: TimelineView) -> None:
    marker_steps.set_marker(view.document, 50)  # Its line goes through the lane.
    view.grab()
    lanes = view.kept.picture
    seen = []
    for chosen in ((50,), (50, 100), (), (100,)):
        view.selection.select(chosen)
        view.show_spans([range(40, 80)] if chosen else [])
        seen.append(view.grab().toImage())
        assert view.kept.picture is lanes
        view.refresh()
        assert view.grab().toImage() == seen[-1]
        lanes = view.kept.picture
    assert all(one != other for one, other in itertools.pairwise(seen))


def test_what_is_left_on_the_screen_after_moves_is_what_a_drawing_of_all_would_be(
    view: TimelineView, qtbot: QtBot
) -> None:
    qtbot.waitExposed(view)
    view.playhead.set_range(20, 150)
    view.zoom(8.0)
    QApplication.processEvents()
    for frame in (30, 31, 60, 22, 23):
        view.playhead.roll(frame)
        view.show_ready(range(20, frame))
        QApplication.processEvents()
    seen = view.screen().grabWindow(view.winId()).toImage()
    assert seen.size() == view.size()
    assert seen == view.grab().toImage().convertToFormat(seen.format())
