"""A person's correction of where a face's landmarks lie, and what it is at one frame.

A part of the face, a point or a region, is moved in canonical centimetres, so that a correction rides with the head
whatever its distance and turn; what lies around the part follows, the less the farther away. Its numbers are curves on
plate frames, like every parameter's. What was analysed stays as it is: a correction is laid over it while a frame is
drawn, and goes with the frame's recipe.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from pipeline.project.curve import Curve, value_at
from pipeline.project.landmark_parts import is_part

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


class LandmarkMove(Struct, frozen=True, kw_only=True):
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
    first: int | None = None
    """The first plate frame it counts on; None: the plate's. A face that was split or merged has such ends."""
    last: int | None = None
    """The last one, inclusive."""

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

    def counts_on(self, frame: int) -> bool:
        """Whether a plate frame lies between its ends."""
        return (self.first is None or frame >= self.first) and (self.last is None or frame <= self.last)


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
    found: list[tuple[int, int]] = []
    for start, stop in sorted(run for each in moves for run in _runs_of(each, frames)):
        if found and start <= found[-1][1] + 1:
            found[-1] = found[-1][0], max(stop, found[-1][1])
        else:
            found.append((start, stop))
    return tuple(found)


def _runs_of(move: LandmarkMove, frames: int) -> Iterator[tuple[int, int]]:
    """First and last frame of each stretch from key to key in which a move moves something."""
    first = 0 if move.first is None else max(0, move.first)
    stop = frames if move.last is None else min(frames, move.last + 1)
    free = replace(move, first=None, last=None)
    edges = sorted({first, stop, *(frame for frame in move.frames if first < frame < stop)})
    for low, above in pairwise(edges):
        # Curves turn at keys alone: what is still at both lies still between them.
        if shift_at(free, low) is None and shift_at(free, above) is None:
            continue
        high = above - 1
        while low <= high and shift_at(free, low) is None:
            low += 1
        while low < high and shift_at(free, high) is None:
            high -= 1
        if low <= high:
            yield low, high


def is_still(move: LandmarkMove) -> bool:
    """Whether it moves nothing in any frame."""
    keys = (key for curve in (move.x, move.y, move.z) for key in curve.keys)
    return all(abs(key.value) < LEAST_MOVE and not key.slope and key.interpolation != "bezier" for key in keys)


def _held(value: float, lowest: float, highest: float) -> float:
    return round(min(max(value, lowest), highest), _PLACES)


def before(moves: Iterable[LandmarkMove], frame: int) -> tuple[LandmarkMove, ...]:
    """What of the moves counts before a plate frame."""
    return _between(moves, None, frame - 1)


def from_on(moves: Iterable[LandmarkMove], frame: int) -> tuple[LandmarkMove, ...]:
    """What of the moves counts on a plate frame and after it."""
    return _between(moves, frame, None)


def _between(moves: Iterable[LandmarkMove], first: int | None, last: int | None) -> tuple[LandmarkMove, ...]:
    found = []
    for each in moves:
        begins = [end for end in (each.first, first) if end is not None]
        ends = [end for end in (each.last, last) if end is not None]
        cut = replace(each, first=max(begins, default=None), last=min(ends, default=None))
        if cut.first is None or cut.last is None or cut.first <= cut.last:
            found.append(cut)
    return tuple(found)


def joined(moves: Iterable[LandmarkMove]) -> tuple[LandmarkMove, ...]:
    """The moves, those that go on with the very numbers of an earlier one made one with it."""
    found: list[LandmarkMove] = []
    for each in moves:
        for i, other in enumerate(found):
            whole = _continued(other, each) or _continued(each, other)
            if whole is not None:
                found[i] = whole
                break
        else:
            found.append(each)
    return tuple(found)


def _continued(earlier: LandmarkMove, later: LandmarkMove) -> LandmarkMove | None:
    """Both as one, where they differ in nothing but their ends and the one begins where the other ends."""
    if earlier.last is None or later.first != earlier.last + 1:
        return None
    whole = replace(earlier, last=later.last)
    return whole if replace(later, first=earlier.first) == whole else None
