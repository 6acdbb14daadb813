"""One reading that speaks for a keyframe, before readings are put together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pipeline.project.proposal import ProposalKind, ProposalRegion

Side = Literal["left", "right", "both"]
FIRST_QUARTER, HALF, LAST_QUARTER = 0.25, 0.5, 0.75
OTHER_SIDE = 0.5
"""A side that moves by less than this share of the other takes no part."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one signal says about one moment. `index` counts the face's frames, not the plate's."""

    index: int
    kind: ProposalKind
    region: ProposalRegion
    strength: float
    """1 is a plain full movement; more is possible."""
    text: str
    """What is seen, in words."""
    source: str
    """What was read; evidence of one source counts once."""
    side: Side = "both"
    measured: bool = False
    """Whether a length was read, not a score."""


def frames_said(count: int) -> str:
    """A number of frames in words of a reason."""
    return "1 frame" if count == 1 else f"{count} frames"


def joint_strength(group: Sequence[Evidence], weights: Mapping[str, float]) -> float:
    """Strength of readings of one moment: the root of the sum of squares over sources, each times its weight (or 1).

    Many units that move together say more than one, but not as much as if they were independent.
    """
    best: dict[str, float] = {}
    for each in group:
        best[each.source] = max(best.get(each.source, 0.0), each.strength * weights.get(each.source, 1.0))
    return float(sum(value**2 for value in best.values()) ** 0.5)


def reasons_of(group: Sequence[Evidence], most: int) -> dict[str, str]:
    """By source, the texts of the strongest readings, at most `most`; of one side where the other takes no part.

    Where scores and lengths tell of one source, the scores do: they are called what editors call them.
    """
    found: dict[str, Evidence] = {}
    for each in sorted(group, key=lambda each: (-each.strength, each.source, each.text)):
        told = found.get(each.source)
        if (told is None and len(found) < most) or (told is not None and told.measured and not each.measured):
            found[each.source] = each
    return {source: _told(each, group) for source, each in found.items()}


def _told(each: Evidence, group: Sequence[Evidence]) -> str:
    sided = each.side != "both" and not _two_sided(each, group)
    return f"{each.side} {each.text}" if sided else each.text


def _two_sided(one: Evidence, group: Sequence[Evidence]) -> bool:
    others = [each for each in group if each.source == one.source and each.side != one.side]
    return any(each.strength >= OTHER_SIDE * one.strength for each in others)


def grouped(evidence: Sequence[Evidence], seconds: NDArray[np.float64], window_s: float) -> list[list[Evidence]]:
    """Readings of one kind and region that belong to one moment, by kind, region and time.

    A moment goes on while readings follow within `window_s` of each other, for twice that at most.
    """
    groups: list[list[Evidence]] = []
    for each in sorted(evidence, key=lambda each: (each.kind, each.region, each.index, each.source)):
        if groups and _continues(groups[-1], each, seconds, window_s):
            groups[-1].append(each)
        else:
            groups.append([each])
    return groups


def _continues(group: Sequence[Evidence], each: Evidence, seconds: NDArray[np.float64], window_s: float) -> bool:
    first, last = group[0], group[-1]
    return (
        (last.kind, last.region) == (each.kind, each.region)
        and seconds[each.index] - seconds[last.index] <= window_s
        and seconds[each.index] - seconds[first.index] <= 2 * window_s
    )


def moment(group: Sequence[Evidence]) -> int:
    """The index of a group: of onsets the first, of apexes the last quarter of its strength, else the middle.

    An expression begins with its first units and is there when nearly all of them have arrived.
    """
    share = {"onset": FIRST_QUARTER, "apex": LAST_QUARTER, "surprise": LAST_QUARTER}.get(group[0].kind, HALF)
    ordered = sorted(group, key=lambda each: (each.index, each.source))
    wanted, done = share * sum(each.strength for each in ordered), 0.0
    for each in ordered:
        done += each.strength
        if done >= wanted:
            return each.index
    return ordered[-1].index
