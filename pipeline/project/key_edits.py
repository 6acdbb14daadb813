"""Edits of a face's parameters, each a pure function from project to project.

How far an edit reaches is its scope: one keyframe (fading out to its neighbours), a range, a shot between two cuts, or
the whole plate. Values beyond the scope stay exactly what they were, also where a smooth curve would like to bend.
"""

from typing import Literal, get_args

from msgspec.structs import replace

from pipeline.errors import ProjectError, RangeError
from pipeline.project.correction import Correction
from pipeline.project.curve import Curve, Interpolation, Key, value_at
from pipeline.project.curve_edits import holding_slopes, raised, with_key, without_keys
from pipeline.project.keyframe import Keyframe
from pipeline.project.parameter_table import Parameter, parameter_named, with_values
from pipeline.project.project import FaceTrack, Project, face_named, plate_of, with_face
from pipeline.project.scoped_curve import at_keyframe, in_range, raised_in_shot, with_anchors

Scope = Literal["keyframe", "range", "shot", "plate", "key"]
"""keyframe: it and the way to its neighbours. range: in to out. shot: from cut to cut. plate: all of it. key: one
key and nothing else."""
SCOPES: tuple[Scope, ...] = get_args(Scope)


def value_of(face: FaceTrack, parameter: Parameter, frame: int) -> float:
    """What a parameter is at a plate frame: its curve's value, or the constant one."""
    curve = face.curves.get(parameter.name)
    if curve is None:
        return parameter.constant(face)
    return parameter.held(value_at(curve, frame))


def set_key(
    project: Project, face: str | None, name: str, frame: int, value: float, interpolation: Interpolation = "smooth"
) -> Project:
    """A key and nothing else; the first one on a parameter makes it that value everywhere.

    Raises ProjectError: no such face or parameter, or a value out of its bounds. RangeError: no such frame.
    """
    track, parameter = _meant(project, face, name)
    check_frame(project, track, frame)
    key = Key(frame=frame, value=parameter.checked(value), interpolation=interpolation)
    return with_face(project, _with_curve(track, name, with_key(track.curves.get(name), key)))


def set_at_keyframe(
    project: Project, face: str | None, name: str, frame: int, value: float, interpolation: Interpolation = "smooth"
) -> Project:
    """The value at one keyframe, fading to what was there on the neighbouring keyframes, or the plate's ends.

    A frame that is no keyframe becomes one. Raises as `set_key`.
    """
    track, parameter = _meant(project, face, name)
    last = check_frame(project, track, frame)
    key = Key(frame=frame, value=parameter.checked(value), interpolation=interpolation)
    ends = neighbours(track, frame, last)
    curve = at_keyframe(track.curves.get(name), parameter.constant(track), key, ends, interpolation)
    return with_face(project, replace(_with_curve(track, name, curve), keyframes=edited(track, frame)))


def set_in_range(
    project: Project,
    face: str | None,
    name: str,
    frames: range,
    value: float,
    ramp: int = 0,
    interpolation: Interpolation = "smooth",
) -> Project:
    """One value on all frames of a range; `ramp` frames on either side lead to it, and beyond them nothing changes.

    Raises as `set_key`; RangeError also for an empty range.
    """
    track, parameter = _meant(project, face, name)
    if not frames or ramp < 0:
        raise RangeError("A range has at least one frame, and a ramp none or more.")
    check_frame(project, track, frames.start)
    last = check_frame(project, track, frames.stop - 1)
    parameter.checked(value)
    held = parameter.constant(track)
    curve = in_range(track.curves.get(name), held, frames, last, value, ramp, interpolation)
    return with_face(project, _with_curve(track, name, curve))


def set_keys(project: Project, face: str | None, correction: Correction) -> Project:
    """A correction's keys in place of those between its ends, smoothly; beyond the ends nothing changes.

    Raises as `set_key`.
    """
    track, parameter = _meant(project, face, correction.parameter)
    check_frame(project, track, correction.first)
    check_frame(project, track, correction.last)
    keys = [
        Key(frame=frame, value=parameter.checked(value), interpolation="smooth") for frame, value in correction.keys
    ]
    ends = tuple(end for end in (correction.first, correction.last) if end not in (keys[0].frame, keys[-1].frame))
    anchored = with_anchors(track.curves.get(parameter.name), parameter.constant(track), ends, "smooth")
    curve = None if anchored is None else _between(anchored, correction.first, correction.last)
    for key in keys:
        curve = with_key(curve, key)
    assert curve is not None
    if anchored is not None:
        curve = holding_slopes(anchored, curve, ends)
    return with_face(project, _with_curve(track, parameter.name, curve))


def _between(curve: Curve, first: int, last: int) -> Curve | None:
    """The curve without the keys between two frames."""
    return without_keys(curve, first + 1, last - 1) if last - first > 1 else curve


def set_for_shot(
    project: Project, face: str | None, name: str, frame: int, value: float, shot: range = range(0)
) -> Project:
    """The value at `frame`, and all others of a shot around it higher or lower by as much, inside the bounds.

    At the cuts the value steps, and beyond them nothing changes. Without a shot, or where it is all of the plate, it is
    everything: the parameter's one number, or its whole curve. Raises as `set_key`.
    """
    track, parameter = _meant(project, face, name)
    last = check_frame(project, track, frame)
    parameter.checked(value)
    if shot and len(shot) <= last:
        check_frame(project, track, shot.start)
        check_frame(project, track, shot.stop - 1)
        change, old = value - value_of(track, parameter, frame), track.curves.get(name)
        new = raised_in_shot(old, parameter.constant(track), shot, last, change, parameter.held)
        return with_face(project, _with_curve(track, name, new))
    curve = track.curves.get(name)
    if curve is None:
        return with_face(project, with_values(track, parameter.part, {name: value}))
    change = value - value_of(track, parameter, frame)
    return with_face(project, _with_curve(track, name, raised(curve, change, parameter.held)))


def remove_keys(project: Project, face: str | None, name: str, first: int, last: int) -> Project:
    """The parameter without its keys on first..last; without any key it is the constant again.

    Raises ProjectError: no such face or parameter, or no key there.
    """
    track, _ = _meant(project, face, name)
    curve = track.curves.get(name)
    if curve is None or not any(first <= key.frame <= last for key in curve.keys):
        where = f"on frame {first}" if first == last else f"on frames {first} to {last}"
        raise ProjectError(f"{name} of {track.id} has no key {where}: `key list` shows those there are.")
    return with_face(project, _with_curve(track, name, without_keys(curve, first, last)))


def _meant(project: Project, face: str | None, name: str) -> tuple[FaceTrack, Parameter]:
    return face_named(project, face), parameter_named(name)


def check_frame(project: Project, track: FaceTrack, frame: int) -> int:
    """The plate's last frame. Raises RangeError: `frame` lies outside the plate."""
    last = plate_of(project, track).frames - 1
    if not 0 <= frame <= last:
        raise RangeError(f"The plate of {track.id} has frames 0 to {last}, so there is no frame {frame}.")
    return last


def _with_curve(track: FaceTrack, name: str, curve: Curve | None) -> FaceTrack:
    others = {each: kept for each, kept in track.curves.items() if each != name}
    return replace(track, curves=others if curve is None else others | {name: curve})


def neighbours(track: FaceTrack, frame: int, last: int) -> tuple[int, ...]:
    """The keyframes next to a frame, the plate's ends where there are none; the frame itself is not among them."""
    frames = [each.frame for each in track.keyframes]
    before = max((each for each in frames if each < frame), default=0)
    after = min((each for each in frames if each > frame), default=last)
    return tuple(each for each in (before, after) if each != frame)


def edited(track: FaceTrack, frame: int) -> tuple[Keyframe, ...]:
    """The keyframes, the one on `frame` marked as edited, or set there."""
    if any(each.frame == frame for each in track.keyframes):
        return tuple(
            replace(each, origin="edited") if each.frame == frame and each.origin == "detected" else each
            for each in track.keyframes
        )
    new = Keyframe(frame=frame, origin="manual")
    return tuple(sorted((*track.keyframes, new), key=lambda each: each.frame))
