"""The strip under the timeline shows the whole plate, and moves and stretches the part in sight."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from editor.app.editor import Editor
from editor.timeline.overview import Overview

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def overview(editor: Editor, project_file: Path, qtbot: QtBot) -> Overview:
    """Of 200 frames, 40 from frame 80 on in sight."""
    w = editor.window
    w.session.open(project_file)
    found = w.findChild(Overview)
    assert isinstance(found, Overview)
    qtbot.waitUntil(lambda: found.width() > 600)
    w.timeline.show_frames(80, 40)
    return found


def shown(overview: Overview) -> tuple[int, int]:
    first, count = overview._view.shown_frames()
    return round(first), round(count)


def drag(overview: Overview, qtbot: QtBot, start: float, stop: float) -> None:
    points = [QPoint(round(overview.place(frame)), overview.height() // 2) for frame in (start, stop)]
    qtbot.mousePress(overview, LEFT, pos=points[0])
    qtbot.mouseMove(overview, points[1])
    qtbot.mouseRelease(overview, LEFT, pos=points[1])


def test_the_part_in_sight_is_dragged_and_stays_inside(overview: Overview, qtbot: QtBot) -> None:
    assert shown(overview) == (80, 40)
    drag(overview, qtbot, 100, 50)
    assert shown(overview) == (30, 40)
    drag(overview, qtbot, 50, 5)
    assert shown(overview) == (0, 40)


def test_its_ends_make_it_longer_and_shorter(overview: Overview, qtbot: QtBot) -> None:
    drag(overview, qtbot, 80, 60)
    assert shown(overview) == (60, 60)
    drag(overview, qtbot, 120, 160)
    assert shown(overview) == (60, 100)


def test_a_press_beside_it_goes_there_and_a_double_click_shows_all(overview: Overview, qtbot: QtBot) -> None:
    drag(overview, qtbot, 30, 30)
    assert shown(overview) == (10, 40)
    qtbot.mouseDClick(overview, LEFT, pos=QPoint(round(overview.place(30)), 5))
    assert shown(overview) == (0, 200)


def test_keyframes_markers_and_the_playhead_are_seen(overview: Overview, editor: Editor) -> None:
    def colours_at(frame: float) -> set[str]:
        image = overview.grab().toImage()
        x = round(overview.place(frame))
        return {image.pixelColor(x + dx, y).name() for dx in (-1, 0, 1) for y in range(overview.height())}

    plain = colours_at(20.5)
    assert colours_at(50.5) - plain, "a keyframe"
    editor.window.playhead.go(20)
    playhead = colours_at(20.5)
    assert playhead - plain
    editor.run("marker.add_here")
    assert colours_at(20.5) - playhead, "a marker"
