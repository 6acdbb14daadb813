"""Corrections of a face's matte, painted, copied and taken back; each a pure function from project to project.

An edit reaches as far as one of a parameter does (`key_edits`): a keyframe, a range, a shot, the plate, or one key.
"""

from collections.abc import Callable, Iterable

from msgspec.structs import replace

from pipeline.errors import ProjectError
from pipeline.project.curve import Curve, Key, value_at
from pipeline.project.key_edits import check_frame, edited
from pipeline.project.matte_stroke import Brush, MatteStroke, is_gone, strokes_at
from pipeline.project.project import FaceTrack, Project, face_named, with_face
from pipeline.project.reached import Reached, change_within

Changed = Callable[[Curve | None, float], Curve]
"""Of a stroke's amount, and what it is to be where the edit acts: the new one."""


def paint_matte(project: Project, face: str | None, brush: Brush, where: Reached) -> Project:
    """A stroke laid over those there are.

    Raises ProjectError: no such face. RangeError: no such frame, an empty range.
    """
    track = face_named(project, face)
    stroke = MatteStroke(brush=brush, amount=_changing(project, track, where)(None, 1.0))
    return _with_strokes(project, track, (*track.matte_strokes, stroke), where)


def reset_matte(project: Project, face: str | None, where: Reached) -> Project:
    """The matte as it was found, as far as the scope reaches.

    Raises ProjectError: no such face, or nothing is painted there. RangeError: no such frame.
    """
    track = face_named(project, face)
    changed = _changing(project, track, where)
    if not track.matte_strokes:
        raise ProjectError(f"Nothing of {track.id}'s matte is painted, so that there is nothing to take back.")
    if where.is_everywhere:
        return _with_strokes(project, track, (), where)
    strokes = [replace(each, amount=changed(each.amount, 0.0)) for each in track.matte_strokes]
    return _with_strokes(project, track, strokes, where)


def copy_matte(project: Project, face: str | None, frame: int, to: int) -> Project:
    """The strokes that count at `frame` count as much at frame `to`, fading to the keyframes beside it.

    Raises ProjectError: no such face, or nothing is painted there. RangeError: no such frame.
    """
    track = face_named(project, face)
    check_frame(project, track, frame)
    where = Reached(to)
    changed = _changing(project, track, where)
    if not strokes_at(track.matte_strokes, frame):
        raise ProjectError(f"Nothing of {track.id}'s matte is painted at frame {frame}: paint there first.")
    strokes = [
        replace(each, amount=changed(each.amount, value_at(each.amount, frame)))
        if each.counts_on(frame) and each.counts_on(to)
        else each
        for each in track.matte_strokes
    ]
    return _with_strokes(project, track, strokes, where)


def without_matte_keys(strokes: Iterable[MatteStroke], frame: int) -> tuple[MatteStroke, ...]:
    """The strokes without their keys on a frame; one that has no others is gone."""
    kept = [
        replace(each, amount=replace(each.amount, keys=keys))
        for each in strokes
        if (keys := tuple(key for key in each.amount.keys if key.frame != frame))
    ]
    return tuple(each for each in kept if not is_gone(each))


def _changing(project: Project, track: FaceTrack, where: Reached) -> Changed:
    """What an edit's scope makes of amounts. Raises RangeError: a frame outside the plate, an empty range."""
    if where.is_everywhere:
        check_frame(project, track, where.frame)
        return lambda curve, value: Curve(keys=(Key(frame=where.frame, value=value),))
    change = change_within(project, track, where)
    return lambda curve, value: change(curve, 0.0, value)


def _with_strokes(project: Project, track: FaceTrack, strokes: Iterable[MatteStroke], where: Reached) -> Project:
    kept = tuple(each for each in strokes if not is_gone(each))
    keyframes = edited(track, where.frame) if where.scope == "keyframe" else track.keyframes
    return with_face(project, replace(track, matte_strokes=kept, keyframes=keyframes))
