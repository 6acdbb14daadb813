"""What keys do to the playhead: the bigger step as it was chosen, notes, copies, the middle of the timeline."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtGui import QGuiApplication

from editor.app.editor import Editor
from editor.app.settings import Settings
from editor.document.marker_steps import set_marker


@pytest.fixture
def shown(editor: Editor, project_file: Path) -> Editor:
    editor.window.session.open(project_file)
    editor.window.playhead.go(100)
    return editor


@pytest.mark.parametrize(
    ("choice", "frames"), [("5_frames", 5), ("10_frames", 10), ("1_second", 24), ("5_seconds", 100)]
)
def test_the_bigger_step_goes_as_far_as_was_chosen_and_that_is_kept(
    shown: Editor, tmp_path: Path, choice: str, frames: int
) -> None:
    actions, playhead = shown.window.actions_by_id, shown.window.playhead
    assert actions["transport.leap_1_second"].isChecked(), "where nothing was chosen"
    shown.run(f"transport.leap_{choice}")
    assert [each for each, action in actions.items() if each.startswith("transport.leap_") and action.isChecked()] == [
        f"transport.leap_{choice}"
    ]
    shown.run("transport.leap_back")
    assert playhead.frame == max(0, 100 - frames)
    shown.run("transport.leap_forward")
    assert playhead.frame == min(199, max(0, 100 - frames) + (120 if choice == "5_seconds" else frames))
    assert Settings(tmp_path / "editor.ini").stride == choice


def test_notes_of_markers_and_keyframes_are_gone_through(shown: Editor) -> None:
    window = shown.window
    for frame in (20, 130):
        set_marker(window.document, frame)
    project = window.document.project
    markers = tuple(replace(each, note="look" if each.frame == 130 else "") for each in project.markers)
    keyframes = tuple(replace(each, note="lip" if each.frame == 50 else "") for each in project.faces[0].keyframes)
    faces = (replace(project.faces[0], keyframes=keyframes),)
    window.document.edit("Notes", lambda _: replace(project, markers=markers, faces=faces))
    seen = []
    for action in ("next", "next", "previous", "previous"):
        shown.run(f"marker.{action}_note")
        seen.append(window.playhead.frame)
    assert seen == [130, 130, 50, 50], "markers and keyframes without a note are passed"


def test_frame_and_timecode_are_copied(shown: Editor) -> None:
    shown.run("transport.copy_frame")
    assert QGuiApplication.clipboard().text() == "100"
    shown.run("transport.copy_timecode")
    assert QGuiApplication.clipboard().text() == shown.window.playhead.timecode(100) == "00:00:04:04"


def test_the_playhead_comes_to_the_middle_of_the_timeline(shown: Editor) -> None:
    timeline = shown.window.timeline
    timeline.show_frames(80, 60)
    shown.run("timeline.centre_playhead")
    first, count = timeline.shown_frames()
    assert first + count / 2 == pytest.approx(100.5)
    assert count == pytest.approx(60)
