"""Keys on a project's parameters, set, listed and taken away as the command line asks for it."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from pipeline.errors import ProjectError
from pipeline.jobs.progress import Note, no_note
from pipeline.jobs.project_edit import edit_project, frame_of, open_for_reading
from pipeline.jobs.shot_choice import shot_at
from pipeline.project.curve import Curve, Interpolation
from pipeline.project.key_edits import (
    Scope,
    remove_keys,
    set_at_keyframe,
    set_for_shot,
    set_in_range,
    set_key,
    value_of,
)
from pipeline.project.key_moves import copy_keys, retime_keys, shift_keys
from pipeline.project.parameter_table import PARAMETERS, Parameter, parameter_named, part_name
from pipeline.project.project import FaceTrack, Project, face_named, plate_of


@dataclass(frozen=True, slots=True)
class KeyRequest:
    """A value for one parameter. `frame`, `first` and `last` are frames or timecodes; a range has the last two."""

    face: str | None
    parameter: str
    value: float
    scope: Scope = "keyframe"
    frame: str = "0"
    first: str = "0"
    last: str = "0"
    ramp: int = 0
    interpolation: Interpolation = "smooth"


@dataclass(frozen=True, slots=True)
class KeyReport:
    """One parameter after an edit. `first` and `last` are the outermost frames whose value changed; None: none did."""

    face: str
    parameter: str
    first: int | None
    last: int | None
    curve: Curve | None

    def values(self) -> dict[str, Any]:
        """The report as JSON values."""
        changed = None if self.first is None else {"first": self.first, "last": self.last}
        return {"face": self.face, "parameter": self.parameter, "changed": changed, "keys": key_values(self.curve)}


def key_values(curve: Curve | None) -> list[dict[str, Any]]:
    """The keys of a curve as JSON values; none where there is no curve."""
    if curve is None:
        return []
    return [
        {"frame": key.frame, "value": key.value, "interpolation": key.interpolation}
        | {name: value for name in ("slope", "before", "after") if (value := getattr(key, name)) is not None}
        | ({} if key.made == "hand" else {"made": key.made})
        for key in curve.keys
    ]


def set_parameter(path: Path, request: KeyRequest) -> KeyReport:
    """Give a parameter of a project's face a value, as far as the request's scope reaches.

    Raises ProjectError: no such face or parameter, a value out of its bounds, or a file that can't be saved.
    RangeError: no such frame.
    """
    return _edited(path, request.face, request.parameter, lambda project: keyed(path, project, request))


def remove_from(path: Path, face: str | None, parameter: str, first: str | None, last: str | None) -> KeyReport:
    """Take a parameter's keys away, all of them where no frame is named. Raises as `set_parameter`."""

    def edit(project: Project) -> Project:
        track = face_named(project, face)
        end = plate_of(project, track).frames - 1
        low = 0 if first is None else frame_of(project, track, first)
        return remove_keys(project, face, parameter, low, end if last is None else frame_of(project, track, last))

    return _edited(path, face, parameter, edit)


def copy_to(
    path: Path, face: str | None, parameter: str, first: str, last: str, to: str, to_face: str | None
) -> KeyReport:
    """Copy the keys of a range to where `to` begins, on `to_face` if one is named; that face's parameter then.

    Raises as `set_parameter`.
    """

    def edit(project: Project) -> Project:
        track = face_named(project, face)
        frames = range(frame_of(project, track, first), frame_of(project, track, last) + 1)
        target = track if to_face is None else face_named(project, to_face)
        return copy_keys(project, track.id, parameter, frames, frame_of(project, target, to), target.id)

    return _edited(path, face if to_face is None else to_face, parameter, edit)


def shift_by(path: Path, face: str | None, parameter: str, frames: int) -> KeyReport:
    """Move a parameter's keys in time. Raises as `set_parameter`."""
    return _edited(path, face, parameter, lambda project: shift_keys(project, face, parameter, frames))


def retime_about(path: Path, face: str | None, parameter: str, about: str, factor: Fraction) -> KeyReport:
    """Stretch a parameter's keys in time about a frame. Raises as `set_parameter`."""

    def edit(project: Project) -> Project:
        return retime_keys(project, face, parameter, frame_of(project, face_named(project, face), about), factor)

    return _edited(path, face, parameter, edit)


def keyed(path: Path, project: Project, request: KeyRequest) -> Project:
    """The project at `path` with a request's value, as far as its scope reaches. Raises as `set_parameter`."""
    face, name, value, kind = request.face, request.parameter, request.value, request.interpolation
    track = face_named(project, face)
    if request.scope == "range":
        frames = range(frame_of(project, track, request.first), frame_of(project, track, request.last) + 1)
        return set_in_range(project, face, name, frames, value, request.ramp, kind)
    frame = frame_of(project, track, request.frame)
    if request.scope in ("shot", "plate"):
        shot = shot_at(path, project, track, frame) if request.scope == "shot" else range(0)
        return set_for_shot(project, face, name, frame, value, shot)
    return (set_key if request.scope == "key" else set_at_keyframe)(project, face, name, frame, value, kind)


def _edited(path: Path, face: str | None, name: str, edit: Callable[[Project], Project]) -> KeyReport:
    return key_report(*edit_project(path, edit), face, name)


def key_report(before: Project, after: Project, face: str | None, name: str) -> KeyReport:
    """What an edit changed of one parameter."""
    parameter = parameter_named(name)
    one, other = face_named(before, face), face_named(after, face)
    frames = range(plate_of(after, other).frames)
    changed = [frame for frame in frames if value_of(one, parameter, frame) != value_of(other, parameter, frame)]
    first, last = (changed[0], changed[-1]) if changed else (None, None)
    return KeyReport(other.id, name, first, last, other.curves.get(name))


@dataclass(frozen=True, slots=True)
class ParameterState:
    """A parameter of a face: its value at the frame asked for, and its curve."""

    face: str
    parameter: Parameter
    value: float
    curve: Curve | None

    def values(self) -> dict[str, Any]:
        """The state as JSON values."""
        return asdict(self.parameter) | {"face": self.face, "value": self.value, "keys": key_values(self.curve)}


def parameters_of(
    path: Path,
    face: str | None,
    name: str | None,
    frame: str | None,
    note: Note = no_note,
    part: str | None = None,
) -> list[ParameterState]:
    """The parameters of one face, or of all, or of one part; at a frame, or at the plate's first.

    Raises ProjectError: no such face, parameter or part, or a file that can't be read. RangeError: no such frame.
    """
    project = open_for_reading(path, note)
    faces = project.faces if face is None else (face_named(project, face),)
    wanted = [each for each in PARAMETERS.values() if part in (None, part_name(each))]
    if not wanted:
        known = dict.fromkeys(part_name(each) for each in PARAMETERS.values())
        raise ProjectError(f"Parameters have no part {part}: there are {', '.join(known)}.")
    wanted = wanted if name is None else [parameter_named(name)]
    return [_state(project, track, parameter, frame) for track in faces for parameter in wanted]


def _state(project: Project, track: FaceTrack, parameter: Parameter, frame: str | None) -> ParameterState:
    at = 0 if frame is None else frame_of(project, track, frame)
    return ParameterState(track.id, parameter, value_of(track, parameter, at), track.curves.get(parameter.name))
