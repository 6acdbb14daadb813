"""The probe: code values beside the shown ones, of a pixel or a marked area, asked for in passing."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from editor.app.editor import Editor
from editor.viewer.spot import Spot, told
from pipeline.ipc.messages import Layer
from pipeline.ipc.samples import ChannelSamples, SampleKind, Samples
from tests.ui.stand_in import StandInClient, level


@pytest.fixture
def shown(editor: Editor, project_file: Path, qtbot: QtBot) -> Editor:
    editor.window.session.open(project_file)
    qtbot.waitUntil(lambda: editor.window.pictures.has(0, "result"))
    editor.window.canvas.grab()
    return editor


def line(editor: Editor) -> str:
    return editor.samples.line.text()


def at(editor: Editor, x: int, y: int) -> QPoint:
    """Where a pixel of the picture is drawn."""
    canvas = editor.window.canvas
    placed = canvas.layout_now.placed(canvas.layout_now.pane(0))
    inside = QPoint(int((x + 0.5) * placed.width() / 64), int((y + 0.5) * placed.height() / 36))
    return placed.topLeft().toPoint() + inside


def alt_drag(editor: Editor, first: QPoint, last: QPoint) -> None:
    canvas, alt = editor.window.canvas, Qt.KeyboardModifier.AltModifier
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, alt, first)
    for step in range(1, 5):
        QTest.mouseMove(canvas, first + (last - first) * step / 4)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, alt, last)


def asked(layer: str) -> list[object]:
    return [what for kind, what in StandInClient.made[-1].asked if kind == f"samples {layer}"]


def test_the_pixel_under_the_pointer_is_told_as_it_is_coded_and_as_it_is_shown(shown: Editor, qtbot: QtBot) -> None:
    qtbot.mouseMove(shown.window.canvas, at(shown, 17, 30))
    grey = level(0)
    coded = f"Y {4 * grey - 1}  Cb 15  Cr -1 · 10 bit legal"
    qtbot.waitUntil(lambda: line(shown) == f"result  x 17  y 30   {coded}   R 255  G {grey}  B {grey}")
    shown.run("view.show_plate")
    qtbot.waitUntil(lambda: line(shown).startswith(f"plate  x 17  y 30   Y {4 * grey - 2} "))
    shown.window.playhead.go(9)
    qtbot.waitUntil(lambda: line(shown).endswith(f"R {level(9)}  G {level(9)}  B {level(9)}"))
    assert f"Y {4 * level(9) - 2} " in line(shown), "another frame, though the mouse rests"


def test_while_the_mouse_moves_few_questions_are_asked_and_the_last_place_is_told(shown: Editor, qtbot: QtBot) -> None:
    for x in range(60):
        qtbot.mouseMove(shown.window.canvas, at(shown, x, 8))
    qtbot.waitUntil(lambda: line(shown).startswith("result  x 59  y 8   Y"))
    assert len(asked("result")) < 30
    assert asked("result")[-1] == (0, (59, 8, 60, 9))


def test_frames_that_are_stepped_over_are_not_asked_for(shown: Editor, qtbot: QtBot) -> None:
    qtbot.mouseMove(shown.window.canvas, at(shown, 7, 7))
    qtbot.waitUntil(lambda: "Y" in line(shown))
    for frame in range(1, 30):
        shown.window.playhead.go(frame)
    qtbot.waitUntil(lambda: f"Y {4 * level(29) - 1} " in line(shown))
    assert asked("result") == [(0, (7, 7, 8, 8)), (29, (7, 7, 8, 8))]


def test_an_area_marked_with_alt_is_told_frame_after_frame_until_a_click(shown: Editor, qtbot: QtBot) -> None:
    before = shown.window.canvas._transform
    alt_drag(shown, at(shown, 20, 12), at(shown, 9, 7))
    grey = level(0)
    area = f"Y {4 * grey + 1:.1f} ({4 * grey - 1} – {4 * grey + 3})  Cb 9.0 (7 – 11)  Cr 12.0 (10 – 14) · 10 bit legal"
    qtbot.waitUntil(lambda: line(shown).startswith(f"result  x 9 – 20  y 7 – 12   {area}   R 255.0 (255 – 255)"))
    assert shown.window.canvas._transform == before, "the picture isn't dragged along"
    qtbot.mouseMove(shown.window.canvas, QPoint(2, 2))
    shown.window.playhead.go(5)
    qtbot.waitUntil(lambda: f"Y {4 * level(5) + 1:.1f} " in line(shown))
    place = at(shown, 30, 30)
    alt_drag(shown, place, place)
    assert shown.window.canvas.drawing.area is None
    qtbot.mouseMove(shown.window.canvas, place)
    qtbot.waitUntil(lambda: line(shown).startswith("result  x 30  y 30   Y"))


def test_a_matte_and_a_grab_have_no_code_values(shown: Editor, qtbot: QtBot) -> None:
    shown.run("view.show_matte")
    qtbot.waitUntil(lambda: shown.window.pictures.has(0, "matte"))
    qtbot.mouseMove(shown.window.canvas, at(shown, 3, 3))
    qtbot.waitUntil(lambda: line(shown) == f"matte  x 3  y 3   R {level(0)}  G {level(0)}  B {level(0)}")
    assert not asked("matte")
    shown.run("view.show_result")
    shown.run("view.keep_grab")
    shown.run("view.toggle_grab")
    qtbot.mouseMove(shown.window.canvas, at(shown, 4, 3))
    qtbot.waitUntil(lambda: line(shown).startswith("result  x 4  y 3   R "))
    assert (0, (4, 3, 5, 4)) not in asked("result")


def test_a_worker_that_does_not_answer_leaves_the_shown_values(shown: Editor, qtbot: QtBot) -> None:
    StandInClient.made[-1].samples = lambda *_, **__: 990  # type: ignore[method-assign]
    qtbot.mouseMove(shown.window.canvas, at(shown, 5, 5))
    qtbot.waitUntil(lambda: line(shown) == f"result  x 5  y 5   …   R 255  G {level(0)}  B {level(0)}")


@pytest.mark.parametrize(
    ("layer", "kind", "depth", "low", "words"),
    [
        ("plate", "full", 12, 4095.0, "R 4095 · 12 bit full"),
        ("plate", "half", 32, 0.18024, "R 0.1802 · half float"),
        ("difference", "legal", 10, -3.0, "R -3 · 10 bit legal"),
        ("difference", "legal", 10, 3.0, "R +3 · 10 bit legal"),
    ],
)
def test_values_are_written_as_they_are_meant(
    layer: Layer, kind: SampleKind, depth: int, low: float, words: str
) -> None:
    samples = Samples(
        generation=1,
        plate="p",
        frame=0,
        channels=(ChannelSamples(name="R", mean=low, low=low, high=low),),
        depth=depth,
        kind=kind,
    )
    assert words in told(Spot(0, layer, (0, 0, 1, 1), (), True), samples)
