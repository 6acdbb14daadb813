"""Media that were moved or renamed are found again by what is in them."""

import json
import shutil
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.errors import MediaNotFound
from pipeline.jobs.new import new_project
from pipeline.jobs.progress import never_cancelled, no_note
from pipeline.jobs.relink import relink
from pipeline.jobs.source_choice import SourceChoice
from pipeline.project.relink import lost_media
from pipeline.project.storage import load_project, media_path


@pytest.fixture
def project(tmp_path: Path, media_dir: Path) -> Path:
    (tmp_path / "media").mkdir()
    for name in ("single_face.mp4", "synthetic_portrait.png"):
        shutil.copy(media_dir / name, tmp_path / "media" / name)
    source = SourceChoice(tmp_path / "media" / "synthetic_portrait.png")
    path, _ = new_project(tmp_path / "job", tmp_path / "media" / "single_face.mp4", None, [source], None)
    return path


def test_what_was_moved_and_renamed_is_found_by_its_content(project: Path, media_dir: Path) -> None:
    archive = project.parent / "archive" / "reel 2"
    archive.mkdir(parents=True)
    (project.parent / "media" / "single_face.mp4").rename(archive / "A001.mp4")
    (project.parent / "media" / "synthetic_portrait.png").rename(archive / "ada.png")
    shutil.copy(media_dir / "WolfgangLanger_Pexels.mp4", archive / "single_face.mp4")
    report = relink(project, [project.parent / "archive"], never_cancelled, no_note)
    assert report.missing == ()
    assert report.moved["media/single_face.mp4"] == "archive/reel 2/A001.mp4", "the name alone proves nothing"
    after = load_project(project).project
    assert media_path(after.plates[0].path, project) == archive / "A001.mp4"
    assert after.identities[0].sources[0].path == "archive/reel 2/ada.png"


def test_a_plan_saves_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project.parent / "media" / "single_face.mp4").rename(project.parent / "A001.mp4")
    (project.parent / "media" / "synthetic_portrait.png").unlink()
    before = project.read_bytes()
    assert lost_media(load_project(project).project, project) == tuple(
        f"media/{each}" for each in ("single_face.mp4", "synthetic_portrait.png")
    )
    assert main(["relink", "--plan", "--json", str(project)]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["moved"] == {"media/single_face.mp4": "A001.mp4"}
    assert answer["missing"] == ["media/synthetic_portrait.png"]
    assert project.read_bytes() == before


def test_media_in_their_place_are_left_alone(project: Path) -> None:
    before = project.read_bytes()
    assert relink(project, [], never_cancelled, no_note).values() == {"moved": {}, "missing": []}
    assert project.read_bytes() == before


def test_a_sequence_is_found_by_its_frames(tmp_path: Path, media_dir: Path) -> None:
    frames = tmp_path / "shot"
    frames.mkdir()
    for number in range(3):
        shutil.copy(media_dir / "synthetic_portrait.png", frames / f"shot.{number:04}.png")
    source = SourceChoice(media_dir / "synthetic_portrait.png")
    project, _ = new_project(tmp_path / "job", frames / "shot.####.png", None, [source], None)
    frames.rename(tmp_path / "moved")
    report = relink(project, [tmp_path], never_cancelled, no_note)
    assert report.moved == {"shot/shot.####.png": "moved/shot.####.png"}


def test_what_is_not_found_is_said(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(project.parent / "media")
    assert main(["relink", str(project), "--json"]) == 3
    answer = json.loads(capsys.readouterr().out)
    assert answer == {"moved": {}, "missing": ["media/single_face.mp4", "media/synthetic_portrait.png"]}
    with pytest.raises(MediaNotFound, match="no folder"):
        relink(project, [project.parent / "nowhere"], never_cancelled, no_note)


def test_a_render_of_lost_media_names_the_way_out(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project.parent / "media" / "synthetic_portrait.png").unlink()
    assert main(["render", str(project), "-o", str(project.parent / "a.mp4")]) == 3
    told = capsys.readouterr().err
    assert "synthetic_portrait.png" in told
    assert "relink" in told
