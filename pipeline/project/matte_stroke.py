"""A person's correction of a face's matte: brush strokes that ride with the face, and what they are at one frame.

A stroke says of the skin under it that the plate is to show through, that the face is to show although something was
taken to lie before it, or that what was found holds again; later strokes lie over earlier ones. Its points are held by
landmarks, so that they go along with the head and the skin. How far it counts is a curve on plate frames, like a
parameter's.
"""

from collections.abc import Iterable, Iterator
from typing import Annotated, Literal, get_args

from msgspec import Meta, Struct
from msgspec.structs import replace

from pipeline.project.curve import Curve, value_at
from pipeline.project.landmark_parts import POINTS
from pipeline.project.lasting import Lasting, merged_runs, runs_of

Shows = Literal["plate", "face", "found"]
"""What a stroke lets be seen: the plate as it is, the face that is drawn, or what the matte was without strokes."""
SHOWN: tuple[Shows, ...] = get_args(Shows)

LEAST_RADIUS, LARGEST_RADIUS = 0.05, 6.0
"""Centimetres of the canonical face, which is about 15 wide."""
USUAL_RADIUS = 0.6
USUAL_SOFTNESS = 0.5
FARTHEST_POINT = 12.0
"""Centimetres along each axis that a point lies from its landmark at most: a face beside the mesh, no more."""
MOST_POINTS = 4000
LEAST_AMOUNT = 1e-3
"""A stroke that counts less isn't drawn."""

_PLACES = 6
"""Decimals of an amount that is drawn, as for parameters."""

StrokePoint = tuple[Annotated[int, Meta(ge=0, lt=POINTS)], float, float, float]
"""The landmark that holds it, 0..467, and how far from there it lies: centimetres of the canonical face to the
performer's left, up, out of the face."""


class Brush(Struct, frozen=True, kw_only=True):
    """A stroke as it was painted."""

    shows: Shows
    points: tuple[StrokePoint, ...]
    """The way of its middle, from point to point; one is a dab."""
    radius: float = USUAL_RADIUS
    """Centimetres of the canonical face."""
    softness: Annotated[float, Meta(ge=0.0, le=1.0)] = USUAL_SOFTNESS
    """Share of the radius over which it fades out."""

    def __post_init__(self) -> None:
        if not 0 < len(self.points) <= MOST_POINTS:
            raise ValueError(f"a stroke has 1 to {MOST_POINTS} points, not {len(self.points)}")
        if not LEAST_RADIUS <= self.radius <= LARGEST_RADIUS:
            raise ValueError(f"a brush's radius goes from {LEAST_RADIUS:g} to {LARGEST_RADIUS:g} cm")
        if any(not abs(way) <= FARTHEST_POINT for _, *ways in self.points for way in ways):
            raise ValueError(f"a stroke's points lie within {FARTHEST_POINT:g} cm of the landmarks that hold them")


class MatteStroke(Lasting, frozen=True, kw_only=True):
    """One stroke over time."""

    brush: Brush
    amount: Curve
    """0..1, how far it counts."""

    @property
    def frames(self) -> tuple[int, ...]:
        """Those with a key, ascending."""
        return self.amount.frames


class LaidStroke(Struct, frozen=True):
    """A stroke in one frame; `amount` is above 0 and 1 at most."""

    brush: Brush
    amount: float


def strokes_at(strokes: Iterable[MatteStroke], frame: int) -> tuple[LaidStroke, ...]:
    """Those of a face's strokes that count on a plate frame, in their order; () where the matte is as it was found."""
    return tuple(laid for each in strokes if (laid := _laid(each, frame)) is not None)


def _laid(stroke: MatteStroke, frame: int) -> LaidStroke | None:
    if not stroke.counts_on(frame):
        return None
    amount = round(min(max(value_at(stroke.amount, frame), 0.0), 1.0), _PLACES)
    return None if amount < LEAST_AMOUNT else LaidStroke(stroke.brush, amount)


def painted_runs(strokes: Iterable[MatteStroke], frames: int) -> tuple[tuple[int, int], ...]:
    """First and last frame of each run, of so many frames, in which any stroke counts; read off the keys alone."""
    return merged_runs(run for each in strokes for run in _runs_of(each, frames))


def _runs_of(stroke: MatteStroke, frames: int) -> Iterator[tuple[int, int]]:
    free = replace(stroke, first=None, last=None)
    return runs_of(stroke, stroke.amount.frames, frames, lambda frame: _laid(free, frame) is not None)


def is_gone(stroke: MatteStroke) -> bool:
    """Whether it counts in no frame."""
    return all(
        key.value < LEAST_AMOUNT and not key.slope and key.interpolation != "bezier" for key in stroke.amount.keys
    )
