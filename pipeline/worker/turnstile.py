"""Who may use the machine now: between two frames, work waits while there is some of a higher priority."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import IntEnum
from threading import Condition


class Priority(IntEnum):
    """What goes first; the lower number."""

    PREVIEW = 0
    PREFETCH = 1
    ANALYSIS = 2
    STRIP = 3
    RENDER = 4


class Turnstile:
    """Counts the work under way by priority. Safe to use from several threads."""

    def __init__(self) -> None:
        self._busy: Counter[Priority] = Counter()
        self._changed = Condition()

    def enter(self, priority: Priority) -> None:
        """Work of this priority is there, whether or not it runs yet; `leave` once it is done."""
        with self._changed:
            self._busy[priority] += 1

    def leave(self, priority: Priority) -> None:
        """Work of this priority is done."""
        with self._changed:
            self._busy[priority] -= 1
            self._changed.notify_all()

    @contextmanager
    def working(self, priority: Priority) -> Iterator[None]:
        """Work of this priority is under way."""
        self.enter(priority)
        try:
            yield
        finally:
            self.leave(priority)

    def is_free(self, priority: Priority) -> bool:
        """Whether work of this priority may go on."""
        return not any(self._busy[other] for other in Priority if other < priority)

    def wait(self, priority: Priority, stop: Callable[[], bool], tick_s: float, told: Callable[[], None]) -> None:
        """Until work of this priority may go on, or `stop` says so; `told` is called every `tick_s` of waiting."""
        with self._changed:
            while not self.is_free(priority) and not stop():
                if not self._changed.wait(tick_s):
                    told()

    def wake(self) -> None:
        """Whoever waits looks again at its `stop`."""
        with self._changed:
            self._changed.notify_all()
