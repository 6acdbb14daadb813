"""Edits reach as far as their scope says, and not a frame further."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import ProjectError, RangeError
from pipeline.project.curve import INTERPOLATIONS, Interpolation, value_at
from pipeline.project.key_edits import (
    remove_keys,
    set_at_keyframe,
    set_for_shot,
    set_in_range,
    set_key,
    value_of,
)
from pipeline.project.parameter_table import PARAMETERS, parameter_named
from pipeline.project.parameters import MeshSettings
from pipeline.project.project import Project
from tests.unit.project.documents import one_face

FRAMES = 400
KEYFRAMES = (0, 50, 100, 160, 300)
AT_REST = MeshSettings().shape
SHAPE = parameter_named("shape")
VALUE = st.floats(0, 1.5, width=32)
EDIT = st.tuples(st.sampled_from(("keyframe", "range", "key")), st.integers(0, FRAMES - 1), st.integers(0, 40), VALUE)
KIND = st.sampled_from(INTERPOLATIONS)


def values(project: Project, name: str = "shape") -> list[float]:
    return [value_of(project.faces[0], parameter_named(name), frame) for frame in range(FRAMES)]


def changed(before: Project, after: Project) -> list[int]:
    pairs = zip(values(before), values(after), strict=True)
    return [frame for frame, (one, other) in enumerate(pairs) if abs(one - other) > 2e-6]


def edited(project: Project, edits: list[tuple[str, int, int, float]], kind: Interpolation) -> Project:
    for scope, frame, length, value in edits:
        if scope == "keyframe":
            project = set_at_keyframe(project, None, "shape", frame, value, kind)
        elif scope == "key":
            project = set_key(project, None, "shape", frame, value, kind)
        else:
            last = min(frame + length, FRAMES - 1)
            project = set_in_range(project, None, "shape", range(frame, last + 1), value, length // 3, kind)
    return project


def test_an_edit_at_a_keyframe_fades_to_its_neighbours() -> None:
    before = one_face(FRAMES, KEYFRAMES)
    after = set_at_keyframe(before, "face-1", "shape", 100, 0.2)
    assert [(key.frame, key.value) for key in after.faces[0].curves["shape"].keys] == [
        (50, AT_REST),
        (100, 0.2),
        (160, AT_REST),
    ]
    assert changed(before, after) == list(range(51, 160))
    assert values(after)[100] == 0.2
    assert [each.origin for each in after.faces[0].keyframes] == ["detected", "detected", "edited", *["detected"] * 2]
    assert before == one_face(FRAMES, KEYFRAMES)


def test_a_frame_that_is_no_keyframe_becomes_one() -> None:
    after = set_at_keyframe(one_face(FRAMES, KEYFRAMES), None, "shape", 200, 0.2)
    made = after.faces[0].keyframes[4]
    assert (made.frame, made.origin, made.kind, made.score) == (200, "manual", "manual", None)
    assert [key.frame for key in after.faces[0].curves["shape"].keys] == [160, 200, 300]


def test_without_neighbours_the_plates_ends_hold_what_was_there() -> None:
    after = set_at_keyframe(one_face(FRAMES), None, "shape", 100, 0.2)
    assert [key.frame for key in after.faces[0].curves["shape"].keys] == [0, 100, FRAMES - 1]
    still = set_at_keyframe(one_face(1), None, "shape", 0, 0.2)
    assert [(key.frame, key.value) for key in still.faces[0].curves["shape"].keys] == [(0, 0.2)]


@given(st.lists(EDIT, max_size=5), KIND, st.sampled_from(KEYFRAMES), VALUE, KIND)
def test_beyond_the_neighbours_nothing_changes_whatever_was_there(
    edits: list[tuple[str, int, int, float]], first: Interpolation, frame: int, value: float, kind: Interpolation
) -> None:
    before = edited(one_face(FRAMES, KEYFRAMES), edits, first)
    marks = [each.frame for each in before.faces[0].keyframes]
    low = max((each for each in marks if each < frame), default=0)
    high = min((each for each in marks if each > frame), default=FRAMES - 1)
    after = set_at_keyframe(before, None, "shape", frame, value, kind)
    assert values(after)[frame] == pytest.approx(value, abs=1e-6)
    assert all(low < each < high or each == frame for each in changed(before, after))


@given(st.lists(EDIT, max_size=5), KIND, st.integers(0, FRAMES - 1), st.integers(0, 60), st.integers(0, 20), VALUE)
def test_a_range_takes_the_value_and_beyond_its_ramps_nothing_changes(
    edits: list[tuple[str, int, int, float]], kind: Interpolation, first: int, length: int, ramp: int, value: float
) -> None:
    before = edited(one_face(FRAMES, KEYFRAMES), edits, kind)
    last = min(first + length, FRAMES - 1)
    after = set_in_range(before, None, "shape", range(first, last + 1), value, ramp, kind)
    assert values(after)[first : last + 1] == pytest.approx([value] * (last + 1 - first), abs=1e-6)
    assert all(first - ramp <= each <= last + ramp for each in changed(before, after))


def test_a_ramp_leads_to_the_range() -> None:
    after = values(set_in_range(one_face(FRAMES), None, "shape", range(100, 111), 0.05, 7, "linear"))
    assert after[92] == after[118] == AT_REST
    assert after[96] == pytest.approx((AT_REST + 0.05) / 2)
    assert after[100:111] == [0.05] * 11


@given(st.lists(EDIT, max_size=4), KIND, st.integers(0, FRAMES - 1), VALUE)
def test_a_whole_shot_is_raised_alike_inside_the_bounds(
    edits: list[tuple[str, int, int, float]], kind: Interpolation, frame: int, value: float
) -> None:
    before = edited(one_face(FRAMES, KEYFRAMES), edits, kind)
    after = set_for_shot(before, None, "shape", frame, value)
    change = value - values(before)[frame]
    assert keys(after) == pytest.approx([min(max(old + change, 0.0), 1.5) for old in keys(before)], abs=2e-6)


@given(st.lists(EDIT, max_size=4), KIND, st.integers(0, FRAMES - 1), st.integers(0, 120), st.integers(0, 120), VALUE)
def test_one_shot_of_several_is_raised_alike_and_steps_at_its_cuts(
    edits: list[tuple[str, int, int, float]],
    kind: Interpolation,
    frame: int,
    before_it: int,
    after_it: int,
    value: float,
) -> None:
    before = edited(one_face(FRAMES, KEYFRAMES), edits, kind)
    shot = range(max(0, frame - before_it), min(FRAMES, frame + after_it + 1))
    after = set_for_shot(before, None, "shape", frame, value, shot)
    assert set(changed(before, after)) <= set(shot)
    change = value - values(before)[frame]
    raised = [each + change for each in values(before)]
    if all(0.0 <= raised[each] <= 1.5 for each in shot):
        assert [values(after)[each] for each in shot] == pytest.approx([raised[each] for each in shot], abs=2e-6)


def test_nothing_leads_over_a_cut() -> None:
    once = set_for_shot(one_face(FRAMES), None, "shape", 120, 0.2, range(100, 200))
    twice = set_for_shot(once, None, "shape", 250, 1.1, range(200, FRAMES))
    curve = twice.faces[0].curves["shape"]
    assert [value_at(curve, frame) for frame in (0, 99, 99.9, 100, 199.9, 200, 399)] == [
        AT_REST,
        AT_REST,
        AT_REST,
        0.2,
        0.2,
        1.1,
        1.1,
    ]
    back = set_for_shot(twice, None, "shape", 120, AT_REST, range(100, 200))
    assert set(values(back)[:200]) == {AT_REST}


def test_the_only_shot_is_the_plate() -> None:
    plain = one_face(FRAMES)
    assert set_for_shot(plain, None, "shape", 7, 0.2, range(FRAMES)) == set_for_shot(plain, None, "shape", 7, 0.2)


def keys(project: Project) -> list[float]:
    curve = project.faces[0].curves.get("shape")
    return [] if curve is None else [key.value for key in curve.keys]


def test_a_whole_shot_without_curve_is_one_number() -> None:
    after = set_for_shot(one_face(FRAMES, settings=MeshSettings(grain=0.3)), None, "shape", 7, 0.25)
    assert after.faces[0].settings == MeshSettings(grain=0.3, shape=0.25)
    assert not after.faces[0].curves


def test_the_last_key_taken_away_leaves_the_constant() -> None:
    one = set_key(one_face(FRAMES), None, "shape", 10, 0.1)
    two = set_key(one, None, "shape", 20, 0.9)
    assert remove_keys(two, None, "shape", 20, 20) == one
    assert remove_keys(two, None, "shape", 0, 399) == one_face(FRAMES)
    with pytest.raises(ProjectError, match="no key on frames 11 to 19"):
        remove_keys(two, None, "shape", 11, 19)


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (lambda p: set_key(p, None, "shape", 10, 1.6), "shape goes from 0 to 1.5"),
        (lambda p: set_key(p, None, "shape", 10, float("nan")), "cannot be nan"),
        (lambda p: set_key(p, None, "expresion_mouth", 10, 1.0), "no parameter expresion_mouth"),
        (lambda p: set_key(p, "face-9", "shape", 10, 1.0), "no face face-9 in the project. There are: face-1"),
        (lambda p: set_at_keyframe(p, None, "shape", FRAMES, 1.0), "frames 0 to 399"),
        (lambda p: set_in_range(p, None, "shape", range(5, 5), 1.0), "at least one frame"),
        (lambda p: set_in_range(p, None, "shape", range(5, 401), 1.0), "no frame 400"),
        (lambda p: set_for_shot(p, None, "shape", 0, -0.1), "cannot be -0.1"),
        (lambda p: remove_keys(p, None, "shape", 3, 3), "no key on frame 3"),
    ],
)
def test_what_cannot_be_is_refused_by_name(edit: Callable[[Project], Project], message: str) -> None:
    with pytest.raises((ProjectError, RangeError), match=message):
        edit(one_face(FRAMES))


@pytest.mark.parametrize("name", PARAMETERS)
def test_every_parameter_can_be_keyed(name: str) -> None:
    parameter = PARAMETERS[name]
    after = set_at_keyframe(one_face(FRAMES, KEYFRAMES), None, name, 100, parameter.highest)
    assert values(after, name)[100] == parameter.highest
    assert values(after, name)[50] == values(after, name)[300] == parameter.default
