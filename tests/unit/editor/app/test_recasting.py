"""Photos put onto faces and added to identities, looked at by the real command meanwhile."""

import os
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, QProcess, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.app import own_command
from editor.app.editor import Editor
from editor.app.own_command import STEP_BACK
from editor.document import matte_steps
from pipeline.project.matte_stroke import Brush
from pipeline.project.project import Identity
from pipeline.project.reached import Reached


@pytest.fixture
def looks_at_photos() -> bool:
    return True


@pytest.fixture
def opened(editor: Editor, project_file: Path) -> Editor:
    editor.window.session.open(project_file)
    return editor


def identities(editor: Editor) -> tuple[Identity, ...]:
    return editor.window.document.project.identities


def dropped(at: QPointF, *paths: Path) -> QDropEvent:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(each)) for each in paths])
    # The event only borrows the data.
    dropped.data = data  # type: ignore[attr-defined]
    actions, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    return QDropEvent(at, actions, data, button, Qt.KeyboardModifier.NoModifier)


def drag(kind: type[QDragMoveEvent], at: QPointF, path: Path) -> QDragMoveEvent:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    drag.data = data  # type: ignore[attr-defined]
    actions, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    return kind(at, actions, data, button, Qt.KeyboardModifier.NoModifier)


def test_a_photo_dropped_on_the_window_recasts_the_face_in_hand(opened: Editor, qtbot: QtBot, media_dir: Path) -> None:
    nose = Brush(shows="plate", points=((4, 0.0, 0.0, 0.0),))
    matte_steps.paint(opened.window.document, "face-1", nose, Reached(50))
    before = opened.window.document.project.faces[0]
    opened.window.dropEvent(dropped(QPointF(5, 5), media_dir / "single_face.jpg"))
    qtbot.waitUntil(lambda: len(identities(opened)) == 2)
    new = identities(opened)[1]
    face = opened.window.document.project.faces[0]
    assert (new.name, face.identity, face.keyframes) == ("single_face", new.id, before.keyframes)
    assert [each.brush for each in face.matte_strokes] == [nose]
    looking = opened.window.looks.findChild(QProcess)
    assert looking is not None
    if sys.platform == "linux":
        usual = os.getpriority(os.PRIO_PROCESS, 0)
        qtbot.waitUntil(lambda: os.getpriority(os.PRIO_PROCESS, looking.processId()) == min(usual + STEP_BACK, 19))
    qtbot.waitUntil(lambda: opened.window.marks.mark(new.sources[0]) is not None)
    mark = opened.window.marks.mark(new.sources[0])
    assert mark is not None
    assert mark.is_good
    opened.run("edit.undo_step")
    assert opened.window.document.project.faces[0] == before


def test_a_photo_dropped_on_a_lane_recasts_that_face_and_the_lane_lights_up_meanwhile(
    opened: Editor, qtbot: QtBot, media_dir: Path
) -> None:
    timeline = opened.window.timeline
    before = opened.window.document.project.faces[0]
    photo, lane = media_dir / "single_face.jpg", timeline.face_lane(0).center()
    entering = drag(QDragEnterEvent, QPointF(lane.x(), 3), photo)
    QApplication.sendEvent(timeline, entering)
    assert (entering.isAccepted(), timeline.drops.over) == (True, None)
    plain = timeline.grab().toImage()
    moving = drag(QDragMoveEvent, lane, photo)
    QApplication.sendEvent(timeline, moving)
    assert (moving.isAccepted(), timeline.drops.over) == (True, before)
    assert timeline.grab().toImage() != plain
    QApplication.sendEvent(timeline, QDragLeaveEvent())
    assert timeline.drops.over is None
    QApplication.sendEvent(timeline, drag(QDragEnterEvent, lane, photo))
    QApplication.sendEvent(timeline, dropped(lane, photo))
    qtbot.waitUntil(lambda: len(identities(opened)) == 2)
    face = opened.window.document.project.faces[0]
    assert (face.identity, face.keyframes, face.curves) == (identities(opened)[1].id, before.keyframes, before.curves)
    opened.run("edit.undo_step")
    assert opened.window.document.project.faces[0] == before


def test_beside_the_lanes_and_with_other_files_nothing_can_be_dropped(opened: Editor, media_dir: Path) -> None:
    timeline = opened.window.timeline
    lane = timeline.face_lane(0).center()
    for place, file in ((QPointF(lane.x(), 3), media_dir / "single_face.jpg"), (lane, media_dir / "notes.txt")):
        moving = drag(QDragMoveEvent, place, file)
        QApplication.sendEvent(timeline, moving)
        assert not moving.isAccepted()


@pytest.mark.long
def test_which_face_of_a_group_is_meant_is_asked(opened: Editor, qtbot: QtBot, media_dir: Path) -> None:
    opened.window.faces.track_photo_wanted.emit(3, [media_dir / "multi_face.jpg"])
    qtbot.waitUntil(lambda: any("5 faces" in words for words in opened.window.notices.texts))
    face = opened.window.document.project.faces[1]
    assert (face.track, face.identity) == (3, identities(opened)[1].id)
    notice = next(each for each in opened.window.notices.shown if "5 faces" in each.text)
    notice.choose("4")
    assert identities(opened)[1].sources[0].face == 4


def test_what_shows_nobody_is_said_with_the_way_back(
    opened: Editor, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_command, "STEP_BACK", 0)  # It leaves the processor to other tests, and may get none.
    blank = tmp_path / "blank.png"
    opened.window.grab().save(str(blank))
    opened.window.identity.sources_wanted.emit("identity-1", [blank])
    qtbot.waitUntil(lambda: len(identities(opened)[0].sources) == 2)
    qtbot.waitUntil(lambda: any("blank.png" in words and "Ctrl+Z" in words for words in opened.window.notices.texts))
    opened.window.identity.sources_wanted.emit("identity-1", [tmp_path / "none.png"])
    qtbot.waitUntil(lambda: any("none.png can't be read" in words for words in opened.window.notices.texts))


def test_what_is_no_use_is_refused_and_the_project_stays_open(opened: Editor, tmp_path: Path) -> None:
    opened.window.dropEvent(dropped(QPointF(5, 5), tmp_path / "a.docx"))
    assert opened.window.document.is_open
    assert "a.docx is neither" in opened.window.notices.texts[-1]
