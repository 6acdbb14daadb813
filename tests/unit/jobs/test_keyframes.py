"""Keyframes of a project: found from the kept analysis, merged, listed, reviewed, from the command line."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from pipeline import api
from pipeline.cli import main
from pipeline.commands import arguments, key, keyframes
from pipeline.errors import ProjectError, RangeError
from pipeline.jobs.keyframe_review import ListedKeyframe
from pipeline.jobs.keyframes import detection_options
from pipeline.project.correction import Correction
from pipeline.project.curve import INTERPOLATIONS
from pipeline.project.detection import PROFILE_NAMES, DetectionOptions
from pipeline.project.key_edits import SCOPES
from pipeline.project.keyframe import STATUSES, Keyframe
from pipeline.project.project import SCHEMA, with_face
from pipeline.project.storage import StoredProject, load_project, save_project, saves_of
from tests.unit.project.documents import one_face


@pytest.fixture(autouse=True)
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIKENESS_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("LIKENESS_CACHE", str(tmp_path / "cache"))


def document(folder: Path) -> Path:
    """A project whose plate nobody looks at: 72 frames, 24 a second."""
    path = folder / "job.likeness"
    save_project(StoredProject(one_face(72), {}), path)
    return path


def answer(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> Any:
    """The JSON answer of a command that succeeds."""
    assert main([*map(str, arguments), "--json"]) == 0, capsys.readouterr().err
    return json.loads(capsys.readouterr().out)


def test_keyframes_are_found_kept_reviewed_and_found_again(
    tmp_path: Path, media_dir: Path, capsys: pytest.CaptureFixture[str], lay_analysis: Callable[[Path], None]
) -> None:
    lay_analysis(tmp_path)
    project = tmp_path / "job.likeness"
    plate, source = media_dir / "single_face.mp4", media_dir / "synthetic_portrait.png"
    answer(capsys, "new", project, "--plate", plate, "--source", source)
    found = answer(capsys, "keyframes", tmp_path / "job", "--provider", "cpu")
    assert [(found[0]["frame"], found[0]["kind"]), (found[-1]["frame"], found[-1]["kind"])] == [
        (0, "first"),
        (71, "last"),
    ]
    assert len(found) > 2
    assert all(each["reasons"] and each["status"] == "open" and each["face"] == "face-1" for each in found)
    assert [each["timecode"] for each in found if each["frame"] == 71] == ["00:00:02:11"]
    assert len(saves_of(project)) == 1, "one save"
    before = project.read_bytes()
    assert answer(capsys, "keyframes", project, "--provider", "cpu") == found
    assert project.read_bytes() == before
    assert answer(capsys, "keyframes", project, "--kept") == found

    inner = found[1]["frame"]
    told = answer(capsys, "keyframe", "review", project, "--frame", inner, "--status", "approved", "--note", "good")
    assert [(each["status"], each["note"]) for each in told if each["frame"] == inner] == [("approved", "good")]
    answer(capsys, "keyframe", "remove", project, "--frame", found[2]["frame"])
    answer(capsys, "keyframe", "add", project, "--frame", "00:00:01:20")
    again = answer(capsys, "keyframes", project, "--provider", "cpu")
    assert [each for each in again if each["frame"] == inner] == [found[1] | {"status": "approved", "note": "good"}]
    assert found[2]["frame"] not in [each["frame"] for each in again]
    assert [each["origin"] for each in again if each["frame"] == 50] == ["manual"]

    assert main(["keyframes", str(project), "--kept", "--csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [int(row["frame"]) for row in rows] == [each["frame"] for each in again]
    assert rows[0]["reasons"] == "; ".join(again[0]["reasons"])
    assert {type(each.score) for each in load_project(project).project.faces[0].keyframes} == {float, type(None)}


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["keyframes", "{}", "--kept", "--face", "nobody"], 7),
        (["keyframe", "review", "{}", "--frame", "3", "--status", "approved"], 7),
        (["keyframe", "add", "{}", "--frame", "72"], 8),
        (["key", "set", "{}", "--parameter", "shape", "--value", "9", "--frame", "3"], 7),
        (["key", "set", "{}", "--parameter", "shape", "--value", "1", "--frame", "03:00"], 8),
        (["key", "remove", "{}", "--parameter", "shape", "--frame", "3"], 7),
    ],
)
def test_what_cannot_be_ends_with_its_status(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], status: int
) -> None:
    project = document(tmp_path)
    before = project.read_bytes()
    assert main([each.format(project) for each in arguments]) == status
    assert project.read_bytes() == before


def test_a_proposed_correction_is_listed_and_accepted_in_one_save(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project, stored = tmp_path / "job.likeness", one_face(72)
    lips = Correction(parameter="AU25", first=10, last=16, keys=((13, 1.4),))
    mark = Keyframe(frame=13, origin="detected", kind="lip_sync", reasons=("voice says open",), correction=lips)
    save_project(StoredProject(with_face(stored, replace(stored.faces[0], keyframes=(mark,))), {}), project)
    (listed,) = answer(capsys, "keyframes", project, "--kept")
    keys = [{"frame": 13, "value": 1.4}]
    assert listed["correction"] == {"parameter": "AU25", "preset": None, "first": 10, "last": 16, "keys": keys}
    assert main(["keyframes", str(project), "--kept"]) == 0
    assert "voice says open; proposes AU25 1.4" in capsys.readouterr().out
    (accepted,) = answer(capsys, "keyframe", "accept", project, "--frame", "13")
    assert (accepted["correction"], accepted["origin"]) == (None, "edited")
    assert len(saves_of(project)) == 1
    (key,) = answer(capsys, "key", "list", project, "--parameter", "AU25", "--frame", "13")
    assert (key["value"], [each["frame"] for each in key["keys"]]) == (1.4, [10, 13, 16])
    assert main(["keyframe", "accept", str(project), "--frame", "13"]) == 7


def test_a_proposed_correction_is_accepted_through_the_api_too(tmp_path: Path) -> None:
    path, stored = tmp_path / "job.likeness", one_face(72)
    lips = Correction(parameter="AU25", first=10, last=16, keys=((13, 1.4),))
    mark = Keyframe(frame=13, origin="detected", kind="lip_sync", correction=lips)
    save_project(StoredProject(with_face(stored, replace(stored.faces[0], keyframes=(mark,))), {}), path)
    project = api.Project(path)
    (accepted,) = project.accept(13)
    assert (accepted.keyframe.correction, accepted.keyframe.origin) == (None, "edited")
    assert [key.frame for key in load_project(path).project.faces[0].curves["AU25"].keys] == [10, 13, 16]
    with pytest.raises(ProjectError, match="No correction is proposed at frame 13"):
        project.accept(13)


def test_a_proposed_preset_is_listed_by_its_name_and_accepted_with_its_strength_in_one_save(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project, stored = tmp_path / "job.likeness", one_face(72)
    talk = Correction(parameter="", preset="talk", first=10, last=16, keys=((13, 0.6),))
    mark = Keyframe(frame=13, origin="detected", kind="lip_sync", reasons=("voice says open",), correction=talk)
    save_project(StoredProject(with_face(stored, replace(stored.faces[0], keyframes=(mark,))), {}), project)
    assert main(["keyframes", str(project), "--kept"]) == 0
    assert "voice says open; proposes talk 0.6" in capsys.readouterr().out
    (accepted,) = answer(capsys, "keyframe", "accept", project, "--frame", "13")
    assert (accepted["correction"], len(saves_of(project))) == (None, 1)
    (applied,) = answer(capsys, "expression", "list", project)
    assert (applied["name"], applied["parameter"]) == ("talk", "preset_1")
    (key,) = answer(capsys, "key", "list", project, "--parameter", "preset_1", "--frame", "13")
    assert (key["value"], [each["frame"] for each in key["keys"]]) == (0.6, [10, 13, 16])


def test_keys_are_moved_about_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = document(tmp_path)
    meant = (project, "--parameter", "shape")

    def frames(*arguments: str | Path) -> list[int]:
        return [each["frame"] for each in answer(capsys, "key", *arguments)["keys"]]

    assert frames("set", *meant, "--frame", "20", "--value", "0.2", "--scope", "key") == [20]
    assert frames("set", *meant, "--frame", "30", "--value", "0.4", "--scope", "key") == [20, 30]
    assert frames("shift", *meant, "--by=-20") == [0, 10]
    assert frames("retime", *meant, "--factor", "3/2") == [0, 15]
    assert frames("copy", *meant, "--in", "0", "--out", "15", "--to", "00:00:01:16") == [0, 15, 40, 55]
    assert frames("remove", *meant, "--in", "15", "--out", "40") == [0, 55]
    (listed,) = answer(capsys, "key", "list", *meant, "--frame", "55")
    assert (listed["value"], len(listed["keys"])) == (0.4, 2)


@pytest.mark.parametrize(
    "arguments",
    [
        ["key", "set", "a", "--parameter", "shape", "--value", "1"],
        ["key", "set", "a", "--parameter", "shape", "--value", "1", "--scope", "range", "--in", "3"],
        ["key", "set", "a", "--parameter", "shape", "--value", "1", "--frame", "3", "--ramp", "2"],
        ["key", "remove", "a", "--parameter", "shape", "--frame", "3", "--in", "2"],
        ["key", "retime", "a", "--parameter", "shape", "--factor", "0"],
        ["keyframe", "review", "a", "--frame", "3"],
        ["keyframes", "a", "--sensitivity", "1.1"],
        ["keyframes", "a", "--spacing", "99"],
        ["keyframes", "a", "--json", "--csv"],
    ],
)
def test_arguments_that_do_not_go_together_are_a_usage_error(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2


def test_a_limit_of_none_a_minute_is_refused_in_a_plain_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["keyframes", "a", "--per-minute", "0"])
    assert caught.value.code == 2
    assert "--per-minute: '0' is not a number from 1 to 600" in capsys.readouterr().err


def test_options_of_detection_are_checked() -> None:
    for name, (lowest, highest) in (("spacing", keyframes._SPACING), ("per_minute", keyframes._PER_MINUTE)):
        assert [getattr(detection_options(**{name: bound}), name) for bound in (lowest, highest)] == [lowest, highest]
        for beyond in (lowest - 0.01, highest + 0.01):
            with pytest.raises(RangeError, match=name):
                detection_options(**{name: beyond})
    assert detection_options(profile="action", sensitivity=0.2) == DetectionOptions(profile="action", sensitivity=0.2)
    with pytest.raises(RangeError, match="per_minute"):
        detection_options(per_minute=0.0)


def test_the_command_line_offers_what_the_document_knows() -> None:
    assert keyframes._PROFILES == PROFILE_NAMES
    assert keyframes._STATUSES == STATUSES
    assert arguments.SCOPES == SCOPES
    assert key._INTERPOLATIONS == INTERPOLATIONS
    values = ListedKeyframe("f", "t", Keyframe(frame=0, origin="manual")).values()
    assert set(values) == {*keyframes._COLUMNS, "quality", "correction"}


def test_a_newer_project_is_listed_with_a_notice_and_not_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = document(tmp_path)
    newer = project.read_text("utf-8").replace(f'"schema": {SCHEMA}', f'"schema": {SCHEMA + 1}')
    project.write_text(newer, "utf-8")
    for listing in (["keyframes", str(project), "--kept"], ["key", "list", str(project)]):
        assert main(listing) == 0
        assert "newer version" in capsys.readouterr().err
    for change in (["keyframes", str(project)], ["keyframe", "add", str(project), "--frame", "3"]):
        assert main(change) == 7
        assert "reading only" in capsys.readouterr().err
    assert project.read_text("utf-8") == newer
