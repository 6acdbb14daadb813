"""Passages between shots that were found, against those that are there."""

from collections.abc import Sequence

from pipeline.analysis.dissolves import Dissolve


def passages_hit(found: Sequence[Dissolve], there: Sequence[Dissolve]) -> tuple[int, int]:
    """Of `there` how many were found, of `found` how many are there: they share half of the longer one's frames."""
    pairs = [(f, t) for f in found for t in there if _shared(f, t) >= 0.5 * max(f.frames, t.frames)]
    return len({t for _, t in pairs}), len({f for f, _ in pairs})


def _shared(one: Dissolve, other: Dissolve) -> int:
    return max(0, min(one.stop, other.stop) - max(one.first, other.first))
