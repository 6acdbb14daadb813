"""Which of many candidates stay: the strongest, apart from each other, and never too many a minute.

Candidates are visited from the strongest on, and each looks only at its neighbours in time, so that the work grows with
the length of the film and no faster.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from pipeline.project.proposal import Proposal, ProposalKind, ProposalRegion

Seconds = NDArray[np.float64]

TOGETHER_S = 0.06
"""What happens this close in two regions is one moment, seconds."""
TOLD_S = 0.20
"""A candidate that gives way this close to a stronger one leaves it its reasons, seconds."""
STAGED_S = 1.0
"""Two steps of one movement further apart are two movements, seconds."""
MINUTE_S = 60.0
PHASES: frozenset[ProposalKind] = frozenset({"onset", "apex", "offset"})
STRUCTURE: frozenset[ProposalKind] = frozenset({"first", "last", "cut", "occlusion_in", "occlusion_out"})
"""Kinds that are proposed whatever the sensitivity, and never thinned out."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A keyframe that may be proposed. `index` counts the face's frames; `reasons` by source, the strongest first."""

    index: int
    kind: ProposalKind
    region: ProposalRegion
    score: float
    reasons: Mapping[str, str]
    proposal: Proposal | None = None
    """What it is proposed as, where that is known already."""


def rank(candidate: Candidate) -> tuple[bool, float, int, str, str]:
    """Sorts structure first, then the strongest, then the earliest."""
    return candidate.kind not in STRUCTURE, -candidate.score, candidate.index, candidate.kind, candidate.region


def thinned(candidates: Sequence[Candidate], seconds: Seconds, spacing: float) -> list[Candidate]:
    """The strongest, apart from each other, with the reasons of those that they displace.

    Two of one region stay `spacing` seconds apart, two of different regions TOGETHER_S (or `spacing`, if less).
    """
    phases = _Phases(candidates)
    kept: dict[int, Candidate] = {}
    order: list[tuple[float, int]] = []
    reach = max(spacing, STAGED_S)
    for number, each in enumerate(sorted(candidates, key=rank)):
        moment = float(seconds[each.index])
        low = bisect_left(order, (moment - reach, -1))
        high = bisect_right(order, (moment + reach, len(candidates)))
        rivals = [
            (abs(time - moment), kept[i].index, i)
            for time, i in order[low:high]
            if _rival(kept[i], each, abs(time - moment), spacing, phases)
        ]
        if each.kind in STRUCTURE or not rivals:
            kept[number] = each
            insort(order, (moment, number))
            continue
        apart, _, nearest = min(rivals)
        if apart <= TOLD_S:
            known = kept[nearest].reasons
            new = {source: text for source, text in each.reasons.items() if source not in known}
            kept[nearest] = replace(kept[nearest], reasons={**known, **new})
    return list(kept.values())


class _Phases:
    """Where the onsets, apexes and offsets of each region lie."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        self._indices: dict[tuple[ProposalRegion, ProposalKind], list[int]] = {}
        for each in sorted(candidates, key=lambda each: each.index):
            if each.kind in PHASES:
                self._indices.setdefault((each.region, each.kind), []).append(each.index)

    def part(self, region: ProposalRegion, kind: ProposalKind, low: int, high: int) -> bool:
        """Whether another phase of the region lies between two of this kind."""
        return any(
            bisect_left(indices, high) > bisect_right(indices, low)
            for (where, what), indices in self._indices.items()
            if where == region and what != kind
        )


def _rival(kept: Candidate, each: Candidate, apart: float, spacing: float, phases: _Phases) -> bool:
    """Whether only the stronger of two may stay: too close, or a second step of the same movement."""
    near = spacing if kept.region == each.region else min(spacing, TOGETHER_S)
    if apart < max(near, 1e-9):
        return True
    if (kept.kind, kept.region) != (each.kind, each.region) or kept.kind not in PHASES or apart >= STAGED_S:
        return False
    low, high = sorted((kept.index, each.index))
    return not phases.part(each.region, each.kind, low, high)


def limited(candidates: Sequence[Candidate], seconds: Seconds, per_minute: float) -> list[Candidate]:
    """The strongest, so that no minute holds more than `per_minute` besides the structure."""
    most = max(1, int(per_minute))
    kept: list[Candidate] = []
    times: list[float] = []
    for each in sorted(candidates, key=rank):
        if each.kind in STRUCTURE:
            kept.append(each)
            continue
        moment = float(seconds[each.index])
        at = bisect_right(times, moment)
        trial = [*times[max(0, at - most) : at], moment, *times[at : at + most]]
        if all(trial[i + most] - trial[i] > MINUTE_S for i in range(len(trial) - most)):
            times.insert(at, moment)
            kept.append(each)
    return kept
