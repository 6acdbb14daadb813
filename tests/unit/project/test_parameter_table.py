"""Every parameter has bounds, a default inside them, and words."""

import msgspec
import pytest

from pipeline.errors import ProjectError
from pipeline.project.parameter_table import PARAMETERS, PARTS, parameter_named, with_values
from pipeline.project.parameters import MeshSettings
from tests.unit.project.documents import one_face


def test_the_table_holds_every_field_of_every_part_once() -> None:
    fields = [f"{part}.{name}" for part, struct in PARTS.items() for name in struct.__struct_fields__]
    numbers = [field for field in fields if field not in PARTS]
    assert sorted(numbers) == sorted(f"{each.part}.{each.name}" for each in PARAMETERS.values())
    assert {part for part in PARTS if "." in part} == {field for field in fields if field in PARTS}


@pytest.mark.parametrize("name", PARAMETERS)
def test_a_parameter_is_bounded_and_described(name: str) -> None:
    parameter = parameter_named(name)
    assert parameter.lowest <= parameter.default <= parameter.highest
    assert parameter.description.endswith(".")
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({name: parameter.highest + 1}, PARTS[parameter.part])


def test_units_are_said_where_a_number_has_one() -> None:
    assert parameter_named("turn_start").unit == "degrees"
    assert parameter_named("highlight_limit").unit == "log light"
    assert parameter_named("shape").unit == ""


def test_a_value_is_held_to_a_millionth_inside_the_bounds() -> None:
    shape = parameter_named("shape")
    assert (shape.held(-1), shape.held(9), shape.held(0.12345678)) == (0.0, 1.5, 0.123457)


def test_a_name_that_is_nearly_right_is_helped() -> None:
    with pytest.raises(ProjectError, match="did you mean shape_rim"):
        parameter_named("rim")
    with pytest.raises(ProjectError, match="`key list` shows them"):
        parameter_named("warmth")


def test_a_number_of_a_part_is_read_and_set_where_it_stands() -> None:
    limit = parameter_named("grain_limit")
    assert limit.part == "settings.painting"
    face = one_face().faces[0]
    changed = with_values(face, limit.part, {"grain_limit": 7.0})
    assert (limit.constant(face), limit.constant(changed)) == (limit.default, 7.0)
    assert with_values(changed, limit.part, {"grain_limit": limit.default}) == face


def test_a_part_is_written_as_far_as_it_differs() -> None:
    settings = with_values(MeshSettings(), "painting", {"grain_limit": 7.0})
    written = msgspec.to_builtins(settings)
    assert (written["painting"], written["eyes"]) == ({"grain_limit": 7.0}, {})
    assert msgspec.convert(written, MeshSettings) == settings
