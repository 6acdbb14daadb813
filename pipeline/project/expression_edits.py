"""Expression presets on a face: put in place, mixed in, taken away, made of what a frame shows; pure functions."""

from msgspec.structs import replace

from pipeline.errors import ProjectError
from pipeline.project.expression import ExpressionWeights
from pipeline.project.expression_preset import ExpressionPreset, mixed, place_for
from pipeline.project.project import FaceTrack, Project, face_named, with_face
from pipeline.project.recipe import recipe_of


def with_preset(project: Project, face: str | None, preset: ExpressionPreset) -> tuple[Project, str]:
    """The project with a preset kept by a face, and the parameter that is its strength.

    Raises ProjectError: no such face, or no place left.
    """
    track = face_named(project, face)
    place = place_for(track.presets, preset)
    return with_face(project, replace(track, presets=track.presets | {place: preset})), place


def without_preset(project: Project, face: str | None, name: str) -> Project:
    """The project without a face's preset, its strength and its keys. Raises ProjectError: the face doesn't have it."""
    track = face_named(project, face)
    place = next((place for place, each in track.presets.items() if each.name == name), None)
    if place is None:
        known = ", ".join(each.name for each in track.presets.values()) or "none"
        raise ProjectError(f"{track.id} has no expression {name}. It has: {known}.")
    presets = {each: kept for each, kept in track.presets.items() if each != place}
    curves = {each: kept for each, kept in track.curves.items() if each != place}
    strengths = replace(track.strengths, **{place: 0.0})
    return with_face(project, replace(track, presets=presets, curves=curves, strengths=strengths))


def preset_at(track: FaceTrack, frame: int, name: str, title: str = "") -> ExpressionPreset:
    """A preset of what a face's weights and presets are at a plate frame.

    Raises ProjectError: nothing is changed there.
    """
    recipe = recipe_of(track, frame)
    found = mixed(recipe.expression, recipe.strengths, recipe.presets)
    plain = ExpressionWeights()
    weights = {
        each: round(min(value, 1.5), 6)
        for each in ExpressionWeights.__struct_fields__
        if (value := getattr(found.weights, each)) != getattr(plain, each)
    }
    activations = {unit: round(min(value, 1.5), 6) for unit, value in found.activations.items()}
    if not weights and not activations:
        raise ProjectError(f"No weight and no expression of {track.id} is in use at frame {frame}: nothing to save.")
    return ExpressionPreset(name=name, title=title or name, weights=weights, activations=activations)
