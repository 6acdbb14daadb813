"""Stepping, copying and reviewing by key."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from editor.app.editor import Editor
from editor.document import edits
from editor.panels.review_bar import ReviewBar
from pipeline.project.correction import Correction
from pipeline.project.key_edits import value_of
from pipeline.project.parameter_table import parameter_named
from pipeline.project.proposal import Proposal
from tests.ui.stand_in import StandInClient

SMILE = parameter_named("AU12L")


@pytest.fixture
def opened(editor: Editor, project_file: Path, qtbot: QtBot) -> Editor:
    editor.window.session.open(project_file)
    editor.window.activateWindow()
    return editor


def value(editor: Editor, frame: int) -> float:
    return value_of(editor.window.document.project.faces[0], SMILE, frame)


def test_brackets_step_from_keyframe_to_keyframe(opened: Editor, qtbot: QtBot) -> None:
    window = opened.window
    seen = []
    for key in "]]][":
        qtbot.keyClicks(window.canvas, key)
        seen.append((window.playhead.frame, window.selection.frames))
    assert seen == [(50, (50,)), (100, (100,)), (100, (100,)), (50, (50,))]


def test_one_key_approves_and_goes_to_the_next_open(opened: Editor, qtbot: QtBot) -> None:
    window = opened.window
    for _ in range(3):
        qtbot.keyClicks(window.canvas, "v")
    assert {each.status for each in window.document.project.faces[0].keyframes} == {"approved"}
    assert "approved" in window.notices.texts[0]


def test_an_edit_after_approval_opens_the_keyframe_again_and_undo_takes_both_back(opened: Editor) -> None:
    window = opened.window

    def statuses() -> list[str]:
        return [each.status for each in window.document.project.faces[0].keyframes]

    edits.review(window.document, "face-1", [50, 100], "approved")
    edits.set_values(window.document, "face-1", {SMILE: 0.4}, [50], "keyframe", range(200))
    assert statuses() == ["open", "open", "approved"]
    opened.run("edit.undo_step")
    assert statuses() == ["open", "approved", "approved"]


def test_a_proposal_is_shown_where_there_is_one_and_one_key_accepts_it(opened: Editor, qtbot: QtBot) -> None:
    window = opened.window
    action, bar = window.actions_by_id["keyframe.accept_correction"], window.inspector.findChild(ReviewBar)
    assert bar is not None
    correction = Correction(parameter="AU12L", first=16, last=28, keys=((22, 0.5),))
    found = Proposal(frame=22, kind="lip_sync", score=0.5, reasons=("shut",), region="mouth", correction=correction)
    edits.take_proposals(window.document, {"face-1": [found]})

    def offered() -> tuple[bool, bool]:
        return action.isEnabled(), any(
            each.isVisible() and each.defaultAction() is action for each in bar.findChildren(QToolButton)
        )

    window.playhead.go(100)
    window.selection.select([100])
    assert offered() == (False, False)
    window.playhead.go(22)
    window.selection.select([22])
    assert offered() == (True, True)
    qtbot.keyClick(window.canvas, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert value(opened, 22) == 0.5
    assert offered() == (False, False)


def test_keys_are_copied_and_pasted_at_the_playhead(opened: Editor) -> None:
    window = opened.window
    window.playhead.go(50)
    edits.set_values(window.document, "face-1", {SMILE: 0.4}, [50], "keyframe", range(200))
    opened.run("edit.copy_keys")
    window.playhead.go(150)
    opened.run("edit.paste_keys")
    assert value(opened, 150) == 0.4
    assert window.selection.frames == (150,)
    opened.run("edit.undo_step")
    assert value(opened, 150) == 1.0


def test_keys_go_to_the_next_keyframe_in_one_step(opened: Editor) -> None:
    window = opened.window
    window.playhead.go(50)
    edits.set_values(window.document, "face-1", {SMILE: 0.4}, [50], "keyframe", range(200))
    opened.run("keyframe.copy_to_next")
    assert (window.playhead.frame, value(opened, 100)) == (100, 0.4)


def test_copying_where_there_are_no_keys_says_so(opened: Editor) -> None:
    opened.window.playhead.go(50)
    opened.run("edit.copy_keys")
    assert "hold no keys" in opened.window.notices.texts[0]


def test_typing_in_a_field_is_not_playing(opened: Editor, qtbot: QtBot) -> None:
    window = opened.window
    opened.run("transport.go_to")
    qtbot.keyClicks(window.bar.position, "77")
    qtbot.keyClick(window.bar.position, Qt.Key.Key_Return)
    assert window.playhead.frame == 77
    assert not window.bar.position.hasFocus()
    opened.run("transport.go_to")
    window.bar.position.setText("9999")
    qtbot.keyClick(window.bar.position, Qt.Key.Key_Return)
    assert "no frame 9999" in window.notices.texts[0]
    assert window.bar.position.text() == "00:00:03:05"


def test_playing_asks_for_what_comes_next(opened: Editor, qtbot: QtBot) -> None:
    window = opened.window
    window.playhead.set_range(10, 19)
    window.playhead.go(10)
    opened.run("transport.play_toggle")
    assert ("prefetch", range(10, 20)) in StandInClient.made[-1].asked
    qtbot.waitUntil(lambda: window.playhead.frame == 15)
    opened.run("transport.step_forward")
    assert not window.transport.playing


def test_a_closer_look_proposes_from_in_to_out_alone_and_dismissed_ones_too(opened: Editor, qtbot: QtBot) -> None:
    window = opened.window
    opened.run("project.analyse_range")
    assert "No range is marked" in window.notices.texts[0]

    def frames() -> list[int]:
        return [each.frame for each in window.document.project.faces[0].keyframes]

    def find(action: str) -> None:
        opened.run(action)
        qtbot.waitUntil(lambda: not window.jobs.running)

    qtbot.waitUntil(lambda: not window.jobs.running)
    find("project.find_keyframes")
    assert frames() == [10, 30]
    edits.remove_keyframes(window.document, "face-1", [30])
    find("project.find_keyframes")
    assert frames() == [10], "what was taken away stays away"
    edits.toggle_keyframe(window.document, "face-1", 40)
    window.playhead.set_range(25, 60)
    find("project.analyse_range")
    assert frames() == [10, 30, 40]
    options = [each for what, each in StandInClient.made[-1].asked if what == "keyframes"][-1]
    assert (options.profile, options.sensitivity > 0.5) == ("everything", True)
    opened.run("project.render_range")
    output, asked = next(each for what, each in StandInClient.made[-1].asked if what == "render")
    assert (output.name, asked["first"], asked["last"]) == ("shot-result-0025-0060.mp4", "25", "60")


def test_keyframes_that_playing_passes_are_left_alone_and_the_one_it_stops_on_is_selected(
    opened: Editor, qtbot: QtBot
) -> None:
    window = opened.window
    window.playhead.go(50)
    assert window.selection.frames == (50,)
    passed: list[tuple[int, ...]] = []
    window.selection.changed.connect(lambda: passed.append(window.selection.frames))
    window.playhead.go(49)
    opened.run("transport.loop_toggle")
    window.playhead.set_range(45, 51)
    opened.run("transport.play_toggle")
    qtbot.waitUntil(lambda: not window.transport.playing)
    assert passed == [()]
    window.playhead.set_range(45, 50)
    window.playhead.go(45)
    opened.run("transport.play_toggle")
    qtbot.waitUntil(lambda: not window.transport.playing)
    assert window.selection.frames == (50,)
