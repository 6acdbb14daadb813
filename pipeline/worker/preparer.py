"""Prepares the document's faces in a thread of its own, once the plate is analysed and whenever sources change.

What a version beside the document needs is prepared in the same threads, after all that the document itself does.
"""

from collections import Counter
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from threading import Lock

from pipeline.allocator import give_back
from pipeline.analysis.kept_analysis import analysed_until
from pipeline.errors import Cancelled
from pipeline.ipc.messages import ErrorNotice
from pipeline.jobs.analyse import options_for
from pipeline.jobs.digests import Digests, digests_of
from pipeline.jobs.faces import MeshFace
from pipeline.jobs.progress import Note, StageClock, no_note, telling_of_compiling
from pipeline.jobs.ready_faces import ready_faces, recast_faces, tell_remarks
from pipeline.jobs.render_request import Compute, RenderRequest
from pipeline.jobs.workbench import Workbench
from pipeline.media.plate_reader import PlateReader
from pipeline.media.reader import open_plate
from pipeline.project.project import Quality
from pipeline.worker.desk import Desk, Prepared, preparation_key
from pipeline.worker.document import WorkingDocument
from pipeline.worker.job import Job, Send
from pipeline.worker.outcome import notice_of
from pipeline.worker.turnstile import Priority, Turnstile

_READ_BYTES = 48 << 20
"""Decoded pictures kept while a face is prepared: it looks at a few calm frames."""
_QUALITIES: tuple[Quality, ...] = ("draft", "final")
BACKGROUND_JOB = 0
"""The number under which preparing tells how far it is."""
_QUARANTINED = ErrorNotice(
    kind="Quarantined",
    message="Preparing these faces brought the worker down twice. Change the sources or the plate, or report it.",
)


@dataclass(frozen=True, slots=True)
class PreparerParts:
    """What a preparer works with."""

    document: WorkingDocument
    bench: Workbench
    turnstile: Turnstile
    compute: Compute
    send: Send


class Preparer:
    """One preparation of each quality at a time; a newer document makes a running one end early.

    `ready` is told of each desk, `idle` once what pictures need not wait for is done, too. Drafts have a thread of
    their own: they wait for no match.
    """

    def __init__(self, parts: PreparerParts, ready: Callable[[Desk], None], idle: Callable[[], None]) -> None:
        self._parts = parts
        self._ready, self._idle = ready, idle
        self._pools = {each: ThreadPoolExecutor(1, thread_name_prefix=f"prepare-{each}") for each in _QUALITIES}
        self._lock = Lock()
        self._running: dict[Quality, tuple[Desk, Hashable, Job]] = {}
        self._pressing: Counter[Quality] = Counter()
        """How many preparations for the document itself wait or run."""
        self._beside = parts.bench.beside()
        self._unsaid: list[tuple[str, RenderRequest]] = []
        """Plates, and what was recast there without a word on its photos; of the drafts' thread alone."""
        self._remarking: Job | None = None
        self._closed = False

    def poke(self, desk: Desk, request: RenderRequest) -> None:
        """Prepare what a desk lacks for a request, in place of what it was being prepared for before."""
        key = preparation_key(request)
        if not request.faces or not desk.lacks(request):
            return
        wanted = [preparation_key(replace(request, quality=quality)) for quality in _QUALITIES]
        with self._lock:
            for busy_desk, busy_key, job in self._running.values():
                if (busy_desk, busy_key) == (desk, key):
                    return
                if (busy_desk is desk and busy_key not in wanted) or (busy_desk.of_version and not desk.of_version):
                    job.stop()
            self._pressing[request.quality] += not desk.of_version
            if self._remarking is not None and not desk.of_version:
                self._remarking.stop()
        pool = self._pools[request.quality]
        pool.submit(self._prepare, desk, request, key).add_done_callback(
            partial(self._done, desk, request.quality, key)
        )

    def end_version(self) -> None:
        """Let go what was prepared for the version beside the document alone."""
        self._beside = self._parts.bench.beside()
        with self._lock:
            for desk, _, job in self._running.values():
                if desk.of_version:
                    job.stop()

    def close(self) -> None:
        """End between two frames."""
        with self._lock:
            self._closed = True
            for job in (*(job for _, _, job in self._running.values()), self._remarking):
                if job is not None:
                    job.stop()
        for pool in self._pools.values():
            pool.shutdown(wait=True, cancel_futures=True)

    def _done(self, desk: Desk, quality: Quality, key: Hashable, future: "Future[bool]") -> None:
        with self._lock:
            self._pressing[quality] -= not desk.of_version
        if future.cancelled():
            return
        error = future.exception()
        if error is not None and not isinstance(error, Cancelled):
            desk.fail(key, notice_of(error))
        if error is not None or future.result():
            self._ready(desk)
            give_back()  # A photo takes and frees a hundred megabytes.
            with self._lock:
                if not self._closed:
                    self._pools["draft"].submit(self._follow_up)

    def _prepare(self, desk: Desk, request: RenderRequest, key: Hashable) -> bool:
        """Whether anything came of it that pictures wait for."""
        if not desk.lacks(request):
            return False
        if desk.of_version and self._pressing[request.quality]:
            raise Cancelled("The document's own faces go first.")  # It is asked for again, and then behind them.
        work = f"prepare-{request.quality}-{desk.plate}" + ("-version" if desk.of_version else "")
        if work in self._parts.document.avoided:
            desk.fail(key, _QUARANTINED)
            return True
        soon = Priority.PREFETCH if desk.of_version else Priority.PREVIEW
        priority = soon if request.quality == "draft" else Priority.ANALYSIS
        job = Job(BACKGROUND_JOB, priority, self._parts.turnstile, self._parts.send, work)
        with self._lock:
            self._running[request.quality] = desk, key, job
        try:
            job.begin()
            return self._prepared(desk, request, key, job)
        finally:
            with self._lock:
                del self._running[request.quality]
            job.end()

    def _prepared(self, desk: Desk, request: RenderRequest, key: Hashable, job: Job) -> bool:
        with open_plate(request.plate, cache_bytes=_READ_BYTES, colour_space=request.colour_space) as reader:
            frames = range(reader.info.frames)
            digests = digests_of(request, reader.info)
            analysed = analysed_until(request.project_folder, digests.viewed, options_for(frames))
            desk.note_analysis(analysed < frames.stop)
            if analysed < frames.stop:
                return True
            bench = self._beside if desk.of_version else self._parts.bench
            faces = self._recast(request, frames, digests, job, bench)
            if faces is None:
                note = no_note if desk.of_version else job.note
                faces = self._made_ready(request, reader, digests, job, bench, note)
            elif not desk.of_version:
                self._unsaid.append((desk.plate, request))
        desk.put(request.quality, Prepared(key, tuple(faces), digests))
        return True

    def _recast(
        self, request: RenderRequest, frames: range, digests: Digests, job: Job, bench: Workbench
    ) -> list[MeshFace] | None:
        with self._parts.turnstile.working(job.priority), telling_of_compiling(job.progress):
            return recast_faces(request, frames, digests, job.cancelled, bench)

    def _follow_up(self) -> None:
        """What pictures need not wait for: remarks on photos, then tidying up."""
        while self._unsaid:
            self._remark(*self._unsaid.pop(0))
        self._idle()

    def _remark(self, plate: str, request: RenderRequest) -> None:
        parts, work = self._parts, f"remarks-{plate}"
        if work in parts.document.avoided:
            return
        job = Job(BACKGROUND_JOB, Priority.ANALYSIS, parts.turnstile, parts.send, work)
        with self._lock:
            self._remarking = job
        try:
            job.begin()
            tell_remarks(request, job.cancelled, job.note, parts.bench)
        except Cancelled:
            return  # Other photos take their place.
        finally:
            with self._lock:
                self._remarking = None
            job.end()

    def _made_ready(
        self, request: RenderRequest, reader: PlateReader, digests: Digests, job: Job, bench: Workbench, note: Note
    ) -> list[MeshFace]:
        with (
            job.holding(bench.busy),
            self._parts.turnstile.working(job.priority),
            telling_of_compiling(job.progress),
        ):
            return ready_faces(
                request,
                reader,
                range(reader.info.frames),
                digests,
                job.progress,
                job.cancelled,
                StageClock(),
                note,
                bench,
            )
