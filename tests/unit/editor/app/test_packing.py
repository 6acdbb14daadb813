"""A project is packed by the form, after it was saved, with nothing of people unless it is ticked."""

import shutil
import zipfile
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from editor.app.editor import Editor
from pipeline.jobs.new import new_project
from pipeline.jobs.source_choice import SourceChoice
from pipeline.project.storage import load_project


def test_nothing_of_people_is_ticked_and_ticking_says_what_it_means(editor: Editor, project_file: Path) -> None:
    editor.window.session.open(project_file)
    form = editor._packing.form
    form.sources.setChecked(True)
    editor.run("project.pack_project")
    assert form.output.text() == str(project_file.with_name("shot-pack.zip"))
    assert not form.sources.isChecked()
    assert form.said.isHidden()
    form.analysis.setChecked(True)
    assert not form.said.isHidden()
    assert "biometric" in form.said.text()
    form.close()


@pytest.mark.long
def test_the_command_packs_what_was_saved_first(editor: Editor, tmp_path: Path, media_dir: Path, qtbot: QtBot) -> None:
    shutil.copy(media_dir / "single_face.mp4", tmp_path / "v1.mp4")
    source = SourceChoice(media_dir / "synthetic_portrait.png")
    path, _ = new_project(tmp_path / "shot", tmp_path / "v1.mp4", None, [source], None)
    w = editor.window
    w.session.open(path)
    editor.run("marker.add_here")
    editor.run("project.pack_project")
    form = editor._packing.form
    form.sources.setChecked(True)
    form.pack.click()
    qtbot.waitUntil(lambda: any("biometric" in words for words in w.notices.texts))
    assert not editor._packing.command.busy
    assert load_project(path).project.markers
    with zipfile.ZipFile(tmp_path / "shot-pack.zip") as archive:
        names = set(archive.namelist())
    assert {f"shot-pack/media/{each}" for each in ("plates/v1.mp4", "sources/synthetic_portrait.png")} <= names
