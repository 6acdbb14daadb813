"""Strokes over a face's matte are painted, copied, taken back and carried, as far as an edit's scope reaches."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from pipeline.errors import ProjectError, RangeError
from pipeline.project.face_edits import merge_faces, pin_track, split_face
from pipeline.project.frame_changes import changed_among
from pipeline.project.keyframe_edits import is_touched
from pipeline.project.keyframe_moves import move_keyframes
from pipeline.project.matte_edits import copy_matte, paint_matte, reset_matte, without_matte_keys
from pipeline.project.matte_stroke import Brush, LaidStroke, painted_runs, strokes_at
from pipeline.project.project import FaceTrack, Project
from pipeline.project.reached import Reached
from pipeline.project.recipe import recipe_of
from pipeline.project.storage import load_project
from tests.unit.project.documents import one_face

DAB = Brush(shows="plate", points=((10, 0.0, 0.5, 0.0),))
LINE = Brush(shows="face", points=((61, 0.0, 0.0, 0.0), (291, 0.0, 0.0, 0.0)), radius=1.0, softness=0.0)


def amount(project: Project, frame: int, brush: Brush = DAB) -> float:
    """How far a stroke counts in a frame of the only face."""
    found = [each.amount for each in strokes_at(project.faces[0].matte_strokes, frame) if each.brush == brush]
    return found[0] if found else 0.0


def painted(face: FaceTrack, frames: int = 100) -> list[int]:
    """Frames in which anything is painted."""
    return [frame for frame in range(frames) if strokes_at(face.matte_strokes, frame)]


def test_at_a_keyframe_a_stroke_fades_to_the_neighbouring_keyframes_and_no_farther() -> None:
    project = paint_matte(one_face(100, (20, 40, 60)), None, DAB, Reached(40))
    assert painted(project.faces[0]) == list(range(21, 60))
    rise = [amount(project, frame) for frame in range(20, 61)]
    assert rise[20] == 1.0
    assert rise[:21] == sorted(rise[:21])
    assert rise[20:] == sorted(rise[20:], reverse=True)
    assert project.faces[0].keyframes[1].origin == "edited"
    assert is_touched(project.faces[0], project.faces[0].keyframes[1])


def test_a_range_and_the_whole_shot_are_painted_wholly() -> None:
    plain = one_face(100)
    project = paint_matte(plain, None, DAB, Reached(30, "range", range(30, 41), ramp=3))
    assert painted(project.faces[0]) == list(range(27, 44))
    assert {amount(project, frame) for frame in range(30, 41)} == {1.0}
    project = paint_matte(plain, None, DAB, Reached(30, "shot"))
    assert {amount(project, frame) for frame in range(100)} == {1.0}


def test_later_strokes_lie_over_earlier_ones_in_the_recipe() -> None:
    project = paint_matte(one_face(100), None, DAB, Reached(40))
    project = paint_matte(project, None, LINE, Reached(40))
    assert recipe_of(project.faces[0], 40).matte_strokes == (LaidStroke(DAB, 1.0), LaidStroke(LINE, 1.0))


def test_taken_back_the_matte_is_as_it_was_found_as_far_as_the_scope_reaches() -> None:
    plain = one_face(100, (20, 40, 60))
    project = paint_matte(paint_matte(plain, None, DAB, Reached(40, "shot")), None, LINE, Reached(40))
    here = reset_matte(project, None, Reached(40))
    assert strokes_at(here.faces[0].matte_strokes, 40) == ()
    assert amount(here, 20) == amount(here, 60) == 1.0
    assert reset_matte(project, None, Reached(40, "shot")).faces[0].matte_strokes == ()
    for frame in (0, 20, 60, 99):
        at_keyframe = paint_matte(plain, None, DAB, Reached(40))
        assert recipe_of(at_keyframe.faces[0], frame) == recipe_of(plain.faces[0], frame)


def test_a_frame_is_painted_as_another_one_is() -> None:
    project = paint_matte(one_face(100, (20, 40, 60)), None, DAB, Reached(20))
    project = copy_matte(project, None, 20, 60)
    assert [amount(project, frame) for frame in (20, 40, 60)] == [1.0, 0.0, 1.0]


def test_what_cannot_be_is_refused() -> None:
    project = one_face(100)
    with pytest.raises(ProjectError, match="Nothing of face-1's matte is painted, so"):
        reset_matte(project, None, Reached(40))
    with pytest.raises(ProjectError, match="at frame 20: paint there first"):
        copy_matte(project, None, 20, 60)
    with pytest.raises(RangeError, match="no frame 100"):
        paint_matte(project, None, DAB, Reached(100))
    for wrong in ({"points": ()}, {"radius": 0.0}, {"radius": 9.0}, {"points": ((10, 0.0, float("nan"), 0.0),)}):
        with pytest.raises(ValueError, match=r"stroke|radius"):
            replace(DAB, **wrong)


def test_an_edit_changes_the_frames_it_paints() -> None:
    plain = one_face(100, (20, 40, 60))
    project = paint_matte(plain, None, DAB, Reached(40))
    assert changed_among(plain, project, "face-1", range(100)) == list(range(21, 60))
    less = reset_matte(paint_matte(project, None, LINE, Reached(60)), None, Reached(40))
    more = paint_matte(project, None, LINE, Reached(60))
    assert changed_among(less, more, "face-1", range(100)) == [
        frame for frame in range(100) if recipe_of(less.faces[0], frame) != recipe_of(more.faces[0], frame)
    ]


def test_the_runs_of_painted_frames_are_read_off_the_keys() -> None:
    project = paint_matte(one_face(100, (20, 40, 60)), None, DAB, Reached(40))
    project = paint_matte(project, None, LINE, Reached(80, "range", range(80, 90)))
    assert painted_runs(project.faces[0].matte_strokes, 100) == ((21, 59), (80, 89))


def test_a_moved_keyframe_takes_its_strokes_along_and_a_removed_one_takes_them_away() -> None:
    project = paint_matte(one_face(100, (20, 40, 60)), None, DAB, Reached(40))
    moved = move_keyframes(project, None, (40,), 5)
    assert (amount(moved, 45), amount(moved, 60)) == (1.0, 0.0)
    assert without_matte_keys(project.faces[0].matte_strokes, 40) == ()
    assert without_matte_keys(project.faces[0].matte_strokes, 41) == project.faces[0].matte_strokes


def test_a_split_face_is_painted_on_both_sides_and_merging_takes_it_back() -> None:
    project = pin_track(one_face(100), None, 3)
    project = paint_matte(project, None, DAB, Reached(40, "range", range(30, 71)))
    whole = project.faces[0]
    split, new = split_face(project, None, 50)
    kept = split.faces[0]
    assert (painted(kept)[-1], painted(new)[0]) == (49, 50)
    merged = merge_faces(split, kept.id, new.id)
    assert merged.faces[0].matte_strokes == whole.matte_strokes


def test_a_file_gives_strokes_back(data_dir: Path) -> None:
    (stroke,) = load_project(data_dir / "projects" / "schema-3.likeness").project.faces[0].matte_strokes
    assert stroke.brush.points[0] == (10, 0.25, -0.5, 0.0)
    assert (stroke.frames, stroke.last) == ((0, 12, 60), 60)


def test_a_shot_of_several_is_painted_and_taken_back_alone() -> None:
    first, second = Reached(10, "shot", range(50)), Reached(60, "shot", range(50, 80))
    project = paint_matte(one_face(100, (20, 90)), None, DAB, second)
    assert [frame for frame in range(100) if amount(project, frame) == 1.0] == painted(project.faces[0])
    assert painted(project.faces[0]) == list(range(50, 80))
    both = paint_matte(project, None, LINE, Reached(10, "plate"))
    assert painted(reset_matte(both, None, first).faces[0]) == list(range(50, 100))
    assert reset_matte(both, None, Reached(10, "plate")).faces[0].matte_strokes == ()
