"""A person's correction of where a face's landmarks lie, and what it is at one frame.

A part of the face, a point or a region, is moved in canonical centimetres, so that a correction rides with the head
whatever its distance and turn; what lies around the part follows, the less the farther away. Its numbers are curves on
plate frames, like every parameter's. What was analysed stays as it is: a correction is laid over it while a frame is
drawn, and goes with the frame's recipe.
"""

from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from pipeline.project.curve import Curve, value_at
from pipeline.project.landmark_parts import is_part
from pipeline.project.lasting import Lasting, merged_runs, runs_of

FARTHEST = 3.0
"""Centimetres along each axis that a part goes at most; a face is about 15 wide."""
LARGEST_REACH = 6.0
"""Centimetres."""
USUAL_REACH = 1.5
"""Centimetres around a part that follow it, if nobody says otherwise."""
LEAST_MOVE = 1e-4
"""Centimetres: a shorter way isn't drawn."""

_PLACES = 6
"""Decimals of a value that is drawn, as for parameters."""


class LandmarkShift(Struct, frozen=True):
    """Where one part goes in one frame: `x`, `y`, `z` centimetres of the canonical face (to the performer's left, up,
    out of the face), and how far around it the skin follows, centimetres along the skin.
    """

    part: str
    x: float
    y: float
    z: float
    reach: float


class LandmarkMove(Lasting, frozen=True, kw_only=True):
    """One part's correction over time. Several of the same part add up."""

    part: str
    """A region's name, or a landmark's number (`landmark_parts`)."""
    x: Curve
    """Centimetres to the performer's left."""
    y: Curve
    """Centimetres up."""
    z: Curve
    """Centimetres out of the face."""
    reach: Curve
    """Centimetres along the skin over which the move fades out around the part."""

    def __post_init__(self) -> None:
        if not is_part(self.part):
            raise ValueError(f"a face has no part {self.part}")
        ways = (key.value for curve in (self.x, self.y, self.z) for key in curve.keys)
        if any(abs(value) > FARTHEST for value in ways):
            raise ValueError(f"a landmark is moved by {FARTHEST:g} cm at most along each axis")
        if any(not 0.0 <= key.value <= LARGEST_REACH for key in self.reach.keys):
            raise ValueError(f"the reach of a landmark's move goes from 0 to {LARGEST_REACH:g} cm")

    @property
    def frames(self) -> tuple[int, ...]:
        """Those with a key, ascending."""
        return tuple(sorted({frame for curve in (self.x, self.y, self.z) for frame in curve.frames}))


def with_each_curve(move: LandmarkMove, change: Callable[[Curve], Curve]) -> LandmarkMove:
    """The move with each of its curves changed alike."""
    return replace(move, x=change(move.x), y=change(move.y), z=change(move.z), reach=change(move.reach))


def shift_at(move: LandmarkMove, frame: int) -> LandmarkShift | None:
    """The move at a plate frame; None where it moves nothing."""
    if not move.counts_on(frame):
        return None
    x, y, z = (_held(value_at(curve, frame), -FARTHEST, FARTHEST) for curve in (move.x, move.y, move.z))
    if max(abs(x), abs(y), abs(z)) < LEAST_MOVE:
        return None
    return LandmarkShift(move.part, x, y, z, _held(value_at(move.reach, frame), 0.0, LARGEST_REACH))


def shifts_at(moves: Iterable[LandmarkMove], frame: int) -> tuple[LandmarkShift, ...]:
    """What a face's corrections are at a plate frame, in the document's order; () where it is drawn as analysed."""
    return tuple(shift for each in moves if (shift := shift_at(each, frame)) is not None)


def moved_runs(moves: Iterable[LandmarkMove], frames: int) -> tuple[tuple[int, int], ...]:
    """First and last frame of each run, of so many frames, in which anything is moved; read off the keys alone.

    Where two moves of a part cancel each other out, both count.
    """
    return merged_runs(run for each in moves for run in _runs_of(each, frames))


def _runs_of(move: LandmarkMove, frames: int) -> Iterator[tuple[int, int]]:
    """First and last frame of each stretch in which a move moves something."""
    free = replace(move, first=None, last=None)
    return runs_of(move, move.frames, frames, lambda frame: shift_at(free, frame) is not None)


def is_still(move: LandmarkMove) -> bool:
    """Whether it moves nothing in any frame."""
    keys = (key for curve in (move.x, move.y, move.z) for key in curve.keys)
    return all(abs(key.value) < LEAST_MOVE and not key.slope and key.interpolation != "bezier" for key in keys)


def _held(value: float, lowest: float, highest: float) -> float:
    return round(min(max(value, lowest), highest), _PLACES)
