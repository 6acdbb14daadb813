"""While the key of Stop is held, the keys of the shuttle step a frame."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from editor.app.editor import Editor

J, K, L, N = Qt.Key.Key_J, Qt.Key.Key_K, Qt.Key.Key_L, Qt.Key.Key_N


@pytest.fixture
def opened(editor: Editor, project_file: Path, qtbot: QtBot) -> Editor:
    editor.window.session.open(project_file)
    editor.window.playhead.go(20)
    return editor


def keys_of(widget: QWidget, qtbot: QtBot) -> QWindow:
    """The window of the system that keys come to."""
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)
    handle = widget.windowHandle()
    assert handle is not None
    return handle


def press(at: QWindow, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyPress(at, key)
        QTest.keyRelease(at, key)


def test_with_k_held_l_and_j_step_and_play_again_once_it_is_let_go(opened: Editor, qtbot: QtBot) -> None:
    w = opened.window
    at = keys_of(w, qtbot)
    press(at, L)
    assert w.transport.playing
    QTest.keyPress(at, K)
    stood = w.playhead.frame
    press(at, L, L, J, L)
    assert (w.playhead.frame, w.transport.playing) == (stood + 2, False)
    press(at, J, J, J)
    assert (w.playhead.frame, w.transport.playing) == (stood - 1, False)
    QTest.keyRelease(at, K)
    press(at, L)
    assert w.transport.speed == 1
    press(at, K, J)
    assert w.transport.speed == -1


def test_the_keys_in_force_step_too(opened: Editor, qtbot: QtBot) -> None:
    w = opened.window
    w.keys.assign("transport.stop_playing", ("N",))
    w.keys.assign("transport.play_forward", ("K",))
    at = keys_of(w, qtbot)
    QTest.keyPress(at, N)
    press(at, K)
    assert (w.playhead.frame, w.transport.playing) == (21, False)
    QTest.keyRelease(at, N)
    press(at, K)
    assert w.transport.speed == 1


def test_the_second_viewer_steps_too(opened: Editor, qtbot: QtBot) -> None:
    w, second = opened.window, opened._workspace_actions.second
    opened.run("window.second_viewer")
    at = keys_of(second, qtbot)
    QTest.keyPress(at, K)
    press(at, L)
    assert (w.playhead.frame, w.transport.playing) == (21, False)
    QTest.keyRelease(at, K)
    press(at, J)
    assert w.transport.speed == -1


def test_nothing_is_held_by_the_menu_or_after_the_window_lost_the_keys(opened: Editor, qtbot: QtBot) -> None:
    w = opened.window
    at = keys_of(w, qtbot)
    w.actions_by_id["transport.stop_playing"].trigger()
    press(at, L)
    assert w.transport.speed == 1
    QTest.keyPress(at, K)
    opened.run("window.second_viewer")
    keys_of(opened._workspace_actions.second, qtbot)
    QTest.keyRelease(opened._workspace_actions.second.windowHandle(), K)
    press(keys_of(w, qtbot), L)
    assert w.transport.speed == 1
