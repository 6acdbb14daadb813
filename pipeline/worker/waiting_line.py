"""Jobs of one kind that wait for the one before them, in the order in which they are to begin."""

from collections.abc import Callable, Sequence
from threading import Lock

from pipeline.ipc.messages import JobDone
from pipeline.worker.job import Job

Waiting = tuple[Job, Callable[[], JobDone]]
"""A job, and what it does."""


class WaitingLine:
    """Safe to use from several threads."""

    def __init__(self) -> None:
        self._line: list[Waiting] = []
        self._lock = Lock()

    def put(self, job: Job, work: Callable[[], JobDone]) -> None:
        """Behind all others."""
        with self._lock:
            self._line.append((job, work))

    def take(self) -> Waiting:
        """The first one, which begins now. Raises IndexError: none waits."""
        with self._lock:
            return self._line.pop(0)

    def order(self, jobs: Sequence[int]) -> None:
        """These first, as they stand here; one that has begun by now is passed over."""
        places = {number: place for place, number in enumerate(jobs)}
        with self._lock:
            self._line.sort(key=lambda each: places.get(each[0].number, len(places)))
