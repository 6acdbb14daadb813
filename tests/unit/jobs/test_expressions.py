"""Expressions from the command line: listed, mixed in at every scope, saved as one's own, taken away."""

import json
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.project.storage import StoredProject, load_project, save_project
from tests.unit.project.documents import one_face


@pytest.fixture
def document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LIKENESS_CONFIG", str(tmp_path / "config"))
    path = tmp_path / "shot.likeness"
    save_project(StoredProject(one_face(200, keyframes=(0, 50, 100)), {}), path)
    return path


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> object:
    assert main(["expression", *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_preset_is_mixed_in_at_every_scope(document: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = str(document)
    told = answer(capsys, "apply", project, "smile", "--frame", "50", "--strength", "0.5")
    assert isinstance(told, dict)
    assert (told["expression"], told["parameter"], told["changed"]) == ("smile", "preset_1", {"first": 1, "last": 99})
    told = answer(capsys, "apply", project, "anger", "--scope", "range", "--in", "20", "--out", "30", "--ramp", "5")
    assert isinstance(told, dict)
    assert (told["parameter"], told["changed"]) == ("preset_2", {"first": 15, "last": 35})
    answer(capsys, "apply", project, "neutral", "--scope", "shot", "--strength", "0.25")
    face = load_project(document).project.faces[0]
    assert face.strengths.preset_3 == 0.25
    assert [(place, each.name) for place, each in face.presets.items()] == [
        ("preset_1", "smile"),
        ("preset_2", "anger"),
        ("preset_3", "neutral"),
    ]
    listed = answer(capsys, "list", project)
    assert isinstance(listed, list)
    assert [(each["name"], each["parameter"], each["own"]) for each in listed] == [
        ("smile", "preset_1", False),
        ("anger", "preset_2", False),
        ("neutral", "preset_3", False),
    ]


def test_a_frame_is_saved_as_one_s_own_and_used_elsewhere(document: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = str(document)
    answer(capsys, "apply", project, "smile", "--frame", "50", "--strength", "0.5")
    saved = answer(capsys, "save", project, "shy", "--frame", "50")
    assert isinstance(saved, dict)
    assert saved["activations"]["AU12L"] == pytest.approx(0.4)
    assert main(["expression", "save", project, "shy", "--frame", "50"]) == 7
    answer(capsys, "save", project, "shy", "--frame", "50", "--overwrite")
    listed = answer(capsys, "list")
    assert isinstance(listed, list)
    assert {each["name"]: each["own"] for each in listed}["shy"] is True
    told = answer(capsys, "apply", project, "shy", "--frame", "100")
    assert isinstance(told, dict)
    assert told["parameter"] == "preset_2"


def test_what_is_taken_away_leaves_nothing(document: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = load_project(document).project
    answer(capsys, "apply", str(document), "wink", "--frame", "50")
    answer(capsys, "remove", str(document), "wink")
    after = load_project(document).project
    assert (after.faces[0].presets, after.faces[0].curves) == ({}, {})
    assert [each.frame for each in after.faces[0].keyframes] == [each.frame for each in before.faces[0].keyframes]
    assert main(["expression", "remove", str(document), "wink"]) == 7


def test_a_wrong_call_is_told_at_once(document: Path) -> None:
    for wrong in (["--scope", "range", "--in", "3"], ["--scope", "shot", "--ramp", "2"], []):
        with pytest.raises(SystemExit) as stopped:
            main(["expression", "apply", str(document), "smile", *wrong])
        assert stopped.value.code == 2
    assert main(["expression", "apply", str(document), "smile", "--frame", "50", "--strength", "2"]) == 7
    assert main(["expression", "apply", str(document), "joy", "--frame", "50"]) == 7
