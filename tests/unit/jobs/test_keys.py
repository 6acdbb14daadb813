"""Keys set on a project show in its render, on their frames alone."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pipeline.errors import ProjectError, RangeError
from pipeline.jobs.keys import KeyReport, KeyRequest, parameters_of, remove_from, set_parameter
from pipeline.jobs.new import new_project
from pipeline.jobs.progress import never_cancelled, no_note, no_progress
from pipeline.jobs.render import RenderReport, render
from pipeline.jobs.render_request import Compute, RenderRequest, project_request
from pipeline.jobs.source_choice import SourceChoice
from pipeline.media.plate_view import view_of
from pipeline.media.reader import open_plate
from pipeline.project.parameters import MeshSettings
from pipeline.project.project import Quality
from pipeline.project.recipe import recipe_for
from pipeline.project.storage import StoredProject, load_project, save_project
from tests.unit.project.documents import one_face

SEGMENT = 24
ABOVE_THE_MARK = 220


@pytest.fixture(autouse=True)
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIKENESS_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("LIKENESS_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def project(tmp_path: Path, media_dir: Path, lay_analysis: Callable[[Path], None]) -> Path:
    lay_analysis(tmp_path)
    source = SourceChoice(media_dir / "synthetic_portrait.png")
    path, _ = new_project(tmp_path / "job", media_dir / "single_face.mp4", None, [source], None)
    return path


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """A project whose plate nobody looks at: 72 frames, 24 a second."""
    path = tmp_path / "job.likeness"
    save_project(StoredProject(one_face(72), {}), path)
    (tmp_path / "x.png").touch()
    return path


def pictures(path: Path) -> list[Any]:
    with open_plate(path) as reader:
        view = view_of(reader.info)
        return [view.rgb8(reader.read(frame)) for frame in range(reader.info.frames)]


def rendered(project: Path, quality: Quality) -> tuple[RenderReport, list[Any], dict[int, str]]:
    """The render in segments of `SEGMENT` frames: report, pictures, and each segment's hash."""
    output = project.parent / "result.mkv"
    request = project_request(project, output, no_note, quality=quality, measured=False, compute=Compute("cpu", 2))
    report = render(replace(request, segment_frames=SEGMENT), no_progress, never_cancelled, no_note)
    (ledger,) = (project.parent / ".likeness" / "renders").glob("result.mkv-*/ledger.jsonl")
    records = [json.loads(line) for line in ledger.read_text("utf-8").splitlines()[1:]]
    return report, pictures(output), {record["first"]: record["sha256"] for record in records}


def test_a_key_changes_its_frames_and_only_the_segments_they_lie_in(project: Path) -> None:
    first, before, segments = rendered(project, "draft")
    assert (first.rendered, first.reused, sorted(segments)) == (72, 0, [0, 24, 48])
    asked = KeyRequest(None, "likeness", 0.0, scope="range", first="30", last="36", ramp=2, interpolation="linear")
    told = set_parameter(project, asked)
    assert (told.first, told.last) == (28, 38)
    second, after, again = rendered(project, "draft")
    assert (second.rendered, second.reused) == (24, 48)
    assert {frame for frame in segments if again[frame] != segments[frame]} == {24}
    changed = [frame for frame in range(72) if not np.array_equal(before[frame], after[frame])]
    assert changed == list(range(28, 39))
    plate = pictures(project.parent / load_project(project).project.plates[0].path)[33].astype(int)
    with_key, without = (np.abs(film[33] - plate)[:ABOVE_THE_MARK].mean() for film in (after, before))
    assert with_key < 0.8 * without, "the identity's skin is gone, its shape is not"
    remove_from(project, None, "likeness", None, None)
    third, back, same = rendered(project, "draft")
    assert (third.rendered, same) == (24, segments)
    assert np.array_equal(back, before)


@pytest.mark.long
def test_a_key_on_an_expression_leaves_what_was_matched_elsewhere(project: Path) -> None:
    _, before, segments = rendered(project, "final")
    set_parameter(project, KeyRequest(None, "lips_left", 0.2, scope="range", first="50", last="60"))
    report, after, again = rendered(project, "final")
    assert (report.rendered, report.reused) == (24, 48)
    assert [again[frame] == segments[frame] for frame in (0, 24, 48)] == [True, True, False]
    assert [frame for frame in range(72) if not np.array_equal(before[frame], after[frame])] == list(range(50, 61))


def test_a_render_asks_for_the_recipes_own_parameters(document: Path) -> None:
    set_parameter(document, KeyRequest("face-1", "shape", 0.2, frame="40"))
    set_parameter(document, KeyRequest("face-1", "turn_end", 90.0, scope="plate", frame="0"))
    set_parameter(document, KeyRequest("face-1", "AU12L", 0.5, frame="40"))
    stored = load_project(document).project
    request: RenderRequest = project_request(document, document.parent / "a.mp4", no_note)
    for frame in range(-1, 80):
        asked, wanted = request.faces[0].parameters_at(frame), recipe_for(stored, "plate-1", frame).faces[0]
        assert (asked.settings, asked.expression) == (wanted.settings, wanted.expression)


def test_timecodes_name_frames_in_the_plates_count(document: Path) -> None:
    told = set_parameter(document, KeyRequest(None, "shape", 0.2, frame="00:00:01:10"))
    assert told.curve is not None
    assert [key.frame for key in told.curve.keys] == [0, 34, 71]
    assert told.values()["keys"][1] == {"frame": 34, "value": 0.2, "interpolation": "smooth"}


def test_parameters_are_listed_with_their_values_at_a_frame(document: Path) -> None:
    set_parameter(document, KeyRequest(None, "shape", 0.25, frame="40"))
    at_key, at_start = (parameters_of(document, None, "shape", frame)[0] for frame in ("40", None))
    assert (at_key.value, at_start.value) == (0.25, MeshSettings().shape)
    values = at_key.values()
    assert (values["face"], values["name"], values["highest"], len(values["keys"])) == ("face-1", "shape", 1.5, 3)
    assert json.loads(json.dumps(values)) == values
    assert len(parameters_of(document, None, None, None)) > 20
    assert [each.parameter.name for each in parameters_of(document, None, None, None, part="light")] == [
        "light_turn_start", "light_turn_end", "tone_reach"
    ]  # fmt: skip
    with pytest.raises(ProjectError, match="no part shadows: there are settings, "):
        parameters_of(document, None, None, None, part="shadows")


def test_an_edit_that_is_refused_leaves_the_file(document: Path) -> None:
    before = document.read_bytes()
    for request in (KeyRequest(None, "shape", 9.0), KeyRequest(None, "shape", 1.0, frame="72")):
        with pytest.raises((ProjectError, RangeError)):
            set_parameter(document, request)
    assert document.read_bytes() == before


def test_a_key_that_is_what_was_there_changes_no_frame(document: Path) -> None:
    told: KeyReport = set_parameter(document, KeyRequest(None, "shape", MeshSettings().shape, frame="40"))
    assert (told.first, told.values()["changed"]) == (None, None)
