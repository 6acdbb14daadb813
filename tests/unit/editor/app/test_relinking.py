"""Media that aren't where they were: told when a project opens, found by their content, as one step."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from editor.app.editor import Editor
from pipeline.jobs.new import new_project
from pipeline.jobs.source_choice import SourceChoice


@pytest.fixture
def moved(tmp_path: Path, media_dir: Path) -> Path:
    """A project whose plate was moved and renamed, and whose photo is gone."""
    for name in ("single_face.mp4", "synthetic_portrait.png"):
        shutil.copy(media_dir / name, tmp_path / name)
    source = SourceChoice(tmp_path / "synthetic_portrait.png")
    path, _ = new_project(tmp_path / "job", tmp_path / "single_face.mp4", None, [source], None)
    (tmp_path / "reel").mkdir()
    (tmp_path / "single_face.mp4").rename(tmp_path / "reel" / "A001.mp4")
    (tmp_path / "synthetic_portrait.png").unlink()
    return path


def test_what_is_lost_is_told_and_looked_for(
    editor: Editor, moved: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(moved.parent / "reel"))
    w = editor.window
    w.session.open(moved)
    notice = next(each for each in w.notices.shown if "aren't where they were" in each.text)
    assert notice.text.startswith("single_face.mp4, synthetic_portrait.png ")
    notice.choose("Find…")
    qtbot.waitUntil(lambda: not editor._relinking.command.busy)
    assert [each.path for each in w.document.project.plates] == ["reel/A001.mp4"], w.notices.texts
    assert "Found again: A001.mp4." in w.notices.texts
    assert "synthetic_portrait.png was not found there." in w.notices.texts
    assert not any("single_face.mp4" in each for each in w.notices.texts), "what is no longer true is taken back"
    editor.run("edit.undo_step")
    assert [each.path for each in w.document.project.plates] == ["single_face.mp4"]


def test_a_project_with_all_its_media_is_silent_and_says_so_when_asked(editor: Editor, project_file: Path) -> None:
    w = editor.window
    w.session.open(project_file)
    assert not any("where" in each for each in w.notices.texts)
    editor.run("project.relink_media")
    assert "All plates, photos and clips of this project are where it says." in w.notices.texts
