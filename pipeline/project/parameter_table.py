"""The parameters that may be keyed, by name: bounds, default, unit and meaning, read off the structs that hold them.

`PARTS` names those structs as fields of a face track: a struct added there is animated, checked, listed and rendered
like the others. Names are unique over all parts.
"""

import math
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import TypeVar

import msgspec

from pipeline.errors import ProjectError
from pipeline.project.expression import ExpressionWeights
from pipeline.project.expression_preset import PresetStrengths
from pipeline.project.parameters import MeshSettings

S = TypeVar("S", bound=msgspec.Struct)


def _parts(path: str, struct: type[msgspec.Struct]) -> Iterator[tuple[str, type[msgspec.Struct]]]:
    yield path, struct
    for name, kind in typing.get_type_hints(struct).items():
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
            yield from _parts(f"{path}.{name}", kind)


PARTS: dict[str, type[msgspec.Struct]] = {
    **dict(_parts("settings", MeshSettings)),
    **dict(_parts("expression", ExpressionWeights)),
    **dict(_parts("strengths", PresetStrengths)),
}
"""Structs of numbers by where they stand in a FaceTrack: `settings`, its own parts as `settings.painting`."""

_PLACES = 6
"""Decimals of a value that is rendered: far finer than is seen, coarse enough to be the same on every machine."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number of a face. `unit` is empty for shares and gains; `part` is the struct that holds it, as in `PARTS`."""

    name: str
    part: str
    lowest: float
    highest: float
    default: float
    unit: str
    description: str

    def held(self, value: float) -> float:
        """The value inside the bounds, to a millionth."""
        lowest = self.lowest
        return round(lowest if value < lowest else min(value, self.highest), _PLACES)

    def checked(self, value: float) -> float:
        """The value as it is. Raises ProjectError: outside the bounds, or not a number."""
        if not (math.isfinite(value) and self.lowest <= value <= self.highest):
            raise ProjectError(f"{self.name} goes from {self.lowest:g} to {self.highest:g}, so it cannot be {value:g}.")
        return value

    def constant(self, face: msgspec.Struct) -> float:
        """The number itself, of a face track or whatever else has the parts."""
        return float(attrgetter(f"{self.part}.{self.name}")(face))


def parameter_named(name: str) -> Parameter:
    """The parameter of that name. Raises ProjectError: there is none."""
    found = PARAMETERS.get(name)
    if found is None:
        asked = name.lower()
        near = [each for each in PARAMETERS if asked in each.lower() or each.lower() in asked]
        hint = f"did you mean {' or '.join(near)}?" if near else "`key list` shows them."
        raise ProjectError(f"There is no parameter {name}: {hint}")
    return found


def part_name(parameter: Parameter) -> str:
    """What a user calls the part: `painting` for `settings.painting`."""
    return parameter.part.rpartition(".")[2]


def with_values(holder: S, path: str, values: Mapping[str, float]) -> S:
    """`holder` with numbers of the part at `path` below it, "" being itself, in place of its own."""
    if not path:
        return msgspec.structs.replace(holder, **values)
    name, _, rest = path.partition(".")
    return msgspec.structs.replace(holder, **{name: with_values(getattr(holder, name), rest, values)})


def _parameters(part: str, struct: type[msgspec.Struct]) -> dict[str, Parameter]:
    types = typing.get_type_hints(struct, include_extras=True)
    found = {}
    for field in msgspec.structs.fields(struct):
        if f"{part}.{field.name}" in PARTS:
            continue
        meta = types[field.name].__metadata__[0]
        found[field.name] = Parameter(
            name=field.name,
            part=part,
            lowest=float(meta.ge),
            highest=float(meta.le),
            default=field.default,
            unit=(meta.extra or {}).get("unit", ""),
            description=meta.description,
        )
    return found


PARAMETERS: dict[str, Parameter] = {
    name: parameter for part, struct in PARTS.items() for name, parameter in _parameters(part, struct).items()
}
"""Every parameter by its name, in the order of the structs."""
