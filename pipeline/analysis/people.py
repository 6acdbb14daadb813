"""Joins tracklets into people: one identity through cuts, crossings, exits and returns.

Done when all of the plate is known, from the tracklets' mean embeddings: the most alike first, never two that are seen
in the same frame. The numbers that come out follow first appearance, so that they are stable.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.tracklet import unit
from pipeline.engines.recognizers.faceres import SAME_PERSON

SAME_PERSON_NEARBY = 0.45
"""Likeness from which a face found again shortly after, at the same place of the same shot, is the lost one."""
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
    if not sightings:
        return []
    ordered = sorted(sightings, key=_appearance)
    groups = _Groups(ordered, threshold)
    while groups.merge_best():
        pass
    people = [sorted((ordered[i] for i in members), key=_appearance) for members in groups.members if members]
    return sorted(people, key=lambda person: _appearance(person[0]))


class _Groups:
    """Groups of sightings and how surely any two are one person's; a plate may hold thousands."""

    def __init__(self, sightings: Sequence[Sighting], threshold: float) -> None:
        self.members = [[i] for i in range(len(sightings))]
        self._threshold = threshold
        self._sums = np.array([each.embedding for each in sightings], np.float64)
        self._means = np.array([unit(each) for each in self._sums])
        first, last = (np.array([getattr(each, name) for each in sightings]) for name in ("first", "last"))
        self._meet = (first[:, None] <= last[None]) & (first[None] <= last[:, None])
        gap = first[None] - last[:, None]
        self._adjoin = np.zeros_like(self._meet)
        for i, j in np.argwhere((gap > 0) & (gap <= NEARBY_FRAMES)).tolist():
            self._adjoin[i, j] = self._adjoin[j, i] = _same_place(sightings[i], sightings[j])
        self._margins = self._means @ self._means.T - self._needed(slice(None))
        self._margins[self._meet] = -np.inf

    def merge_best(self) -> bool:
        """Join the two groups most surely of one person; False when none are. Ties go to who appeared first."""
        best = int(np.argmax(self._margins))
        i, j = sorted(divmod(best, len(self.members)))
        if self._margins[i, j] <= 0:
            return False
        self.members[i] += self.members[j]
        self.members[j] = []
        self._sums[i] += self._sums[j]
        self._means[i] = unit(self._sums[i])
        for relation in (self._meet, self._adjoin):
            relation[i] |= relation[j]
            relation[:, i] |= relation[:, j]
        self._meet[j] = self._meet[:, j] = True
        margins = self._means @ self._means[i] - self._needed(i)
        margins[self._meet[i]] = -np.inf
        self._margins[i] = self._margins[:, i] = margins
        self._margins[j] = self._margins[:, j] = -np.inf
        return True

    def _needed(self, rows: slice | int) -> NDArray[np.float64]:
        nearby = min(SAME_PERSON_NEARBY, self._threshold)
        return np.asarray(np.where(self._adjoin[rows], nearby, self._threshold), np.float64)


def _appearance(sighting: Sighting) -> tuple[int, float, int]:
    return sighting.first, float(sighting.first_box[0]), sighting.number


def _same_place(earlier: Sighting, later: Sighting) -> bool:
    """Whether `later` begins in the shot of `earlier`, within half a face of where that one ended."""
    a, b = earlier.last_box, later.first_box
    size = float(a[2] - a[0] + a[3] - a[1]) / 2
    return earlier.shot == later.shot and float(np.abs(a - b).max()) < size / 2
