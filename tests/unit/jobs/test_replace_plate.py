"""A later version of a real plate in place of the project's: carried to the frame, and only new pictures analysed."""

import json
import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from pipeline.cli import main
from pipeline.errors import ProjectError, RangeError
from pipeline.jobs.analyse import AnalysisRequest, analyse_plate
from pipeline.jobs.new import new_project
from pipeline.jobs.progress import never_cancelled, no_note, no_progress
from pipeline.jobs.replace_plate import ReplaceRequest, replace_plate
from pipeline.jobs.source_choice import SourceChoice
from pipeline.project.keyframe_edits import add_keyframe, review_keyframe
from pipeline.project.marker_edits import add_marker
from pipeline.project.project import with_face
from pipeline.project.storage import load_project, save_project
from tests.recut_film import recut

FRAMES = [*range(60, 68), *range(4, 24), *range(36, 72)]
"""Eight frames put before, and two stretches of the old plate."""


@pytest.fixture
def project(tmp_path: Path, media_dir: Path) -> Path:
    """Keyframes at 10 (approved), 30 and 40, a marker at 2; the face is track 0."""
    shutil.copy(media_dir / "single_face.mp4", tmp_path / "v1.mp4")
    source = SourceChoice(media_dir / "synthetic_portrait.png")
    path, made = new_project(tmp_path / "shot", tmp_path / "v1.mp4", None, [source], None)
    for frame in (10, 30, 40):
        made = add_keyframe(made, "face-1", frame)
    made = review_keyframe(made, "face-1", 10, "approved", "good lid")
    made = with_face(made, replace(made.faces[0], track=0))
    save_project(load_project(path).changed(add_marker(made, "plate-1", 2)), path)
    return path


def test_by_picture_what_was_done_lies_on_the_new_frames(
    project: Path, media_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plate = recut(media_dir / "single_face.mp4", project.parent / "v2.mp4", FRAMES, graded=True)
    before = project.read_bytes()
    assert main(["replace", str(project), str(plate), "--plan", "--json"]) == 0
    plan = json.loads(capsys.readouterr().out)
    assert project.read_bytes() == before
    assert main(["replace", str(project), str(plate)]) == 0
    after = load_project(project).project
    assert (after.plates[0].path, after.plates[0].frames) == ("v2.mp4", len(FRAMES))
    shown = [(each.frame, each.status, each.note) for each in after.faces[0].keyframes]
    assert shown == [(14, "approved", "good lid"), (32, "open", "")]
    assert after.markers == ()
    told = capsys.readouterr().out
    assert "old 4 to 23 = new 8 to 27 (by picture)" in told
    assert "left out: marker at 2" in told
    assert [each["frame"] for each in plan["left_out"]] == [2, 30]
    assert plan["new_frames"] == [[0, 7]]


def test_a_number_aligns_too_and_nonsense_or_the_same_plate_is_refused(project: Path, media_dir: Path) -> None:
    plate = recut(media_dir / "single_face.mp4", project.parent / "v2.mp4", range(5, 40))

    def planned(path: Path, align: str | None):  # type: ignore[no-untyped-def]
        request = ReplaceRequest(project, path, align)
        return replace_plate(request, no_progress, never_cancelled, no_note, save=False)

    (stretch,) = planned(plate, "-5").replacement.plates.stretches
    assert (stretch.old, stretch.new, stretch.length) == (5, 0, 35)
    for align, why in (("sideways", "aligns nothing"), ("timecode", "no timecode")):
        with pytest.raises(RangeError, match=why):
            planned(plate, align)
    with pytest.raises(ProjectError, match="shows nothing"):
        planned(plate, "900")
    with pytest.raises(ProjectError, match="has already"):
        planned(project.parent / "v1.mp4", None)


@pytest.mark.long
def test_only_new_pictures_are_analysed_and_faces_find_their_tracks(project: Path, media_dir: Path) -> None:
    plate = recut(media_dir / "single_face.mp4", project.parent / "v2.mp4", FRAMES, graded=True)
    old = AnalysisRequest(project.parent / "v1.mp4", project_folder=project.parent)
    analyse_plate(old, no_progress, never_cancelled, no_note)
    report = replace_plate(ReplaceRequest(project, plate), no_progress, never_cancelled, no_note)
    assert report.analysed == 8
    assert load_project(project).project.faces[0].track == 0
    carried = analyse_plate(
        AnalysisRequest(plate, project_folder=project.parent), no_progress, never_cancelled, no_note
    )
    fresh = analyse_plate(
        AnalysisRequest(plate, project_folder=project.parent / "elsewhere"), no_progress, never_cancelled, no_note
    )
    assert carried.cuts == fresh.cuts
    (one,), (other,) = carried.faces, fresh.faces
    assert (one.first, one.last, one.seen) == (other.first, other.last, other.seen)
    assert one.width_px == pytest.approx(other.width_px, rel=0.01)
