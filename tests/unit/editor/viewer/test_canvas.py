"""What the canvas draws: the right frame and layer at the right place, and never one frame as another."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from editor.app.editor import Editor
from editor.viewer.head_up import size_text
from editor.viewer.spot import told
from tests.ui.stand_in import level


@pytest.fixture
def shown(editor: Editor, project_file: Path, qtbot: QtBot) -> Editor:
    editor.window.session.open(project_file)
    editor.window.view.toggle_hud()
    wait_for(editor, qtbot)
    return editor


def wait_for(editor: Editor, qtbot: QtBot) -> None:
    window = editor.window
    qtbot.waitUntil(lambda: all(window.pictures.has(window.playhead.frame, each) for each in window.view.layers))


def colour(editor: Editor, across: float, down: float = 0.5) -> tuple[int, int, int]:
    canvas = editor.window.canvas
    image = canvas.grab().toImage()
    found = QColor(image.pixel(int(across * (image.width() - 1)), int(down * (image.height() - 1))))
    return found.red(), found.green(), found.blue()


def plate(frame: int) -> tuple[int, int, int]:
    return level(frame), level(frame), level(frame)


def result(frame: int) -> tuple[int, int, int]:
    return 255, level(frame), level(frame)


def test_the_result_of_the_frame_under_the_playhead_is_seen(shown: Editor, qtbot: QtBot) -> None:
    for frame in (0, 17, 50):
        shown.window.playhead.go(frame)
        wait_for(shown, qtbot)
        assert colour(shown, 0.5) == result(frame)


def test_one_key_shows_the_plate_and_goes_back(shown: Editor, qtbot: QtBot) -> None:
    shown.run("view.toggle_plate")
    wait_for(shown, qtbot)
    assert colour(shown, 0.5) == plate(0)
    shown.run("view.toggle_plate")
    assert colour(shown, 0.5) == result(0)


def test_a_wipe_has_the_plate_on_its_left_and_follows_the_pointer(shown: Editor, qtbot: QtBot) -> None:
    shown.run("view.toggle_wipe")
    wait_for(shown, qtbot)
    assert colour(shown, 0.3, 0.3) == plate(0)
    assert colour(shown, 0.7, 0.3) == result(0)
    canvas = shown.window.canvas
    middle = canvas.rect().center()
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseMove(canvas, QPointF(canvas.width() * 0.2, middle.y()).toPoint())
    canvas.mouseReleaseEvent(None)  # type: ignore[arg-type]
    assert colour(shown, 0.3, 0.3) == result(0)


def test_side_by_side_shows_both_whole(shown: Editor, qtbot: QtBot) -> None:
    shown.run("view.toggle_side")
    wait_for(shown, qtbot)
    assert colour(shown, 0.25) == plate(0)
    assert colour(shown, 0.75) == result(0)


def test_the_frames_beside_it_shine_through_in_an_onion_skin(shown: Editor, qtbot: QtBot) -> None:
    w = shown.window
    w.playhead.go(10)
    shown.run("view.show_plate")
    shown.run("view.toggle_onion")
    qtbot.waitUntil(lambda: all(w.pictures.has(frame, "plate") for frame in (9, 10, 11)))
    w.playhead.go(199)
    qtbot.waitUntil(lambda: all(w.pictures.has(frame, "plate") for frame in (198, 199)))
    assert level(199) - level(198) == 1
    w.playhead.go(0)
    qtbot.waitUntil(lambda: w.pictures.has(1, "plate"))
    # Levels repeat after 200 frames: a neighbour that is far brighter tells how much of it is seen.
    w.pictures.picture(1, "plate").image.fill(QColor(240, 240, 240))  # type: ignore[union-attr]
    assert abs(colour(shown, 0.5)[0] - (240 + level(0)) / 2) <= 1
    shown.run("view.toggle_onion")
    assert colour(shown, 0.5) == plate(0)


def test_nothing_that_is_said_lies_over_the_results_mark(shown: Editor) -> None:
    w = shown.window
    canvas = w.canvas

    def differs(corner: str) -> bool:
        hidden = canvas.grab().toImage()
        w.view.toggle_hud()
        seen = canvas.grab().toImage()
        w.view.toggle_hud()
        xs = range(8, 120) if corner.endswith("left") else range(canvas.width() - 120, canvas.width() - 8)
        y = 16 if corner.startswith("top") else canvas.height() - 16
        return any(hidden.pixel(x, y) != seen.pixel(x, y) for x in xs)

    assert [differs(each) for each in ("top-left", "bottom-left")] == [True, False]
    w.document.edit("Mark", lambda project: replace(project, policy=replace(project.policy, mark_place="top-left")))
    assert [differs(each) for each in ("top-left", "bottom-left")] == [False, True]


def test_above_200_per_cent_pixels_stay_hard(shown: Editor) -> None:
    shown.run("view.zoom_400")
    assert shown.window.canvas.zoom == 4.0
    assert not shown.window.canvas.fits
    shown.run("view.fit_picture")
    assert shown.window.canvas.fits


def test_the_probe_names_place_and_code_values(shown: Editor) -> None:
    canvas = shown.window.canvas
    canvas.grab()
    said = told(shown.samples.probe.spot_at(QPointF(canvas.width() / 2, canvas.height() / 2)))
    assert said == f"result  x 32  y 18   R 255  G {level(0)}  B {level(0)}"
    assert told(shown.samples.probe.spot_at(QPointF(canvas.width() / 2, -5))) == ""


def test_while_a_picture_is_on_its_way_the_old_one_is_named_by_its_own_frame(shown: Editor) -> None:
    window = shown.window
    window.pictures.blockSignals(True)
    window.playhead.go(90)
    kept = window.canvas.picture("result")
    assert kept is not None
    assert kept.frame == 0
    head_up = window.canvas._head_up(kept)
    assert (head_up.frame, head_up.seen_frame, head_up.is_current) == (90, 0, False)
    window.pictures.blockSignals(False)


def test_no_size_is_told_of_a_picture_that_is_not_there_yet(shown: Editor) -> None:
    canvas, window = shown.window.canvas, shown.window
    kept = window.pictures.picture(0, "result")
    assert kept is not None
    width, height = kept.facts.size
    assert size_text(canvas._head_up(kept)).startswith(f"{width} × {height} ")
    assert size_text(canvas._head_up(None)) == ""


def test_overlays_are_drawn_where_the_face_is(shown: Editor) -> None:
    canvas = shown.window.canvas
    placed = canvas.layout_now.placed(canvas.layout_now.pane(0))
    point = QPointF(placed.x() + placed.width() * 20 / 64, placed.y() + placed.height() * 20 / 36).toPoint()

    def seen() -> QColor:
        return QColor(canvas.grab().toImage().pixel(point))

    bare = seen()
    shown.run("view.toggle_landmarks")
    assert seen() != bare
    shown.run("view.toggle_landmarks")
    assert seen() == bare
    shown.run("view.toggle_boxes")
    assert seen() != bare


def test_a_grab_stands_in_the_plate_s_place_until_another_project_opens(
    shown: Editor, project_file: Path, qtbot: QtBot
) -> None:
    window = shown.window
    assert not window.actions_by_id["view.toggle_grab"].isEnabled()
    shown.run("view.keep_grab")
    window.playhead.go(50)
    wait_for(shown, qtbot)
    window.actions_by_id["view.toggle_grab"].trigger()
    assert colour(shown, 0.3, 0.3) == result(0), "what was grabbed"
    assert colour(shown, 0.7, 0.3) == result(50)
    canvas = window.canvas
    at = QPointF(canvas.width() * 0.3, canvas.height() * 0.3)
    assert f"G {level(0)} " in told(shown.samples.probe.spot_at(at))
    shown.run("view.toggle_side")
    assert (colour(shown, 0.25), colour(shown, 0.75)) == (result(0), result(50))
    shown.run("view.toggle_grab")
    wait_for(shown, qtbot)
    assert colour(shown, 0.25) == plate(50)
    window.session.close_project()
    window.session.open(project_file)
    assert not window.actions_by_id["view.toggle_grab"].isEnabled()


def film(frame: int) -> tuple[int, int, int]:
    return level(frame), level(frame), 255


def wait_for_colour(editor: Editor, qtbot: QtBot, wanted: tuple[int, int, int]) -> None:
    qtbot.waitUntil(lambda: colour(editor, 0.3, 0.3) == wanted)


def test_the_last_export_stands_in_the_plate_s_place_and_follows_the_playhead(shown: Editor, qtbot: QtBot) -> None:
    window = shown.window
    window.playhead.go(50)
    wait_for(shown, qtbot)
    window.actions_by_id["view.compare_export"].trigger()
    for frame in (50, 99):
        window.playhead.go(frame)
        wait_for(shown, qtbot)
        wait_for_colour(shown, qtbot, film(frame))
        assert colour(shown, 0.7, 0.3) == result(frame)
    assert window.actions_by_id["view.compare_export"].isChecked()
    window.playhead.go(120)
    wait_for(shown, qtbot)
    qtbot.waitUntil(lambda: "not 120" in window.canvas._head_up(None).problem)
    assert colour(shown, 0.3, 0.3) not in (film(99), plate(120)), "no other frame in its place"
    window.actions_by_id["view.compare_export"].trigger()
    wait_for(shown, qtbot)
    assert colour(shown, 0.3, 0.3) == plate(120)


def test_a_film_that_does_not_fit_is_told_of_and_not_compared_with(
    shown: Editor, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("/films/small.mp4", ""))
    shown.run("view.compare_film")
    notices = shown.window.notices
    qtbot.waitUntil(lambda: any("small.mp4 is of another size." in each for each in notices.texts))
    assert shown.window.view.reference is None
    assert not shown.window.actions_by_id["view.compare_film"].isChecked()
