"""How a job tells how far it is: a stage, and counts within it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` units (frames, unless the stage says otherwise) of one stage of a job.

    `total` is 0 where a stage can't be counted: it has begun, and ends with the next one.
    """

    stage: str
    done: int
    total: int


COMPILING = "preparing the engine (first run on this machine, about half a minute)"
"""The stage in which kernels are compiled."""

ProgressSink = Callable[[Progress], None]
"""Receives progress, possibly from several threads; returns quickly."""

CancelledCheck = Callable[[], bool]
"""Whether the user has asked the job to stop."""


Note = Callable[[str], None]
"""Receives a sentence that the user should read."""


Pace = Callable[[], None]
"""Called between two frames: waits while the machine has something more pressing to do."""


def no_progress(progress: Progress) -> None:
    """For callers that don't watch."""


def no_note(sentence: str) -> None:
    """For callers that told the user already."""


def no_pace() -> None:
    """For callers that have the machine to themselves."""


def never_cancelled() -> bool:
    """For callers that can't stop a job."""
    return False


@contextmanager
def telling_of_compiling(progress: ProgressSink) -> Iterator[None]:
    """Within it, `progress` hears before kernels are compiled, once on a machine: the wait would look like a halt."""
    from pipeline.imaging.jit import before_compiling

    with before_compiling(lambda: progress(Progress(COMPILING, 0, 0))):
        yield


class StageClock:
    """Seconds a job spent in each of its stages, one after the other."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = time.monotonic()

    def lap(self, stage: str) -> None:
        """The stage ends now; the next one begins."""
        now = time.monotonic()
        self.laps[stage], self._last = now - self._last, now
