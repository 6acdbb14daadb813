"""Drafts measured in the background, as the document draws them; what is found is told, and kept in the project."""

import time
from collections.abc import Callable, Hashable, Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event

import numpy as np

from pipeline.analysis.kept_analysis import open_analysis, read_analysis
from pipeline.engines.swappers.mesh.swapper import MeshSwapper
from pipeline.errors import Cancelled, OutputError
from pipeline.ipc.arrays import packed
from pipeline.ipc.messages import JobDone, QualityBlock
from pipeline.ipc.requests import MeasureDrafts
from pipeline.jobs.analyse import options_for
from pipeline.jobs.digests import Digests
from pipeline.jobs.faces import MeshFace
from pipeline.jobs.kept_drafts import KeptDrafts
from pipeline.jobs.measure_drafts import DraftFace, Figure, known_figures, measure_drafts
from pipeline.jobs.render_request import Compute, RenderRequest
from pipeline.jobs.workbench import Workbench
from pipeline.media.plate_reader import PlateReader
from pipeline.media.reader import open_plate
from pipeline.quality.frame_measure import LIMITS, MEASURES
from pipeline.worker.desk import Choice, Desk
from pipeline.worker.desks import Desks
from pipeline.worker.document import WorkingDocument
from pipeline.worker.job import Job, Send
from pipeline.worker.outcome import Refused

_READ_BYTES = 8 << 20
"""Decoded pictures kept: frames are read once, in order."""
_TICK_S = 0.2
_TELL_S, _TELL_FRAMES = 0.5, 512
"""How long figures wait to be told, and how many at most."""
_KEEP_S = 5.0
"""How much measuring is lost at most when the worker ends."""
_LIMITS = packed(np.array([LIMITS.get(each, np.nan) for each in MEASURES], np.float32))


@dataclass(slots=True)
class _Post:
    """Figures on their way, face by face."""

    send: Send
    request: MeasureDrafts
    revision: int
    waiting: dict[str, list[Figure]] = field(default_factory=dict)
    told: float = field(default_factory=time.monotonic)

    def put(self, figure: Figure) -> None:
        self.waiting.setdefault(figure.face, []).append(figure)
        full = len(self.waiting[figure.face]) >= _TELL_FRAMES
        if full or time.monotonic() - self.told >= _TELL_S:
            self.tell()

    def tell(self) -> None:
        for face, figures in self.waiting.items():
            self.send(
                QualityBlock(
                    job=self.request.job,
                    plate=self.request.plate,
                    face=face,
                    revision=self.revision,
                    measures=MEASURES,
                    limits=_LIMITS,
                    frames=packed(np.array([each.frame for each in figures], np.int32)),
                    fresh=packed(np.array([each.fresh for each in figures], np.uint8)),
                    values=packed(np.stack([each.values for each in figures], axis=1)),
                )
            )
        self.waiting.clear()
        self.told = time.monotonic()


class Measuring:
    """Of the thread that measures, but for `wake`."""

    def __init__(
        self,
        document: WorkingDocument,
        desks: Desks,
        bench: Workbench,
        compute: Compute,
        send: Send,
        open_desk: Callable[[str], "Future[None]"],
    ) -> None:
        self._document, self._desks, self._bench, self._compute, self._send = document, desks, bench, compute, send
        self._open_desk = open_desk
        self._swapper = MeshSwapper(1)
        self._woken = Event()
        self._plate: tuple[str, PlateReader] | None = None
        self._kept: tuple[Hashable, dict[str, KeptDrafts]] = ("", {})

    def wake(self) -> None:
        """Faces may be prepared now."""
        self._woken.set()

    def rest(self) -> None:
        """Give the decoder back until the next job."""
        if self._plate is not None:
            self._plate[1].rest()

    def close(self) -> None:
        """No job runs any more: give back what is held for the next one."""
        if self._plate is not None:
            self._plate[1].close()

    def run(self, request: MeasureDrafts, job: Job) -> JobDone:
        """One job. Raises Cancelled, LikenessError: faces that can't be prepared."""
        asked, revision = self._document.numbered_request(request.plate, "draft", self._compute)
        if asked.faces:
            desk, choice = self._ready(request.plate, asked, job)
            if choice.error is not None or choice.faces is None or choice.digests is None:
                raise Cancelled("Nothing can be drawn.") if choice.error is None else Refused(choice.error)
            self._measure(desk, asked, choice.faces, choice.digests, _Post(self._send, request, revision), job)
        return JobDone(job=job.number)

    def _ready(self, plate: str, asked: RenderRequest, job: Job) -> tuple[Desk, Choice]:
        """The plate's faces, once they are prepared. Raises Cancelled, LikenessError: the plate can't be opened."""
        with job.waiting():
            self._open_desk(plate).result()
            while not job.stopped:
                self._woken.clear()
                for desk in self._desks.open_ones():
                    if desk.plate == plate:
                        choice = desk.choice(asked)
                        if choice.faces is not None or choice.error is not None:
                            return desk, choice
                self._woken.wait(_TICK_S)
        raise Cancelled("Stopped before there was anything to measure.")

    def _measure(
        self, desk: Desk, asked: RenderRequest, faces: Sequence[MeshFace], digests: Digests, post: _Post, job: Job
    ) -> None:
        reader = self._reader(desk)
        kept = self._known(asked, digests, reader.info.frames)
        drafts = [
            DraftFace(
                each.id or str(number),
                replace(face, swapper=self._swapper),
                # Others may want the same photos: reading them doesn't wait its turn.
                self._bench.photos(each.sources, lambda: job.stopped),
                each.keyframes,
                kept[each.id or str(number)],
            )
            for number, (each, face) in enumerate(zip(asked.faces, faces, strict=True))
        ]
        folder, frames, saved = asked.project_folder, reader.info.frames, time.monotonic()
        try:
            for figure in known_figures(drafts, digests, job.cancelled):
                post.put(figure)
            post.tell()
            for figure in measure_drafts(
                reader, drafts, digests, asked.mark, self._bench.pool, job.progress, job.cancelled
            ):
                post.put(figure)
                if time.monotonic() - saved >= _KEEP_S:
                    _save(kept.values(), folder, digests, frames)
                    saved = time.monotonic()
        finally:
            post.tell()
            _save(kept.values(), folder, digests, frames)

    def _reader(self, desk: Desk) -> PlateReader:
        """The plate as it was opened for the last job: a decoder of its own, since the desk's is the lane's."""
        if self._plate is None or self._plate[0] != desk.identity:
            self.close()
            self._plate = None
            # A frame is measured for longer than it is decoded: more threads would only hold more pictures.
            opened = open_plate(desk.path, cache_bytes=_READ_BYTES, threads=1, colour_space=desk.colour_space)
            self._plate = desk.identity, opened
        return self._plate[1]

    def _known(self, asked: RenderRequest, digests: Digests, frames: int) -> dict[str, KeptDrafts]:
        """What is known of the faces' drafts, from memory, else from the project."""
        names = [each.id or str(number) for number, each in enumerate(asked.faces)]
        key = asked.project_folder, digests.viewed, tuple(names)
        if self._kept[0] != key:
            self._kept = key, {name: KeptDrafts(name) for name in names}
            store = read_analysis(asked.project_folder, digests.viewed, options_for(range(frames)))
            if store is not None:
                with store:
                    for each in self._kept[1].values():
                        each.load(store, frames)
        return self._kept[1]


def _save(kept: Iterable[KeptDrafts], folder: Path | None, digests: Digests, frames: int) -> None:
    """Keep what was measured, where nobody writes the analysis at the moment; else it is kept the next time."""
    unsaved = [each for each in kept if each.unsaved]
    if not unsaved:
        return
    try:
        with open_analysis(folder, digests.viewed, options_for(range(frames)), patience_s=0.0) as store:
            for each in unsaved:
                each.save(store)
    except OutputError:
        return  # Another job writes, or the disk is full: figures are told all the same, and can be taken anew.
