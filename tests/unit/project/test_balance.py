"""Automatic balance: curves that follow the expression, and a person's keys that stay."""

import pytest
from msgspec.structs import replace

from pipeline.project.balance import CLEARANCE_FRAMES, LEANS, balanced, unbalanced
from pipeline.project.curve import value_at
from pipeline.project.key_edits import set_at_keyframe, set_for_shot, set_key
from pipeline.project.parameter_table import PARAMETERS
from pipeline.project.parameters import MeshSettings
from pipeline.project.project import MotionSource, Project, with_face
from pipeline.project.recipe import recipe_for
from tests.unit.project.documents import one_face

FRAMES = list(range(200))
SHAPE = MeshSettings().shape
"""Where it stands without a balance."""
(LEAN,) = (lean for lean in LEANS if lean.parameter == "shape")
COURSE = [0.0] * 60 + [n / 20 for n in range(20)] + [1.0] * 40 + [1 - n / 20 for n in range(20)] + [0.0] * 60


def balance(project: Project, amount: float = 1.0) -> Project:
    return balanced(project, None, FRAMES, COURSE, amount).project


def test_at_rest_it_leans_to_the_identity_and_in_expression_to_the_performance() -> None:
    project = balance(one_face(200))
    rest, strong = (recipe_for(project, "plate-1", frame).faces[0] for frame in (10, 95))
    assert rest.settings.shape == pytest.approx(SHAPE + LEAN.rest)
    assert strong.settings.shape == pytest.approx(SHAPE + LEAN.strong)
    assert rest.settings.shape > SHAPE > strong.settings.shape
    assert rest.expression.matching == pytest.approx(0.6)
    assert strong.expression.matching == 1.0
    assert rest.expression.expression < 1 < strong.expression.expression


def test_the_curves_follow_the_course_with_few_keys() -> None:
    track = balance(one_face(200)).faces[0]
    assert sorted(track.curves) == sorted(lean.parameter for lean in LEANS)
    curve = track.curves["shape"]
    assert len(curve.keys) < 12
    assert all(key.made == "balance" for key in curve.keys)
    span = LEAN.strong - LEAN.rest
    for frame, strength in zip(FRAMES, COURSE, strict=True):
        assert value_at(curve, frame) == pytest.approx(SHAPE + LEAN.rest + span * strength, abs=0.12 * abs(span))


def test_the_same_course_gives_the_same_keys_and_a_second_balance_replaces_the_first() -> None:
    once = balance(one_face(200))
    assert balance(once) == once == balance(balance(one_face(200), 0.3))
    assert unbalanced(once, None) == one_face(200)


def test_an_amount_of_nothing_leans_nowhere() -> None:
    track = balance(one_face(200), 0.0).faces[0]
    for name, curve in track.curves.items():
        assert {key.value for key in curve.keys} == {PARAMETERS[name].constant(track)}


def test_a_parameter_that_a_person_keyed_is_left_alone() -> None:
    keyed = set_key(one_face(200), None, "shape", 40, 0.3)
    done = balanced(keyed, None, FRAMES, COURSE)
    assert done.left == ("shape",)
    assert done.project.faces[0].curves["shape"] == keyed.faces[0].curves["shape"]
    assert "shape" not in done.written


def test_keys_a_person_set_on_a_balance_stay_and_have_room() -> None:
    project = set_at_keyframe(balance(one_face(200)), None, "shape", 95, 0.2)
    own = {key for key in project.faces[0].curves["shape"].keys if key.made == "hand"}
    assert {key.frame for key in own} >= {95}
    again = balance(project).faces[0].curves["shape"]
    assert own <= set(again.keys)
    others = [key.frame for key in again.keys if key not in own]
    assert all(abs(frame - key.frame) > CLEARANCE_FRAMES for frame in others for key in own)


def test_a_curve_that_was_raised_by_a_person_is_the_persons() -> None:
    project = set_for_shot(balance(one_face(200)), None, "shape", 10, 1.2)
    assert balanced(project, None, FRAMES, COURSE).left == ("shape",)


def test_a_borrowed_motion_keeps_its_own_strength() -> None:
    project = one_face(200)
    borrowing = with_face(project, replace(project.faces[0], motion=MotionSource(path="smile.mp4")))
    assert "matching" not in balance(borrowing).faces[0].curves
