"""Expression presets: a look of the face under one name, mixed into a performance at a strength that may be animated.

A preset holds weights, which turn the performer's own expression up or down, and activations, which add to it: 1 is a
plain, unexaggerated action of the unit. A face keeps the presets it uses, each in one of eight places whose strengths
are parameters like all others, so that a project looks the same wherever it is opened.
"""

from collections.abc import Mapping
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from pipeline.errors import ProjectError
from pipeline.project.expression import ExpressionWeights
from pipeline.project.ranged import ranged

Share = Annotated[float, Meta(ge=0.0, le=1.5)]
ACTIVE: tuple[str, ...] = tuple(
    name for name in ExpressionWeights.__struct_fields__ if name.startswith(("AU", "blink")) and name != "AU25"
)
"""The weights whose units can be activated: all but the gap of the lips, which other units open."""


class ExpressionPreset(Struct, frozen=True, kw_only=True):
    """One look. `weights` by name, at full strength; `activations` by unit, 1 being a plain action."""

    name: str
    title: str = ""
    description: str = ""
    weights: dict[str, Share] = {}
    activations: dict[str, Share] = {}

    def __post_init__(self) -> None:
        unknown = [
            *(set(self.weights) - set(ExpressionWeights.__struct_fields__)),
            *(set(self.activations) - {*ACTIVE}),
        ]
        if unknown:
            raise ValueError(f"{', '.join(sorted(unknown))} cannot be in the expression {self.name}")


def _strength(number: int) -> Meta:
    return ranged(0.0, 1.0, f"Strength of the face's expression preset in place {number}.")


class PresetStrengths(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How strongly the presets of a face are mixed in: each place is empty until a preset is applied."""

    preset_1: Annotated[float, _strength(1)] = 0.0
    preset_2: Annotated[float, _strength(2)] = 0.0
    preset_3: Annotated[float, _strength(3)] = 0.0
    preset_4: Annotated[float, _strength(4)] = 0.0
    preset_5: Annotated[float, _strength(5)] = 0.0
    preset_6: Annotated[float, _strength(6)] = 0.0
    preset_7: Annotated[float, _strength(7)] = 0.0
    preset_8: Annotated[float, _strength(8)] = 0.0


PLACES: tuple[str, ...] = PresetStrengths.__struct_fields__


class Mixed(Struct, frozen=True, kw_only=True):
    """The weights that hold in the end, and what is added by unit (1: a plain action)."""

    weights: ExpressionWeights
    activations: dict[str, float]


def mixed(weights: ExpressionWeights, strengths: PresetStrengths, presets: Mapping[str, ExpressionPreset]) -> Mixed:
    """Weights with presets mixed in: a preset's weights multiply, its activations add up."""
    factors: dict[str, float] = {}
    added: dict[str, float] = {}
    for place, preset in presets.items():
        strength = getattr(strengths, place, 0.0)
        if strength == 0.0:
            continue
        for name, weight in preset.weights.items():
            factors[name] = factors.get(name, 1.0) * (1.0 + strength * (weight - 1.0))
        for unit, activation in preset.activations.items():
            added[unit] = added.get(unit, 0.0) + strength * activation
    if factors:
        weights = msgspec.structs.replace(
            weights, **{name: getattr(weights, name) * factor for name, factor in factors.items()}
        )
    return Mixed(weights=weights, activations=added)


def place_for(presets: Mapping[str, ExpressionPreset], preset: ExpressionPreset) -> str:
    """Where a face keeps a preset: in the place that has one of its name, else in the first empty one.

    Raises ProjectError: all places are taken.
    """
    held = next((place for place, each in presets.items() if each.name == preset.name), None)
    place = held or next((each for each in PLACES if each not in presets), None)
    if place is None:
        names = ", ".join(each.name for each in presets.values())
        raise ProjectError(f"The face already has {len(PLACES)} expressions ({names}): take one away first.")
    return place
