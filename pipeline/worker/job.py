"""One job in the worker: whether it is to stop or to wait, and how it tells that it gets on."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import msgspec

from pipeline.errors import Cancelled
from pipeline.ipc.messages import Idle, Progress, Said, Working
from pipeline.jobs import progress as job_progress
from pipeline.worker.stage_rate import StageRate
from pipeline.worker.turnstile import Priority, Turnstile

Send = Callable[[msgspec.Struct], None]

PATIENCE_S = 300.0
"""Longest silence of a job: hashing a large plate, joining a long film."""
COMPILING_S = 1800.0
"""While kernels are compiled, on a slow machine."""
_TELL_S = 0.1
"""Least time between two words on progress within a stage."""
_TICK_S = 1.0


class Job:
    """Made when the request comes in; used by the thread that works on it, stopped and held by another."""

    def __init__(
        self, number: int, priority: Priority, turnstile: Turnstile, send: Send, work: str | None = None
    ) -> None:
        self.number = number
        self.priority = priority
        self.work = work or f"job-{number}"
        """What the client calls it."""
        self._named = work is not None
        self._turnstile = turnstile
        self._send = send
        self._stopped = threading.Event()
        self._let_on = threading.Event()
        self._let_on.set()
        self._stage = StageRate()
        self._told = 0.0
        self._patience_s = PATIENCE_S
        self._ended = False
        self._at_work, self._counts, self._standing = False, False, threading.Lock()

    @property
    def stopped(self) -> bool:
        """Whether it is to end."""
        return self._stopped.is_set()

    @property
    def held(self) -> bool:
        """Whether the user holds it."""
        return not self._let_on.is_set()

    def stop(self) -> None:
        """End between two frames."""
        self._stopped.set()
        self._let_on.set()
        self._stand()
        self._turnstile.wake()

    def hold(self, held: bool) -> None:
        """Wait between two frames, or go on."""
        (self._let_on.clear if held else self._let_on.set)()
        self._stand()

    def begin(self) -> None:
        """The work begins. Raises Cancelled: it isn't wanted any more."""
        if self.stopped:
            raise Cancelled("Stopped before it began.")
        self._send(Working(work=self.work, patience_s=self._patience_s))

    def end(self) -> None:
        """The work has ended, whatever came of it; nothing more is told of it."""
        self._ended = True
        self._send(Idle(work=self.work, ended=True))

    def cancelled(self) -> bool:
        """Asked by the job between two frames: waits its turn, then says whether to end."""
        self.pace()
        return self.stopped

    def pace(self) -> None:
        """Wait while the user holds the job or something more pressing is done."""
        if self._let_on.is_set() and self._turnstile.is_free(self.priority):
            return
        silent = False

        def waiting() -> None:
            nonlocal silent
            if not silent:
                silent = True
                self._send(Idle(work=self.work))

        while not self.stopped:
            if not self._let_on.wait(_TICK_S):
                waiting()
            elif self._turnstile.wait(self.priority, lambda: self.stopped or self.held, _TICK_S, waiting):
                break
        if silent:
            self._send(Working(work=self.work, patience_s=self._patience_s))

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Within it, what is less pressing waits, unless the user holds the job."""
        self._at_work = True
        self._stand()
        try:
            yield
        finally:
            self._at_work = False
            self._stand()

    def _stand(self) -> None:
        """Count as work under way exactly while it is at work and not held."""
        with self._standing:
            counts = self._at_work and self._let_on.is_set()
            if counts != self._counts:
                self._counts = counts
                (self._turnstile.enter if counts else self._turnstile.leave)(self.priority)

    def progress(self, state: job_progress.Progress) -> None:
        """Tell how far the job is, not more often than a person can read."""
        if self._ended:
            return
        now = time.monotonic()
        begins = self._stage.note(state, now)
        if begins:
            self._patience_s = COMPILING_S if state.stage == job_progress.COMPILING else PATIENCE_S
        if begins or now - self._told >= _TELL_S or state.done == state.total:
            self._told = now
            if begins or self._named:
                self._send(Working(work=self.work, patience_s=self._patience_s))
            self._send(
                Progress(
                    job=self.number,
                    stage=state.stage,
                    done=state.done,
                    total=state.total,
                    rate=self._stage.rate,
                    seconds_left=self._stage.seconds_left,
                )
            )

    def note(self, sentence: str) -> None:
        """Something the user should read."""
        self._send(Said(job=self.number, text=sentence))

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Within it, the job waits for somebody else: that is no hanging."""
        self._send(Idle(work=self.work))
        try:
            yield
        finally:
            self._send(Working(work=self.work, patience_s=self._patience_s))

    @contextmanager
    def holding(self, lock: threading.Lock) -> Iterator[None]:
        """Hold a lock; waiting for it is no hanging. Raises Cancelled."""
        waited = False
        while not lock.acquire(timeout=_TICK_S):
            if self.stopped:
                raise Cancelled("Stopped before it began.")
            if not waited:
                waited = True
                self._send(Idle(work=self.work))
        try:
            if waited:
                self._send(Working(work=self.work, patience_s=self._patience_s))
            yield
        finally:
            lock.release()
