"""Presets mixed into weights, kept in a face's places, and made of a frame."""

import msgspec
import pytest
from msgspec.structs import replace

from pipeline.errors import ProjectError
from pipeline.project.expression import ExpressionWeights
from pipeline.project.expression_edits import preset_at, with_preset, without_preset
from pipeline.project.expression_preset import ACTIVE, PLACES, ExpressionPreset, PresetStrengths, mixed
from pipeline.project.key_edits import set_at_keyframe, set_for_shot
from pipeline.project.project import with_face
from pipeline.project.recipe import recipe_for
from tests.unit.project.documents import one_face

SMILE = ExpressionPreset(name="smile", activations={"AU12L": 0.8, "AU12R": 0.8})
CALM = ExpressionPreset(name="calm", weights={"expression": 0.0, "AU12L": 0.5})


def test_weights_multiply_and_activations_add_up_at_their_strengths() -> None:
    weights = ExpressionWeights(expression=0.8)
    strengths = PresetStrengths(preset_1=0.5, preset_2=0.25, preset_3=1.0)
    found = mixed(weights, strengths, {"preset_1": SMILE, "preset_2": CALM, "preset_3": SMILE})
    assert found.weights == ExpressionWeights(expression=0.8 * 0.75, AU12L=1 - 0.25 * 0.5)
    assert found.activations == pytest.approx({"AU12L": 1.2, "AU12R": 1.2})


def test_a_strength_of_nothing_and_an_empty_place_change_nothing() -> None:
    weights = ExpressionWeights(lips_left=0.3)
    assert mixed(weights, PresetStrengths(preset_5=1.0), {"preset_1": SMILE}) == mixed(weights, PresetStrengths(), {})


@pytest.mark.parametrize(
    "wrong", [{"weights": {"AU99": 1.0}}, {"activations": {"AU25": 1.0}}, {"weights": {"AU1L": 3}}]
)
def test_what_is_no_expression_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"name": "x"} | wrong, ExpressionPreset)


def test_a_preset_keeps_its_place_and_is_animated_like_a_parameter() -> None:
    project, place = with_preset(one_face(keyframes=(0, 200)), None, SMILE)
    project = set_at_keyframe(project, None, place, 100, 0.8)
    again, same = with_preset(project, None, replace(SMILE, title="A smile"))
    assert (place, same, again.faces[0].presets["preset_1"].title) == ("preset_1", "preset_1", "A smile")
    at = [recipe_for(project, "plate-1", frame).faces[0].strengths.preset_1 for frame in (0, 50, 100, 200)]
    assert at[0] == at[3] == 0.0
    assert at[2] == 0.8
    assert 0 < at[1] < 0.8
    assert recipe_for(project, "plate-1", 3).faces[0].presets == {"preset_1": SMILE}


def test_there_are_eight_places_and_one_can_be_freed() -> None:
    project = one_face()
    for n, place in enumerate(PLACES):
        project, found = with_preset(project, None, replace(SMILE, name=f"smile-{n}"))
        assert found == place
    with pytest.raises(ProjectError, match="take one away"):
        with_preset(project, None, CALM)
    project = set_for_shot(project, None, "preset_4", 0, 0.5)
    freed = without_preset(project, None, "smile-3")
    assert freed.faces[0].strengths == PresetStrengths()
    assert with_preset(freed, None, CALM)[1] == "preset_4"
    with pytest.raises(ProjectError, match="has no expression smile-3"):
        without_preset(freed, None, "smile-3")


def test_a_preset_is_made_of_what_a_frame_is() -> None:
    project, place = with_preset(one_face(), None, SMILE)
    project = set_for_shot(project, None, place, 0, 0.5)
    track = replace(project.faces[0], expression=ExpressionWeights(brows_left=0.25))
    made = preset_at(with_face(project, track).faces[0], 10, "mine")
    assert (made.weights, made.activations) == ({"brows_left": 0.25}, {"AU12L": 0.4, "AU12R": 0.4})
    with pytest.raises(ProjectError, match="nothing to save"):
        preset_at(one_face().faces[0], 10, "mine")


def test_every_unit_but_the_lips_gap_can_be_activated() -> None:
    assert "AU25" not in ACTIVE
    assert {"AU12L", "AU26", "blink_right"} <= {*ACTIVE}
