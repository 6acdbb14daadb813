"""Renders of the shots that somebody approved."""

from pathlib import Path

import numpy as np
import pytest

from pipeline.analysis.journal import PICTURE_SHAPE, Chunk
from pipeline.analysis.kept_analysis import open_analysis
from pipeline.cli import main
from pipeline.errors import ProjectError
from pipeline.jobs.analyse import options_for
from pipeline.jobs.approved_shots import approved_renders
from pipeline.jobs.face_tracks import TracksPlace
from pipeline.jobs.keys import KeyRequest, set_parameter
from pipeline.jobs.landmark_corrections import CorrectRequest, ReachRequest, correct
from pipeline.jobs.progress import never_cancelled, no_progress
from pipeline.jobs.render_request import Compute, RenderRequest
from pipeline.project.key_edits import value_of
from pipeline.project.keyframe_edits import review_keyframe
from pipeline.project.parameter_table import parameter_named
from pipeline.project.project import Project
from pipeline.project.storage import StoredProject, load_project, save_project
from tests.unit.project.documents import one_face

FRAMES, CUT = 80, 30


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A plate of two shots that is analysed, with keyframes in both; beside `tmp_path / "a.likeness"`."""
    monkeypatch.setenv("LIKENESS_CACHE", str(tmp_path / "cache"))
    project = one_face(FRAMES, (0, 20, 50))
    noise = np.random.default_rng(3).integers(0, 255, (2, *PICTURE_SHAPE), np.uint8)
    pictures = [noise[int(frame >= CUT)] for frame in range(FRAMES)]
    change = [float("nan"), *(0.9 if frame == CUT else 0.0 for frame in range(1, FRAMES))]
    with open_analysis(tmp_path, project.plates[0].sha256, options_for(range(FRAMES))) as store:
        store.commit(Chunk(FRAMES, {}, [], [0, CUT], [], b"", pictures, change))
    return project


def whole(folder: Path) -> RenderRequest:
    return RenderRequest(plate=folder / "a.mp4", output=folder / "film.mov", faces=())


def test_only_shots_whose_keyframes_are_all_approved_are_rendered(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "a.likeness"
    with pytest.raises(ProjectError, match=r"No shot of a\.likeness is approved"):
        approved_renders(review_keyframe(project, None, 20, "approved"), path, whole(tmp_path))
    renders, left_out = approved_renders(review_keyframe(project, None, 50, "approved"), path, whole(tmp_path))
    assert [(each.output.name, each.first, each.last) for each in renders] == [("film-shot2.mov", "30", "79")]
    assert left_out == [range(CUT)]


def test_a_plate_that_is_not_analysed_has_no_shots_yet(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="isn't analysed yet"):
        approved_renders(one_face(FRAMES), tmp_path / "b.likeness", whole(tmp_path))


def test_an_edit_of_a_shot_stops_at_the_cuts_of_the_analysis(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "a.likeness"
    save_project(StoredProject(project, {}), path)
    told = set_parameter(path, KeyRequest(None, "shape", 0.2, scope="shot", frame="50"))
    assert (told.first, told.last) == (CUT, FRAMES - 1)
    told = set_parameter(path, KeyRequest(None, "grain", 1.5, scope="plate", frame="50"))
    assert (told.first, told.last, told.curve) == (0, FRAMES - 1, None)
    (part,) = correct(
        TracksPlace(path, Compute()),
        CorrectRequest("mouth", (0.0, 0.2), ReachRequest(None, "shot", "10"), "cm"),
        no_progress,
        never_cancelled,
    )
    assert part.frames == ((0, CUT - 1),)
    assert (
        main(["key", "set", str(path), "--parameter", "shape", "--value", "0.4", "--scope", "shot", "--frame", "9"])
        == 0
    )
    keyed = load_project(path).project.faces[0]
    assert [round(value_of(keyed, parameter_named("shape"), frame), 6) for frame in (0, 29, 30, 79)] == [
        0.4,
        0.4,
        0.2,
        0.2,
    ]


def test_an_edit_of_a_shot_is_of_the_plate_while_its_shots_are_not_known(tmp_path: Path) -> None:
    path = tmp_path / "b.likeness"
    save_project(StoredProject(one_face(FRAMES), {}), path)
    told = set_parameter(path, KeyRequest(None, "shape", 0.2, scope="shot", frame="50"))
    assert (told.first, told.last, told.curve) == (0, FRAMES - 1, None)
