"""Strokes over a matte by command and from Python: where they lie, what is drawn anew, what the exports show."""

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
from pipeline.project.stroke_points import pixels_of
from pipeline.render.frame import EngineFace, FrameRenderer
from pipeline.render.mattes import MatteKind, matte_picture

SEGMENT = 24


@pytest.fixture(scope="module")
def place(
    tmp_path_factory: pytest.TempPathFactory, media_dir: Path, lay_analysis: Callable[[Path], None]
) -> Iterator[Path]:
    """A project of an analysed clip."""
    folder = tmp_path_factory.mktemp("painted")
    lay_analysis(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LIKENESS_CONFIG", str(folder / "config"))
        patch.setenv("LIKENESS_CACHE", str(folder / "cache"))
        source = SourceChoice(media_dir / "synthetic_portrait.png")
        yield new_project(folder / "job", media_dir / "single_face.mp4", None, [source], None)[0]


@pytest.fixture
def project(place: Path) -> Iterator[Path]:
    """The same, its strokes taken away afterwards."""
    content = place.read_bytes()
    yield place
    place.write_bytes(content)


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


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> list[dict[str, object]]:
    capsys.readouterr()
    assert main(["face", "matte", *map(str, arguments), "--json"]) == 0
    found: list[dict[str, object]] = json.loads(capsys.readouterr().out)["strokes"]
    return found


def keys(project: Path, prepared: PreparedFace) -> list[str]:
    """Of every frame's samples."""
    request = asked(project)
    with open_plate(request.plate) as reader:
        digests = digests_of(request, reader.info)
    face = EngineFace(MeshSwapper(), prepared, request.faces[0].parameters_at)
    return [frame_key([face], request.mark, digests)(frame) for frame in range(72)]


def cheek(prepared: PreparedFace, frame: int) -> tuple[float, float]:
    i = prepared.solve.index_of(frame)
    assert i is not None
    x, y = prepared.solve.landmarks[i, 50, :2].tolist()
    return round(x, 1), round(y, 1)


def test_a_stroke_goes_through_the_pixels_that_the_command_names(
    project: Path, prepared: PreparedFace, capsys: pytest.CaptureFixture[str]
) -> None:
    keyed, (x, y) = keys(project, prepared), cheek(prepared, 30)
    way = (f"{x},{y}", f"{x + 9},{y + 4}", f"{x + 20},{y - 3}")
    (told,) = run(capsys, project, "--frame", 30, "--show", "plate", "--radius", "6px", "--points", *way)
    assert (told["shows"], told["frames"], told["keys"]) == (
        "plate",
        [[1, 70]],
        [{"frame": frame, "amount": float(frame == 30)} for frame in (0, 30, 71)],
    )
    brush = load_project(project).project.faces[0].matte_strokes[0].brush
    solve, i = prepared.solve, prepared.solve.index_of(30)
    assert i is not None
    assert brush.radius * solve.scale[i] == pytest.approx(6, abs=0.01)
    places = pixels_of(solve.landmarks[i], solve.rotation[i], float(solve.scale[i]), brush.points)
    for each in ((x, y), (x + 9, y + 4), (x + 20, y - 3)):
        assert np.hypot(*(places - each).T).min() < 0.05
    again = keys(project, prepared)
    assert [n for n in range(72) if again[n] != keyed[n]] == list(range(1, 71))
    assert run(capsys, project, "--list") == [told]
    assert run(capsys, project, "--clear") == []
    assert keys(project, prepared) == keyed


def test_the_same_by_command_and_python_and_copied(
    project: Path, prepared: PreparedFace, capsys: pytest.CaptureFixture[str]
) -> None:
    mattes, (x, y) = api.Project(project).mattes, cheek(prepared, 10)
    stroke = ("--show", "face", "--points", f"{x},{y}", "--radius", 0.8, "--softness", 0.2)
    (told,) = run(capsys, project, *stroke, "--scope", "range", "--in", 10, "--out", 12)
    assert told["frames"] == [[10, 12]]
    assert told == mattes.strokes()[0].values()
    assert mattes.reset() == []
    (again,) = mattes.paint("face", [(x, y)], range(10, 13), radius=0.8, softness=0.2)
    assert again.values() == told
    (copied,) = run(capsys, project, "--frame", 11, "--copy-to", 40)
    assert copied == mattes.strokes("face-1")[0].values()
    assert {"frame": 40, "amount": 1.0} in copied["keys"]  # type: ignore[operator]
    assert mattes.copy(11, 41)[0].frames[-1][1] == 70
    two = mattes.paint("found", [(x, y)], None, radius=6, unit="px")
    assert [each.stroke.brush.shows for each in two] == ["face", "found"]
    assert two[1].frames == ((0, 71),)


def test_matte_and_support_show_what_is_painted(project: Path, prepared: PreparedFace) -> None:
    at = cheek(prepared, 30)
    # Painted on the first frame, it rides with the skin.
    api.Project(project).mattes.paint("plate", [cheek(prepared, 0)], None, radius=10, unit="px", softness=0.2)
    request = asked(project)
    face = EngineFace(MeshSwapper(), prepared, request.faces[0].parameters_at)
    bare = EngineFace(MeshSwapper(), prepared, replace(request.faces[0], matte_strokes=()).parameters_at)
    with open_plate(request.plate) as reader:
        view, planes = view_of(reader.info), reader.read(30)
    row, column = round(at[1]), round(at[0])
    kinds: tuple[MatteKind, ...] = ("matte", "support")
    for kind in kinds:
        before, after = (
            matte_picture(FrameRenderer(view, [each], None), view, planes, kind).data[0] for each in (bare, face)
        )
        inside = np.s_[row - 2 : row + 3, column - 2 : column + 3]
        assert before[inside].min() > 30000, kind
        assert not after[inside].any(), kind


@pytest.mark.long
def test_only_the_segments_that_a_stroke_touches_are_drawn_anew(project: Path, prepared: PreparedFace) -> None:
    def rendered() -> tuple[RenderReport, list[np.ndarray]]:
        output = project.parent / "result.mkv"
        request = project_request(project, output, no_note, quality="draft", measured=False, compute=Compute("cpu", 2))
        report = render(replace(request, segment_frames=SEGMENT), no_progress, never_cancelled, no_note)
        with open_plate(output) as reader:
            view = view_of(reader.info)
            return report, [view.rgb8(reader.read(frame)) for frame in range(reader.info.frames)]

    _, before = rendered()
    mattes = api.Project(project).mattes
    mattes.paint("plate", [cheek(prepared, 30)], range(30, 36), radius=2.0, ramp=2)
    report, after = rendered()
    assert (report.rendered, report.reused) == (24, 48)
    assert [n for n in range(72) if not np.array_equal(before[n], after[n])] == list(range(28, 38))
    mattes.reset()
    report, back = rendered()
    assert report.rendered == 24
    assert np.array_equal(back, before)


def test_strokes_are_told_in_words(project: Path, prepared: PreparedFace, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["face", "matte", str(project), "--list"]) == 0
    assert capsys.readouterr().out == "Nothing is painted.\n"
    x, y = cheek(prepared, 5)
    stroke = ["--frame", "5", "--show", "plate", "--points", f"{x},{y}", "--scope", "shot"]
    assert main(["face", "matte", str(project), *stroke]) == 0
    assert capsys.readouterr().out == (
        "face-1: the plate shows, 1 point, radius 0.6 cm, frames 0 to 71\n       5 100%\n"
    )


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["--frame", "3", "--points", "1,2"], 2, "give one of"),
        (["--frame", "3", "--show", "plate"], 2, "takes --points"),
        (["--frame", "3", "--show", "all", "--points", "1,2"], 2, "invalid choice"),
        (["--frame", "3", "--show", "face", "--points", "1"], 2, "not a point"),
        (["--frame", "3", "--show", "face", "--points", "1,2", "--radius", "2m"], 2, "not a length"),
        (["--copy-to", "3"], 2, "takes --frame"),
        (["--show", "plate", "--points", "1,2"], 2, "takes --frame"),
        (["--frame", "99", "--show", "plate", "--points", "1,2"], 8, "no frame 99"),
        (["--frame", "3", "--show", "plate", "--points=-9000,2", "--points", "90,90"], 8, "too far from face-1"),
        (["--frame", "3", "--show", "plate", "--points", "90,90", "--radius", "9cm"], 7, "and this one is 9 cm"),
        (["--clear"], 7, "nothing to take back"),
        (["--frame", "3", "--copy-to", "9"], 7, "paint there first"),
    ],
)
def test_what_cannot_be_is_said(
    project: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], status: int, words: str
) -> None:
    content = project.read_bytes()
    try:
        found: object = main(["face", "matte", str(project), *arguments])
    except SystemExit as ended:
        found = ended.code
    assert (found, words in capsys.readouterr().err) == (status, True)
    assert project.read_bytes() == content
    assert load_project(project).project.faces[0].matte_strokes == ()
