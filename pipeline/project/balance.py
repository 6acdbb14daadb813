"""Automatic balance: likeness at rest, motion in strong expression, as ordinary curves.

Where a face is calm it may be the identity's; where it acts, the performance must read, and the identity's own shape is
in its way. So a few parameters lean one way at rest and the other in strong expression, between them by how strong it
is. The keys that are written say so (`made`), may be edited like any others, and give way to a new balance; what a
person set stays.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from msgspec.structs import replace

from pipeline.project.curve import Curve, Key
from pipeline.project.parameter_table import PARAMETERS
from pipeline.project.project import Project, face_named, plate_of, with_face

CLEARANCE_FRAMES = 12
"""No key is written this near to one that a person set."""
TOLERANCE = 0.05
"""The curve leaves the expression's course by no more, of 0..1."""


@dataclass(frozen=True, slots=True)
class Lean:
    """What a parameter adds to its constant number at rest, and in strong expression."""

    parameter: str
    rest: float
    strong: float


LEANS: tuple[Lean, ...] = (
    Lean("shape", 0.03, -0.22),
    Lean("lip_shape", 0.15, 0.0),
    Lean("expression", -0.05, 0.05),
    Lean("matching", -0.40, 0.0),
)
"""Shape mix, gain, and how far the closed loop is followed."""


@dataclass(frozen=True, slots=True)
class Balanced:
    """A project after a balance: the parameters with new keys, and those left alone for a person's keys."""

    project: Project
    written: tuple[str, ...]
    left: tuple[str, ...]


def balanced(
    project: Project, face: str | None, frames: Sequence[int], activation: Sequence[float], amount: float = 1.0
) -> Balanced:
    """Curves that follow `activation` (0..1 at the plate's `frames`, ascending), leaning by `amount` (0..1) of LEANS.

    A parameter whose keys are all a person's is left alone. Raises ProjectError: no such face.
    """
    track = face_named(project, face)
    last = plate_of(project, track).frames - 1
    course = [(frame, value) for frame, value in zip(frames, activation, strict=True) if 0 <= frame <= last]
    meant = balance_curves(track, [frame for frame, _ in course], [value for _, value in course], amount)
    curves, written, left = dict(track.curves), [], []
    for lean in LEANS:
        if lean.parameter == "matching" and track.motion is not None:
            continue  # A borrowed motion is as strong as its own gain says.
        curve = track.curves.get(lean.parameter)
        own = [] if curve is None else [key for key in curve.keys if key.made == "hand"]
        if curve is not None and len(own) == len(curve.keys):
            left.append(lean.parameter)
            continue
        keys = meant[lean.parameter].keys if meant else ()
        free = [key for key in keys if all(abs(key.frame - each.frame) > CLEARANCE_FRAMES for each in own)]
        kept = tuple(sorted((*own, *free), key=lambda key: key.frame))
        if kept:
            curves[lean.parameter] = Curve(keys=kept)
            written.append(lean.parameter)
    return Balanced(with_face(project, replace(track, curves=curves)), tuple(written), tuple(left))


def balance_curves(
    constant: msgspec.Struct, frames: Sequence[int], activation: Sequence[float], amount: float = 1.0
) -> dict[str, Curve]:
    """By parameter the curve that leans from its `constant` number; `activation` 0..1 at the plate's `frames`.

    No curves where there are no frames.
    """
    if not frames:
        return {}
    turns = _turning_points(list(zip(frames, activation, strict=True)))
    return {
        lean.parameter: Curve(keys=tuple(_key(constant, lean, frame, value, amount) for frame, value in turns))
        for lean in LEANS
    }


def unbalanced(project: Project, face: str | None) -> Project:
    """The project without the keys that a balance wrote. Raises ProjectError: no such face."""
    track = face_named(project, face)
    curves = {}
    for name, curve in track.curves.items():
        own = tuple(key for key in curve.keys if key.made != "balance")
        if own:
            curves[name] = Curve(keys=own)
    return with_face(project, replace(track, curves=curves))


def _key(constant: msgspec.Struct, lean: Lean, frame: int, activation: float, amount: float) -> Key:
    parameter = PARAMETERS[lean.parameter]
    change = amount * (lean.rest + (lean.strong - lean.rest) * activation)
    value = round(parameter.held(parameter.constant(constant) + change), 3)
    return Key(frame=frame, value=value, made="balance")


def _turning_points(course: Sequence[tuple[int, float]]) -> list[tuple[int, float]]:
    """The points of a course that a line through them leaves by TOLERANCE at most (Douglas and Peucker, 1973)."""
    if len(course) < 3:
        return list(course)
    kept, spans = {0, len(course) - 1}, [(0, len(course) - 1)]
    while spans:
        low, high = spans.pop()
        (start, one), (end, other) = course[low], course[high]
        farthest, distance = low, 0.0
        for i in range(low + 1, high):
            frame, value = course[i]
            off = abs(value - one - (other - one) * (frame - start) / (end - start))
            if off > distance:
                farthest, distance = i, off
        if distance > TOLERANCE:
            kept.add(farthest)
            spans += [(low, farthest), (farthest, high)]
    return [course[i] for i in sorted(kept)]
