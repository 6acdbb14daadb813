"""Parts of a face are moved, copied and taken back as far as a scope reaches; nothing beyond it changes."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from pipeline.errors import ProjectError, RangeError
from pipeline.project.face_edits import ignore_face, merge_faces, pin_track, split_face
from pipeline.project.frame_changes import changed_among, changed_frames
from pipeline.project.keyframe_edits import review_keyframe
from pipeline.project.keyframe_moves import move_keyframes
from pipeline.project.landmark_edits import (
    copy_landmarks,
    move_landmarks,
    reset_landmarks,
    without_landmark_keys,
)
from pipeline.project.landmark_move import FARTHEST, USUAL_REACH, LandmarkShift, moved_runs, shifts_at
from pipeline.project.landmark_parts import REGIONS, checked_part, points_of
from pipeline.project.project import FaceTrack, Project
from pipeline.project.reached import Reached
from pipeline.project.recipe import recipe_of
from pipeline.project.storage import StoredProject, load_project, save_project
from tests.unit.project.documents import one_face

UP = (0.0, 0.4, 0.0)


def way(project: Project, frame: int, part: str = "mouth", face: int = 0) -> tuple[float, float, float]:
    """What a part is moved by in a frame, all its corrections together."""
    found = [each for each in shifts_at(project.faces[face].landmark_moves, frame) if each.part == part]
    return sum(s.x for s in found), sum(s.y for s in found), sum(s.z for s in found)


def touched(project: Project, face: FaceTrack | None = None) -> list[int]:
    """Frames in which anything is moved."""
    moves = (project.faces[0] if face is None else face).landmark_moves
    return [frame for frame in range(project.plates[0].frames) if shifts_at(moves, frame)]


def test_at_a_keyframe_a_move_fades_to_the_neighbouring_keyframes_and_no_farther() -> None:
    project = move_landmarks(one_face(100, (20, 40, 60)), None, "mouth", UP, Reached(40))
    assert touched(project) == list(range(21, 60))
    assert way(project, 40) == UP
    heights = [way(project, frame)[1] for frame in range(20, 61)]
    assert heights[:21] == sorted(heights[:21])
    assert heights[20:] == sorted(heights[20:], reverse=True)
    assert project.faces[0].keyframes[1].origin == "edited"


def test_a_range_takes_the_move_on_all_its_frames_and_ramps_to_it() -> None:
    project = move_landmarks(one_face(100), None, "61", UP, Reached(30, "range", range(30, 41), ramp=3))
    assert touched(project) == list(range(27, 44))
    assert {way(project, frame, "61") for frame in range(30, 41)} == {UP}


def test_the_whole_shot_is_moved_by_as_much_on_top_of_what_was_there() -> None:
    project = move_landmarks(one_face(100, (20, 40, 60)), None, "mouth", UP, Reached(40))
    raised = move_landmarks(project, None, "mouth", (0.1, 0.0, 0.0), Reached(40, "shot"))
    assert touched(raised) == list(range(100))
    for frame in (0, 33, 40, 99):
        assert way(raised, frame) == pytest.approx((0.1, way(project, frame)[1], 0.0))


def test_moves_of_a_part_add_up_and_of_different_parts_stand_side_by_side() -> None:
    project = move_landmarks(one_face(100), None, "mouth", UP, Reached(40), reach=2.0)
    project = move_landmarks(project, None, "mouth", (0.25, 0.0, 0.0), Reached(40))
    project = move_landmarks(project, None, "left_eye", UP, Reached(40))
    assert recipe_of(project.faces[0], 40).landmark_shifts == (
        LandmarkShift("mouth", 0.25, 0.4, 0.0, 2.0),
        LandmarkShift("left_eye", 0.0, 0.4, 0.0, USUAL_REACH),
    )


def test_where_nothing_is_moved_the_recipe_is_that_of_a_face_without_corrections() -> None:
    plain = one_face(100, (20, 40, 60))
    project = move_landmarks(plain, None, "mouth", UP, Reached(40))
    for frame in (0, 20, 60, 99):
        assert recipe_of(project.faces[0], frame) == recipe_of(plain.faces[0], frame)


def test_taken_back_the_face_is_as_it_was() -> None:
    plain = one_face(100, (20, 40, 60))
    project = move_landmarks(plain, None, "mouth", UP, Reached(40))
    both = move_landmarks(project, None, "61", UP, Reached(50, "range", range(50, 55)))
    assert touched(reset_landmarks(both, None, "61", Reached(50, "shot"))) == touched(project)
    assert reset_landmarks(project, None, "mouth", Reached(40)).faces[0].landmark_moves == ()
    assert reset_landmarks(both, None, None, Reached(0, "shot")).faces[0].landmark_moves == ()
    within = reset_landmarks(both, None, None, Reached(52, "range", range(52, 54)))
    assert not {52, 53} & set(touched(within))
    assert way(within, 40) == UP
    with pytest.raises(ProjectError, match="Nothing of face-1 is corrected"):
        reset_landmarks(plain, None, None, Reached(40))
    with pytest.raises(ProjectError, match="Nothing at the left eye"):
        reset_landmarks(project, None, "left_eye", Reached(40))


def test_a_frame_is_corrected_as_another_one_is() -> None:
    project = move_landmarks(one_face(100, (20, 40, 60)), None, "mouth", UP, Reached(40), reach=0.8)
    copied = copy_landmarks(project, None, 40, 60)
    assert way(copied, 60) == UP
    assert copied.faces[0].landmark_moves[0].reach.keys[-1].value == 0.8
    assert [way(copied, frame) for frame in (20, 30, 40)] == [way(project, frame) for frame in (20, 30, 40)]
    assert touched(copied) == list(range(21, 99))


def test_what_a_face_has_not_and_what_goes_too_far_is_refused() -> None:
    project = one_face(100)
    for part in ("chin", "468", "-1", "07", "²"):
        with pytest.raises(ProjectError, match="no part"):
            move_landmarks(project, None, part, UP, Reached(40))
    for by in ((FARTHEST + 0.1, 0.0, 0.0), (float("nan"), 0.0, 0.0)):
        with pytest.raises(ProjectError, match="3 cm is the most"):
            move_landmarks(project, None, "mouth", by, Reached(40))
    with pytest.raises(ProjectError, match="reach"):
        move_landmarks(project, None, "mouth", UP, Reached(40), reach=7.0)
    with pytest.raises(RangeError, match="no frame 100"):
        move_landmarks(project, None, "mouth", UP, Reached(100))
    with pytest.raises(RangeError, match="at least one frame"):
        move_landmarks(project, None, "mouth", UP, Reached(4, "range", range(4, 4)))


def test_regions_name_landmarks_once_and_points_themselves() -> None:
    for name, points in REGIONS.items():
        assert len(set(points)) == len(points), name
        assert set(points) <= set(range(478)), name
    assert points_of("467") == (467,)
    assert checked_part("left_iris") == "left_iris"


def test_a_file_gives_corrections_back_and_keeps_what_it_does_not_know_of_them(tmp_path: Path) -> None:
    path = tmp_path / "a.likeness"
    project = move_landmarks(one_face(100, (20, 40, 60)), None, "mouth", UP, Reached(40))
    project = move_landmarks(project, None, "61", UP, Reached(10, "shot"), reach=0.3)
    stored = save_project(StoredProject(project, {}), path)
    assert load_project(path).project == project
    stored.raw["faces"][0]["landmark_moves"][1]["colour"] = "red"
    fewer = reset_landmarks(project, None, "mouth", Reached(0, "shot"))
    kept = save_project(stored.changed(fewer), path).raw["faces"][0]["landmark_moves"]
    assert [(each["part"], each.get("colour")) for each in kept] == [("61", "red")]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [('"mouth"', '"chin"', "no part chin"), ("0.4", "40", "3 cm at most"), ("1.5", "-1", "from 0 to 6 cm")],
)
def test_a_file_with_a_correction_that_cannot_be_is_refused(tmp_path: Path, old: str, new: str, words: str) -> None:
    path = tmp_path / "a.likeness"
    project = move_landmarks(one_face(100), None, "mouth", UP, Reached(40, "shot"))
    save_project(StoredProject(project, {}), path)
    path.write_text(path.read_text("utf-8").replace(f": {old}", f": {new}"), "utf-8")
    with pytest.raises(ProjectError, match=words):
        load_project(path)


def test_an_edit_changes_the_frames_it_moves_something_in_and_reopens_their_approval() -> None:
    plain = one_face(200, (20, 40, 60, 100))
    for frame in (40, 100):
        plain = review_keyframe(plain, None, frame, "approved")
    edited = move_landmarks(plain, None, "mouth", UP, Reached(40))
    changed = changed_frames(plain, edited, "face-1")
    assert [frame for frame in range(200) if changed(frame)] == touched(edited)
    assert changed_among(plain, edited, "face-1", range(200)) == touched(edited)
    more = move_landmarks(edited, None, "mouth", UP, Reached(100))
    assert changed_among(edited, more, "face-1", range(200)) == list(range(61, 199))


def test_the_runs_of_corrected_frames_are_read_off_the_keys() -> None:
    project = move_landmarks(one_face(100, (20, 40, 60)), None, "mouth", UP, Reached(40))
    project = move_landmarks(project, None, "61", UP, Reached(70, "range", range(70, 75), ramp=3))
    moves = project.faces[0].landmark_moves
    assert moved_runs(moves, 100) == ((21, 59), (67, 77))
    assert moved_runs((replace(moves[0], first=30, last=50), moves[1]), 72) == ((30, 50), (67, 71))
    assert moved_runs(move_landmarks(one_face(9), None, "nose", UP, Reached(3, "shot")).faces[0].landmark_moves, 9) == (
        (0, 8),
    )
    assert moved_runs((), 100) == ()


def test_a_moved_keyframe_takes_its_correction_along() -> None:
    project = move_landmarks(one_face(100, (20, 40, 60)), None, "mouth", UP, Reached(40))
    moved = move_keyframes(project, None, [40], 5)
    assert way(moved, 45) == UP
    assert touched(moved) == touched(project)


def test_without_its_keys_on_a_frame_a_correction_of_that_frame_alone_is_gone() -> None:
    moves = move_landmarks(one_face(100, (20, 40, 60)), None, "mouth", UP, Reached(40)).faces[0].landmark_moves
    assert without_landmark_keys(moves, 40) == ()
    assert without_landmark_keys(moves, 41) == moves


def test_a_split_face_keeps_its_corrections_on_both_sides_and_merging_takes_it_back() -> None:
    project = pin_track(one_face(100, (20, 40, 60)), None, 0)
    project = move_landmarks(project, None, "mouth", UP, Reached(40))
    project = move_landmarks(project, None, "61", UP, Reached(0, "shot"))
    parted, new = split_face(project, None, 50)
    kept = parted.faces[0]
    for frame in (0, 45, 49):
        assert shifts_at(kept.landmark_moves, frame) == shifts_at(project.faces[0].landmark_moves, frame)
        assert shifts_at(new.landmark_moves, frame) == ()
    for frame in (50, 55, 99):
        assert shifts_at(new.landmark_moves, frame) == shifts_at(project.faces[0].landmark_moves, frame)
    assert merge_faces(parted, kept.id, new.id).faces[0].landmark_moves == project.faces[0].landmark_moves
    assert ignore_face(project, None).faces[0].landmark_moves == project.faces[0].landmark_moves


def test_merged_faces_are_corrected_where_each_of_them_was() -> None:
    first = replace(one_face(100).faces[0], track=0, keyframes=())
    second = replace(first, id="face-2", track=1)
    project = replace(one_face(100), faces=(first, second))
    project = move_landmarks(project, "face-1", "mouth", UP, Reached(10, "shot"))
    project = move_landmarks(project, "face-2", "mouth", (0.3, 0.0, 0.0), Reached(60, "shot"))
    merged = merge_faces(project, "face-1", "face-2", {"face-1": (0, 39), "face-2": (50, 99)})
    assert [way(merged, frame) for frame in (0, 39, 50, 99)] == [UP, UP, (0.3, 0.0, 0.0), (0.3, 0.0, 0.0)]


def test_a_shot_of_several_is_moved_alike_and_taken_back_alone() -> None:
    where = Reached(60, "shot", range(50, 80))
    project = move_landmarks(one_face(100), None, "mouth", UP, Reached(10))
    before = [shifts_at(project.faces[0].landmark_moves, frame) for frame in range(100)]
    moved = move_landmarks(project, None, "mouth", UP, where)
    after = [shifts_at(moved.faces[0].landmark_moves, frame) for frame in range(100)]
    assert [frame for frame in range(100) if before[frame] != after[frame]] == list(range(50, 80))
    back = reset_landmarks(moved, None, "mouth", where)
    assert [frame for frame in range(100) if shifts_at(back.faces[0].landmark_moves, frame) != before[frame]] == [
        frame for frame in range(50, 80) if before[frame]
    ]
    with pytest.raises(RangeError):
        move_landmarks(project, None, "mouth", UP, Reached(60, "shot", range(50, 101)))
