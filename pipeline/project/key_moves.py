"""Keys copied from span to span and from face to face, moved, stretched in time, and shaped one by one; pure functions
on projects.
"""

from fractions import Fraction

from msgspec.structs import replace

from pipeline.errors import ProjectError, RangeError
from pipeline.project.curve import Curve, Handle, Interpolation, index_of
from pipeline.project.curve_edits import (
    Side,
    copied,
    pasted,
    retimed,
    shifted,
    with_anchor,
    with_handle,
    with_interpolation,
    with_key_moved,
)
from pipeline.project.key_edits import set_key, value_of
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


def insert_key(project: Project, face: str | None, name: str, frame: int) -> Project:
    """A key on a frame that leaves every value as it is; without a curve, the first one, of the constant value.

    Raises ProjectError: no such face or parameter. RangeError: no such frame.
    """
    track, parameter = face_named(project, face), parameter_named(name)
    last = plate_of(project, track).frames - 1
    curve = track.curves.get(name)
    if curve is None or not 0 <= frame <= last:
        return set_key(project, face, name, frame, value_of(track, parameter, frame))
    return _with_curve(project, track, name, with_anchor(curve, frame))


def move_key(project: Project, face: str | None, name: str, frame: int, to: int, value: float) -> Project:
    """The key of `frame` on frame `to`, between its neighbours, with another value.

    Raises as `copy_keys`; ProjectError also for a value out of bounds, RangeError for a frame beyond the neighbours.
    """
    track, curve, i = _key_of(project, face, name, frame)
    return _with_curve(project, track, name, with_key_moved(curve, i, to, parameter_named(name).checked(value)))


def interpolate_key(project: Project, face: str | None, name: str, frame: int, interpolation: Interpolation) -> Project:
    """The span from the key of `frame` to the next in another way. Raises as `copy_keys`."""
    track, curve, i = _key_of(project, face, name, frame)
    return _with_curve(project, track, name, with_interpolation(curve, i, interpolation))


def pull_handle(
    project: Project, face: str | None, name: str, frame: int, side: Side, handle: Handle, *, tied: bool = True
) -> Project:
    """Another bezier handle at the key of `frame`; `tied` turns the one across with it. Raises as `copy_keys`."""
    track, curve, i = _key_of(project, face, name, frame)
    return _with_curve(project, track, name, with_handle(curve, i, side, handle, tied))


def _key_of(project: Project, face: str | None, name: str, frame: int) -> tuple[FaceTrack, Curve, int]:
    track, curve = _keyed(project, face, name)
    i = index_of(curve.keys, frame)
    if i is None:
        raise ProjectError(f"{name} of {track.id} has no key on frame {frame}: `key list` shows those there are.")
    return track, curve, i


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
