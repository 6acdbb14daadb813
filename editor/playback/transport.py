"""Playing: the playhead moved along a course at the plate's rate, over pictures that are there.

Forwards at the plate's rate, the sound is the clock; else the system's. In real time a frame whose picture comes late
is left out and counted. Where every frame is wanted, playing waits for each, and is slower where pictures are.
A course waits a moment at most for its first pictures, where those only have to be fetched.
"""

import time
from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from editor.playback.course import Course, Loop
from editor.playback.playhead import Playhead
from editor.playback.sound import Sound

AROUND_S = 1.5
"""Seconds before and after the frame that is played around."""
_TICK_MS = 3
_FASTEST = 8
_WIDEST_STRIDE = 8
_PREROLL_FRAMES = 6
"""Frames whose pictures are waited for before a course begins, where they will be there soon."""
PREROLL_S = 0.2
"""How long, at most."""
_CALM_FRAMES = 24
"""Frames of the course without a late picture, after which one is forgotten, and the stride is tried one closer."""


class Transport(QObject):
    """J, K and L. `is_ready` says whether a frame can be shown at once, `is_near` whether its picture has only to be
    fetched; `has_sound`, whether the plate can be heard."""

    changed = Signal()
    """Playing, speed, loop, every frame, sound."""
    light_changed = Signal(int)
    """How many frames were left out since playing began."""
    measured = Signal(float)
    """Frames a second, about once a second while playing."""
    coming = Signal(int, int)
    """First frame and direction of what will be shown next; at the start and at every turn."""

    def __init__(
        self,
        playhead: Playhead,
        is_ready: Callable[[int], bool],
        clock: Callable[[], int] = time.monotonic_ns,
        sound: Sound | None = None,
        has_sound: Callable[[], bool] = lambda: True,
        is_near: Callable[[int], bool] = lambda frame: False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._playhead, self._is_ready, self._clock = playhead, is_ready, clock
        self._sound, self._has_sound, self._is_near = sound, has_sound, is_near
        self._speed = 0
        self._course: Course | None = None
        self._around: tuple[range, int] | None = None
        """While a frame is played around: what is played, and that frame."""
        self.loop: Loop = "loop"
        self.every_frame = False
        self.sounds = True
        """Whether sound is wanted."""
        self.left_out = 0
        """Frames that came too late since playing began."""
        self._at = 0
        """How many frames of the course were passed."""
        self._shown_frame = 0
        self._began_ns = 0
        self._waits = False
        """Whether the course has yet to begin, for want of its first pictures."""
        self._stride, self._calm = 1, 0
        self._asked, self._judged_from, self._late_at = 0, 0, -_CALM_FRAMES
        """Numbers of the course: the farthest told to come; where lateness begins to count; the last late one."""
        self._shown: deque[int] = deque()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)
        playhead.range_changed.connect(self._restart)

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

    def play_around(self) -> None:
        """Once from a while before the frame to a while after it, then back to it; again: back to it at once."""
        if self._around is not None:
            self._return()
            return
        frame, reach = self._playhead.frame, round(AROUND_S * float(self._playhead.rate))
        span = range(max(0, frame - reach), min(self._playhead.frames, frame + reach + 1))
        if len(span) > 1:
            self.stop()
            self._playhead.go(span.start)
            self._run(1, (span, frame))

    def _return(self) -> None:
        """To the frame that was played around."""
        home = self._around
        self.stop()
        if home is not None:
            self._playhead.go(home[1])

    def toggle_loop(self) -> None:
        """Begin again at the end of the range, or stop there."""
        self._put_loop("once" if self.loop == "loop" else "loop")

    def toggle_ping_pong(self) -> None:
        """Turn round at the end of the range, or begin again there."""
        self._put_loop("loop" if self.loop == "ping_pong" else "ping_pong")

    def toggle_every_frame(self) -> None:
        self.every_frame = not self.every_frame
        self._restart()
        self.changed.emit()

    def toggle_sound(self) -> None:
        self.sounds = not self.sounds
        self._restart()
        self.changed.emit()

    def forget_left_out(self) -> None:
        """Put out the light."""
        self._put_left_out(0)

    def _put_left_out(self, count: int) -> None:
        self.left_out = count
        self.light_changed.emit(count)

    def upcoming(self, count: int) -> list[int]:
        """The frames that will be shown next, nearest first; fewer than `count` where playing ends before, or where
        pictures come so slowly that only one of several is worth drawing."""
        course = self._course
        if course is None:
            return []
        first = self._at + 1 if self.every_frame else max(self._at, self._due(self._elapsed())) + 1
        first += -first % self._stride
        stop = first + count if course.last is None else min(first + count, course.last + 1)
        numbers = range(first, stop, self._stride)
        self._asked = max(self._asked, *numbers, 0)
        return [course.frame(number) for number in numbers]

    def _put_loop(self, loop: Loop) -> None:
        self.loop = loop
        self._restart()
        self.changed.emit()

    def _run(self, speed: int, around: tuple[range, int] | None = None) -> None:
        if speed and self._playhead.frames < 2:
            return
        self._around = around
        if speed and not self._speed:
            self._stride, self._calm = 1, 0
            self._put_left_out(0)
        self._speed = speed
        self._shown.clear()
        if speed:
            self._begin()
            self._timer.start()
        else:
            self._course = None
            self._timer.stop()
            if self._sound is not None:
                self._sound.stop()
        self.changed.emit()

    def _restart(self) -> None:
        """Go on from where the playhead is, as things are now."""
        if self._speed and self._playhead.frames < 2:
            self.stop()
        elif self._speed:
            self._begin()

    def _begin(self) -> None:
        playhead, direction = self._playhead, 1 if self._speed > 0 else -1
        span, loop = (playhead.span, self.loop) if self._around is None else (self._around[0], "once")
        frame = playhead.frame
        at_the_end = frame == (span.stop - 1 if direction > 0 else span.start) and loop != "ping_pong"
        if frame not in span or at_the_end:
            frame = span.start if direction > 0 else span.stop - 1
        self._course = Course(frame, span, direction, loop)
        self._at, self._shown_frame = 0, frame
        self._asked, self._judged_from, self._late_at = 0, 0, -_CALM_FRAMES
        playhead.go(frame)
        self._began_ns = self._clock()
        if self._sound is not None:
            self._sound.stop()
        self._waits = not self.every_frame and any(map(self._is_near, self._first_missing(self._course)))
        if not self._waits:
            self._roll(self._course)
        self.coming.emit(frame, direction)

    def _first_missing(self, course: Course) -> list[int]:
        """Which of the first frames can't be shown yet."""
        count = _PREROLL_FRAMES if course.last is None else min(_PREROLL_FRAMES, course.last + 1)
        return [frame for frame in map(course.frame, range(count)) if not self._is_ready(frame)]

    def _roll(self, course: Course) -> None:
        """The course begins."""
        self._waits, self._began_ns = False, self._clock()
        if self._sound is not None and self._speed == 1 and self.sounds and self._has_sound():
            self._sound.begin(course, self._playhead.rate)

    def _elapsed(self) -> float:
        """Seconds since the course began."""
        if self._waits:
            return 0.0
        heard = None if self._sound is None else self._sound.elapsed()
        return (self._clock() - self._began_ns) / 1e9 if heard is None else heard

    def _due(self, elapsed: float) -> int:
        """How many frames of the course should have been passed."""
        # A whole frame may come out a hair's breadth short.
        return int(elapsed * float(self._playhead.rate) * abs(self._speed) + 1e-6)

    def _tick(self) -> None:
        course = self._course
        if course is None:
            return
        if self._playhead.frame != self._shown_frame:
            if self._around is not None:
                self.stop()  # Somebody moved the playhead: there is another frame to work on.
            else:
                self._begin()
            return
        if self._waits:
            if self._clock() - self._began_ns < PREROLL_S * 1e9 and self._first_missing(course):
                return
            self._roll(course)
        due = self._due(self._elapsed())
        if course.last is not None and due > course.last:
            if self._at == course.last:
                self._return()
                return
            due = course.last
        if due <= self._at:
            return
        chosen = self._next_of_all(course, due) if self.every_frame else self._latest_ready(course, due)
        if chosen is not None:
            self._show(course, chosen)

    def _next_of_all(self, course: Course, due: int) -> int | None:
        following = self._at + 1
        if not self._is_ready(course.frame(following)):
            return None
        if due > following:
            # Time that was lost waiting for a picture isn't made up for: that would show frames too briefly.
            if self._sound is not None:
                self._sound.stop()
            self._began_ns = self._clock() - int(following * 1e9 / float(self._playhead.rate) / abs(self._speed))
        return following

    def _latest_ready(self, course: Course, due: int) -> int | None:
        earliest = max(self._at + 1, due - len(course.span) + 1)
        chosen = next((n for n in range(due, earliest - 1, -1) if self._is_ready(course.frame(n))), None)
        if chosen is None:
            return None
        skipped = chosen - self._at - 1
        if skipped < self._stride:
            self._calm += skipped + 1
            if self._calm >= _CALM_FRAMES and self._stride > 1:
                # What comes until then was asked for in the wider stride: its gaps are no sign of lateness.
                self._stride, self._calm, self._judged_from = self._stride - 1, 0, self._asked + 1
        elif chosen >= self._judged_from:
            # Once is a hiccup, which passes; twice in a while, and pictures are slow.
            if chosen - self._late_at <= _CALM_FRAMES:
                self._stride = min(self._stride + 1, _WIDEST_STRIDE)
            self._late_at, self._calm = chosen, 0
        if skipped:
            self._put_left_out(self.left_out + skipped)
        return chosen

    def _show(self, course: Course, number: int) -> None:
        self._at, self._shown_frame = number, course.frame(number)
        if course.turns_after(number) and course.last is None:
            following = course.frame(number + 1)
            if not self._is_ready(following):
                self.coming.emit(following, 1 if course.frame(number + 2) > following else -1)
        self._playhead.roll(self._shown_frame)
        self._count(self._clock())

    def _count(self, now: int) -> None:
        self._shown.append(now)
        if now - self._shown[0] >= 1_000_000_000:
            self.measured.emit((len(self._shown) - 1) * 1e9 / (now - self._shown[0]))
            self._shown.clear()
            self._shown.append(now)
