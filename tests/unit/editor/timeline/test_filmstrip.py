"""The filmstrip: the frames of its tiles at any zoom, what is asked for and when, and what is kept."""

from pathlib import Path

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from editor.app.editor import Editor
from editor.document.document import Document
from editor.timeline.filmstrip import KEPT_PICTURES, Filmstrip, Tiles
from editor.timeline.frame_scale import WIDEST_FRAME_PX, FrameScale
from pipeline.project.storage import StoredProject
from tests.ui.stand_in import StandInClient, level
from tests.unit.project.documents import one_face

WIDTH, PICTURE_PX = 1400.0, 64.0


def picture(grey: int = 100) -> QImage:
    image = QImage(64, 36, QImage.Format.Format_RGB32)
    image.fill(QColor(grey, grey, grey))
    return image


@pytest.mark.parametrize("frame_px", [WIDTH / 172_800, 0.1, 1.0, 9.0, WIDEST_FRAME_PX])
def test_tiles_cover_the_lane_from_two_hours_to_one_frame(frame_px: float) -> None:
    scale = FrameScale(1000.0, frame_px)
    tiles = Tiles.of(scale, 172_800, WIDTH, PICTURE_PX)
    assert scale.x(tiles.frames[0]) <= 0
    assert scale.x(tiles.frames[-1] + tiles.frames.step) >= min(WIDTH, scale.x(172_799))
    assert PICTURE_PX / 2 <= tiles.width_px <= max(PICTURE_PX, WIDEST_FRAME_PX)
    assert len(tiles.frames) <= 2 * WIDTH / PICTURE_PX + 2


def test_what_zooming_out_shows_was_seen_before() -> None:
    near = Tiles.of(FrameScale(500.0, 4.0), 10_000, WIDTH, PICTURE_PX).frames
    far = Tiles.of(FrameScale(500.0, 1.0), 10_000, WIDTH, PICTURE_PX).frames
    assert set(far) & set(range(near[0], near[-1])) <= set(near)


def drawn(strip: Filmstrip, scale: FrameScale) -> QImage:
    image = QImage(400, 38, QImage.Format.Format_RGB32)
    image.fill(QColor("black"))
    painter = QPainter(image)
    strip.draw(painter, QRectF(0, 0, 400, 38), scale, 200)
    painter.end()
    return image


def test_a_picture_lies_at_its_own_frame(document: Document) -> None:
    strip, scale = Filmstrip(document), FrameScale(0.0, 32.0)
    tiles = Tiles.of(scale, 200, 400, 64.0)
    for frame in tiles.frames:
        strip.put(frame, picture(level(frame)))
    image = drawn(strip, scale)
    for frame in tiles.frames[:-1]:
        assert image.pixelColor(int(scale.x(frame)) + 12, 18).red() == level(frame)


def test_missing_pictures_are_asked_for_once_when_the_timeline_stands_still(document: Document, qtbot: QtBot) -> None:
    strip = Filmstrip(document)
    asked: list[tuple[int, ...]] = []
    strip.wanted.connect(asked.append)
    for px in (2.0, 4.0, 8.0):
        drawn(strip, FrameScale(0.0, px))
    qtbot.waitUntil(lambda: len(asked) == 1)
    frames = Tiles.of(FrameScale(0.0, 8.0), 200, 400, 64.0).frames
    assert sorted(asked[0]) == list(frames)
    assert asked[0][:2] == (frames[0], frames[2])
    strip.put(asked[0][0], picture())
    drawn(strip, FrameScale(0.0, 8.0))
    qtbot.wait(300)
    assert len(asked) == 1, "the others are on their way"


def test_so_many_pictures_are_kept_and_none_of_another_project(document: Document) -> None:
    strip = Filmstrip(document)
    for frame in range(KEPT_PICTURES + 5):
        strip.put(frame, picture())
    assert len(strip._pictures) == KEPT_PICTURES
    document.open(Path("b.likeness"), StoredProject(one_face(10), {}))
    assert not strip._pictures


def test_the_lane_fills_and_can_be_hidden(editor: Editor, project_file: Path, qtbot: QtBot) -> None:
    w = editor.window
    w.session.open(project_file)
    strip = w.timeline.strip
    qtbot.waitUntil(lambda: len(strip._pictures) > 10)
    qtbot.waitUntil(lambda: not strip.waiting)
    with_strip = w.timeline.face_lane(0).top()
    editor.run("timeline.toggle_filmstrip")
    assert w.timeline.face_lane(0).top() < with_strip
    assert not w.actions_by_id["timeline.toggle_filmstrip"].isChecked()


def test_nothing_is_asked_for_while_something_plays(editor: Editor, project_file: Path, qtbot: QtBot) -> None:
    w = editor.window
    w.session.open(project_file)
    qtbot.waitUntil(lambda: len(w.timeline.strip._pictures) > 10)
    (client,) = StandInClient.made
    editor.run("transport.play_toggle")
    before = sum(what == "filmstrip" for what, _ in client.asked)
    w.timeline.zoom(6.0)
    qtbot.wait(300)
    assert sum(what == "filmstrip" for what, _ in client.asked) == before
    editor.run("transport.play_toggle")
    qtbot.waitUntil(lambda: sum(what == "filmstrip" for what, _ in client.asked) > before)
