"""What commands say: progress with rate and time left on stderr, the answer on stdout, and a clean Ctrl-C."""

import json
import signal
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import Any, TextIO

from pipeline.errors import LikenessError
from pipeline.jobs.progress import Progress

_TERMINAL_INTERVAL_S = 0.1
_LOG_INTERVAL_S = 5.0


def time_text(seconds: float) -> str:
    """`m:ss`, or `h:mm:ss` from an hour on."""
    whole = max(0, round(seconds))
    hours, rest = divmod(whole, 3600)
    if hours:
        return f"{hours}:{rest // 60:02}:{rest % 60:02}"
    return f"{rest // 60}:{rest % 60:02}"


def counted(number: int, noun: str) -> str:
    """`1 frame`, `2 frames`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


class ProgressPrinter:
    """Prints progress to a stream: one line that renews itself on a terminal, a line every few seconds elsewhere.

    The rate counts from the stage's first report in this run, so frames that an earlier run left finished don't
    flatter it; the time left from the first unit that is done, so that what is got ready once before it (kernels
    compiled, encoders opened) doesn't make it look endless. A stage that can't be counted is told of once. Safe to
    call from several threads.
    """

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._terminal = self._stream.isatty()
        self._lock = threading.Lock()
        self._stage = ""
        self._began = 0.0
        self._first_done = 0
        self._moving_since: tuple[float, int] | None = None
        self._printed_at = 0.0
        self._line_open = False

    def __call__(self, progress: Progress) -> None:
        with self._lock:
            now = time.monotonic()
            if progress.stage != self._stage:
                self._open_stage(progress, now)
            elif progress.total == 0:
                return
            if self._moving_since is None and progress.done > self._first_done:
                self._moving_since = now, progress.done
            finished = progress.done >= progress.total
            interval = _TERMINAL_INTERVAL_S if self._terminal else _LOG_INTERVAL_S
            if not finished and now - self._printed_at < interval:
                return
            self._printed_at = now
            self._print(self._text(progress, now), finished)

    def close(self) -> None:
        """End the line that is still open."""
        with self._lock:
            self._end_line()

    def _open_stage(self, progress: Progress, now: float) -> None:
        self._end_line()
        self._stage, self._began, self._first_done = progress.stage, now, progress.done
        self._moving_since = None
        self._printed_at = 0.0

    def _text(self, progress: Progress, now: float) -> str:
        if progress.total == 0:
            return f"{progress.stage} …"
        text = f"{progress.stage}: {progress.done}/{progress.total}"
        if progress.done >= progress.total:
            elapsed, done = now - self._began, progress.done - self._first_done
            return f"{text} in {time_text(elapsed)}, {done / elapsed:.1f}/s" if done > 0 and elapsed > 0 else text
        since, first = self._moving_since or (now, progress.done)
        if progress.done <= first or now <= since:
            return text
        rate = (progress.done - first) / (now - since)
        return f"{text}, {rate:.1f}/s, {time_text((progress.total - progress.done) / rate)} left"

    def _print(self, text: str, finished: bool) -> None:
        if self._terminal:
            self._stream.write(f"\r\x1b[K{text}")
            self._line_open = True
            if finished:
                self._end_line()
        else:
            self._stream.write(text + "\n")
        self._stream.flush()

    def _end_line(self) -> None:
        if self._line_open:
            self._stream.write("\n")
            self._stream.flush()
            self._line_open = False


class Interrupt:
    """Ctrl-C as a question jobs ask: the first stops the job cleanly, a second one at once."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def __call__(self) -> bool:
        return self._event.is_set()

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        if self._event.is_set():
            raise KeyboardInterrupt
        self._event.set()

    @contextmanager
    def listening(self) -> Iterator["Interrupt"]:
        """Catch SIGINT and SIGTERM inside the block (in the main thread; elsewhere nothing can be caught)."""
        if threading.current_thread() is not threading.main_thread():
            yield self
            return
        before = {each: signal.signal(each, self._on_signal) for each in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield self
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


class Console:
    """One command's voice: quiet on stderr and JSON on stdout with `--json`, sentences without."""

    def __init__(self, as_json: bool) -> None:
        self.as_json = as_json
        self.progress = ProgressPrinter()
        self.interrupt = Interrupt()

    def say(self, text: str) -> None:
        """A sentence for the reader; on stderr where stdout belongs to JSON."""
        self.progress.close()
        print(text, file=sys.stderr if self.as_json else sys.stdout, flush=True)

    def note(self, text: str) -> None:
        """Something worth knowing that isn't the answer: always on stderr."""
        self.progress.close()
        print(text, file=sys.stderr, flush=True)

    def answer(self, values: Mapping[str, Any] | Sequence[Any]) -> None:
        """The command's machine-readable answer; printed only with `--json`."""
        if self.as_json:
            print(json.dumps(values, indent=2, sort_keys=True, ensure_ascii=False, allow_nan=False), flush=True)

    def fail(self, error: LikenessError) -> int:
        """Tell an error; its exit status."""
        self.progress.close()
        print(f"likeness: {error}", file=sys.stderr, flush=True)
        if self.as_json:
            problem = {"kind": type(error).__name__, "message": str(error), "exit_code": error.exit_code}
            print(json.dumps({"error": problem}, indent=2, sort_keys=True, ensure_ascii=False), flush=True)
        return error.exit_code
