"""Who may use the machine now: between two frames, work waits while there is some of a higher priority."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import IntEnum
from threading import Condition

GIVE_WAY_S = 0.1
"""How long one frame of a long job waits for pictures that are looked at."""


class Priority(IntEnum):
    """What goes first; the lower number."""

    PREVIEW = 0
    PREFETCH = 1
    ANALYSIS = 2
    STRIP = 3
    PROXY = 4
    RENDER = 5
    MEASURE = 6


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

    def wait(self, priority: Priority, stop: Callable[[], bool], tick_s: float, told: Callable[[], None]) -> bool:
        """Until work of this priority may go on; False where `stop` says so before.

        Pictures that are looked at are waited for `GIVE_WAY_S` at most: somebody who plays a shot looks at one after
        the other, and the rest must get on too. Measuring, which nobody waits for, lets everything go first. `told` is
        called every `tick_s` of waiting.
        """
        began = time.monotonic()
        with self._changed:
            while not self.is_free(priority):
                if stop():
                    return False
                left = tick_s
                if self._only_looked_at(priority):
                    left = min(left, began + GIVE_WAY_S - time.monotonic())
                    if left <= 0:
                        return True
                if not self._changed.wait(left) and time.monotonic() - began >= tick_s:
                    told()
        return True

    def _only_looked_at(self, priority: Priority) -> bool:
        others = [other for other in Priority if Priority.PREVIEW < other < priority]
        return priority is not Priority.MEASURE and not any(self._busy[other] for other in others)

    def wake(self) -> None:
        """Whoever waits looks again at its `stop`."""
        with self._changed:
            self._changed.notify_all()
