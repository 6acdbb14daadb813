"""How a picture is looked at: channels, exposure, gamma; and that the picture itself stays."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from editor.app.editor import Editor
from editor.viewer.spot import told
from editor.viewer.view_tone import ViewTone, toned


def pixel(colour: tuple[int, int, int], tone: ViewTone) -> tuple[int, int, int]:
    image = QImage(5, 3, QImage.Format.Format_RGB888)
    image.fill(QColor(*colour))
    seen = toned(image, tone)
    assert seen.size() == image.size()
    found = seen.pixelColor(4, 2)
    return found.red(), found.green(), found.blue()


@pytest.mark.parametrize(
    ("tone", "seen"),
    [
        (ViewTone(), (200, 100, 50)),
        (ViewTone(channel="red"), (200, 200, 200)),
        (ViewTone(channel="green"), (100, 100, 100)),
        (ViewTone(channel="blue"), (50, 50, 50)),
        (ViewTone(channel="luminance"), (118, 118, 118)),
        (ViewTone(exposure=2.4), (255, 200, 100)),
        (ViewTone(exposure=-2.4), (100, 50, 25)),
        (ViewTone(gamma=2.0), (226, 160, 113)),
    ],
)
def test_channels_exposure_and_gamma(tone: ViewTone, seen: tuple[int, int, int]) -> None:
    assert np.abs(np.subtract(pixel((200, 100, 50), tone), seen)).max() <= 1


def test_values_stay_inside_their_range_and_are_told() -> None:
    assert ViewTone().exposed(9.0).exposure == 6.0
    assert ViewTone().with_gamma(0.0).gamma == 0.25
    assert ViewTone(1.5, 1.2, "red").words == "red   +1.5 stops   gamma 1.20"
    assert ViewTone().words == ""


def test_keys_change_the_view_and_one_key_has_it_as_it_is(editor: Editor, project_file: Path) -> None:
    window = editor.window
    window.session.open(project_file)
    for action in ("view.show_blue", "view.raise_exposure", "view.raise_gamma"):
        editor.run(action)
    assert window.view.tone == ViewTone(0.5, 1.1, "blue")
    assert window.actions_by_id["view.show_blue"].isChecked()
    editor.run("view.show_blue")
    assert window.view.tone.channel == "colour"
    editor.run("view.reset_tone")
    assert window.view.tone.neutral


def test_a_held_key_and_a_drag_change_exposure_without_moving_the_picture(
    editor: Editor, project_file: Path, qtbot: QtBot
) -> None:
    window, canvas = editor.window, editor.window.canvas
    window.session.open(project_file)
    qtbot.waitUntil(lambda: window.pictures.has(0, "result"))
    canvas.grab()
    before = told(editor.samples.probe.spot_at(canvas.rect().center().toPointF()))
    qtbot.keyPress(canvas, Qt.Key.Key_E)
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 90))
    for x in range(101, 151):
        qtbot.mouseMove(canvas, QPoint(x, 90))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(150, 90))
    qtbot.keyRelease(canvas, Qt.Key.Key_E)
    assert window.view.tone == ViewTone(exposure=1.0)
    canvas.grab()
    assert told(editor.samples.probe.spot_at(canvas.rect().center().toPointF())) == before, (
        "the probe tells the picture's own values"
    )
