"""Where sound goes: a device, or silence that takes as long."""

import time
from collections.abc import Callable
from typing import Protocol

from editor.playback.sound_store import SAMPLE_BYTES
from pipeline.ipc.messages import SOUND_RATE

BUFFER_S = 0.4
"""Sound that is handed over ahead: the window's thread may be busy that long."""


class SoundSink(Protocol):
    """Takes stereo int16 at 48 kHz. `write` takes what there is `room` for; `played` counts samples since `start`."""

    def start(self) -> None: ...
    def stop(self) -> None: ...
    def room(self) -> int: ...
    def write(self, samples: bytes) -> None: ...
    def played(self) -> int: ...


class SilentSink:
    """Takes sound away in periods, as a device does, by the system's clock, and plays none of it."""

    PERIOD_S = 0.01

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._written = 0
        self._taken = 0
        self._taken_at: float | None = None

    def start(self) -> None:
        self._written = self._taken = 0
        self._taken_at = self._clock()

    def stop(self) -> None:
        self._taken_at = None

    def room(self) -> int:
        return int(BUFFER_S * SOUND_RATE) - (self._written - self.played())

    def write(self, samples: bytes) -> None:
        self._written += len(samples) // SAMPLE_BYTES

    def played(self) -> int:
        now = self._clock()
        if self._taken_at is not None and now - self._taken_at >= self.PERIOD_S:
            periods = int((now - self._taken_at) / self.PERIOD_S)
            self._taken_at += periods * self.PERIOD_S
            # What isn't there isn't played: a device that runs dry waits, and counts no further.
            self._taken = min(self._written, self._taken + round(periods * self.PERIOD_S * SOUND_RATE))
        return self._taken
