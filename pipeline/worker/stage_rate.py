"""How fast a stage of a job gets on, and how long it will take."""

from dataclasses import dataclass, field

from pipeline.jobs.progress import Progress


@dataclass(slots=True)
class StageRate:
    """Units a second since the stage's first unit that was done in this run.

    So neither what was there from an earlier run counts, nor what is got ready once before the first unit.
    """

    _stage: str | None = None
    _first: int = 0
    _since: float = 0.0
    _moving: bool = False
    _last: Progress = field(default_factory=lambda: Progress("", 0, 0))
    rate: float = 0.0

    def note(self, state: Progress, now: float) -> bool:
        """A job's word at a time in seconds; whether a stage begins with it."""
        begins = state.stage != self._stage
        if begins:
            self._stage, self._moving = state.stage, False
            self._first, self._since, self.rate = state.done, now, 0.0
        elif not self._moving and state.done > self._first:
            self._moving, self._first, self._since = True, state.done, now
        elif now > self._since:
            self.rate = (state.done - self._first) / (now - self._since)
        self._last = state
        return begins

    @property
    def seconds_left(self) -> float | None:
        """None: unknown yet, or the stage can't be counted."""
        if self._last.total == 0 or self.rate <= 0:
            return None
        return (self._last.total - self._last.done) / self.rate
