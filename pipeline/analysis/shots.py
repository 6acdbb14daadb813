"""The shots of a plate: hard cuts that stand a second look, dissolves and fades.

The pass must say at once whether a shot begins, and says it too often rather than too seldom: a face that is lost to a
false cut is joined again by who it is. With the pictures on both sides known, three kinds of false cut are told: the
flash after which the old picture is back, the pan that goes on as fast as it began, and the first step of a fade.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.dissolves import Dissolve, Tiny, brightness_likeness, find_dissolves
from pipeline.analysis.journal import Journal

FLASH_FRAMES = 10
"""Longest flash."""
SAME_LIKENESS = 0.8
"""Correlation of brightness from which the picture after a flash is the one before it."""
FLASH_RISE = 12.0
"""Mean brightness of a flash over the picture's, steps of 255."""
STANDS_OUT = 2.0
"""How far a cut's change stands out from its neighbours' on either side; a pan's steps don't."""
_AROUND = 4


@dataclass(frozen=True, slots=True)
class Shots:
    """Where shots begin. `cuts` are plate frames, the first one of the plate among them."""

    cuts: tuple[int, ...] = ()
    dissolves: tuple[Dissolve, ...] = ()

    @property
    def begins(self) -> list[int]:
        """Plate frames that begin a shot, the first whole ones after dissolves among them, ascending."""
        return sorted({*self.cuts, *(each.stop for each in self.dissolves)})


def shots_of(journal: Journal) -> Shots:
    """The shots in what a pass has kept so far."""
    pictures, point = journal.pictures(), journal.resume_point()
    return Shots() if point is None else shots_in(pictures, journal.cuts(), point[0] - len(pictures))


def shots_in(pictures: Tiny, cuts: Sequence[int], first_frame: int = 0) -> Shots:
    """The shots of a run of pictures (T, 9, 16, 3), `cuts` being where the pass saw shots begin."""
    if len(pictures) == 0:
        return Shots(tuple(cuts))
    flat = pictures.reshape(len(pictures), -1).astype(np.float32)
    steps = np.abs(np.diff(flat, axis=0, prepend=flat[:1])).mean(axis=1)
    places = [cut - first_frame for cut in cuts]
    believed = [t for t in places if t == places[0] or (_stands_out(steps, t) and not _flash(flat, t))]
    dissolves = [each for each in find_dissolves(pictures, believed) if not _dying_flash(flat, each)]
    kept = [t for t in believed if t == places[0] or not any(each.first <= t <= each.stop for each in dissolves)]
    return Shots(
        tuple(first_frame + t for t in kept),
        tuple(Dissolve(first_frame + each.first, first_frame + each.stop, each.fade) for each in dissolves),
    )


def _stands_out(steps: NDArray[np.float32], t: int) -> bool:
    sides = steps[max(1, t - _AROUND) : t], steps[t + 1 : t + 1 + _AROUND]
    return all(len(side) == 0 or steps[t] >= STANDS_OUT * float(np.median(side)) for side in sides)


def _flash(flat: NDArray[np.float32], t: int) -> bool:
    """Whether a flash begins or ends at `t`: brighter for some frames, and the picture as before after them."""
    starts = range(t + 1, min(len(flat), t + 1 + FLASH_FRAMES))
    ends = range(t - 2, max(-1, t - 2 - FLASH_FRAMES), -1)
    return any(_back(flat, t - 1, after) for after in starts) or any(_back(flat, before, t) for before in ends)


def _dying_flash(flat: NDArray[np.float32], dissolve: Dissolve) -> bool:
    """Whether what passes over is a flash that goes out: soon before it the picture was the one after it."""
    last = dissolve.first - 2
    return any(_back(flat, before, dissolve.stop) for before in range(last, max(-1, last - FLASH_FRAMES), -1))


def _back(flat: NDArray[np.float32], before: int, after: int) -> bool:
    between = flat[before + 1 : after].mean()
    rest = max(float(flat[before].mean()), float(flat[after].mean()))
    return between > rest + FLASH_RISE and brightness_likeness(flat[before], flat[after]) > SAME_LIKENESS
