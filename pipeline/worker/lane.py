"""The lane in which pictures are drawn, one after the other: what panes show first, then what is drawn ahead."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from threading import Lock

from pipeline.errors import Cancelled
from pipeline.ipc.messages import FrameFailed, Kept, Working
from pipeline.ipc.requests import Prefetch, WantFrame
from pipeline.jobs.progress import Progress
from pipeline.worker.darkroom import Darkroom, Made, Wanted
from pipeline.worker.job import COMPILING_S, Job, Send
from pipeline.worker.outcome import notice_of
from pipeline.worker.turnstile import Priority, Turnstile

_KEPT_S = 0.5
"""Least time between two words on what is kept."""
_STARVED_S = 0.5
"""How long a pane may be without a picture because the one on its way is given up for a later one again and again, or
because it shows a version of the document, whose own pictures go first."""
_NEAR_FRAMES = 12
"""A later frame so little ahead is no reason to give a picture up: its own decoding leads past it."""
PANE_PATIENCE_S = 120.0
"""Longest silence while one picture is drawn: the first one opens the plate."""


@dataclass(slots=True)
class _Ahead:
    """A prefetch under way."""

    job: Job
    request: Prefetch
    left: list[range]
    """Frames that weren't looked at yet, in ascending runs."""
    frame: int
    """The one that is drawn, or was last."""
    asleep: bool = False
    """Waits for what its pictures lack."""
    told: float = 0.0
    """When the client last heard what is kept."""

    @classmethod
    def of(cls, job: Job, request: Prefetch) -> "_Ahead":
        frames = range(request.start, request.stop)
        return cls(job, request, [frames] if frames else [], request.start)

    @property
    def done(self) -> int:
        """How many frames are kept by now."""
        return self.request.stop - self.request.start - sum(map(len, self.left))

    @property
    def kept(self) -> tuple[tuple[int, int], ...]:
        """Start and stop of each run of frames that are kept."""
        edges = [self.request.start, *(edge for run in self.left for edge in (run.start, run.stop)), self.request.stop]
        return tuple((start, stop) for start, stop in zip(edges[::2], edges[1::2], strict=True) if start < stop)

    def following(self, seen: int) -> int | None:
        """The first frame left beyond what panes have come to, else the first; None where none is left."""
        beyond = (max(run.start, seen + 1) for run in self.left if run.stop > seen + 1)
        return next(beyond, self.left[0].start if self.left else None)

    def cross_off(self, frame: int) -> None:
        """A frame is kept."""
        parts = [
            (range(run.start, min(run.stop, frame)), range(max(run.start, frame + 1), run.stop)) for run in self.left
        ]
        self.left = [run for both in parts for run in both if run]


@dataclass(slots=True)
class _Todo:
    panes: dict[str, WantFrame] = field(default_factory=dict)
    waiting_since: dict[str, float] = field(default_factory=dict)
    """Since when each pane that waits has seen no picture."""
    incomplete: dict[str, WantFrame] = field(default_factory=dict)
    """What panes show without something that is still missing."""
    arrivals: int = 0
    """How often something that was missing came."""
    ahead: _Ahead | None = None
    asked: int = -1
    """The frame that was wanted last."""
    seen: int = -1
    """The frame to which panes have come that go forwards: what lies before it is drawn when the rest is."""
    busy: bool = False
    closed: bool = False


class Lane:
    """Safe to use from several threads. `finish` ends a job: with an error, or None."""

    def __init__(
        self,
        darkroom: Darkroom,
        turnstile: Turnstile,
        send: Send,
        deliver: Callable[[Made, WantFrame], None],
        finish: Callable[[Job, BaseException | None], None],
        beside: Darkroom | None = None,
    ) -> None:
        """`beside` makes the pictures of the version beside the document."""
        self._darkroom = darkroom
        self._beside = beside or darkroom
        self._turnstile = turnstile
        self._send = send
        self._deliver = deliver
        self._finish = finish
        self._todo = _Todo()
        self._lock = Lock()
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="lane")

    def want(self, request: WantFrame) -> None:
        """A picture for a pane, in place of what it waited for."""
        with self._lock:
            if request.pane not in self._todo.panes:
                self._turnstile.enter(Priority.PREVIEW)
            self._todo.panes[request.pane] = request
            self._todo.waiting_since.setdefault(request.pane, time.monotonic())
            self._todo.incomplete.pop(request.pane, None)
            self._todo.seen = request.frame if request.frame > self._todo.asked else -1
            self._todo.asked = request.frame
        self._go()

    def ahead(self, job: Job, request: Prefetch) -> None:
        """Draw frames before they are asked for, in place of others."""
        with self._lock:
            earlier, self._todo.ahead = self._todo.ahead, _Ahead.of(job, request)
        if earlier is None or earlier.asleep:
            self._turnstile.enter(Priority.PREFETCH)
        if earlier is not None:
            self._finish(earlier.job, Cancelled("Other frames are drawn ahead now."))
        self._go()

    def again(self) -> None:
        """Something that pictures lacked may be there: those that lacked it are made again."""
        with self._lock:
            self._todo.arrivals += 1
            for pane, request in self._todo.incomplete.items():
                if pane not in self._todo.panes:
                    self._turnstile.enter(Priority.PREVIEW)
                    self._todo.panes[pane] = request
            self._todo.incomplete.clear()
            ahead = self._todo.ahead
            if ahead is not None and ahead.asleep:
                ahead.asleep = False
                self._turnstile.enter(Priority.PREFETCH)
        self._go()

    def open(self, plate: str) -> "Future[None]":
        """Open a plate for whoever needs its faces and no picture; fails as a picture of it would."""
        return self._pool.submit(self._darkroom.open, plate)

    def end_version(self) -> None:
        """Nobody looks at the version beside the document any more."""
        self._pool.submit(self._beside.close)

    def look_again(self) -> None:
        """A job was stopped: if it sleeps, it ends now."""
        self._go()

    def close(self) -> None:
        """Draw no more."""
        with self._lock:
            self._todo.closed = True
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._darkroom.close()
        self._beside.close()

    def _go(self) -> None:
        """Begin the next picture that somebody waits for; without any, the next one ahead."""
        with self._lock:
            todo = self._todo
            if todo.busy or todo.closed:
                return
            pane = _next_pane(todo)
            request = None if pane is None else todo.panes.pop(pane)
            ahead = todo.ahead
            if request is not None or (ahead is not None and ahead.asleep and not ahead.job.stopped):
                ahead = None
            todo.busy = request is not None or ahead is not None
            arrivals = todo.arrivals
        if request is not None:
            self._pool.submit(self._draw, request).add_done_callback(partial(self._drawn, request, arrivals))
        elif ahead is not None:
            self._pool.submit(self._draw_ahead, ahead).add_done_callback(partial(self._drawn_ahead, ahead, arrivals))

    def _next(self) -> None:
        with self._lock:
            self._todo.busy = False
        self._go()

    def _draw(self, request: WantFrame) -> Made:
        work = f"pane-{request.pane}"
        self._send(Working(work=work, patience_s=PANE_PATIENCE_S))
        wanted = Wanted(request.plate, request.frame, request.layer, request.quality, request.max_size, request.dragged)
        # A version stays as it is: what is drawn of it is worth the disk, as what is drawn ahead.
        return (self._beside if request.version else self._darkroom).make(
            wanted,
            lambda: self._send(Working(work=work, patience_s=COMPILING_S)),
            ahead=request.version,
            given_up=lambda: self._overtaken(request),
        )

    def _overtaken(self, request: WantFrame) -> bool:
        """Whether the pane waits for another frame by now, to which decoding this one doesn't lead."""
        with self._lock:
            later = self._todo.panes.get(request.pane)
            since = self._todo.waiting_since.get(request.pane, 0.0)
        if later is None:
            return False
        if later.dragged and not request.dragged:
            return True  # The drag goes on: a proxy needn't wait, and what is decoded on the way there counts.
        if time.monotonic() - since > _STARVED_S:
            return False
        return later.plate != request.plate or not 0 <= later.frame - request.frame <= _NEAR_FRAMES

    def _drawn(self, request: WantFrame, arrivals: int, done: "Future[Made]") -> None:
        """`arrivals`: how many there were when the picture was begun."""
        self._turnstile.leave(Priority.PREVIEW)
        if done.cancelled():
            return
        error = done.exception()
        if isinstance(error, Cancelled):
            self._next()  # The pane's later frame, which it was given up for.
            return
        with self._lock:
            self._todo.waiting_since.pop(request.pane, None)
            if request.pane in self._todo.panes:
                self._todo.waiting_since[request.pane] = time.monotonic()
        came_meanwhile = False
        if error is None:
            made = done.result()
            if made.facts.missing:
                with self._lock:
                    # The pane's latest: one that was drawn while this was asked for no longer counts.
                    self._todo.incomplete[request.pane] = request
                    came_meanwhile = self._todo.arrivals != arrivals
            self._deliver(made, request)
        else:
            self._send(
                FrameFailed(
                    pane=request.pane,
                    generation=request.generation,
                    plate=request.plate,
                    frame=request.frame,
                    error=notice_of(error),
                )
            )
        self._next()
        if came_meanwhile:
            self.again()

    def _draw_ahead(self, ahead: _Ahead) -> Made | None:
        """The next frame that isn't kept yet; None where all are, or a pane waits before one is found."""
        if not ahead.done:
            ahead.job.begin()
        asked = ahead.request
        while not ahead.job.stopped and not self._todo.panes:
            frame = ahead.following(self._todo.seen)
            if frame is None:
                break
            ahead.frame = frame
            wanted = Wanted(asked.plate, frame, asked.layer, asked.quality, asked.max_size)
            if not self._darkroom.keeps(wanted):
                return self._darkroom.make(wanted, lambda: None, ahead=True)
            ahead.cross_off(frame)
        return None

    def _drawn_ahead(self, ahead: _Ahead, arrivals: int, done: "Future[Made | None]") -> None:
        """`arrivals`: how many there were when the picture was begun; what it lacked may have come meanwhile."""
        if done.cancelled():
            return
        error = done.exception()
        made = None if error is not None else done.result()
        if made is not None and made.facts.missing:
            with self._lock:
                fell_asleep = ahead.asleep = self._todo.ahead is ahead and self._todo.arrivals == arrivals
            if fell_asleep:
                self._turnstile.leave(Priority.PREFETCH)
        elif made is not None:
            ahead.cross_off(ahead.frame)
            total = ahead.request.stop - ahead.request.start
            ahead.job.progress(Progress("drawing ahead", ahead.done, total))
            self._tell_kept(ahead)
        elif error is None and ahead.left and not ahead.job.stopped:
            pass  # A pane's picture goes first.
        else:
            ahead.told = 0.0
            self._tell_kept(ahead)
            self._end_ahead(ahead, error)
        self._next()

    def _tell_kept(self, ahead: _Ahead) -> None:
        now = time.monotonic()
        if now - ahead.told >= _KEPT_S and ahead.done:
            ahead.told, asked = now, ahead.request
            kept = Kept(job=asked.job, plate=asked.plate, layer=asked.layer, quality=asked.quality, ranges=ahead.kept)
            self._send(kept)

    def _end_ahead(self, ahead: _Ahead, error: BaseException | None) -> None:
        with self._lock:
            current = self._todo.ahead is ahead
            if current:
                self._todo.ahead = None
        if current:
            if not ahead.asleep:
                self._turnstile.leave(Priority.PREFETCH)
            self._finish(ahead.job, error or (Cancelled("Stopped.") if ahead.job.stopped else None))


def _next_pane(todo: _Todo) -> str | None:
    """Whose picture is drawn next: the document's own go before those of a version of it, which wait their while."""
    late = time.monotonic() - _STARVED_S
    return min(
        todo.panes,
        key=lambda pane: todo.panes[pane].version and todo.waiting_since.get(pane, 0.0) > late,
        default=None,
    )
