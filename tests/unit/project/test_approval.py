"""Approval holds for the picture that was looked at."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from pipeline.project.approval import approved_shots, reopened, shot_file, shots_between
from pipeline.project.frame_changes import changed_among, changed_frames
from pipeline.project.identity_edits import add_sources
from pipeline.project.key_edits import set_at_keyframe, set_for_shot
from pipeline.project.keyframe_edits import review_keyframe
from pipeline.project.keyframe_moves import move_keyframes
from pipeline.project.project import Project, Source, with_face
from tests.unit.project.documents import one_face

FRAMES = (0, 50, 100, 150)


@pytest.fixture
def approved() -> Project:
    """All keyframes are approved."""
    project = one_face(200, FRAMES)
    for frame in FRAMES:
        project = review_keyframe(project, None, frame, "approved")
    return project


def open_ones(project: Project) -> list[int]:
    return [each.frame for each in project.faces[0].keyframes if each.status == "open"]


def test_a_change_at_one_keyframe_reopens_that_one_alone(approved: Project) -> None:
    assert open_ones(reopened(approved, set_at_keyframe(approved, None, "AU12L", 50, 0.4))) == [50]


def test_a_change_of_the_shot_reopens_all_and_so_does_another_photo(approved: Project) -> None:
    assert open_ones(reopened(approved, set_for_shot(approved, None, "grain", 50, 0.2))) == list(FRAMES)
    added = add_sources(approved, "identity-1", (Source(path="y.png", sha256="2" * 64),))
    assert open_ones(reopened(approved, added)) == list(FRAMES)


def test_what_draws_nothing_reopens_nothing(approved: Project) -> None:
    noted = review_keyframe(approved, None, 50, note="lovely")
    shared = with_face(noted, replace(noted.faces[0], share=0.2))
    assert open_ones(reopened(approved, shared)) == []


def test_an_anchor_on_an_approved_neighbour_leaves_it_approved_and_what_the_edit_approves_is_approved(
    approved: Project,
) -> None:
    waiting = review_keyframe(approved, None, 50, "needs_work")
    edited = review_keyframe(set_at_keyframe(waiting, None, "AU12L", 50, 0.4), None, 50, "approved")
    assert edited.faces[0].curves["AU12L"].frames == (0, 50, 100)
    assert open_ones(reopened(waiting, edited)) == []


def test_a_keyframe_that_moves_shows_a_frame_that_nobody_approved(approved: Project) -> None:
    assert open_ones(reopened(approved, move_keyframes(approved, None, [50], 3))) == [53]


def test_frames_are_changed_where_the_curves_differ(approved: Project) -> None:
    edited = set_at_keyframe(approved, None, "AU12L", 50, 0.4)
    changed = changed_frames(approved, edited, "face-1")
    assert [frame for frame in range(200) if changed(frame)] == list(range(1, 100))
    assert changed_among(approved, edited, "face-1", range(0, 200, 7)) == list(range(7, 100, 7))
    again = set_at_keyframe(edited, None, "AU12L", 150, 0.7)
    assert changed_among(edited, again, "face-1", range(200)) == list(range(101, 199))
    assert not any(map(changed_frames(edited, edited, "face-1"), range(200)))
    assert changed_frames(approved, edited, "face-2")(7)


def test_a_shot_is_approved_when_all_its_keyframes_are(approved: Project) -> None:
    shots = shots_between([0, 60, 160], 200)
    assert shots == [range(60), range(60, 160), range(160, 200)]
    waiting = review_keyframe(approved, None, 100, "open")
    assert approved_shots(approved, "plate-1", shots) == [1, 2]
    assert approved_shots(waiting, "plate-1", shots) == [1]
    left = with_face(waiting, replace(waiting.faces[0], ignored=True))
    assert approved_shots(left, "plate-1", shots) == []
    names = [shot_file(Path("a") / name, 2, 3).as_posix() for name in ("my.film.mov", "f.####.png", "frames")]
    assert names == ["a/my.film-shot2.mov", "a/f-shot2.####.png", "a/frames-shot2"]
    assert shot_file(Path("a.mov"), 1, 1) == Path("a.mov")
