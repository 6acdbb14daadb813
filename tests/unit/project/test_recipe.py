"""The recipe of a frame: what every render takes its parameters from."""

import time

import pytest
from msgspec.structs import replace

from pipeline.project.curve import Curve, Key
from pipeline.project.expression import ExpressionWeights
from pipeline.project.face_parameters import FaceParameters
from pipeline.project.key_edits import set_at_keyframe
from pipeline.project.parameter_table import PARAMETERS, parameter_named
from pipeline.project.parameters import MeshSettings
from pipeline.project.project import with_face
from pipeline.project.recipe import parameters_at, recipe_for
from tests.unit.project.documents import one_face

FRAMES = 120_000


def test_a_curve_stands_over_the_constant_and_the_rest_stays() -> None:
    project = set_at_keyframe(one_face(settings=MeshSettings(grain=0.4)), None, "shape", 100, 0.3)
    recipe = recipe_for(project, "plate-1", 100)
    assert (recipe.plate, recipe.frame, [face.face for face in recipe.faces]) == ("plate-1", 100, ["face-1"])
    assert recipe.faces[0].settings == MeshSettings(grain=0.4, shape=0.3)
    assert recipe_for(project, "plate-1", 0).faces[0].settings == MeshSettings(grain=0.4)
    assert 0.3 < recipe_for(project, "plate-1", 60).faces[0].settings.shape < 0.85


def test_only_the_plates_own_faces_are_in_its_recipe_in_the_documents_order() -> None:
    project = one_face()
    face = project.faces[0]
    project = replace(
        project, faces=(replace(face, id="b"), replace(face, id="x", plate="plate-2"), replace(face, id="a"))
    )
    assert [each.face for each in recipe_for(project, "plate-1", 3).faces] == ["b", "a"]
    assert not recipe_for(project, "plate-9", 3).faces


def test_values_stay_in_their_bounds_and_unknown_curves_are_left_alone() -> None:
    wild = Curve(keys=(Key(frame=0, value=9.0), Key(frame=10, value=-9.0)))
    curves = {"shape": wild, "AU12L": wild, "other.engine": wild}
    first, last = (parameters_at(FaceParameters(), curves, frame) for frame in (0, 10))
    assert first.settings == MeshSettings(shape=parameter_named("shape").highest)
    assert first.expression == ExpressionWeights(AU12L=1.5)
    assert (last.settings.shape, last.expression.AU12L) == (parameter_named("shape").lowest, 0.0)


def test_without_curves_the_parameters_are_the_constant_ones() -> None:
    constant = FaceParameters(settings=MeshSettings(iris=0.1), expression=ExpressionWeights(blink_left=0.5))
    assert parameters_at(constant, {}, 7) == constant


@pytest.mark.parametrize(("curves", "seconds"), [(1, 200e-6), (64, 600e-6)])
def test_two_thousand_keyframes_cost_little(curves: int, seconds: float) -> None:
    keys = tuple(Key(frame=60 * n, value=0.4 + 0.1 * (n % 5)) for n in range(2000))
    project = one_face(FRAMES, range(0, FRAMES, 60))
    names = list(PARAMETERS)[:curves]
    project = with_face(project, replace(project.faces[0], curves={name: Curve(keys=keys) for name in names}))
    best = min(_seconds_each(project) for _ in range(5))
    assert best <= seconds


def _seconds_each(project: object) -> float:
    begun = time.process_time()
    for frame in range(7, FRAMES, 601):
        recipe_for(project, "plate-1", frame)  # type: ignore[arg-type]
    return (time.process_time() - begun) / len(range(7, FRAMES, 601))
