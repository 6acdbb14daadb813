from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pipeline.cli import build_parser, main
from pipeline.commands.render import plate_request, told
from pipeline.jobs.digests import Digests
from pipeline.jobs.earlier_result import job_key
from pipeline.jobs.kept_quality import quality_of
from pipeline.jobs.keyframe_review import kept_keyframes, set_keyframe
from pipeline.jobs.progress import Progress, never_cancelled, no_note, no_progress
from pipeline.jobs.render import RenderReport, render
from pipeline.jobs.render_request import FaceRequest, RenderRequest, project_request
from pipeline.media.presets import load_preset
from pipeline.project.storage import load_project


@pytest.fixture(scope="module")
def project(media_dir: Path, tmp_path_factory: pytest.TempPathFactory, lay_analysis: Callable[[Path], None]) -> Path:
    path = tmp_path_factory.mktemp("measured") / "job.likeness"
    lay_analysis(path.parent)
    arguments = ["new", str(path), "--plate", str(media_dir / "single_face.mp4")]
    assert main([*arguments, "--source", str(media_dir / "synthetic_portrait.png")]) == 0
    set_keyframe(path, None, "12")
    set_keyframe(path, None, "60")
    return path


def asked(project: Path, name: str, last: int, measured: bool) -> RenderRequest:
    output = project.with_name(name)
    return project_request(
        project, output, no_note, first="4", last=str(last), preset="ffv1-lossless", quality="draft", measured=measured
    )


@pytest.fixture(scope="module")
def rendered(project: Path) -> RenderReport:
    return render(asked(project, "result.mkv", 19, True), no_progress, never_cancelled, no_note)


def test_a_render_is_measured_and_says_so(rendered: RenderReport) -> None:
    (face,) = rendered.values()["measured"]
    assert face["figures"]["kept_eyes_db"] > 31
    assert face["floors"]["kept_eyes_db"]["passed"]
    assert face["figures"]["identity_to_source"] is None or face["figures"]["identity_to_source"] > 0
    assert rendered.seconds["measure"] > 0
    assert told(rendered)[-1].startswith("Measured face-1: au_weighted")


def test_a_draft_is_told_where_its_consent_is_given(project: Path, rendered: RenderReport) -> None:
    (of_plate,) = (line for line in told(rendered) if "consent" in line)
    (of_project,) = (line for line in told(rendered, project) if "consent" in line)
    assert of_plate.endswith("Give it with --consent.")
    assert f"`face consent {project} --consent …`" in of_project, "`render PROJECT` takes no --consent"


def test_what_was_measured_is_kept_frame_by_frame_and_by_keyframe(project: Path, rendered: RenderReport) -> None:
    plate = load_project(project).project.plates[0]
    kept = quality_of(project.parent, plate, "face-1")
    assert kept is not None
    assert (kept.first, kept.count, Path(kept.result).name) == (4, 16, "result.mkv")
    assert np.isfinite(kept.series("landmarks")).all()
    still = np.isfinite(kept.series("seam"))
    assert still[[0, 8]].all(), "the first frame, and the keyframe on frame 12"
    assert still.sum() < 8
    by_frame = {each.keyframe.frame: each.values()["quality"] for each in kept_keyframes(project, None)}
    assert by_frame[12]["landmarks"] == pytest.approx(float(kept.series("landmarks")[6:11].mean()), rel=1e-5)
    assert by_frame[60] is None


def test_measuring_can_be_left_out_and_changes_no_result(project: Path, rendered: RenderReport) -> None:
    stages: list[str] = []
    request = asked(project, "other.mkv", 19, False)
    report = render(request, lambda state: stages.append(state.stage), never_cancelled, no_note)
    assert report.measured == ()
    assert "measuring" not in stages
    assert (project.with_name("other.mkv")).read_bytes() == rendered.output.read_bytes()
    digests, preset = Digests("", "", ()), load_preset("ffv1-lossless")
    keys = {
        job_key(each, preset, range(4, 20), digests)
        for each in (request, replace(request, measured=True), replace(request, faces=_without_marks(request)))
    }
    assert len(keys) == 1, "the same result"


def _without_marks(request: RenderRequest) -> tuple[FaceRequest, ...]:
    return tuple(replace(face, marks=()) for face in request.faces)


def test_a_final_render_of_a_project_is_measured_and_a_draft_is_not(project: Path) -> None:
    output = project.with_name("x.mkv")
    assert project_request(project, output, no_note, quality="final").measured
    assert not project_request(project, output, no_note, quality="draft").measured


@pytest.mark.parametrize(
    ("asked_for", "measured"),
    [
        ([], True),
        (["--quality", "draft"], False),
        (["--no-measure"], False),
        (["--quality", "draft", "--measure"], True),
    ],
)
def test_so_is_a_final_render_of_a_plate(asked_for: list[str], measured: bool) -> None:
    arguments = ["render", "--plate", "plate.mp4", "--source", "face.png", "-o", "result.mp4", *asked_for]
    assert plate_request(build_parser().parse_args(arguments)).measured is measured


def test_too_few_frames_and_a_stopped_measurement_cost_no_result(project: Path) -> None:
    notes: list[str] = []
    short = render(asked(project, "short.mkv", 9, True), no_progress, never_cancelled, notes.append)
    assert short.measured == ()
    assert any("too few" in note for note in notes)
    reading = []

    def watch(state: Progress) -> None:
        if state.stage == "reading the plate":
            reading.append(state.done)

    stopped = render(asked(project, "stopped.mkv", 19, True), watch, lambda: len(reading) > 3, notes.append)
    assert stopped.measured == ()
    assert stopped.output.exists()
    assert any("stopped" in note for note in notes)
