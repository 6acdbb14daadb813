"""A new version of a plate: what was done to the old one is on its frames, and what fell outside is named."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pipeline.errors import ProjectError
from pipeline.project.curve import Curve, Interpolation, Key, value_at
from pipeline.project.landmark_edits import move_landmarks
from pipeline.project.landmark_move import shifts_at
from pipeline.project.marker_edits import add_marker, change_marker
from pipeline.project.plate_map import PlateMap, Stretch, outside, side_by_side
from pipeline.project.plate_replacement import FaceTracks, Replacement, carried_curve, replaced
from pipeline.project.project import MotionSource, Project, with_face
from pipeline.project.reached import Reached
from tests.unit.project.documents import one_face

RECUT = PlateMap(stretches=(Stretch(old=10, new=0, length=40), Stretch(old=70, new=45, length=60)))
"""Ten frames less at the head, twenty less in the middle, five new ones there."""


def project() -> Project:
    found = one_face(200, (5, 20, 60, 100))
    face = found.faces[0]
    keyframes = tuple(replace(each, status="approved", note=f"at {each.frame}") for each in face.keyframes)
    curve = Curve(keys=(Key(frame=5, value=0.0), Key(frame=100, value=1.0)))
    face = replace(face, keyframes=keyframes, curves={"overall": curve}, track=3)
    found = with_face(found, face)
    for frame in (8, 30, 199):
        found = add_marker(found, "plate-1", frame)
    return change_marker(found, "marker-1", name="Slate")


def replacement(**more: object) -> Replacement:
    plate = replace(project().plates[0], path="v2.mov", sha256="2" * 64, frames=105)
    return msgspec.structs.replace(Replacement(plate=plate, plates=RECUT), **more)


def test_keyframes_keys_and_markers_lie_on_the_new_frames() -> None:
    after, carried = replaced(project(), replacement())
    face = after.faces[0]
    assert after.plates[0].path == "v2.mov"
    assert [(each.frame, each.note) for each in face.keyframes] == [(10, "at 20"), (75, "at 100")]
    assert [each.frame for each in after.markers] == [20]
    assert (carried.keyframes, carried.markers, carried.keys) == (2, 1, len(face.curves["overall"].keys))


def test_what_fell_outside_is_named_with_its_words() -> None:
    _, carried = replaced(project(), replacement())
    found = [(each.what, each.frame, each.words) for each in carried.left_out]
    assert found == [
        ("keyframe", 5, "apex; at 5"),
        ("keys", 5, "overall"),
        ("marker", 8, "Slate"),
        ("keyframe", 60, "apex; at 60"),
        ("marker", 199, "without a name"),
    ]


def test_only_where_the_picture_is_the_same_does_an_approval_stay() -> None:
    after, carried = replaced(project(), replacement(unchanged=((0, 39),)))
    assert [each.status for each in after.faces[0].keyframes] == ["approved", "open"]
    assert carried.reopened == 1


def test_faces_take_the_tracks_of_the_new_analysis_and_are_ignored_where_they_have_none() -> None:
    after, carried = replaced(project(), replacement(tracks={"face-1": FaceTracks(track=0)}))
    assert (after.faces[0].track, after.faces[0].ignored, carried.unseen) == (0, False, ())
    after, carried = replaced(project(), replacement(tracks={"face-1": FaceTracks()}))
    assert (after.faces[0].ignored, carried.unseen) == (True, ("face-1",))


def test_a_motion_that_starts_with_the_plate_is_told_of() -> None:
    found = project()
    found = with_face(found, replace(found.faces[0], motion=MotionSource(path="donor.mp4")))
    assert "donor.mp4" in replaced(found, replacement())[1].notes[0]
    same = replacement(plates=side_by_side(0, 200, 105))
    assert replaced(found, same)[1].notes == ()


def test_another_plate_of_the_project_is_left_alone_and_one_that_is_none_refused() -> None:
    with pytest.raises(ProjectError, match="plate-9"):
        replaced(project(), replacement(plate=replace(project().plates[0], id="plate-9")))


def test_two_plates_side_by_side() -> None:
    assert side_by_side(-12, 100, 80).stretches == (Stretch(old=12, new=0, length=80),)
    assert side_by_side(8, 100, 80).stretches == (Stretch(old=0, new=8, length=72),)
    assert side_by_side(90, 100, 80).stretches == ()
    assert outside(RECUT.stretches, 105, new=True) == ((40, 44),)
    assert outside(RECUT.stretches, 140, new=False) == ((0, 9), (50, 69), (130, 139))


WAYS: tuple[Interpolation, ...] = ("smooth", "hold", "linear", "ease", "bezier")


@given(
    st.lists(
        st.tuples(st.integers(0, 150), st.floats(-2, 2), st.sampled_from(WAYS)),
        min_size=1,
        max_size=7,
        unique_by=lambda each: each[0],
    )
)
def test_a_curve_has_its_old_values_on_every_frame_that_is_carried(
    keys: list[tuple[int, float, Interpolation]],
) -> None:
    curve = Curve(keys=tuple(Key(frame=f, value=v, interpolation=way) for f, v, way in sorted(keys)))
    moved = carried_curve(curve, RECUT)
    assert moved is not None
    for stretch in RECUT.stretches:
        for frame in stretch.old_frames:
            assert value_at(moved, frame + stretch.offset) == pytest.approx(value_at(curve, frame), abs=1e-6)


def test_corrections_of_landmarks_lie_on_the_new_frames_and_end_where_they_ended() -> None:
    before = move_landmarks(project(), None, "mouth", (0.0, 0.5, 0.0), Reached(30, "range", range(25, 36)))
    parted = before.faces[0].landmark_moves[0]
    limited = replace(parted, part="nose", first=5, last=64)
    gone = replace(parted, part="jaw", first=0, last=8)
    before = with_face(before, replace(before.faces[0], landmark_moves=(parted, limited, gone)))
    after, carried = replaced(before, replacement())
    moves = after.faces[0].landmark_moves
    assert [(each.part, each.first, each.last) for each in moves] == [("mouth", None, None), ("nose", 0, 39)]
    assert [frame for frame in range(105) if shifts_at(moves[:1], frame)] == list(range(15, 26))
    assert shifts_at(moves[:1], 20) == shifts_at((parted,), 30)
    assert carried.keys == len(after.faces[0].curves["overall"].keys) + sum(len(each.frames) for each in moves)
