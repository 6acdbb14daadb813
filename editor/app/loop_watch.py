"""How long the window's event loop is away: the gaps between ticks of a timer, and what they were spent on."""

import time
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer

_TICK_MS = 5
_SCHEDULED = Path("/proc/thread-self/schedstat")


@dataclass(frozen=True, slots=True)
class Gap:
    """Between two ticks, beyond the timer's own interval."""

    wall_ms: float
    """On the clock."""
    busy_ms: float
    """The thread's processor time, all of it."""
    queued_ms: float
    """How long the thread could have gone on but had no core; 0 where the system doesn't say."""
    doing: str
    """What was begun last before the gap ended."""


class LoopWatch(QObject):
    """Ticks while it watches. The clock alone also counts what other programs took of the machine."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.gaps: list[Gap] = []
        self.doing = ""
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._wall_s = self._busy_s = self._queued_s = 0.0

    def start(self) -> None:
        self._wall_s, self._busy_s, self._queued_s = time.perf_counter(), time.thread_time(), _queued_s()
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _tick(self) -> None:
        wall_s, busy_s, queued_s = time.perf_counter(), time.thread_time(), _queued_s()
        gap = 1e3 * (wall_s - self._wall_s) - _TICK_MS
        self.gaps.append(
            Gap(max(0.0, gap), 1e3 * (busy_s - self._busy_s), 1e3 * (queued_s - self._queued_s), self.doing)
        )
        self._wall_s, self._busy_s, self._queued_s = wall_s, busy_s, queued_s
        self.doing = ""


def _queued_s() -> float:
    """How long this thread has waited for a core so far (Linux's schedstat: nanoseconds run, nanoseconds waited)."""
    try:
        return int(_SCHEDULED.read_text("ascii").split()[1]) / 1e9
    except (OSError, IndexError):
        return 0.0
