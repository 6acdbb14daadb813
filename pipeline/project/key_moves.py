"""Keys copied from span to span and from face to face, moved and stretched in time; pure functions on projects."""

from fractions import Fraction

from msgspec.structs import replace

from pipeline.errors import ProjectError, RangeError
from pipeline.project.curve import Curve
from pipeline.project.curve_edits import copied, pasted, retimed, shifted
from pipeline.project.parameter_table import parameter_named
from pipeline.project.project import FaceTrack, Project, face_named, plate_of, with_face


def copy_keys(
    project: Project, face: str | None, name: str, frames: range, to: int, to_face: str | None = None
) -> Project:
    """The keys that lie in a range, again from frame `to` on, of the same face or another one.

    Raises ProjectError: no such face, parameter or key. RangeError: a key would lie outside the plate.
    """
    track, curve = _keyed(project, face, name)
    keys = copied(curve, frames.start, frames.stop - 1)
    if not keys:
        raise ProjectError(f"{name} of {track.id} has no key on frames {frames.start} to {frames.stop - 1}.")
    target = track if to_face is None else face_named(project, to_face)
    return _with_curve(project, target, name, pasted(target.curves.get(name), keys, to))


def shift_keys(project: Project, face: str | None, name: str, by: int) -> Project:
    """The parameter's keys `by` frames later, or earlier. Raises as `copy_keys`."""
    track, curve = _keyed(project, face, name)
    return _with_curve(project, track, name, shifted(curve, by))


def retime_keys(project: Project, face: str | None, name: str, about: int, factor: Fraction) -> Project:
    """The parameter's keys stretched in time, frame `about` staying where it is.

    Raises as `copy_keys`; RangeError also for a factor of 0 or less.
    """
    track, curve = _keyed(project, face, name)
    if factor <= 0:
        raise RangeError("Time is stretched by a factor above 0.")
    return _with_curve(project, track, name, retimed(curve, about, factor))


def _keyed(project: Project, face: str | None, name: str) -> tuple[FaceTrack, Curve]:
    track = face_named(project, face)
    curve = track.curves.get(parameter_named(name).name)
    if curve is None:
        raise ProjectError(f"{name} of {track.id} has no keys: set some with `key set`.")
    return track, curve


def _with_curve(project: Project, track: FaceTrack, name: str, curve: Curve) -> Project:
    last = plate_of(project, track).frames - 1
    if curve.keys[-1].frame > last:
        raise RangeError(
            f"A key of {name} would lie on frame {curve.keys[-1].frame}, but the plate of {track.id} ends at {last}."
        )
    return with_face(project, replace(track, curves=track.curves | {name: curve}))
