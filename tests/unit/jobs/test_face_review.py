"""Several faces by the command line: assigned, listed, ignored, shared; and how they are named."""

import json
import shutil
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.errors import RangeError
from pipeline.jobs.source_choice import SourceChoice, sources_by_track
from pipeline.project.storage import load_project


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, object]]:
    assert main([*arguments, "--json"]) == 0
    faces: list[dict[str, object]] = json.loads(capsys.readouterr().out)["faces"]
    return faces


@pytest.fixture(scope="module")
def crowd(media_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plate of one frame that shows several people; what is analysed of it stays beside it."""
    plate = tmp_path_factory.mktemp("crowd") / "crowd.jpg"
    shutil.copy(media_dir / "multi_face.jpg", plate)
    return plate


def test_faces_of_a_new_project_are_assigned_ignored_and_shared(
    media_dir: Path, crowd: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    photo, portrait = str(media_dir / "single_face.jpg"), str(media_dir / "synthetic_portrait.png")
    file = str(crowd.with_name("cast.likeness"))
    assert main(["new", file, "--plate", str(crowd), "--face", f"1={portrait}", "--face", f"0={photo}"]) == 0
    capsys.readouterr()
    listed = run(capsys, "face", "list", file)
    assert [(each["track"], each["name"]) for each in listed] == [(0, "single_face"), (1, "synthetic_portrait")]
    assigned = run(
        capsys, "face", "assign", file, "--track", "2", "--source", portrait, "--share", "0.5", "--licence", "CC0"
    )
    assert [each["identity"] for each in assigned] == ["identity-1", "identity-2", "identity-2"]
    assert assigned[2]["share"] == 0.5
    assert [each["licence"] for each in assigned] == ["", "CC0", "CC0"], "of the identity, whoever wears it"
    ignored = run(capsys, "face", "ignore", file, "--face", "face-1")
    assert [each["ignored"] for each in ignored] == [True, False, False]
    shared = run(capsys, "face", "share", file, "--face", "face-2", "--value", "0")
    assert [each["share"] for each in shared] == [1.0, 0.0, 0.5]
    before = Path(file).read_bytes()
    assert main(["face", "assign", file, "--track", "77"]) == 7
    assert "no track 77; there are: 0, 1, 2" in capsys.readouterr().err
    assert Path(file).read_bytes() == before
    project = load_project(Path(file)).project
    assert [(each.track, each.ignored, each.share) for each in project.faces] == [
        (0, True, 1.0),
        (1, False, 0.0),
        (2, False, 0.5),
    ]


def test_the_most_prominent_face_is_the_one_that_its_number_means(
    media_dir: Path, crowd: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    photo, portrait = str(media_dir / "single_face.jpg"), str(media_dir / "synthetic_portrait.png")
    file = str(crowd.with_name("one.likeness"))
    assert main(["new", file, "--plate", str(crowd), "--source", portrait]) == 0
    capsys.readouterr()
    assert main(["analyze", file, "--json"]) == 0
    first, second = (each["track"] for each in json.loads(capsys.readouterr().out)["faces"][:2])
    (face,) = run(capsys, "face", "assign", file, "--track", str(first), "--source", photo)
    assert (face["face"], face["track"], face["name"]) == ("face-1", first, "single_face")
    faces = run(capsys, "face", "assign", file, "--track", str(second), "--identity", "identity-1")
    assert [(each["track"], each["name"]) for each in faces] == [(first, "single_face"), (second, "synthetic_portrait")]


def test_a_source_is_looked_at_before_it_is_assigned(
    media_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "cast.likeness"
    photo = str(media_dir / "single_face.jpg")
    assert main(["new", str(file), "--plate", str(media_dir / "single_face.mp4"), "--source", photo]) == 0
    before = file.read_bytes()
    group = str(media_dir / "multi_face.jpg")
    assert main(["face", "assign", str(file), "--track", "1", "--source", group]) == 4
    assert "Say which one is meant" in capsys.readouterr().err
    assert file.read_bytes() == before


def test_a_project_without_a_source_is_the_performer_s_own_face(
    media_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, plate = str(tmp_path / "own.likeness"), str(media_dir / "single_face.mp4")
    assert main(["new", file, "--plate", plate, "--consent", "The performer agreed in writing."]) == 0
    assert "the performer's own face" in capsys.readouterr().out
    assert main(["face", "list", file, "--json"]) == 0
    (face,) = json.loads(capsys.readouterr().out)["faces"]
    assert face["identity"] is None
    assert face["consent"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["new", "a", "--plate", "p.mp4", "--source", "s.jpg", "--face", "0=s.jpg"],
        ["new", "a", "--plate", "p.mp4", "--face", "0=s.jpg", "--consent", "yes"],
        ["new", "a", "--plate", "p.mp4", "--face", "0=s.jpg", "--motion", "m.mp4"],
        ["new", "a", "--plate", "p.mp4", "--motion", "m.mp4", "--motion-gain", "2"],
        ["face", "motion", "a"],
        ["face", "motion", "a", "--motion", "m.mp4@7#2"],
        ["face", "motion", "a", "--none", "--motion", "m.mp4"],
        ["face", "motion", "a", "--none", "--motion-limit", "0.5"],
        ["render", "--plate", "p.mp4", "--face", "0=s.jpg", "--source", "s.jpg", "-o", "r.mp4"],
        ["face", "assign", "a", "--track", "0", "--source", "s.jpg", "--identity", "identity-1"],
    ],
)
def test_who_is_meant_is_said_in_one_way(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2


def test_several_sources_of_one_number_are_one_face() -> None:
    found = sources_by_track(["2=b.jpg", "0=film.mp4@7", "2=c.jpg#3"])
    assert found == {
        2: (SourceChoice(Path("b.jpg")), SourceChoice(Path("c.jpg"), face=3)),
        0: (SourceChoice(Path("film.mp4"), frame=7),),
    }
    for wrong in ("b.jpg", "x=b.jpg", "1=", "-1=b.jpg"):
        with pytest.raises(RangeError, match="N=SOURCE"):
            sources_by_track([wrong])


def test_consent_is_recorded_of_the_person_whose_face_is_worked_with(
    media_dir: Path, crowd: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(crowd.with_name("agreed.likeness"))
    assert main(["new", file, "--plate", str(crowd), "--face", f"1={media_dir / 'single_face.jpg'}"]) == 0
    capsys.readouterr()
    agreed = run(capsys, "face", "consent", file, "--consent", "Ada Example agreed to this test.")
    assert [each["consent"] for each in agreed] == [True]
    project = load_project(Path(file)).project
    assert project.identities[0].consent is not None
    assert project.performers[0].consent is None
    taken_back = run(capsys, "face", "consent", file, "--none")
    assert [each["consent"] for each in taken_back] == [False]
    own = run(capsys, "face", "assign", file, "--track", "0")[-1]
    agreed = run(capsys, "face", "consent", file, "--face", str(own["face"]), "--consent", "The performer agreed.")
    assert agreed[-1]["consent"] is True
    assert load_project(Path(file)).project.performers[-1].consent is not None
