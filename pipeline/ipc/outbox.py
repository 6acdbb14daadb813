"""What the worker is to know and to do, kept until it is done, and the thread that tells it.

Callers never wait for the worker: they leave word here. A fresh worker is told everything that still holds.
"""

import queue
import threading
from dataclasses import dataclass

import msgspec

from pipeline.ipc.channel import Channel, ChannelClosed
from pipeline.ipc.document_parts import DocumentParts
from pipeline.ipc.messages import WorkerEvent
from pipeline.ipc.requests import Cancel, JobRequest, OrderRenders, Pause, SetDocument, SetVersion, WantFrame
from pipeline.project.project import Project


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """A document and where its file lies, or will lie."""

    project: Project
    path: str
    revision: int


@dataclass(frozen=True, slots=True)
class _Connected:
    channel: Channel[WorkerEvent]


class _Document:
    """The document has changed."""


class _Version:
    """The version beside the document has changed."""


class _End:
    """Nothing more is told."""


_Entry = msgspec.Struct | _Connected | type[_Document] | type[_Version] | type[_End]


class Outbox:
    """Safe to use from several threads. `start` begins telling, `close` ends it."""

    def __init__(self) -> None:
        self._queue: queue.SimpleQueue[_Entry] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._document: Document | None = None
        self._version: Document | None = None
        self._avoid: tuple[str, ...] = ()
        self._jobs: dict[int, JobRequest] = {}
        self._paused: set[int] = set()
        self._cancelled: set[int] = set()
        self._panes: dict[str, WantFrame] = {}
        # Of the telling thread alone:
        self._channel: Channel[WorkerEvent] | None = None
        self._parts = DocumentParts()
        self._has_parts: set[str] = set()
        self._has_jobs: set[int] = set()
        self._has_document: tuple[Document | None, tuple[str, ...]] = (None, ())
        self._thread = threading.Thread(target=self._tell_all, name="worker-outbox", daemon=True)

    def start(self) -> None:
        """Begin telling."""
        self._thread.start()

    def close(self) -> None:
        """Tell what was left before, then no more."""
        self._queue.put(_End)
        self._thread.join()

    def connect(self, channel: Channel[WorkerEvent]) -> None:
        """A fresh worker listens: it is told the document and all that isn't done."""
        self._queue.put(_Connected(channel))

    def set_document(self, document: Document) -> None:
        """The document as it is now; what was avoided may be tried again."""
        with self._lock:
            self._document, self._avoid = document, ()
        self._queue.put(_Document)

    def set_version(self, version: Document | None) -> None:
        """Another version beside the document, or none; no pane waits for the earlier one any more."""
        with self._lock:
            self._version = version
            self._panes = {pane: each for pane, each in self._panes.items() if not each.version}
        self._queue.put(_Version)

    def avoid(self, works: tuple[str, ...]) -> None:
        """These pieces of work are not to be begun while the document stays as it is."""
        with self._lock:
            self._avoid = (*self._avoid, *works)

    def want(self, request: WantFrame) -> None:
        """A picture for a pane, in place of what it wanted before."""
        with self._lock:
            self._panes[request.pane] = request
        self._queue.put(request)

    def begin(self, request: JobRequest) -> None:
        """A job."""
        with self._lock:
            self._jobs[request.job] = request
        self._queue.put(request)

    def cancel(self, job: int) -> None:
        """Stop a job."""
        with self._lock:
            self._cancelled.add(job)
        self._queue.put(Cancel(job=job))

    def pause(self, job: int, paused: bool) -> None:
        """Hold a job, or let it go on."""
        with self._lock:
            (self._paused.add if paused else self._paused.discard)(job)
        self._queue.put(Pause(job=job, paused=paused))

    def order(self, jobs: tuple[int, ...]) -> None:
        """Jobs that wait for each other, in the order in which they are to begin."""
        with self._lock:
            moved = {job: self._jobs.pop(job) for job in jobs if job in self._jobs}
            self._jobs |= moved
        self._queue.put(OrderRenders(jobs=jobs))

    def send(self, request: msgspec.Struct) -> None:
        """Something that a fresh worker need not be told again."""
        self._queue.put(request)

    def answered(self, pane: str, generation: int) -> None:
        """A pane has its picture, or can't have it."""
        with self._lock:
            wanted = self._panes.get(pane)
            if wanted is not None and wanted.generation == generation:
                del self._panes[pane]

    def wanted(self, pane: str) -> WantFrame | None:
        """What a pane still waits for."""
        with self._lock:
            return self._panes.get(pane)

    def finished(self, job: int) -> bool:
        """A job has ended; whether it was still open."""
        with self._lock:
            self._cancelled.discard(job)
            self._paused.discard(job)
            return self._jobs.pop(job, None) is not None

    def cancelled_jobs(self) -> list[int]:
        """Jobs that were to be stopped and have not ended."""
        with self._lock:
            return [job for job in self._jobs if job in self._cancelled]

    def _tell_all(self) -> None:
        while True:
            entry = self._queue.get()
            if entry is _End:
                return
            try:
                if isinstance(entry, _Connected):
                    self._tell_fresh(entry.channel)
                elif self._channel is not None:
                    self._tell(entry)
            except ChannelClosed:
                # Whoever receives sees it too, and starts a fresh worker.
                self._channel = None

    def _tell_fresh(self, channel: Channel[WorkerEvent]) -> None:
        self._channel = channel
        self._has_parts, self._has_jobs, self._has_document = set(), set(), (None, ())
        with self._lock:
            jobs, paused, panes = list(self._jobs.values()), set(self._paused), list(self._panes.values())
        self._tell(_Document)
        if self._version is not None:
            self._tell(_Version)
        for job in jobs:
            self._tell(job)
            if job.job in paused:
                channel.send(Pause(job=job.job, paused=True))
        for each in panes:
            self._tell(each)

    def _tell(self, entry: _Entry) -> None:
        assert self._channel is not None
        if entry is _Document:
            self._tell_document()
        elif entry is _Version:
            self._tell_version()
        elif isinstance(entry, WantFrame):
            if self.wanted(entry.pane) is entry:
                self._channel.send(entry)
        elif isinstance(entry, JobRequest):
            with self._lock:
                open_still = entry.job in self._jobs
            if open_still and entry.job not in self._has_jobs:
                self._has_jobs.add(entry.job)
                self._channel.send(entry)
        elif isinstance(entry, msgspec.Struct):
            self._channel.send(entry)

    def _tell_version(self) -> None:
        assert self._channel is not None
        with self._lock:
            version = self._version
        told = None
        if version is not None:
            parts, contents = DocumentParts().split(version.project)
            told = SetDocument(revision=version.revision, path=version.path, parts=parts, contents=contents)
        self._channel.send(SetVersion(version=told))

    def _tell_document(self) -> None:
        assert self._channel is not None
        with self._lock:
            document, avoid = self._document, self._avoid
        if document is None or self._has_document == (document, avoid):
            return
        parts, contents = self._parts.split(document.project)
        lacking = {key: content for key, content in contents.items() if key not in self._has_parts}
        self._channel.send(
            SetDocument(revision=document.revision, path=document.path, parts=parts, contents=lacking, avoid=avoid)
        )
        self._has_parts, self._has_document = set(contents), (document, avoid)
