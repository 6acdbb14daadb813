"""The life of the worker as its client sees it: started, listened to, ended when it hangs, started again.

Three threads: one starts workers and listens, one tells (`outbox`), one watches the clock.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from time import monotonic

from pipeline.ipc.bootstrap import PATIENCE_S, WORKER, RingPlace, StartedWorker, WorkerNotStarted, start_worker
from pipeline.ipc.channel import Channel, ChannelClosed
from pipeline.ipc.delivered import ClientEvent, FrameReady, WorkerBack, WorkerLost
from pipeline.ipc.frame_ring import SLOT_BYTES, SLOTS, FrameRing
from pipeline.ipc.messages import (
    ErrorNotice,
    FrameFailed,
    FrameSent,
    Heartbeat,
    Hello,
    Idle,
    JobDone,
    JobFailed,
    Progress,
    WorkerEvent,
    Working,
)
from pipeline.ipc.outbox import Outbox
from pipeline.ipc.requests import SlotFree, Stop
from pipeline.ipc.watch import WorkWatch

_TICK_S = 0.2
_STARTING = "start"
"""The piece of work that a fresh worker is at until it says Hello: loading libraries."""
_FRUITLESS = 4
"""Workers in a row that ended without having done anything: the next one would too."""


@dataclass(frozen=True, slots=True)
class LinkOptions:
    """How a worker is run. `module`: what it runs. `slots` 0: no shared memory.

    Seconds: how long it may be silent, how long it may take to start, and to stop before it is ended by force.
    """

    module: str = WORKER
    heartbeat_s: float = 30.0
    start_patience_s: float = PATIENCE_S
    end_patience_s: float = 5.0
    slots: int = SLOTS
    slot_bytes: int = SLOT_BYTES


class WorkerLink:
    """Keeps one worker running between `start` and `close`."""

    def __init__(self, deliver: Callable[[ClientEvent], None], options: LinkOptions) -> None:
        self.outbox = Outbox()
        self._deliver = deliver
        self._options = options
        self._watch = WorkWatch(options.heartbeat_s)
        self._ring = FrameRing.made(options.slots, options.slot_bytes) if options.slots else None
        self._closing = threading.Event()
        self._process: BaseProcess | None = None
        self._listening = False
        self._telling = False
        self._hung: str | None = None
        self._starts = 0
        self._fruitless = 0
        self._threads = [
            threading.Thread(target=self._keep_running, name="worker-link", daemon=True),
            threading.Thread(target=self._watch_clock, name="worker-watch", daemon=True),
        ]

    @property
    def uses_shared_memory(self) -> bool:
        """Whether pictures cross in shared memory; otherwise there was no room, and they go as bytes."""
        return self._ring is not None

    @property
    def pid(self) -> int | None:
        """The worker's process; None while there is none."""
        process = self._process
        return None if process is None else process.pid

    def start(self) -> None:
        """Start the worker; `Hello` tells that it is there."""
        self.outbox.start()
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """End the worker, in good order if it can, and give back threads and shared memory. No event comes after."""
        self._closing.set()
        self.outbox.send(Stop())
        for thread in self._threads:
            if thread.ident is not None:
                thread.join()
        if self._threads[0].ident is not None:
            self.outbox.close()
        if self._ring is not None:
            self._ring.close()

    def _keep_running(self) -> None:
        while not self._closing.is_set():
            started = start_worker(self._ring_place(), self._options.module)
            self._process = started.process
            try:
                started.wait_for(self._options.start_patience_s)
            except WorkerNotStarted as error:
                self._process, reason = None, str(error)
            else:
                self._starts += 1
                self._hung = None
                self._watch.begin()
                self._watch.working(_STARTING, self._options.start_patience_s)
                self._listening = True
                reason = self._listen(started)
                self._listening, self._process = False, None
            self._fruitless += 1
            if not self._closing.is_set():
                self._note_loss(reason, final=self._fruitless == _FRUITLESS)
            if self._fruitless == _FRUITLESS:
                return

    def _ring_place(self) -> RingPlace | None:
        ring = self._ring
        return None if ring is None else RingPlace(ring.name, ring.slots, ring.slot_bytes)

    def _listen(self, started: StartedWorker) -> str:
        """Take in what the worker says until it is gone; why it is."""
        channel: Channel[WorkerEvent] = Channel(started.connection, WorkerEvent)
        self.outbox.connect(channel)
        if self._closing.is_set():
            self.outbox.send(Stop())
        try:
            while True:
                # What a dead worker said before is still in the connection: its sentinel only ends the waiting.
                ready = wait([started.connection, started.process.sentinel])
                if started.connection in ready or started.connection.poll():
                    self._take(channel.receive())
                else:
                    break
        except ChannelClosed:
            pass
        started.process.join(self._options.end_patience_s)
        if started.process.is_alive():
            started.process.kill()
            started.process.join()
        channel.close()
        status = started.process.exitcode
        started.process.close()
        return self._hung or f"it ended by itself (status {status})"

    def _take(self, event: WorkerEvent) -> None:
        self._watch.heard()
        match event:
            case Heartbeat():
                return
            case Working(work=work, patience_s=patience):
                self._watch.working(work, patience)
                return
            case Idle(work=work, ended=ended):
                (self._watch.finished if ended else self._watch.idle)(work)
                return
            case FrameSent():
                self._fruitless = 0
                self._hand_out(event)
                return
            case Hello(pid=pid):
                self._watch.finished(_STARTING)
                if self._starts > 1:
                    self._tell(WorkerBack(self._starts, pid))
                self._tell(event)
                return
            case Progress(job=job, stage=stage, done=done):
                self._watch.progressed(f"job-{job}", stage, done)
            case FrameFailed(pane=pane, generation=generation):
                self._watch.finished(f"pane-{pane}")
                self.outbox.answered(pane, generation)
            case JobDone(job=job) | JobFailed(job=job):
                self._watch.finished(f"job-{job}")
                self.outbox.finished(job)
            case _:
                pass
        self._fruitless = 0
        self._tell(event)

    def _hand_out(self, sent: FrameSent) -> None:
        facts = sent.facts
        if sent.slot is None or self._ring is None:
            picture = FrameRing.of_bytes(sent.content, sent.height, sent.width)
        else:
            picture = self._ring.picture(sent.slot, sent.height, sent.width)
            self.outbox.send(SlotFree(slot=sent.slot))
        self._watch.finished(f"pane-{facts.pane}")
        if not facts.missing:
            self.outbox.answered(facts.pane, facts.generation)
        self._tell(FrameReady(picture, facts))

    def _note_loss(self, reason: str, final: bool) -> None:
        self._watch.finished(_STARTING)
        bad = self._watch.lost()
        self._tell(WorkerLost(f"The worker is gone: {reason}.", tuple(bad), final))
        for work in bad:
            self._quarantine(work)
        for job in self.outbox.cancelled_jobs():
            self._fail_job(job, ErrorNotice(kind="Cancelled", message="Stopped; what was finished is kept."))

    def _quarantine(self, work: str) -> None:
        kind, _, name = work.partition("-")
        told = "This brought the worker down twice and is left alone. Change what it depends on, or report it."
        notice = ErrorNotice(kind="Quarantined", message=told)
        if kind == "job":
            self._fail_job(int(name), notice)
        elif kind == "pane":
            wanted = self.outbox.wanted(name)
            if wanted is not None:
                self.outbox.answered(name, wanted.generation)
                self._tell(
                    FrameFailed(
                        pane=name,
                        generation=wanted.generation,
                        plate=wanted.plate,
                        frame=wanted.frame,
                        error=notice,
                    )
                )
            self._watch.forgive(work)
        else:
            self.outbox.avoid((work,))

    def _fail_job(self, job: int, notice: ErrorNotice) -> None:
        if self.outbox.finished(job):
            self._tell(JobFailed(job=job, error=notice))

    def _tell(self, event: ClientEvent) -> None:
        if self._closing.is_set():
            return
        began, self._telling = monotonic(), True
        self._deliver(event)
        if monotonic() - began > _TICK_S:
            self._watch.rested()
        self._telling = False

    def _watch_clock(self) -> None:
        """End a worker that hangs, or doesn't stop when it is asked to."""
        while not self._closing.wait(_TICK_S):
            process = self._process
            attentive = self._listening and not self._telling
            if process is not None and attentive and (reason := self._watch.overdue()) is not None:
                self._hung = reason
                _kill(process)
        self._threads[0].join(self._options.end_patience_s)
        process = self._process
        if process is not None:
            _kill(process)


def _kill(process: BaseProcess) -> None:
    """End a process that may be gone, and even put away, by now."""
    try:
        process.kill()
    except ValueError:
        return
