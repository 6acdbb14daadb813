"""A pack opens where it lies, is whole by its hashes, and holds of people only what was asked for."""

import hashlib
import json
import shutil
import zipfile
from pathlib import Path

import pytest
from msgspec.structs import replace

from pipeline.cli import main
from pipeline.errors import MediaNotFound, OutputExists
from pipeline.jobs.new import new_project
from pipeline.jobs.pack import pack
from pipeline.jobs.progress import never_cancelled, no_note, no_progress
from pipeline.jobs.relink import is_there, relink
from pipeline.jobs.source_choice import SourceChoice
from pipeline.project.project import MotionSource, with_face
from pipeline.project.relink import media_of
from pipeline.project.storage import load_project, media_path, save_project


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, media_dir: Path) -> Path:
    """A plate and two photos of the same name in different folders, the plate's own film as motion."""
    root = tmp_path_factory.mktemp("pack")
    for folder in ("a", "b", "job"):
        (root / folder).mkdir()
    shutil.copy(media_dir / "single_face.mp4", root / "a" / "plate.mp4")
    shutil.copy(media_dir / "synthetic_portrait.png", root / "a" / "ada.png")
    shutil.copy(media_dir / "single_face.jpg", root / "b" / "ada.png")
    sources = [SourceChoice(root / folder / "ada.png") for folder in ("a", "b")]
    path, made = new_project(root / "job" / "shot", root / "a" / "plate.mp4", None, sources, None)
    made = with_face(made, replace(made.faces[0], motion=MotionSource(path=made.plates[0].path)))
    save_project(load_project(path).changed(made), path)
    return path


def files(folder: Path) -> set[str]:
    return {each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file()}


def test_without_being_asked_nobodys_photos_are_handed_over(project: Path, tmp_path: Path) -> None:
    report = pack(project, tmp_path / "out", no_progress, never_cancelled, no_note)
    assert files(tmp_path / "out") == {"shot.likeness", "pack.json", "CONTENTS.txt", "media/plates/plate.mp4"}
    assert not report.biometric
    assert "left out" in (tmp_path / "out" / "CONTENTS.txt").read_text()
    assert [each.split()[0] for each in report.left_out] == ["source", "source", "the"]
    # With the photos at hand, the pack is found whole again.
    packed = tmp_path / "out" / "shot.likeness"
    assert relink(packed, [project.parents[1]], never_cancelled, no_note).missing == ()


def test_with_them_it_opens_where_it_lies(project: Path, tmp_path: Path) -> None:
    assert main(["pack", str(project), "-o", str(tmp_path / "out.zip"), "--sources"]) == 0
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        archive.extractall(tmp_path)
    packed = tmp_path / "out" / "shot.likeness"
    found = load_project(packed).project
    stored = [each.path for each in media_of(found)]
    assert stored[:3] == ["media/plates/plate.mp4", "media/sources/ada.png", "media/sources/2/ada.png"]
    assert all(is_there(media_path(each, packed)) for each in stored)
    listing = json.loads((tmp_path / "out" / "pack.json").read_text())
    assert listing["biometric"]
    for each in listing["files"]:
        assert hashlib.sha256((tmp_path / "out" / each["name"]).read_bytes()).hexdigest() == each["sha256"]
    assert found.identities[0].sources[1].sha256 == listing["files"][2]["sha256"]


def test_what_stands_there_and_what_is_missing_is_told_and_nothing_left(project: Path, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    with pytest.raises(OutputExists):
        pack(project, tmp_path / "there", no_progress, never_cancelled, no_note)
    stored = load_project(project)
    gone = replace(stored.project.plates[0], path="../gone.mp4")
    save_project(stored.changed(replace(stored.project, plates=(gone,))), project.with_name("gone.likeness"))
    with pytest.raises(MediaNotFound, match="relink"):
        pack(project.with_name("gone.likeness"), tmp_path / "out.zip", no_progress, never_cancelled, no_note)
    assert [each.name for each in tmp_path.iterdir()] == ["there"]


def test_a_sequence_is_packed_with_its_frames(tmp_path: Path, media_dir: Path) -> None:
    frames = tmp_path / "frames"
    frames.mkdir()
    for number in (7, 8):
        shutil.copy(media_dir / "single_face.jpg", frames / f"shot.{number:04}.jpg")
    path, _ = new_project(tmp_path / "seq", frames / "shot.####.jpg", None, [], None)
    pack(path, tmp_path / "out", no_progress, never_cancelled, no_note)
    packed = load_project(tmp_path / "out" / "seq.likeness").project
    assert packed.plates[0].path == "media/plates/shot.####.jpg"
    assert is_there(media_path(packed.plates[0].path, tmp_path / "out" / "seq.likeness"))
