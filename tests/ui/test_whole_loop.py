"""The editor's work from a film and a photo to an approved, saved and reopened project, with the real worker."""

import os
import signal
from pathlib import Path

from pytestqt.qtbot import QtBot

from editor.app.editor import Editor
from pipeline.project.storage import load_project
from tests.recut_film import recut
from tests.ui.sitting import Sitting


def test_from_a_film_and_a_photo_to_an_approved_project(
    editor: Editor, qtbot: QtBot, media_dir: Path, tmp_path: Path
) -> None:
    sitting, window = Sitting(editor, qtbot), editor.window
    document, playhead = window.document, window.playhead

    film = recut(media_dir / "single_face.mp4", tmp_path / "plate.mp4", range(4, 36))
    sitting.drop(film, media_dir / "single_face.jpg", tmp_path / "shot.likeness")
    consent = document.project.identities[0].consent
    assert consent is not None
    assert consent.who == "Ada"
    # The plate is seen while it is analysed; keyframes come by themselves, with reasons.
    sitting.until(lambda: window.pictures.has(0, "result"))
    sitting.until(lambda: len(sitting.keyframes) > 2)
    sitting.until(lambda: window.traces.buckets is not None)
    assert all(each.reasons for each in sitting.keyframes)

    sitting.step_to_the_apex()
    before = sitting.result()
    sitting.lower_the_smile()
    lowered, after = sitting.smile(), sitting.result()
    assert lowered < 0.7
    assert after != before

    editor.run("view.toggle_wipe")
    window.view.set_wipe(0.3)
    sitting.wait_for_pictures()
    assert window.view.layers == ("plate", "result")
    editor.run("edit.undo_step")
    assert (sitting.smile(), sitting.result()) == (1.0, before)
    editor.run("edit.redo_step")
    assert (sitting.smile(), sitting.result()) == (lowered, after)

    # The plate is painted through the face, sample by sample; undone, the picture of before is back.
    sitting.paint_over_the_nose()
    plate, face = sitting.at_the_nose("plate"), sitting.at_the_nose("result")
    assert face == plate
    editor.run("edit.undo_step")
    assert sitting.result() == after
    assert sitting.at_the_nose("result") != plate
    editor.run("matte.paint_strokes")

    apex = playhead.frame
    editor.run("edit.copy_keys")
    editor.run("transport.go_last")
    editor.run("edit.paste_keys")
    assert sitting.smile() == lowered
    for _ in range(len(sitting.keyframes)):
        editor.run("keyframe.approve_next")
    assert {each.status for each in sitting.keyframes} == {"approved"}

    # While nobody does anything, drafts are measured, keyframes first.
    sitting.until(lambda: sitting.is_measured(apex))
    editor.run("project.save_file")
    sitting.until(lambda: not document.unsaved)
    saved = document.project
    editor.run("project.close_file")
    assert load_project(tmp_path / "shot.likeness").project == saved
    assert window.session.open(tmp_path / "shot.likeness")
    playhead.go(apex)
    assert sitting.smile() == lowered
    sitting.wait_for_pictures()
    sitting.until(lambda: sitting.is_measured(apex))

    # The worker is killed: it is told, it comes back, and the work goes on where it was.
    assert window.bridge.pid is not None
    os.kill(window.bridge.pid, signal.SIGKILL)
    lost = window.session.lost_notice
    sitting.until(lambda: lost() is not None)
    sitting.until(lambda: lost() is None)
    assert document.project == saved
    playhead.go(1)
    sitting.wait_for_pictures()
