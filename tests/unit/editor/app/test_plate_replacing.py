"""A new version of the plate in the editor: one step, with the playhead, pictures and lists of the new plate."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from editor.app.editor import Editor
from editor.document import matte_steps
from pipeline.jobs.new import new_project
from pipeline.jobs.progress import never_cancelled, no_note, no_progress
from pipeline.jobs.replace_plate import ReplaceRequest, replace_plate
from pipeline.project.matte_stroke import Brush, strokes_at
from pipeline.project.reached import Reached
from tests.recut_film import recut
from tests.ui.stand_in import StandInClient


@pytest.fixture
def opened(editor: Editor, tmp_path: Path, media_dir: Path) -> Editor:
    """A real plate with keyframes at 10 and 60."""
    shutil.copy(media_dir / "single_face.mp4", tmp_path / "v1.mp4")
    path, _ = new_project(tmp_path / "shot", tmp_path / "v1.mp4", None, [], None)
    w = editor.window
    w.session.open(path)
    for frame in (10, 60):
        w.playhead.go(frame)
        editor.run("keyframe.toggle_here")
    return editor


@pytest.fixture
def plate(tmp_path: Path, media_dir: Path) -> Path:
    return recut(media_dir / "single_face.mp4", tmp_path / "v2.mp4", range(4, 50))


def test_it_is_one_step_that_is_undone(opened: Editor, plate: Path, qtbot: QtBot) -> None:
    w, replacing = opened.window, opened._plate_replacing
    path = w.document.path
    assert path is not None
    matte_steps.paint(w.document, "face-1", Brush(shows="plate", points=((4, 0.0, 0.0, 0.0),)), Reached(10))
    replacing._plate = plate
    planned = replace_plate(ReplaceRequest(path, plate, "-4"), no_progress, never_cancelled, no_note, save=False)
    analyses = len([each for each in w.jobs.jobs if each.title.startswith("Analysing")])
    replacing._answered(planned.values())
    frames = {each.frame for each in w.document.project.faces[0].keyframes}
    assert 6 in frames
    assert 56 not in frames
    assert len(strokes_at(w.document.project.faces[0].matte_strokes, 6)) == 1
    assert (w.playhead.frames, w.playhead.frame) == (46, 0)
    titles = [each.title for each in w.jobs.jobs if each.title.startswith("Analysing")]
    assert len(titles) == analyses + 1
    assert titles[-1] == "Analysing v2.mp4"
    notice = next(each for each in w.notices.shown if "doesn't have" in each.text)
    notice.choose("List them")
    assert replacing.list is not None
    qtbot.addWidget(replacing.list)
    assert replacing.list.lines.findItems("60", Qt.MatchFlag.MatchExactly, 0)
    opened.run("edit.undo_step")
    assert w.playhead.frames == 72
    assert w.document.plate is not None
    assert w.document.plate.path == "v1.mp4"
    assert {10, 60} <= {each.frame for each in w.document.project.faces[0].keyframes}


@pytest.mark.long
def test_the_command_compares_meanwhile(
    opened: Editor, plate: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    w = opened.window
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(plate), ""))
    opened.run("project.replace_plate")
    assert any("laid beside" in words for words in w.notices.texts)
    qtbot.waitUntil(lambda: w.playhead.frames == 46)
    assert not any("laid beside" in words for words in w.notices.texts)
    assert StandInClient.made
