"""How the parameters are arranged: the performance first, from the whole face to its units, then what it is made of.

Made from the parameter table alone: a parameter that is added there has its place here, at worst among the advanced.
"""

import re
from dataclasses import dataclass

from editor.language.catalogue import translated
from editor.language.translation import tr
from pipeline.project.expression_preset import PLACES
from pipeline.project.parameter_table import PARAMETERS, Parameter

_UNIT = re.compile(r"^AU(\d+)([LR]?)$")
_UPPER_UNITS = {1, 2, 4, 5, 6, 7, 9}
_PLACES: dict[str, tuple[str, ...]] = {
    "Performance": ("expression", "upper_face", "lower_face"),
    "Shape": ("shape", "shape_rim", "lip_shape"),
    "Skin": ("likeness", "lip_likeness", "detail_gain", "chroma_gain", "stubble", "grain", "wrinkles", "sparkle"),
    "Light": ("plate_light", "deshadow", "unsmile", "highlight_limit", "shadow_limit", "forehead"),
    "Matte": ("feather", "turn_start", "turn_end", "motion_blur"),
}
EXPRESSIONS = "Expressions"
"""Strengths of the presets that are mixed in; the inspector shows those of places that are taken."""
ADVANCED = "Advanced"
_REGION_WORDS = ("brows", "eyes", "blink", "gaze", "nose", "cheeks", "lips", "mouth", "jaw")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the inspector: one parameter, or the left and the right of a pair."""

    title: str
    parameters: tuple[Parameter, ...]
    unit: int | None = None
    """The action unit, where it is one."""


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under one heading. `folded`: shut until somebody wants it."""

    title: str
    lines: tuple[Line, ...]
    folded: bool


def groups() -> list[Group]:
    """Every parameter once, in the order of the inspector; groups without a parameter are left out."""
    order = [
        "Performance",
        EXPRESSIONS,
        "Regions",
        "Upper face units",
        "Lower face units",
        "Shape",
        "Skin",
        "Light",
        "Matte",
    ]
    found: dict[str, list[Parameter]] = {title: [] for title in [*order, ADVANCED]}
    for parameter in PARAMETERS.values():
        found.setdefault(_group_of(parameter), []).append(parameter)
    for title, names in _PLACES.items():
        found[title].sort(key=lambda each: names.index(each.name))
    open_ones = {"Performance", EXPRESSIONS, "Regions", "Upper face units", "Lower face units"}
    return [
        Group(translated(title), tuple(_lines(parameters)), title not in open_ones)
        for title, parameters in found.items()
        if parameters
    ]


def _group_of(parameter: Parameter) -> str:
    name = parameter.name
    if name in PLACES:
        return EXPRESSIONS
    for title, names in _PLACES.items():
        if name in names:
            return title
    unit = _UNIT.match(name)
    if unit is not None:
        return "Upper face units" if int(unit[1]) in _UPPER_UNITS else "Lower face units"
    stem = name.removeprefix("expression_").removesuffix("_left").removesuffix("_right")
    if stem in _REGION_WORDS:
        return "Regions"
    _, _, stage = parameter.part.partition(".")
    return f"{ADVANCED}: {stage.replace('_', ' ').replace('.', ', ')}" if stage else ADVANCED


def _lines(parameters: list[Parameter]) -> list[Line]:
    """Left and right on one line, where the one follows the other."""
    names = {each.name: each for each in parameters}
    found = []
    for parameter in parameters:
        name = parameter.name
        unit = _UNIT.match(name)
        number = None if unit is None else int(unit[1])
        if name.endswith("_right") and name.removesuffix("_right") + "_left" in names:
            continue
        if unit is not None and unit[2] == "R" and f"AU{unit[1]}L" in names:
            continue
        other = None
        if name.endswith("_left"):
            other = names.get(name.removesuffix("_left") + "_right")
        elif unit is not None and unit[2] == "L":
            other = names.get(f"AU{unit[1]}R")
        found.append(Line(title_of(parameter), (parameter,) if other is None else (parameter, other), number))
    return found


def title_of(parameter: Parameter) -> str:
    """What a line is called, in the language in use."""
    unit = _UNIT.match(parameter.name)
    if unit is not None:
        words = parameter.description.split(",")
        said = words[1].strip(" .").split(";")[0] if len(words) > 1 else ""
        return translated(said.capitalize()) if said else parameter.name
    if parameter.name == "expression":
        return translated("Overall")
    stem = parameter.name.removeprefix("expression_").removesuffix("_left").removesuffix("_right")
    return translated(stem.replace("_", " ").capitalize())


def full_title(parameter: Parameter) -> str:
    """What a parameter is called where it stands alone, without the line that has both sides."""
    unit = _UNIT.match(parameter.name)
    side = {"L": "left", "R": "right"}.get(unit[2], "") if unit else parameter.name.rpartition("_")[2]
    title = title_of(parameter)
    return (
        tr("{title}, left", title=title)
        if side == "left"
        else tr("{title}, right", title=title)
        if side == "right"
        else title
    )
