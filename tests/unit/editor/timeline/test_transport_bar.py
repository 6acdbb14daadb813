"""The transport bar: loop modes, sound, and the light for frames that were left out."""

from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.app.editor import Editor


def test_the_light_counts_frames_that_were_left_out_and_a_click_puts_it_out(editor: Editor, project_file: Path) -> None:
    w = editor.window
    w.session.open(project_file)
    light = w.bar.left_out
    assert not light.isVisible()
    w.transport._put_left_out(12)
    assert light.isVisible()
    assert light.text() == "● 12"
    light.click()
    assert not light.isVisible()
    assert w.transport.left_out == 0


def test_loop_modes_are_one_of_three_and_are_shown(editor: Editor, project_file: Path) -> None:
    w = editor.window
    w.session.open(project_file)
    states = []
    for action in ("transport.loop_toggle", "transport.ping_pong_toggle", "transport.loop_toggle"):
        editor.run(action)
        shown = [w.actions_by_id[f"transport.{each}_toggle"].isChecked() for each in ("loop", "ping_pong")]
        states.append((w.transport.loop, shown))
    assert states == [("once", [False, False]), ("ping_pong", [False, True]), ("loop", [True, False])]


def test_playing_is_heard_by_the_plate_and_its_silence_is_told(
    editor: Editor, project_file: Path, qtbot: QtBot
) -> None:
    w = editor.window
    w.session.open(project_file)
    qtbot.waitUntil(lambda: w.record.sound is not None)
    editor.run("transport.play_toggle")
    qtbot.waitUntil(lambda: w.playhead.frame >= 3)
    heard = [w.sound.playing]
    assert w.notices.texts == ["Playing is silent: tests are silent. Everything else works as ever."]
    editor.run("transport.sound_toggle")
    assert [*heard, w.sound.playing] == [True, False]
    assert w.transport.playing
    editor.run("transport.play_toggle")


def test_the_rate_that_was_measured_stays_while_frames_go_by(editor: Editor, project_file: Path, qtbot: QtBot) -> None:
    w = editor.window
    w.resize(1600, 900)
    w.session.open(project_file)
    editor.run("transport.play_toggle")
    w.transport.measured.emit(23.5)
    w.playhead.roll(w.playhead.frame + 1)
    qtbot.waitUntil(lambda: w.bar.rate.text() == "23.5 of 24 fps")
    editor.run("transport.play_toggle")
    qtbot.waitUntil(lambda: w.bar.rate.text() == "24 fps")


def test_the_rate_is_short_where_there_is_no_room(editor: Editor, project_file: Path, qtbot: QtBot) -> None:
    w = editor.window
    w.session.open(project_file)
    w.bar.resize(w.bar.minimumSizeHint().width(), w.bar.height())
    qtbot.waitUntil(lambda: (w.bar.rate.text(), w.bar._frame.text()) == ("24", "  0"))


def test_the_window_does_not_grow_when_frames_are_left_out(editor: Editor, project_file: Path, qtbot: QtBot) -> None:
    w = editor.window
    w.session.open(project_file)
    QApplication.processEvents()
    before = w.width()
    w.transport.light_changed.emit(1234)
    w.transport.measured.emit(23.5)
    QApplication.processEvents()
    assert w.bar.left_out.isVisible()
    assert (w.width(), before) == (1280, 1280)
