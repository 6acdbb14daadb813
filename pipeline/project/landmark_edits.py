"""Corrections of a face's landmarks, made, copied and taken back; each a pure function from project to project.

An edit reaches as far as one of a parameter does (`key_edits`): a keyframe, a range, a shot, the plate, or one key.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from pipeline.errors import ProjectError
from pipeline.project.curve import Curve, Key, value_at
from pipeline.project.curve_edits import raised
from pipeline.project.key_edits import check_frame, edited
from pipeline.project.landmark_move import (
    FARTHEST,
    LARGEST_REACH,
    USUAL_REACH,
    LandmarkMove,
    is_still,
    with_each_curve,
)
from pipeline.project.landmark_parts import checked_part, spoken_part
from pipeline.project.project import FaceTrack, Project, face_named, with_face
from pipeline.project.reached import Change, Reached, change_within, covers
from pipeline.project.scoped_curve import raised_in_shot

_PLACES = 5
"""Decimals of a way that is written down: far finer than is seen."""

Way = tuple[float, float, float]
"""Centimetres of the canonical face: to the performer's left, up, out of the face."""


class Changes(NamedTuple):
    """What an edit makes of the curves of a part's way, and of its reach."""

    way: Change
    reach: Change


def move_landmarks(
    project: Project, face: str | None, part: str, by: Way, where: Reached, reach: float | None = None
) -> Project:
    """A part of the plate's face moved by so much from where it lies in `where.frame`, and the skin around it.

    `reach` None keeps the part's, at first `USUAL_REACH`. On a range every frame gets what that frame has then; in a
    shot, or on the whole plate, every frame is moved by as much. Raises ProjectError: no such face or part, or too far.
    RangeError: no such frame, an empty range.
    """
    track = face_named(project, face)
    changes = _changing(project, track, where)
    checked_part(part)
    old = next((each for each in track.landmark_moves if each.part == part and covers(each, where)), None)
    way = tuple(round(have + more, _PLACES) for have, more in zip(_way_at(old, where.frame), by, strict=True))
    if any(not abs(value) <= FARTHEST for value in way):
        raise ProjectError(
            f"The {spoken_part(part)} of {track.id} would lie {max(map(abs, way)):.2f} cm from where it was found: "
            f"{FARTHEST:g} cm is the most."
        )
    if reach is None:
        reach = USUAL_REACH if old is None else value_at(old.reach, where.frame)
    if not 0.0 <= reach <= LARGEST_REACH:
        raise ProjectError(f"The reach around a part goes from 0 to {LARGEST_REACH:g} cm, so it cannot be {reach:g}.")
    new = _changed(old, part, way, reach, changes)
    others = track.landmark_moves
    moves = (*others, new) if old is None else tuple(new if each is old else each for each in others)
    return _with_moves(project, track, moves, where)


def reset_landmarks(project: Project, face: str | None, part: str | None, where: Reached) -> Project:
    """A part, or with None every part, where analysis found it, as far as the scope reaches.

    Raises ProjectError: no such face or part, or nothing of it is corrected. RangeError: no such frame.
    """
    track = face_named(project, face)
    check_frame(project, track, where.frame)
    meant = [each for each in track.landmark_moves if part in (None, each.part)]
    if not meant:
        what = "Nothing" if part is None else f"Nothing at the {spoken_part(checked_part(part))}"
        raise ProjectError(f"{what} of {track.id} is corrected, so that there is nothing to take back.")
    if where.is_everywhere:
        return _with_moves(project, track, [each for each in track.landmark_moves if each not in meant], where)
    change = change_within(project, track, where)
    changes = Changes(change, change)
    moves = [
        _changed(each, each.part, (0.0, 0.0, 0.0), value_at(each.reach, where.frame), changes)
        if each in meant
        else each
        for each in track.landmark_moves
    ]
    return _with_moves(project, track, moves, where)


def copy_landmarks(project: Project, face: str | None, frame: int, to: int, part: str | None = None) -> Project:
    """A part, or with None every part, at frame `to` as it is at `frame`, fading to the keyframes beside it.

    Raises ProjectError: no such face, or nothing of it is corrected. RangeError: no such frame.
    """
    track = face_named(project, face)
    check_frame(project, track, frame)
    where = Reached(to)
    changes = _changing(project, track, where)
    meant = [each for each in track.landmark_moves if part in (None, each.part) and each.counts_on(to)]
    if not meant:
        raise ProjectError(f"Nothing of {track.id} is corrected there: move a part first.")
    moves = [
        _changed(each, each.part, _way_at(each, frame), value_at(each.reach, frame), changes) if each in meant else each
        for each in track.landmark_moves
    ]
    return _with_moves(project, track, moves, where)


def without_landmark_keys(moves: Iterable[LandmarkMove], frame: int) -> tuple[LandmarkMove, ...]:
    """The corrections without their keys on a frame; one that has no others is gone."""
    kept = [
        with_each_curve(each, lambda curve: _without(curve, frame))
        for each in moves
        if all(any(key.frame != frame for key in curve.keys) for curve in (each.x, each.y, each.z, each.reach))
    ]
    return tuple(each for each in kept if not is_still(each))


def _without(curve: Curve, frame: int) -> Curve:
    return replace(curve, keys=tuple(key for key in curve.keys if key.frame != frame))


def _changing(project: Project, track: FaceTrack, where: Reached) -> Changes:
    """What an edit's scope makes of curves. Raises RangeError: a frame outside the plate, an empty range."""
    last = check_frame(project, track, where.frame)
    if where.is_everywhere:
        return Changes(
            lambda curve, held, value: _raised_to(curve, where.frame, value),
            lambda curve, held, value: Curve(keys=(Key(frame=where.frame, value=value),)),
        )
    change = change_within(project, track, where)
    if where.scope == "shot":
        return Changes(lambda curve, held, value: _raised_within(curve, where, last, value), change)
    return Changes(change, change)


def _raised_within(curve: Curve | None, where: Reached, last: int, value: float) -> Curve:
    """The curve, all of its shot as much higher or lower as makes it `value` at the edit's frame."""
    rise = value if curve is None else value - value_at(curve, where.frame)
    return raised_in_shot(curve, 0.0, where.frames, last, rise, _believable)


def _believable(value: float) -> float:
    return min(max(value, -FARTHEST), FARTHEST)


def _raised_to(curve: Curve | None, frame: int, value: float) -> Curve:
    """The curve, all of it as much higher or lower as makes it `value` at a frame."""
    if curve is None:
        return Curve(keys=(Key(frame=frame, value=value),))
    return raised(curve, value - value_at(curve, frame), _believable)


def _way_at(move: LandmarkMove | None, frame: int) -> Way:
    if move is None or not move.counts_on(frame):
        return 0.0, 0.0, 0.0
    return value_at(move.x, frame), value_at(move.y, frame), value_at(move.z, frame)


def _changed(old: LandmarkMove | None, part: str, way: Sequence[float], reach: float, changes: Changes) -> LandmarkMove:
    if old is None:
        x, y, z = (changes.way(None, 0.0, value) for value in way)
        return LandmarkMove(part=part, x=x, y=y, z=z, reach=changes.reach(None, reach, reach))
    x, y, z = (changes.way(curve, 0.0, value) for curve, value in zip((old.x, old.y, old.z), way, strict=True))
    return replace(old, x=x, y=y, z=z, reach=changes.reach(old.reach, reach, reach))


def _with_moves(project: Project, track: FaceTrack, moves: Iterable[LandmarkMove], where: Reached) -> Project:
    kept = tuple(each for each in moves if not is_still(each))
    keyframes = edited(track, where.frame) if where.scope == "keyframe" else track.keyframes
    return with_face(project, replace(track, landmark_moves=kept, keyframes=keyframes))
