"""Every parameter has bounds, a default inside them, and words."""

import msgspec
import pytest

from pipeline.errors import ProjectError
from pipeline.project.parameter_table import PARAMETERS, PARTS, parameter_named


def test_the_table_holds_every_field_of_every_part_once() -> None:
    fields = [name for struct in PARTS.values() for name in struct.__struct_fields__]
    assert sorted(fields) == sorted(PARAMETERS)


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
    with pytest.raises(ProjectError, match="there are shape, "):
        parameter_named("warmth")
