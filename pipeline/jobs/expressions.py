"""Expression presets as the command line asks for them: listed, mixed into a face, taken away, made of a frame."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.jobs.keys import KeyReport, KeyRequest, key_report, keyed
from pipeline.jobs.progress import Note, no_note
from pipeline.jobs.project_edit import edit_project, frame_of, open_for_reading
from pipeline.project.expression_edits import preset_at, with_preset, without_preset
from pipeline.project.expression_preset import ExpressionPreset
from pipeline.project.preset_files import SHIPPED, expression_names, load_expression, save_expression
from pipeline.project.project import Project, face_named


@dataclass(frozen=True, slots=True)
class ListedExpression:
    """A preset; `own`: the user made it. Of a project's face: `face` and the parameter that mixes it in."""

    preset: ExpressionPreset
    own: bool
    face: str | None = None
    parameter: str | None = None

    def values(self) -> dict[str, Any]:
        """The preset as JSON values."""
        held = {} if self.face is None else {"face": self.face, "parameter": self.parameter}
        return held | {
            "name": self.preset.name,
            "title": self.preset.title,
            "description": self.preset.description,
            "own": self.own,
            "weights": self.preset.weights,
            "activations": self.preset.activations,
        }


def known_expressions() -> list[ListedExpression]:
    """All presets there are. Raises ProjectError: a file that is none."""
    shipped = {path.stem for path in SHIPPED.glob("*.toml")}
    names = dict.fromkeys(expression_names())
    return [_listed(load_expression(name), shipped) for name in names]


def expressions_of(path: Path, note: Note = no_note) -> list[ListedExpression]:
    """The presets that the faces of a project use. Raises ProjectError: a file that can't be read."""
    shipped = {path.stem for path in SHIPPED.glob("*.toml")}
    return [
        replace(_listed(preset, shipped), face=face.id, parameter=place)
        for face in open_for_reading(path, note).faces
        for place, preset in face.presets.items()
    ]


def _listed(preset: ExpressionPreset, shipped: set[str]) -> ListedExpression:
    return ListedExpression(preset, own=preset.name not in shipped or load_expression(preset.name) != preset)


def apply_expression(path: Path, name: str, request: KeyRequest) -> KeyReport:
    """Mix a preset into a face at the request's strength (its value), as far as its scope reaches; in one save.

    The request's parameter is not looked at. Raises as `load_expression`, `with_preset` and `set_parameter`.
    """
    preset = load_expression(name)
    places: list[str] = []

    def edit(project: Project) -> Project:
        changed, place = with_preset(project, request.face, preset)
        places.append(place)
        return keyed(path, changed, replace(request, parameter=place))

    before, after = edit_project(path, edit)
    return key_report(before, after, request.face, places[-1])


def remove_expression(path: Path, face: str | None, name: str) -> None:
    """Take a preset off a face, with its strength and keys. Raises ProjectError: the face doesn't have it."""
    edit_project(path, lambda project: without_preset(project, face, name))


def keep_expression(
    path: Path, face: str | None, frame: str, name: str, overwrite: bool = False, note: Note = no_note
) -> tuple[ExpressionPreset, Path]:
    """Make a preset of the user's own of a face's weights and presets at a frame.

    Raises ProjectError: nothing is changed there, or as `save_expression`. RangeError: no such frame.
    """
    project = open_for_reading(path, note)
    track = face_named(project, face)
    preset = preset_at(track, frame_of(project, track, frame), name)
    return preset, save_expression(preset, overwrite)
