"""Which frames of a face an edit draws otherwise: told from the two documents, without drawing anything."""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from itertools import zip_longest

from msgspec.structs import replace

from pipeline.project.curve import Curve, Key, value_at
from pipeline.project.landmark_move import LandmarkMove, shifts_at
from pipeline.project.matte_stroke import MatteStroke, strokes_at
from pipeline.project.parameter_table import PARAMETERS, Parameter
from pipeline.project.project import FaceTrack, Identity, Project

Changed = Callable[[int], bool]
"""Whether a plate frame is drawn otherwise."""


def never(frame: int) -> bool:
    """No frame is."""
    return False


def always(frame: int) -> bool:
    """Every frame is."""
    return True


def changed_frames(old: Project, new: Project, face: str) -> Changed:
    """Where a face's recipe, or whose photos it wears, differs between two documents; `never` where nowhere.

    A face that either document lacks is drawn otherwise everywhere. Review, names and consent draw nothing.
    """
    before, after = _face(old, face), _face(new, face)
    if before is None or after is None:
        return always
    if _plain(before) != _plain(after) or _photos(old, before) != _photos(new, after):
        return always
    if before is after or (_kept(before) == _kept(after)):
        return never
    known = [PARAMETERS[name] for name in {*before.curves, *after.curves} if name in PARAMETERS]
    other = [each for each in known if before.curves.get(each.name) != after.curves.get(each.name)]
    one, two = _otherwise(before.landmark_moves, after.landmark_moves)
    painted = before.matte_strokes != after.matte_strokes

    def changed(frame: int) -> bool:
        if any(_value(before, each, frame) != _value(after, each, frame) for each in other):
            return True
        if painted and strokes_at(before.matte_strokes, frame) != strokes_at(after.matte_strokes, frame):
            return True
        return shifts_at(one, frame) != shifts_at(two, frame)

    return changed


def changed_among(old: Project, new: Project, face: str, frames: Sequence[int]) -> list[int]:
    """Those of `frames` (ascending) that `changed_frames` tells; curves and corrections
    are read about the keys that differ alone."""
    changed = changed_frames(old, new, face)
    if changed is never:
        return []
    if changed is always:
        return list(frames)
    before, after = _face(old, face), _face(new, face)
    assert before is not None
    assert after is not None
    spans = [
        _span(before.curves.get(name), after.curves.get(name))
        for name in {*before.curves, *after.curves}
        if before.curves.get(name) != after.curves.get(name)
    ]
    spans += _move_spans(*_otherwise(before.landmark_moves, after.landmark_moves))
    spans += _stroke_spans(before.matte_strokes, after.matte_strokes)
    first, last = min(first for first, _ in spans), max(last for _, last in spans)
    inside = frames[bisect_left(frames, first) : bisect_right(frames, last)]
    return [frame for frame in inside if changed(frame)]


def _span(one: Curve | None, other: Curve | None) -> tuple[float, float]:
    """The first and last frame between which two curves may differ: a smooth key leans on those beside it."""
    if one is None or other is None:
        return 0, math.inf
    before, after = one.keys, other.keys
    same = _alike(before, after)
    tail = _alike(before[::-1], after[::-1])
    first = before[same - 2].frame if same >= 2 else 0
    return first, before[len(before) - tail + 1].frame if tail >= 2 else math.inf


def _otherwise(
    before: Sequence[LandmarkMove], after: Sequence[LandmarkMove]
) -> tuple[list[LandmarkMove], list[LandmarkMove]]:
    """The corrections that differ, old and new; where those that stay lie among them makes no difference."""
    return [each for each in before if each not in after], [each for each in after if each not in before]


def _move_spans(before: Sequence[LandmarkMove], after: Sequence[LandmarkMove]) -> list[tuple[float, float]]:
    """Between which frames corrections may differ: one that was changed, where its curves do; others wherever."""
    spans: list[tuple[float, float]] = []
    for one, other in zip_longest(before, after):
        if one is None or other is None or (one.part, one.first, one.last) != (other.part, other.first, other.last):
            return [(0, math.inf)]
        pairs = ((one.x, other.x), (one.y, other.y), (one.z, other.z), (one.reach, other.reach))
        spans += [_span(*pair) for pair in pairs if pair[0] != pair[1]]
    return spans


def _stroke_spans(before: Sequence[MatteStroke], after: Sequence[MatteStroke]) -> list[tuple[float, float]]:
    """Between which frames mattes may differ: a stroke more or less wherever it has an amount, else where that does."""
    spans: list[tuple[float, float]] = []
    for one, other in zip_longest(before, after):
        if one == other:
            continue
        if one is None or other is None or replace(one, amount=other.amount) != other:
            return [(0, math.inf)]
        spans.append(_span(one.amount, other.amount))
    return spans


def _alike(one: Sequence[Key], other: Sequence[Key]) -> int:
    """How many keys two curves begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(one), len(other)))


def _kept(face: FaceTrack) -> tuple[object, ...]:
    """What of a face changes from frame to frame."""
    return face.curves, face.landmark_moves, face.matte_strokes


def _face(project: Project, face: str) -> FaceTrack | None:
    return next((each for each in project.faces if each.id == face), None)


def _plain(face: FaceTrack) -> FaceTrack:
    """All of a face that draws something, but for its curves and corrections."""
    return replace(
        face, performer="", share=1.0, curves={}, landmark_moves=(), matte_strokes=(), keyframes=(), dismissed=()
    )


def _photos(project: Project, face: FaceTrack) -> object:
    found: Identity | None = next((each for each in project.identities if each.id == face.identity), None)
    return None if found is None else found.sources


def _value(face: FaceTrack, parameter: Parameter, frame: int) -> float:
    curve: Curve | None = face.curves.get(parameter.name)
    return parameter.constant(face) if curve is None else parameter.held(value_at(curve, frame))
