"""Sound beside the picture: hands the plate's samples to a sink along a course, and is the clock while it plays.

A device counts what it has played in steps; between two steps the system's clock goes on, so that frames come evenly.
"""

import time
from collections.abc import Callable
from fractions import Fraction

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from editor.language.translation import tr
from editor.playback.course import Course
from editor.playback.sound_sink import SilentSink, SoundSink
from editor.playback.sound_store import PIECE, SAMPLE_BYTES, SoundStore
from pipeline.ipc.messages import SOUND_RATE

_FEED_MS = 20
_BETWEEN_STEPS_S = 0.05
"""Longest time that the system's clock goes on without a word of the device."""
_WAKING_S, _DEAD_S = 3.0, 1.0
"""A device that takes nothing for so long, at the start and later, is gone; the picture waits for it to begin."""
_AHEAD_PIECES = 3
_LEAST = SOUND_RATE // 16
"""Samples that the sink has at least while the worker's are awaited."""


class Sound(QObject):
    """Plays courses at the plate's rate, forwards. Without a device playing is silent, and as long."""

    unavailable = Signal(str)
    """Why nothing can be heard."""

    def __init__(
        self,
        store: SoundStore,
        open_device: Callable[[], SoundSink | str],
        clock: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store, self._open_device, self._clock = store, open_device, clock
        self._sink: SoundSink | None = None
        self._course: Course | None = None
        self._samples_a_frame = Fraction(1)
        self._written = 0
        self._step = (0, 0.0)
        """Samples that the sink said it had played, and when it said so first."""
        self._told_s = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_FEED_MS)
        self._timer.timeout.connect(self._feed)

    @property
    def playing(self) -> bool:
        return self._course is not None

    def prepare(self, frame: int, rate: Fraction) -> None:
        """Playing may begin at this frame soon."""
        piece = int(frame * SOUND_RATE / rate) // PIECE
        self._store.ask(piece, piece + 1)

    def begin(self, course: Course, rate: Fraction) -> None:
        """Play from the course's start."""
        self.stop()
        if self._sink is None:
            opened = self._open_device()
            if isinstance(opened, str):
                self._sink = SilentSink(self._clock)
                self.unavailable.emit(opened)
            else:
                self._sink = opened
        self._course, self._samples_a_frame = course, SOUND_RATE / rate
        self._written, self._told_s = 0, 0.0
        self.prepare(course.span.start, rate)
        self._sink.start()
        self._step = (0, self._clock())
        self._feed()
        self._timer.start()

    def stop(self) -> None:
        """Nothing more is heard, at once."""
        if self._course is not None and self._sink is not None:
            self._timer.stop()
            self._course = None
            self._sink.stop()

    def elapsed(self) -> float | None:
        """Seconds of the course that were played, never going back; None: nothing plays."""
        if self._course is None or self._sink is None:
            return None
        played, now = self._sink.played(), self._clock()
        if played != self._step[0]:
            self._step = played, now
        since = min(now - self._step[1], _BETWEEN_STEPS_S) if played else 0.0
        self._told_s = max(self._told_s, min(played / SOUND_RATE + since, self._written / SOUND_RATE))
        return self._told_s

    def _feed(self) -> None:
        """Fill the sink. What the worker hasn't sent yet is silence: the picture goes on meanwhile."""
        course, sink = self._course, self._sink
        if course is None or sink is None:
            return
        self.elapsed()
        if self._clock() - self._step[1] > (_DEAD_S if self._step[0] else _WAKING_S):
            self.stop()
            self._sink = None
            self.unavailable.emit(tr("the sound device takes nothing any more"))
            return
        room = sink.room()
        while room > 0:
            place, run = course.sound(self._written, self._samples_a_frame)
            count = min(room, run, PIECE)
            samples = None if place is None else self._store.read(place, count)
            if place is not None:
                piece = place // PIECE
                self._store.ask(*range(piece + 1, piece + 1 + _AHEAD_PIECES))
            if samples is None:
                lacking = _LEAST - (self._written - sink.played())
                if lacking <= 0:
                    break
                samples = bytes(min(count, lacking) * SAMPLE_BYTES)
            sink.write(samples)
            self._written += len(samples) // SAMPLE_BYTES
            room -= len(samples) // SAMPLE_BYTES
