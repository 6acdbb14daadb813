"""Faces split and merged by the command line, on what the analysis saw; and drawn as pieces."""

import json
from pathlib import Path

import pytest

from pipeline import api
from pipeline.cli import main
from pipeline.media.presets import load_preset
from pipeline.project.storage import load_project
from pipeline.render.sequence import SequenceRequest, render_sequence


@pytest.fixture
def file(media_dir: Path, tmp_path: Path) -> Path:
    """A project of sixteen frames of one face."""
    plate = tmp_path / "plate.mkv"
    request = SequenceRequest(media_dir / "single_face.mp4", plate, load_preset("ffv1-lossless"), start=10, stop=26)
    render_sequence(request, lambda planes: planes, lambda number: "copy", lambda state: None, lambda: False)
    file = tmp_path / "shot.likeness"
    assert main(["new", str(file), "--plate", str(plate), "--source", str(media_dir / "synthetic_portrait.png")]) == 0
    return file


def test_a_face_is_split_drawn_in_two_and_merged_again(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["face", "split", str(file), "--frame", "40"]) == 7
    assert "seen in frames 0 to 15" in capsys.readouterr().err
    assert main(["face", "split", str(file), "--frame", "9", "--json"]) == 0
    faces = json.loads(capsys.readouterr().out)["faces"]
    assert [each["pieces"] for each in faces] == [
        [{"track": 0, "first": None, "last": 8}],
        [{"track": 0, "first": 9, "last": None}],
    ]
    assert main(["keyframes", str(file)]) == 0
    ends = [[each.frame for each in face.keyframes] for face in load_project(file).project.faces]
    assert (ends[0][0], ends[0][-1], ends[1][0], ends[1][-1]) == (0, 8, 9, 15)
    capsys.readouterr()
    assert main(["face", "merge", str(file), "--face", "face-1", "--with-track", "3"]) == 7
    assert "no track 3" in capsys.readouterr().err
    assert main(["face", "merge", str(file), "--face", "face-2", "--with", "face-1", "--json"]) == 0
    faces = json.loads(capsys.readouterr().out)["faces"]
    assert [(each["face"], each["track"], each["pieces"]) for each in faces] == [("face-2", 0, [])]
    project = api.Project(file)
    parted = project.split(5)
    assert [each.face.pieces[0].last for each in parted] == [4, None]
    assert [each.face.track for each in project.merge(parted[0].face.id, parted[1].face.id)] == [0]
