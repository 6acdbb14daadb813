"""Ways to look: panes above each other and in tiles, overlaid, mirrored, with safe areas; and what is saved of it."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QPointF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from editor.app.editor import Editor
from editor.playback.pictures import Picture
from editor.viewer.head_up import assumed_text
from editor.viewer.view_layout import ViewLayout
from editor.viewer.view_transform import ViewTransform
from tests.ui.stand_in import level

GREY = level(0)
PLATE, RESULT = (GREY, GREY, GREY), (255, GREY, GREY)


@pytest.fixture
def shown(editor: Editor, project_file: Path, qtbot: QtBot) -> Editor:
    editor.window.session.open(project_file)
    editor.window.view.toggle_hud()
    wait_for(editor, qtbot)
    return editor


def wait_for(editor: Editor, qtbot: QtBot) -> None:
    window = editor.window
    qtbot.waitUntil(lambda: all(window.pictures.has(window.playhead.frame, each) for each in window.view.layers))


def at(image: QImage, across: float, down: float) -> tuple[int, int, int]:
    found = QColor(image.pixel(int(across * (image.width() - 1)), int(down * (image.height() - 1))))
    return found.red(), found.green(), found.blue()


def colour(editor: Editor, across: float, down: float) -> tuple[int, int, int]:
    return at(editor.window.canvas.grab().toImage(), across, down)


def lopsided(editor: Editor) -> None:
    """Paint the result's upper left quarter blue."""
    picture = editor.window.pictures.picture(0, "result")
    assert picture is not None
    for x in range(32):
        for y in range(18):
            picture.image.setPixelColor(x, y, QColor(0, 0, 255))
    editor.window.canvas.update()


def test_one_above_the_other(shown: Editor, qtbot: QtBot) -> None:
    shown.run("view.toggle_over")
    wait_for(shown, qtbot)
    assert (colour(shown, 0.5, 0.25), colour(shown, 0.5, 0.75)) == (PLATE, RESULT)
    assert shown.window.actions_by_id["view.toggle_over"].isChecked()
    canvas = shown.window.canvas
    assert canvas.under(QPointF(canvas.width() / 2, 20)).layer == "plate"
    assert canvas.under(QPointF(canvas.width() / 2, canvas.height() - 20)).layer == "result"


def test_overlaid_as_far_as_is_chosen(shown: Editor, qtbot: QtBot) -> None:
    shown.run("view.toggle_blend")
    wait_for(shown, qtbot)
    seen = []
    for _ in range(3):
        seen.append(colour(shown, 0.5, 0.5)[0])
        shown.run("view.next_blend")
    assert seen == pytest.approx([GREY + share * (255 - GREY) for share in (0.5, 0.75, 0.25)], abs=1.5)
    shown.run("view.toggle_blend")
    assert colour(shown, 0.5, 0.5) == RESULT


def test_four_tiles_show_all_layers_each_with_its_name(shown: Editor, qtbot: QtBot) -> None:
    shown.run("view.toggle_tile")
    wait_for(shown, qtbot)
    assert (colour(shown, 0.25, 0.25), colour(shown, 0.75, 0.25)) == (PLATE, RESULT)
    bare = shown.window.canvas.grab().toImage()
    shown.run("view.toggle_hud")
    named = shown.window.canvas.grab().toImage()
    canvas = shown.window.canvas
    width, height = canvas.width(), canvas.height()
    for number in range(4):
        left, top = number % 2 * width // 2, number // 2 * height // 2
        strip = [(x, top + 16) for x in range(left + 8, left + 60)]
        assert any(bare.pixel(*each) != named.pixel(*each) for each in strip), number
    layers = [canvas.under(QPointF(width * x, height * y)).layer for y in (0.25, 0.75) for x in (0.25, 0.75)]
    assert layers == ["plate", "result", "matte", "difference"]


def test_mirrored_pictures_are_pointed_at_where_they_are_seen(shown: Editor) -> None:
    lopsided(shown)
    canvas = shown.window.canvas
    corners = [(0.3, 0.3), (0.7, 0.3), (0.3, 0.7), (0.7, 0.7)]
    for actions, blue in (((), 0), (("flop",), 1), (("flop", "flip"), 3), (("flip",), 2)):
        for mirror in ("flop", "flip"):
            if (mirror in shown.window.view.mirrors) != (mirror in actions):
                shown.run(f"view.toggle_{mirror}")
        seen = [colour(shown, *each) for each in corners]
        assert [each == (0, 0, 255) for each in seen] == [number == blue for number in range(4)]
        x, y = corners[blue]
        found = canvas.pixel_at(QPointF(canvas.width() * x, canvas.height() * y))
        assert found is not None
        assert found[0] < 32
        assert found[1] < 18
    assert shown.window.view.seen_words == "flipped"
    assert canvas._head_up(None).mark_place == "top-left", "where nothing is said over it"


def test_a_pixel_is_found_again_at_every_zoom_and_mirrored() -> None:
    for zoom in (0.37, 1.0, 3.0, 4.0, 7.3):
        for flop in (False, True):
            layout = ViewLayout(QSizeF(641, 480), 2, 1, ViewTransform(zoom, (1.5, -2.25)), QSizeF(64, 36), flop)
            placed = layout.placed(layout.pane(1))
            for x in (0, 17, 63):
                middle = (x + 0.5) * zoom
                across = placed.right() - middle if flop else placed.x() + middle
                point = QPointF(across, placed.y() + 8.5 * zoom)
                if layout.number_at(point) == 1:
                    assert layout.pixel_at(point) == (x, 8)


def test_the_alpha_channel_is_shown_in_place_of_the_layer_and_taken_away_again(shown: Editor, qtbot: QtBot) -> None:
    shown.run("view.show_alpha")
    wait_for(shown, qtbot)
    assert colour(shown, 0.5, 0.5) == PLATE, "the worker's grey"
    assert shown.window.actions_by_id["view.show_alpha"].isChecked()
    assert shown.window.canvas._head_up(shown.window.canvas.picture("alpha")).layers == ("alpha",)
    shown.run("view.show_alpha")
    assert colour(shown, 0.5, 0.5) == RESULT


def test_safe_areas_lie_at_ninety_and_eighty_per_cent(shown: Editor) -> None:
    plain = shown.window.canvas.snapshot()
    shown.run("view.toggle_safe_areas")
    drawn = shown.window.canvas.snapshot()
    assert plain is not None
    assert drawn is not None
    changed = [x for x in range(64) if plain.pixel(x, 10) != drawn.pixel(x, 10)]
    assert {3, 6, 57, 60} <= set(changed)
    assert not {0, 1, 20, 32, 62, 63} & set(changed)
    assert plain.pixel(32, 18) != drawn.pixel(32, 18), "the middle"


def test_enlarging_is_chosen(shown: Editor) -> None:
    lopsided(shown)
    shown.run("view.zoom_400")
    canvas = shown.window.canvas
    y = canvas.height() // 2 - 20

    def shades() -> int:
        image = canvas.grab().toImage()
        return len({image.pixel(x, y) for x in range(canvas.width() // 2 - 8, canvas.width() // 2 + 8)})

    hard = shades()
    shown.run("view.filter_linear")
    assert shades() > hard == 2
    shown.run("view.filter_nearest")
    assert shades() == 2


def test_a_drag_with_z_held_zooms_about_the_press(shown: Editor, qtbot: QtBot) -> None:
    canvas = shown.window.canvas
    press = QPoint(canvas.width() // 3, canvas.height() // 3)
    before, zoom = canvas.in_picture(press.toPointF())[0], canvas.zoom
    qtbot.keyPress(canvas, Qt.Key.Key_Z)
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=press)
    for x in (20, 60, 100):
        qtbot.mouseMove(canvas, press + QPoint(x, 0))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=press + QPoint(100, 0))
    qtbot.keyRelease(canvas, Qt.Key.Key_Z)
    assert canvas.zoom == pytest.approx(2 * zoom)
    assert canvas.in_picture(press.toPointF())[0] == pytest.approx(before, abs=0.1)


def test_what_is_seen_is_saved_at_the_plate_s_own_size(
    shown: Editor, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown.run("view.toggle_side")
    wait_for(shown, qtbot)
    target = tmp_path / "seen.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    shown.run("view.save_snapshot")
    image = QImage(str(target))
    assert (image.width(), image.height()) == (128, 36)
    assert (at(image, 0.2, 0.5), at(image, 0.8, 0.5)) == (PLATE, RESULT)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "gone" / "a.png"), ""))
    shown.run("view.save_snapshot")
    assert any("does not exist" in each for each in shown.window.notices.texts)


def test_colours_that_are_assumed_are_named_in_the_picture(shown: Editor) -> None:
    window = shown.window
    picture = window.pictures.picture(0, "result")
    assert picture is not None
    shown.run("view.toggle_hud")
    before = window.canvas.grab().toImage()
    facts = replace(picture.facts, assumed=("matrix", "primaries"))
    untagged = Picture(0, "result", picture.image, facts)
    window.pictures.put(window.pictures.key(0, "result"), untagged)
    after = window.canvas.grab().toImage()
    strip = range(window.canvas.width() - 60, window.canvas.width() - 10)
    rows = range(30, 70)
    assert any(before.pixel(x, y) != after.pixel(x, y) for x in strip for y in rows)
    assert assumed_text(facts.assumed) == "colour assumed: matrix, primaries"
    assert assumed_text(("matrix", "transfer", "primaries")) == "untagged, colour assumed"
