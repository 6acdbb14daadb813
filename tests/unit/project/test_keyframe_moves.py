"""Keyframes moved, copied and pasted take the keys on their frames along, and touch nothing else."""

import pytest

from pipeline.errors import ProjectError, RangeError
from pipeline.project.key_edits import set_at_keyframe, value_of
from pipeline.project.keyframe_moves import copied_keyframes, move_keyframes, paste_keyframes
from pipeline.project.parameter_table import parameter_named
from pipeline.project.project import Project
from tests.unit.project.documents import one_face

SHAPE = parameter_named("shape")


@pytest.fixture
def keyed() -> Project:
    return set_at_keyframe(one_face(200, (0, 50, 100)), None, "shape", 50, 0.2)


def key_frames(project: Project) -> list[int]:
    return [key.frame for key in project.faces[0].curves["shape"].keys]


def test_a_moved_keyframe_takes_its_keys_along(keyed: Project) -> None:
    moved = move_keyframes(keyed, None, [50], 7)
    assert [each.frame for each in moved.faces[0].keyframes] == [0, 57, 100]
    assert key_frames(moved) == [0, 57, 100]
    assert value_of(moved.faces[0], SHAPE, 57) == 0.2


def test_detection_does_not_bring_a_moved_keyframe_back(keyed: Project) -> None:
    moved = move_keyframes(keyed, None, [100], 7)
    assert [(each.frame, each.kind) for each in moved.faces[0].dismissed] == [(100, "apex")]
    assert moved.faces[0].keyframes[-1].origin == "edited"


def test_neighbours_move_together_past_each_others_places(keyed: Project) -> None:
    moved = move_keyframes(keyed, None, [50, 100], 50)
    assert [each.frame for each in moved.faces[0].keyframes] == [0, 100, 150]


def test_a_move_onto_another_keyframe_is_refused(keyed: Project) -> None:
    with pytest.raises(ProjectError, match="keyframe already"):
        move_keyframes(keyed, None, [50], 50)


def test_a_move_off_the_plate_is_refused(keyed: Project) -> None:
    with pytest.raises(RangeError):
        move_keyframes(keyed, None, [100], 100)


def test_copied_keys_are_pasted_as_a_keyframe_that_fades_to_its_neighbours(keyed: Project) -> None:
    copied = copied_keyframes(keyed.faces[0], [50])
    pasted = paste_keyframes(keyed, None, copied, 150)
    assert value_of(pasted.faces[0], SHAPE, 150) == 0.2
    assert value_of(pasted.faces[0], SHAPE, 100) == SHAPE.default
    assert [each.frame for each in pasted.faces[0].keyframes] == [0, 50, 100, 150]


def test_several_keyframes_keep_their_distances(keyed: Project) -> None:
    copied = copied_keyframes(keyed.faces[0], [100, 50])
    assert [each.offset for each in copied] == [0, 50]
    pasted = paste_keyframes(keyed, None, copied, 120)
    assert value_of(pasted.faces[0], SHAPE, 120) == 0.2
    assert value_of(pasted.faces[0], SHAPE, 170) == SHAPE.default


def test_keyframes_without_keys_copy_nothing() -> None:
    assert copied_keyframes(one_face(200, (0, 50)).faces[0], [0, 50]) == ()
