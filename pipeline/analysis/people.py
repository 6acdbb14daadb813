"""Joins tracklets into people: one identity through cuts, crossings, exits and returns.

Done when all of the plate is known, from the tracklets' mean embeddings: the most alike first, never two that are seen
in the same frame. The numbers that come out follow first appearance, so that they are stable.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.tracklet import unit

SAME_PERSON = 0.6
"""Likeness of two mean embeddings from which they are one person's."""
SAME_PERSON_NEARBY = 0.45
"""The same for a face lost and found again shortly after, at the same place and in the same shot."""
NEARBY_FRAMES = 24


@dataclass(frozen=True, slots=True, eq=False)
class Sighting:
    """A tracklet as far as joining needs it."""

    number: int
    shot: int
    first: int
    last: int
    first_box: NDArray[np.float64]
    last_box: NDArray[np.float64]
    embedding: NDArray[np.floating]
    """Sum of the tracklet's embeddings: longer-seen tracklets weigh more."""


def join(sightings: Sequence[Sighting], threshold: float = SAME_PERSON) -> list[list[Sighting]]:
    """People in order of first appearance, each with its sightings in order of time."""
    groups = [[each] for each in sorted(sightings, key=_appearance)]
    while True:
        best = _best_pair(groups, threshold)
        if best is None:
            break
        i, j = best
        groups[i] = sorted(groups[i] + groups[j], key=_appearance)
        del groups[j]
    return sorted(groups, key=lambda group: _appearance(group[0]))


def _appearance(sighting: Sighting) -> tuple[int, float, int]:
    return sighting.first, float(sighting.first_box[0]), sighting.number


def _best_pair(groups: Sequence[Sequence[Sighting]], threshold: float) -> tuple[int, int] | None:
    """The two groups most surely of one person, None when none are; ties go to who appeared first."""
    best: tuple[int, int] | None = None
    best_margin = 0.0
    means = [unit(np.sum([each.embedding for each in group], axis=0)) for group in groups]
    for i, group in enumerate(groups):
        for j in range(i + 1, len(groups)):
            if _meet(group, groups[j]):
                continue
            needed = SAME_PERSON_NEARBY if _adjoin(group, groups[j]) else threshold
            margin = float(means[i] @ means[j]) - min(needed, threshold)
            if margin > best_margin:
                best, best_margin = (i, j), margin
    return best


def _meet(group: Sequence[Sighting], other: Sequence[Sighting]) -> bool:
    return any(a.first <= b.last and b.first <= a.last for a in group for b in other)


def _adjoin(group: Sequence[Sighting], other: Sequence[Sighting]) -> bool:
    return any(_continues(a, b) or _continues(b, a) for a in group for b in other)


def _continues(earlier: Sighting, later: Sighting) -> bool:
    """Whether `later` begins shortly after `earlier`, in its shot, within half a face of where it ended."""
    if earlier.shot != later.shot or not 0 < later.first - earlier.last <= NEARBY_FRAMES:
        return False
    a, b = earlier.last_box, later.first_box
    size = float(a[2] - a[0] + a[3] - a[1]) / 2
    return float(np.abs(a - b).max()) < size / 2
