"""Project files: legible, kept whole across versions, never half-written."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pipeline.errors import OutputFolderMissing, OutputNotWritable, ProjectError
from pipeline.project.consent import Consent
from pipeline.project.project import SCHEMA, FaceTrack, Identity, Performer, Plate, Project, Source
from pipeline.project.storage import (
    SAVES_KEPT,
    StoredProject,
    file_meant,
    file_sha256,
    load_project,
    media_path,
    save_project,
    saves_of,
    stored_path,
)
from pipeline.project.timebase import Rational


def sample() -> Project:
    consent = Consent(who="Ada", scope="test", date="2026-11-21", statement="yes")
    return Project(
        plates=(Plate(id="p1", path="../a.mp4", sha256="0" * 64, frames=9, width=640, height=360, rate=Rational(24)),),
        identities=(Identity(id="i1", name="Ada", sources=(Source(path="x.png", sha256="1" * 64),), consent=consent),),
        performers=(Performer(id="m1", name="performer"),),
        faces=(FaceTrack(id="f1", plate="p1", performer="m1", identity="i1"),),
    )


def rewrite(path: Path, change: Any) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(path.read_text("utf-8"))
    change(values)
    path.write_text(json.dumps(values), "utf-8")
    return values


def test_a_project_comes_back_equal_and_the_file_is_sorted_and_pretty(tmp_path: Path) -> None:
    path = tmp_path / "a.likeness"
    save_project(StoredProject(sample(), {}), path)
    assert load_project(path).project == sample()
    text = path.read_text("utf-8")
    assert text == json.dumps(json.loads(text), indent=2, sort_keys=True) + "\n"
    assert list(tmp_path.iterdir()) == [path]


def test_what_this_version_does_not_know_survives_a_save_at_every_depth(tmp_path: Path) -> None:
    path = tmp_path / "a.likeness"
    save_project(StoredProject(sample(), {}), path)

    def add(values: dict[str, Any]) -> None:
        values["timeline"] = {"zoom": 3}
        values["plates"][0]["proxy"] = "half"
        values["plates"][0]["rate"]["label"] = "film"
        values["identities"][0]["sources"][0]["crop"] = [1, 2]
        values["identities"][0]["consent"]["witness"] = "Bo"
        values["faces"][0]["settings"]["sparkles"] = 2.5

    added = rewrite(path, add)
    stored = load_project(path)
    changed = msgspec.structs.replace(stored.project, identities=(*stored.project.identities[::-1],))
    save_project(StoredProject(changed, stored.raw), path)
    assert json.loads(path.read_text("utf-8")) == added


def test_unknown_keys_follow_their_element_when_the_order_changes(tmp_path: Path) -> None:
    path = tmp_path / "a.likeness"
    two = msgspec.structs.replace(sample(), performers=(Performer(id="m1", name="one"), Performer(id="m2", name="two")))
    save_project(StoredProject(two, {}), path)
    rewrite(path, lambda values: values["performers"][1].update(agent="Zed"))
    stored = load_project(path)
    swapped = msgspec.structs.replace(stored.project, performers=stored.project.performers[::-1])
    save_project(StoredProject(swapped, stored.raw), path)
    saved = json.loads(path.read_text("utf-8"))["performers"]
    assert saved[0] == {"id": "m2", "name": "two", "consent": None, "agent": "Zed"}
    assert "agent" not in saved[1]


def test_a_key_taken_out_of_extras_stays_out(tmp_path: Path) -> None:
    path = tmp_path / "a.likeness"
    with_extras = msgspec.structs.replace(sample(), extras={"x": msgspec.Raw(b"[1]"), "y": msgspec.Raw(b"2")})
    save_project(StoredProject(with_extras, {}), path)
    stored = load_project(path)
    without = msgspec.structs.replace(stored.project, extras={"x": stored.project.extras["x"]})
    save_project(StoredProject(without, stored.raw), path)
    assert json.loads(path.read_text("utf-8"))["extras"] == {"x": [1]}


def test_a_newer_file_opens_read_only_with_a_notice(tmp_path: Path) -> None:
    path = tmp_path / "a.likeness"
    save_project(StoredProject(sample(), {}), path)
    rewrite(path, lambda values: values.update(schema=SCHEMA + 1, holograms=True))
    before = path.read_bytes()
    stored = load_project(path)
    assert stored.read_only
    assert stored.notice is not None
    assert "newer version" in stored.notice
    with pytest.raises(ProjectError, match="newer version"):
        save_project(stored, path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_numbers_that_are_not_finite_are_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.likeness"
    save_project(StoredProject(sample(), {}), path)
    path.write_text(path.read_text("utf-8").replace('"extras": {}', f'"extras": {{"x": {text}}}'), "utf-8")
    with pytest.raises(ProjectError, match=r"finite|not a number"):
        load_project(path)


def test_a_number_that_is_not_finite_is_not_saved(tmp_path: Path) -> None:
    path = tmp_path / "a.likeness"
    save_project(StoredProject(sample(), {}), path)
    before = path.read_bytes()
    face = sample().faces[0]
    broken = msgspec.structs.replace(face, settings=msgspec.structs.replace(face.settings, shape=float("nan")))
    with pytest.raises(ProjectError, match="finite"):
        save_project(StoredProject(msgspec.structs.replace(sample(), faces=(broken,)), {}), path)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "{}",
        "[" * 100_000,
        '{"schema": true}',
        '{"schema": 0}',
        '{"schema": 1, "plates": 3}',
        '{"schema": 1, "faces": [{}]}',
    ],
)
def test_files_that_are_no_project_are_refused_by_name(tmp_path: Path, text: str) -> None:
    path = tmp_path / "broken.likeness"
    path.write_text(text, "utf-8")
    with pytest.raises(ProjectError, match=r"broken\.likeness"):
        load_project(path)


@pytest.mark.parametrize("name", ["single_face.mp4", "single_face.jpg"])
def test_a_film_or_picture_is_told_to_be_no_project_and_what_it_is_for(media_dir: Path, name: str) -> None:
    with pytest.raises(ProjectError, match=rf"{name} is no Likeness project.*\.likeness.*drop it.*`new`"):
        load_project(media_dir / name)


def test_a_damaged_project_names_the_save_before_it(tmp_path: Path) -> None:
    path = tmp_path / "a.likeness"
    stored = save_project(StoredProject(sample(), {}), path)
    save_project(stored.changed(Project()), path)
    path.write_text("{", "utf-8")
    with pytest.raises(ProjectError, match=r"damaged.*a\.likeness\.1"):
        load_project(path)


def test_a_missing_project_and_a_missing_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="no project"):
        load_project(tmp_path / "none.likeness")
    with pytest.raises(OutputFolderMissing):
        save_project(StoredProject(sample(), {}), tmp_path / "no" / "a.likeness")


def test_media_is_named_relative_to_the_project(tmp_path: Path) -> None:
    project, film = tmp_path / "jobs" / "a.likeness", tmp_path / "media" / "film.mp4"
    assert stored_path(film, project) == "../media/film.mp4"
    assert media_path("../media/film.mp4", project) == film


def test_a_folders_hash_sees_every_file(tmp_path: Path) -> None:
    (tmp_path / "1.png").write_bytes(b"one")
    before = file_sha256(tmp_path)
    (tmp_path / "2.png").write_bytes(b"two")
    assert file_sha256(tmp_path) != before


def test_the_last_saves_are_kept_newest_first(tmp_path: Path) -> None:
    path = tmp_path / "a.likeness"
    stored = save_project(StoredProject(sample(), {}), path)
    contents = [path.read_bytes()]
    for number in range(SAVES_KEPT + 2):
        performer = Performer(id="m1", name=f"performer {number}")
        stored = save_project(stored.changed(msgspec.structs.replace(sample(), performers=(performer,))), path)
        contents.append(path.read_bytes())
    assert [each.read_bytes() for each in saves_of(path)] == contents[-2 : -2 - SAVES_KEPT : -1]
    assert save_project(stored, path) == stored, "a save that changes nothing pushes no other out"
    assert saves_of(path)[0].read_bytes() == contents[-2]
    assert load_project(saves_of(path)[0]).project.performers[0].name == f"performer {SAVES_KEPT}"


def test_a_save_does_not_write_over_somebody_elses(tmp_path: Path) -> None:
    path = tmp_path / "a.likeness"
    save_project(StoredProject(sample(), {}), path)
    mine, theirs = load_project(path), load_project(path)
    save_project(theirs.changed(msgspec.structs.replace(sample(), performers=())), path)
    with pytest.raises(ProjectError, match="changed by another program"):
        save_project(mine.changed(msgspec.structs.replace(sample(), faces=())), path)
    assert load_project(path).project.performers == ()


def test_a_save_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.likeness"
    stored = save_project(StoredProject(sample(), {}), path)
    before = path.read_bytes()

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pipeline.project.storage.os.fsync", refuse)
    with pytest.raises(OutputNotWritable, match="No space left"):
        save_project(stored.changed(msgspec.structs.replace(sample(), faces=())), path)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["a.likeness"]


def test_keyframes_out_of_order_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.likeness"
    save_project(StoredProject(sample(), {}), path)
    marks = [{"frame": 9, "origin": "manual"}, {"frame": 3, "origin": "manual"}]
    rewrite(path, lambda values: values["faces"][0].update(keyframes=marks))
    with pytest.raises(ProjectError, match="rise in frames"):
        load_project(path)


def test_a_project_may_be_called_without_its_ending(tmp_path: Path) -> None:
    project = tmp_path / "shot.likeness"
    project.write_text("{}")
    assert file_meant(tmp_path / "shot") == project
    assert file_meant(project) == project
    assert file_meant(tmp_path / "other") == tmp_path / "other"
    (tmp_path / "shot").mkdir()
    assert file_meant(tmp_path / "shot") == tmp_path / "shot"
