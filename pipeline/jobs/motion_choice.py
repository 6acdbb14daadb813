"""Which clip or frame a face takes its motion from, and how far."""

from dataclasses import dataclass

from pipeline.jobs.source_choice import SourceChoice


@dataclass(frozen=True, slots=True)
class Motion:
    """Where a face's motion comes from.

    `gain` 0..1.5: 0 keeps the performer's, 1 is the donor's. `limit` 0..1: a score changes by no more.
    """

    donor: SourceChoice
    gain: float = 1.0
    limit: float = 0.6
