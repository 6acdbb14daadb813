"""Corrections of a face's landmarks by command and from Python: what they move, what is drawn anew, what stays."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pipeline import api
from pipeline.cli import main
from pipeline.engines.swappers.mesh.swapper import MeshSwapper, PreparedFace
from pipeline.jobs.digests import digests_of
from pipeline.jobs.frame_key import frame_key
from pipeline.jobs.new import new_project
from pipeline.jobs.progress import StageClock, never_cancelled, no_note, no_progress
from pipeline.jobs.ready_faces import ready_faces
from pipeline.jobs.render import RenderReport, render
from pipeline.jobs.render_request import Compute, RenderRequest, project_request
from pipeline.jobs.source_choice import SourceChoice
from pipeline.jobs.workbench import Workbench
from pipeline.media.plate_view import view_of
from pipeline.media.reader import open_plate
from pipeline.project.storage import load_project
from pipeline.render.frame import EngineFace

CORNER = 291
SEGMENT = 24


@pytest.fixture(scope="module")
def place(
    tmp_path_factory: pytest.TempPathFactory, media_dir: Path, lay_analysis: Callable[[Path], None]
) -> Iterator[Path]:
    """A project of an analysed clip."""
    folder = tmp_path_factory.mktemp("corrected")
    lay_analysis(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LIKENESS_CONFIG", str(folder / "config"))
        patch.setenv("LIKENESS_CACHE", str(folder / "cache"))
        source = SourceChoice(media_dir / "synthetic_portrait.png")
        yield new_project(folder / "job", media_dir / "single_face.mp4", None, [source], None)[0]


@pytest.fixture
def project(place: Path) -> Iterator[Path]:
    """The same, its corrections taken away afterwards."""
    content = place.read_bytes()
    yield place
    place.write_bytes(content)


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> list[dict[str, object]]:
    capsys.readouterr()
    assert main(["face", "correct", *map(str, arguments), "--json"]) == 0
    found: list[dict[str, object]] = json.loads(capsys.readouterr().out)["corrections"]
    return found


@pytest.fixture(scope="module")
def prepared(place: Path) -> PreparedFace:
    """The project's face, ready to be drawn."""
    request = asked(place)
    with open_plate(request.plate) as reader:
        frames, digests = range(reader.info.frames), digests_of(request, reader.info)
        clock, bench = StageClock(), Workbench("cpu")
        faces = ready_faces(request, reader, frames, digests, no_progress, never_cancelled, clock, no_note, bench)
    return faces[0].prepared


def asked(project: Path) -> RenderRequest:
    return project_request(project, project.parent / "a.mkv", no_note, quality="draft", compute=Compute("cpu", 2))


def drawn(project: Path, prepared: PreparedFace, frame: int) -> np.ndarray:
    """(468, 2) where the face's vertices are drawn in a frame, pixels."""
    found = prepared.geometry(frame, asked(project).faces[0].parameters_at(frame))
    assert found is not None
    return np.asarray(found[1].meshes.result[:468, :2])


def keys(project: Path, prepared: PreparedFace) -> list[str]:
    """Of every frame's samples."""
    request = asked(project)
    with open_plate(request.plate) as reader:
        digests = digests_of(request, reader.info)
    face = EngineFace(MeshSwapper(), prepared, request.faces[0].parameters_at)
    return [frame_key([face], request.mark, digests)(frame) for frame in range(72)]


def test_a_corner_is_drawn_as_many_pixels_away_as_the_command_says(
    project: Path, prepared: PreparedFace, capsys: pytest.CaptureFixture[str]
) -> None:
    before, keyed = drawn(project, prepared, 30), keys(project, prepared)
    (told,) = run(capsys, project, "--frame", 30, "--region", "left_mouth_corner", "--move=4,-3")
    assert (told["part"], told["frames"]) == ("left_mouth_corner", [[1, 70]])
    moved = drawn(project, prepared, 30) - before
    np.testing.assert_allclose(moved[CORNER], (4, -3), atol=0.05)
    assert np.abs(moved[[33, 263, 10, 4, 61]]).max() < 1e-6
    again = keys(project, prepared)
    assert [n for n in range(72) if again[n] != keyed[n]] == list(range(1, 71))
    assert run(capsys, project, "--list") == [told]
    assert run(capsys, project, "--clear") == []
    assert np.array_equal(drawn(project, prepared, 30), before)
    assert keys(project, prepared) == keyed


@pytest.mark.long
def test_only_the_segments_that_a_correction_touches_are_drawn_anew(project: Path) -> None:
    def rendered() -> tuple[RenderReport, list[np.ndarray]]:
        output = project.parent / "result.mkv"
        request = project_request(project, output, no_note, quality="draft", measured=False, compute=Compute("cpu", 2))
        report = render(replace(request, segment_frames=SEGMENT), no_progress, never_cancelled, no_note)
        with open_plate(output) as reader:
            view = view_of(reader.info)
            return report, [view.rgb8(reader.read(frame)) for frame in range(reader.info.frames)]

    _, before = rendered()
    landmarks = api.Project(project).landmarks
    landmarks.move("mouth", (0.4, 0.0), range(30, 36), unit="cm", ramp=2)
    report, after = rendered()
    assert (report.rendered, report.reused) == (24, 48)
    assert [n for n in range(72) if not np.array_equal(before[n], after[n])] == list(range(28, 38))
    landmarks.reset()
    report, back = rendered()
    assert report.rendered == 24
    assert np.array_equal(back, before)


def test_copied_and_ranged_by_command_and_python_alike(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    landmarks = api.Project(project).landmarks
    ranged = ("--in", 10, "--out", 12, "--scope", "range")
    (told,) = run(capsys, project, *ranged, "--point", 61, "--unit", "cm", "--move=0.2,0,0.1", "--reach", 0.5)
    assert told["frames"] == [[10, 12]]
    assert told == landmarks.corrections()[0].values()
    assert landmarks.reset(61) == []
    (again,) = landmarks.move(61, (0.2, 0.0, 0.1), range(10, 13), unit="cm", reach=0.5)
    assert again.values() == told
    (copied,) = run(capsys, project, "--frame", 11, "--copy-to", 40)
    assert copied == landmarks.corrections("face-1")[0].values()
    assert [key["x"] for key in copied["keys"] if key["frame"] == 40] == [0.2]  # type: ignore[attr-defined]
    assert landmarks.copy(11, 41)[0].frames[-1][1] == 70


def test_corrections_are_told_in_words(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["face", "correct", str(project), "--list"]) == 0
    assert capsys.readouterr().out == "Nothing is corrected.\n"
    move = ["--frame", "5", "--region", "left_eye", "--unit", "cm", "--move", "0.1,0.2", "--scope", "shot"]
    assert main(["face", "correct", str(project), *move]) == 0
    assert capsys.readouterr().out == (
        "face-1: left eye, frames 0 to 71\n       5 +0.10 +0.20 +0.00 cm, reach 1.5 cm\n"
    )


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["--frame", "3", "--move", "1,2"], 2, "--region or --point"),
        (["--frame", "3", "--region", "mouth"], 2, "give one of"),
        (["--frame", "3", "--region", "mouth", "--move", "1"], 2, "not a way"),
        (["--frame", "3", "--region", "mouth", "--move", "1,2,3"], 2, "two numbers"),
        (["--copy-to", "3"], 2, "takes --frame"),
        (["--region", "mouth", "--move", "1,2"], 2, "takes --frame"),
        (["--frame", "3", "--region", "chin", "--move", "1,2"], 7, "no part chin"),
        (["--frame", "99", "--region", "mouth", "--move", "1,2", "--unit", "cm"], 8, "no frame 99"),
        (["--clear"], 7, "nothing to take back"),
    ],
)
def test_what_cannot_be_is_said(
    project: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], status: int, words: str
) -> None:
    content = project.read_bytes()
    try:
        found: object = main(["face", "correct", str(project), *arguments])
    except SystemExit as ended:
        found = ended.code
    assert (found, words in capsys.readouterr().err) == (status, True)
    assert project.read_bytes() == content
    assert load_project(project).project.faces[0].landmark_moves == ()
