"""Playing: the playhead moved at the plate's rate, over pictures that are there.

A frame is never skipped and never shown before its picture: where pictures come slower than the plate's rate, playing
is slower, and the measured rate says so.
"""

import time
from collections import deque
from collections.abc import Callable
from fractions import Fraction

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from editor.playback.playhead import Playhead

_TICK_MS = 3
_FASTEST = 8


class Transport(QObject):
    """J, K and L. `is_ready` says whether a frame can be shown at once; `prepare` hears which frames come next."""

    changed = Signal()
    """Playing, speed, loop."""
    measured = Signal(float)
    """Frames a second, about once a second while playing."""
    coming = Signal(int, int)
    """First frame and direction of what will be shown next; at the start and at every turn."""

    def __init__(
        self,
        playhead: Playhead,
        is_ready: Callable[[int], bool],
        clock: Callable[[], int] = time.monotonic_ns,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._playhead, self._is_ready, self._clock = playhead, is_ready, clock
        self._speed = 0
        self.loops = True
        self._due_ns = 0
        self._shown: deque[int] = deque()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)

    @property
    def speed(self) -> int:
        """Times the plate's rate; negative backwards, 0 while it stands."""
        return self._speed

    @property
    def playing(self) -> bool:
        return self._speed != 0

    def toggle(self) -> None:
        """Play, or stop."""
        self._run(0 if self.playing else 1)

    def forward(self) -> None:
        """Play forwards; again: twice as fast."""
        self._run(min(self._speed * 2, _FASTEST) if self._speed > 0 else 1)

    def backward(self) -> None:
        self._run(max(self._speed * 2, -_FASTEST) if self._speed < 0 else -1)

    def stop(self) -> None:
        self._run(0)

    def toggle_loop(self) -> None:
        self.loops = not self.loops
        self.changed.emit()

    def _run(self, speed: int) -> None:
        if speed and self._playhead.frames < 2:
            return
        self._speed = speed
        self._shown.clear()
        if speed:
            self._due_ns = self._clock() + self._frame_ns()
            if self._next(self._playhead.frame) is None:
                self._playhead.go(self._start())
            self.coming.emit(self._playhead.frame, 1 if speed > 0 else -1)
            self._timer.start()
        else:
            self._timer.stop()
        self.changed.emit()

    def upcoming(self, count: int) -> list[int]:
        """The frames that will be shown next, nearest first; fewer than `count` where playing ends before."""
        frames: list[int] = []
        frame = self._playhead.frame
        while self._speed and len(frames) < count:
            following = self._next(frame)
            if following is None and not self.loops:
                break
            frame = self._start() if following is None else following
            frames.append(frame)
        return frames

    def _frame_ns(self) -> int:
        return int(Fraction(1_000_000_000) / self._playhead.rate / max(1, abs(self._speed)))

    def _next(self, frame: int) -> int | None:
        """The frame after this one; None at the end of the range."""
        span = self._playhead.span
        following = frame + (1 if self._speed > 0 else -1)
        return following if following in span else None

    def _start(self) -> int:
        span = self._playhead.span
        return span.start if self._speed > 0 else span.stop - 1

    def _tick(self) -> None:
        now = self._clock()
        if not self._speed or now < self._due_ns:
            return
        following = self._next(self._playhead.frame)
        if following is None:
            if not self.loops and self._playhead.frame in self._playhead.span:
                self.stop()
                return
            following = self._start()
            if not self._is_ready(following):
                self.coming.emit(following, 1 if self._speed > 0 else -1)
        if not self._is_ready(following):
            return
        late = now - self._due_ns
        # Time that was lost waiting for a picture isn't made up for: that would show frames too briefly.
        self._due_ns = (now if late > self._frame_ns() else self._due_ns) + self._frame_ns()
        self._playhead.go(following)
        self._count(now)

    def _count(self, now: int) -> None:
        self._shown.append(now)
        if now - self._shown[0] >= 1_000_000_000:
            self.measured.emit((len(self._shown) - 1) * 1e9 / (now - self._shown[0]))
            self._shown.clear()
            self._shown.append(now)
