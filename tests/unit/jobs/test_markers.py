"""Markers from the command line: out to a list, into another project."""

from pathlib import Path

import pytest

from pipeline import api
from pipeline.cli import main
from pipeline.errors import OutputExists
from pipeline.project.marker_edits import put_markers
from pipeline.project.marker_files import MarkerLine
from pipeline.project.storage import StoredProject, save_project
from tests.unit.project.documents import one_face


def test_markers_go_from_project_to_project(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, other, listed = tmp_path / "one.likeness", tmp_path / "other.likeness", tmp_path / "list.edl"
    lines = [MarkerLine(30, "Door", "red", "slams"), MarkerLine(190, "End")]
    save_project(StoredProject(put_markers(one_face(200), "plate-1", lines)[0], {}), one)
    save_project(StoredProject(one_face(100), {}), other)
    assert main(["markers", str(one), "--export", str(listed)]) == 0
    assert main(["markers", str(other), "--import", str(listed)]) == 0
    told = capsys.readouterr().out
    assert "30 00:00:01:06 red     Door; slams" in told
    assert "Left out, outside the plate: frame 190 End" in told
    assert [each.name for each, _ in api.Project(other).markers().markers] == ["Door"]
    with pytest.raises(OutputExists):
        api.Project(one).export_markers(listed)


def test_what_is_no_list_is_named_and_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project, listed = tmp_path / "one.likeness", tmp_path / "notes.csv"
    save_project(StoredProject(one_face(200), {}), project)
    before = project.read_bytes()
    listed.write_text("garbage,1\n")
    assert main(["markers", str(project), "--import", str(listed)]) == 7
    assert "notes.csv: This is no list of markers" in capsys.readouterr().err
    assert project.read_bytes() == before
