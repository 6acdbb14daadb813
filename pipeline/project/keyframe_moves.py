"""Keyframes moved, copied and pasted in time, with the keys that lie on their frames; pure functions on projects."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from pipeline.errors import ProjectError, RangeError
from pipeline.project.curve import Curve, Interpolation, Key, index_of
from pipeline.project.key_edits import set_at_keyframe
from pipeline.project.keyframe import MANUAL, Dismissed, Keyframe
from pipeline.project.landmark_move import with_each_curve
from pipeline.project.parameter_table import PARAMETERS
from pipeline.project.project import FaceTrack, Project, face_named, plate_of, with_face


class CopiedValue(msgspec.Struct, frozen=True):
    """A key's value and how the curve goes on from it."""

    value: float
    interpolation: Interpolation


class CopiedKeyframe(msgspec.Struct, frozen=True):
    """The keys of one keyframe, by parameter. `offset` counts frames from the first keyframe that was copied."""

    offset: int
    values: dict[str, CopiedValue]


def copied_keyframes(track: FaceTrack, frames: Iterable[int]) -> tuple[CopiedKeyframe, ...]:
    """The keys on these keyframes; keyframes without a key are left out, and an empty answer means there are none."""
    ordered = sorted(frames)
    found = []
    for frame in ordered:
        values = {
            name: CopiedValue(curve.keys[i].value, curve.keys[i].interpolation)
            for name, curve in track.curves.items()
            if name in PARAMETERS and (i := index_of(curve.keys, frame)) is not None
        }
        if values:
            found.append(CopiedKeyframe(frame - ordered[0], values))
    return tuple(found)


def paste_keyframes(project: Project, face: str | None, copied: Sequence[CopiedKeyframe], frame: int) -> Project:
    """The copied values at `frame` and after it, each fading to what its neighbouring keyframes have.

    Frames that are no keyframes become some. Raises ProjectError: no such face. RangeError: a frame outside the plate.
    """
    for each in copied:
        for name, key in each.values.items():
            project = set_at_keyframe(project, face, name, frame + each.offset, key.value, key.interpolation)
    return project


def move_keyframes(project: Project, face: str | None, frames: Iterable[int], by: int) -> Project:
    """These keyframes and the keys on them, `by` frames later, or earlier.

    Where detection had proposed one, it won't propose it again.

    Raises ProjectError: no such face, or another keyframe stands where one would go. RangeError: outside the plate.
    """
    track = face_named(project, face)
    moving = frozenset(frames) & {each.frame for each in track.keyframes}
    if not by or not moving:
        return project
    last = plate_of(project, track).frames - 1
    if min(moving) + by < 0 or max(moving) + by > last:
        raise RangeError(f"The plate of {track.id} has frames 0 to {last}: move the keyframes by less.")
    places = {frame: frame + by for frame in moving}
    staying = {each.frame for each in track.keyframes} - moving
    for frame in sorted(moving):
        if frame + by in staying:
            raise ProjectError(f"Frame {frame + by} of {track.id} is a keyframe already.")
    return with_face(
        project,
        replace(
            track,
            keyframes=tuple(sorted((_moved(each, moving, by) for each in track.keyframes), key=lambda k: k.frame)),
            dismissed=(
                *track.dismissed,
                *(
                    Dismissed(frame=each.frame, kind=each.kind)
                    for each in track.keyframes
                    if each.frame in moving and each.kind != MANUAL
                ),
            ),
            curves={name: _with_moved(curve, places) for name, curve in track.curves.items()},
            landmark_moves=tuple(
                with_each_curve(each, lambda curve: _with_moved(curve, places)) for each in track.landmark_moves
            ),
            matte_strokes=tuple(replace(each, amount=_with_moved(each.amount, places)) for each in track.matte_strokes),
        ),
    )


def _moved(keyframe: Keyframe, moving: frozenset[int], by: int) -> Keyframe:
    if keyframe.frame not in moving:
        return keyframe
    origin = "manual" if keyframe.origin == "manual" else "edited"
    return replace(keyframe, frame=keyframe.frame + by, origin=origin)


def _with_moved(curve: Curve, places: Mapping[int, int]) -> Curve:
    """The curve with the keys of some frames on others; a key that stood there gives way."""
    moved = {places[key.frame]: replace(key, frame=places[key.frame]) for key in curve.keys if key.frame in places}
    if not moved:
        return curve
    kept: dict[int, Key] = {key.frame: key for key in curve.keys if key.frame not in places}
    return Curve(keys=tuple(sorted((kept | moved).values(), key=lambda key: key.frame)))
