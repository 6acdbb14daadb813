"""Everything the worker owns, and which request goes where."""

import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from pipeline.allocator import give_back
from pipeline.analysis.store_place import FOLDER
from pipeline.engines.session import Provider
from pipeline.errors import LikenessError
from pipeline.imaging.arrays import ImageU8
from pipeline.ipc.bootstrap import RingPlace
from pipeline.ipc.channel import Channel, ChannelClosed
from pipeline.ipc.frame_ring import RingWriter
from pipeline.ipc.messages import Figures, FrameFacts, FrameSent, Hello, JobDone, JobFailed
from pipeline.ipc.requests import (
    Analyse,
    Cancel,
    Filmstrip,
    FindKeyframes,
    MakeProxies,
    MeasureDrafts,
    OrderRenders,
    Pause,
    Prefetch,
    Render,
    Request,
    SetDocument,
    SetVersion,
    SlotFree,
    TryDetection,
    WantExports,
    WantFigures,
    WantFilm,
    WantFrame,
    WantSamples,
    WantSignals,
    WantSound,
    WantWaveform,
)
from pipeline.jobs.library_threads import pin_pictures
from pipeline.jobs.render_request import Compute, RenderRequest
from pipeline.jobs.workbench import Workbench
from pipeline.worker.darkroom import Darkroom, Made, addressed
from pipeline.worker.desk import Desk
from pipeline.worker.desks import Desks
from pipeline.worker.document import WorkingDocument
from pipeline.worker.figures import resident_bytes
from pipeline.worker.film_desk import FilmDesk
from pipeline.worker.job import Job
from pipeline.worker.job_runs import JobRuns
from pipeline.worker.lane import Lane
from pipeline.worker.outcome import notice_of
from pipeline.worker.pictures import Pictures
from pipeline.worker.preparer import Preparer, PreparerParts
from pipeline.worker.proxy_shelf import ProxyShelf
from pipeline.worker.sample_desk import SampleDesk
from pipeline.worker.sound_desk import SoundDesk
from pipeline.worker.stages import Stages
from pipeline.worker.thread_priority import yield_processor
from pipeline.worker.turnstile import Priority, Turnstile
from pipeline.worker.waiting_line import WaitingLine

if TYPE_CHECKING:
    from pipeline.worker.measuring import Measuring

_READ_BYTES = 64 << 20
"""Decoded pictures kept by an analysis or a render."""
PICTURES_FOLDER = "pictures"
_TICK_S = 0.2


class Service:
    """Made and used by the thread that receives; what it starts ends with `close`."""

    def __init__(self, channel: Channel[Request], ring: RingPlace | None, provider: Provider = "auto") -> None:
        pin_pictures()
        self._channel = channel
        self._ring = None if ring is None else RingWriter(ring.name, ring.slots, ring.slot_bytes)
        cores = os.cpu_count() or 1
        self._compute = Compute(provider, cores, _READ_BYTES)
        self._turnstile = Turnstile()
        self._document, self._version = WorkingDocument(), WorkingDocument()
        self._bench = Workbench(provider)
        self._pictures = Pictures()
        self._stages = Stages()
        self._jobs: dict[int, Job] = {}
        threads = min(cores, 8)
        self._desks = Desks(self._document, threads, partial(self._prepare, self._document))
        self._version_desks = Desks(self._version, threads, partial(self._prepare, self._version), self._desks)
        proxies = ProxyShelf()
        kept = self._pictures, self._stages
        darkroom = Darkroom(self._document, self._desks, *kept, proxies, self._compute, self._lacking)
        beside = Darkroom(self._version, self._version_desks, *kept, ProxyShelf(), self._compute, self._lacking)
        parts = PreparerParts(self._document, self._bench, self._turnstile, self._compute, self._send)
        self._preparer = Preparer(parts, self._prepared, self._tidy)
        self._sound = SoundDesk(self._document, self._send)
        self._film = FilmDesk(self._document, self._send, self._hand_out)
        self._samples = SampleDesk(self._document, self._desks, self._stages, self._compute, self._send)
        self._lane = Lane(darkroom, self._turnstile, self._send, self._show, self._finish, beside)
        self._runs = JobRuns(
            self._document,
            self._bench,
            self._turnstile,
            self._compute,
            self._send,
            self._hand_out,
            self._analysed,
            proxies.put,
        )
        self._measuring: Measuring | None = None
        self._renders = WaitingLine()
        self._closing = False
        self._threads = {
            priority: ThreadPoolExecutor(1, thread_name_prefix=priority.name.lower(), initializer=yield_processor)
            for priority in Priority
            if priority > Priority.PREFETCH
        }
        self._send(Hello(pid=os.getpid()))

    def take(self, request: Request) -> None:
        """Begin what is asked for; returns at once."""
        match request:
            case SetDocument():
                self._set_document(request)
            case SetVersion(version=version):
                self._set_version(version)
            case WantFrame():
                self._lane.want(request)
            case Prefetch():
                self._lane.ahead(self._job(request.job, Priority.PREFETCH), request)
            case Analyse():
                self._run(request.job, Priority.ANALYSIS, partial(self._runs.analyse, request))
            case MakeProxies():
                self._run(request.job, Priority.PROXY, partial(self._runs.make_proxies, request))
            case FindKeyframes():
                self._run(request.job, Priority.ANALYSIS, partial(self._runs.find_keyframes, request))
            case TryDetection():
                self._run(request.job, Priority.ANALYSIS, partial(self._runs.try_detection, request))
            case WantSignals():
                self._run(request.job, Priority.ANALYSIS, partial(self._runs.signals, request))
            case MeasureDrafts():
                self._run(request.job, Priority.MEASURE, partial(self._measure, request))
            case Filmstrip():
                self._run(request.job, Priority.STRIP, partial(self._runs.filmstrip, request))
            case WantWaveform():
                self._run(request.job, Priority.STRIP, partial(self._runs.waveform, request))
            case WantSound():
                self._sound.want(request)
            case WantFilm():
                self._film.want(request)
            case WantSamples():
                self._samples.want(request)
            case WantExports(plate=plate):
                self._film.tell_exports(plate)
            case Render():
                self._render(request)
            case Cancel(job=number) if number in self._jobs:
                self._jobs[number].stop()
                self._lane.look_again()
            case Pause(job=number, paused=paused) if number in self._jobs:
                self._jobs[number].hold(paused)
            case SlotFree(slot=slot) if self._ring is not None:
                self._ring.release(slot)
            case OrderRenders(jobs=jobs):
                self._renders.order(jobs)
            case WantFigures():
                self._send(self._figures())
            case _:
                pass  # Of a job that has ended by now.

    def close(self) -> None:
        """End all work between two frames, and give back what is held."""
        self._closing = True
        self._turnstile.wake()
        for job in list(self._jobs.values()):
            job.stop()
        for pool in self._threads.values():
            pool.shutdown(wait=True, cancel_futures=True)
        self._runs.close()
        if self._measuring is not None:
            self._measuring.close()
        self._preparer.close()
        self._sound.close()
        self._film.close()
        self._samples.close()
        self._lane.close()
        if self._ring is not None:
            self._ring.close()

    def _set_document(self, request: SetDocument) -> None:
        for job in list(self._jobs.values()):
            if job.priority is Priority.MEASURE:
                job.stop()  # Its frames are of the document before.
        self._document.take(request)
        self._pictures.use_folder(self._document.folder / FOLDER / PICTURES_FOLDER)
        for desk in self._desks.open_ones():
            self._prepare(self._document, desk)

    def _set_version(self, version: SetDocument | None) -> None:
        if version is not None:
            self._version.take(version)
            return
        self._version.forget()
        self._preparer.end_version()
        self._lane.end_version()

    def _job(self, number: int, priority: Priority) -> Job:
        job = self._jobs[number] = Job(number, priority, self._turnstile, self._send)
        return job

    def _run(self, number: int, priority: Priority, work: Callable[[Job], JobDone]) -> None:
        """Queue a job behind those of its kind."""
        job = self._job(number, priority)

        def run() -> JobDone:
            job.begin()
            return work(job)

        self._threads[priority].submit(run).add_done_callback(partial(self._ended, job))

    def _render(self, request: Render) -> None:
        """Queue a render: which one begins is said when the one before it has ended."""
        job = self._job(request.job, Priority.RENDER)
        self._renders.put(job, partial(self._runs.render, request, job))
        begun: list[Job] = []

        def run() -> JobDone:
            first, work = self._renders.take()
            begun.append(first)
            first.begin()
            return work()

        def ended(done: "Future[JobDone]") -> None:
            for each in begun:
                self._ended(each, done)

        self._threads[Priority.RENDER].submit(run).add_done_callback(ended)

    def _measure(self, request: MeasureDrafts, job: Job) -> JobDone:
        """What measuring needs is loaded when it is first asked for: the first picture shouldn't wait for it."""
        if self._measuring is None:
            from pipeline.worker.measuring import Measuring

            self._measuring = Measuring(
                self._document, self._desks, self._bench, self._compute, self._send, self._lane.open
            )
        return self._measuring.run(request, job)

    def _ended(self, job: Job, done: "Future[JobDone]") -> None:
        job.end()
        if done.cancelled():
            return
        if job.priority is Priority.MEASURE:
            if not self._closing:
                self._threads[Priority.MEASURE].submit(self._tidy_in_peace)
        elif job.priority is Priority.STRIP:
            if not self._closing:
                self._threads[Priority.STRIP].submit(self._runs.rest_strip)  # Behind those that wait already.
        elif job.priority is not Priority.PROXY:  # It uses no network.
            self._tidy()
        error = done.exception()
        if error is None:
            self._jobs.pop(job.number, None)
            self._send(done.result())
        else:
            self._finish(job, error)

    def _finish(self, job: Job, error: BaseException | None) -> None:
        job.end()
        self._jobs.pop(job.number, None)
        done = JobDone(job=job.number)
        self._send(done if error is None else JobFailed(job=job.number, error=notice_of(error)))

    def _analysed(self, plate: str) -> None:
        for document, desks in ((self._document, self._desks), (self._version, self._version_desks)):
            for desk in desks.open_ones():
                if desk.plate == plate:
                    desk.forget_failures()
                    self._prepare(document, desk)

    def _prepare(self, document: WorkingDocument, desk: Desk) -> None:
        """Make a desk's faces ready for drafts, where its document lets them be."""
        try:
            request = document.request(desk.plate, "draft", self._compute)
        except LikenessError:
            return  # Said in words to whoever asks for the picture.
        self._preparer.poke(desk, request)

    def _prepared(self, desk: Desk) -> None:
        if self._measuring is not None:
            self._measuring.wake()
        self._lane.again()

    def _tidy(self) -> None:
        """A job has ended: its networks' working memory is far more than loading them again is work."""
        self._bench.pool.let_go()
        give_back()

    def _tidy_in_peace(self) -> None:
        """Measuring mostly ends because of an edit: its picture comes first, and may need the same networks."""
        if self._turnstile.wait(Priority.MEASURE, lambda: self._closing, _TICK_S, lambda: None):
            if self._measuring is not None:
                self._measuring.rest()
            self._tidy()

    def _lacking(self, desk: Desk, request: RenderRequest) -> None:
        draft = replace(request, quality="draft")
        if desk.lacks(draft):
            self._preparer.poke(desk, draft)  # Its picture is asked for again once it is there; the match comes then.
        elif request.quality == "final":
            self._preparer.poke(desk, request)

    def _show(self, made: Made, request: WantFrame) -> None:
        shown = addressed(made, request.pane, request.generation)
        self._hand_out(shown.picture, shown.facts)

    def _hand_out(self, picture: ImageU8, facts: FrameFacts) -> None:
        slot = None if self._ring is None else self._ring.write(picture)
        content = b"" if slot is not None else picture.tobytes()
        height, width = picture.shape[:2]
        self._send(FrameSent(facts=facts, height=height, width=width, slot=slot, content=content))

    def _send(self, message: msgspec.Struct) -> None:
        try:
            self._channel.send(message)
        except ChannelClosed:
            return  # The client is gone; the thread that receives sees it and ends everything.

    def _figures(self) -> Figures:
        ring, networks = self._ring, self._bench.pool.loaded()
        return Figures(
            rss_bytes=resident_bytes(),
            stage_bytes=self._stages.bytes,
            picture_bytes=self._pictures.memory_bytes,
            disk_bytes=self._pictures.disk_bytes,
            decoded_bytes=sum(each.reader.held_bytes for each in self._desks.open_ones()),
            performer_bytes=self._bench.performer_bytes,
            prepared_bytes=self._bench.prepared_bytes,
            photo_bytes=self._bench.photo_bytes,
            network_bytes=sum(size for _, _, size in networks),
            networks=tuple(f"{name} on {provider}" for name, provider, _ in networks),
            ring_slots=0 if ring is None else ring.slots,
            ring_slots_free=0 if ring is None else ring.free,
            faces_drawn=self._stages.drawn,
            faces_reused=self._stages.reused,
            from_memory=self._pictures.from_memory,
            from_disk=self._pictures.from_disk,
            jobs=tuple(self._jobs),
        )
