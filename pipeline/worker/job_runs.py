"""What each kind of job does, with the jobs' own functions: analysis, keyframes, signals, filmstrip, waveform, render.

Jobs that nobody may ask for are imported when somebody does: the first picture shouldn't wait for them.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from msgspec import structs

from pipeline.analysis.kept_analysis import analysed_until
from pipeline.errors import Cancelled, FrameUnreadable, LikenessError
from pipeline.imaging.arrays import ImageU8
from pipeline.imaging.reduced import reduced
from pipeline.ipc.arrays import packed
from pipeline.ipc.exported import Rendered
from pipeline.ipc.messages import (
    DetectionTried,
    FrameFacts,
    JobDone,
    KeyframesFound,
    KeyframesSoFar,
    SignalBlock,
    Tracks,
    Waveform,
)
from pipeline.ipc.requests import (
    Analyse,
    Filmstrip,
    FindKeyframes,
    MakeProxies,
    Render,
    TryDetection,
    WantSignals,
    WantWaveform,
)
from pipeline.ipc.seen_track import Track
from pipeline.jobs.analyse import AnalysisReport, AnalysisRequest, analyse_plate, options_for
from pipeline.jobs.digests import viewed_sha256
from pipeline.jobs.early_keyframes import EarlyFind, EarlyKeyframes
from pipeline.jobs.progress import Progress
from pipeline.jobs.render_request import Compute, request_of
from pipeline.jobs.workbench import Workbench
from pipeline.media.plate_reader import PlateReader
from pipeline.media.plate_view import view_of
from pipeline.media.reader import open_plate
from pipeline.project.detection import DetectionOptions
from pipeline.project.project import FaceTrack, Plate, Project, face_named, plate_of
from pipeline.project.timebase import Rational, timecode_of
from pipeline.project.track_piece import label, resolved
from pipeline.worker.desk import Desk
from pipeline.worker.document import WorkingDocument
from pipeline.worker.job import Job, Send
from pipeline.worker.signal_pyramid import NAMES, SignalPyramid
from pipeline.worker.turnstile import Turnstile

if TYPE_CHECKING:
    from pipeline.analysis.signals import FaceSignals
    from pipeline.jobs.render import RenderReport

_STRIP_BYTES = 32 << 20


@dataclass(frozen=True, slots=True, eq=False)
class _KeptSignals:
    """A face's signals, whole and for drawing; `key` says what they were made of."""

    key: Hashable
    signals: "FaceSignals"
    pyramid: SignalPyramid


@dataclass(slots=True)
class JobRuns:
    """Each method is one job, run by the thread of its kind; the answer is what `JobDone` says."""

    document: WorkingDocument
    bench: Workbench
    turnstile: Turnstile
    compute: Compute
    send: Send
    deliver: Callable[[ImageU8, FrameFacts], None]
    analysed: Callable[[str], None]
    """Told the id of a plate that is analysed now."""
    proxies_found: Callable[[str, str, Path], None]
    """Told a plate's id, its identity, and the folder of its proxies."""
    _strip: tuple[str, PlateReader] | None = None
    """A plate's identity, and its reader; of the thread that makes strips."""
    _signals: dict[str, _KeptSignals] = field(default_factory=dict)
    """By face."""

    def analyse(self, request: Analyse, job: Job) -> JobDone:
        """The pass over a plate."""
        plate, path = self.document.plate(request.plate)
        asked = AnalysisRequest(path, plate.colour_space, self.document.folder, self.compute)
        onlooker = None if request.options is None else partial(self._onlooker, request.plate, request.options, job)
        with job.holding(self.bench.busy), self.turnstile.working(job.priority):
            report = analyse_plate(asked, job.progress, job.cancelled, job.note, self.bench.pool, onlooker)
        self._tell_tracks(request.plate, report)
        self.analysed(request.plate)
        return JobDone(job=job.number)

    def _onlooker(self, plate: str, options: DetectionOptions, job: Job, reader: PlateReader) -> EarlyKeyframes:
        """Tells of keyframes while a plate is analysed."""

        def faces() -> list[FaceTrack]:
            return [each for each in self.document.snapshot()[0].faces if each.plate == plate]

        def tell(found: EarlyFind) -> None:
            self.send(
                KeyframesSoFar(
                    job=job.number, face=found.face, start=found.start, stop=found.stop, proposals=found.proposals
                )
            )

        return EarlyKeyframes(reader, options, faces, tell)

    def make_proxies(self, request: MakeProxies, job: Job) -> JobDone:
        """What is missing of a plate's proxies."""
        from pipeline.jobs.make_proxies import ProxiesRequest, make_proxies

        plate, path = self.document.plate(request.plate)
        identity = Desk.identity_of(path, plate.colour_space)

        def ready(folder: Path) -> None:
            # A file that changed while it was hashed has other proxies, if any.
            if Desk.identity_of(path, plate.colour_space) == identity:
                self.proxies_found(request.plate, identity, folder)

        asked = ProxiesRequest(path, plate.colour_space, self.document.folder)
        with job.at_work():
            make_proxies(asked, ready, job.progress, job.cancelled, job.note)
        return JobDone(job=job.number)

    def find_keyframes(self, request: FindKeyframes, job: Job) -> JobDone:
        """Proposals for faces, plate by plate."""
        from pipeline.jobs.keyframes import KeyframesRequest, propose

        project, path = self.document.snapshot()
        faces = project.faces if request.face is None else (face_named(project, request.face),)
        asked = KeyframesRequest(path, request.face, request.options, self.compute)
        for plate in project.plates:
            wanted = [face.id for face in faces if face.plate == plate.id]
            if not wanted:
                continue
            with job.holding(self.bench.busy), self.turnstile.working(job.priority):
                found = propose(asked, project, plate, wanted, job.progress, job.cancelled, job.note, self.bench.pool)
            self.analysed(plate.id)
            for face, proposals in found.items():
                self.send(KeyframesFound(job=job.number, face=face, proposals=tuple(proposals)))
        return JobDone(job=job.number)

    def try_detection(self, request: TryDetection, job: Job) -> JobDone:
        """What other options would propose for a face."""
        from pipeline.analysis.keyframes import propose_keyframes

        project, path = self.document.snapshot()
        face = face_named(project, request.face)
        signals = self._signals_of(project, path, face, job).signals
        everything = structs.replace(request.options, sensitivity=1.0, micro_sensitivity=1.0)
        self.send(
            DetectionTried(
                job=job.number,
                face=face.id,
                options=request.options,
                proposals=tuple(propose_keyframes(signals, request.options)),
                seen=tuple((each.frame, each.score) for each in propose_keyframes(signals, everything)),
            )
        )
        return JobDone(job=job.number)

    def signals(self, request: WantSignals, job: Job) -> JobDone:
        """One view of a face's signals."""
        project, path = self.document.snapshot()
        face = face_named(project, request.face)
        pyramid = self._signals_of(project, path, face, job).pyramid
        start, step, low, high = pyramid.block(request.start, request.stop, request.columns)
        self.send(
            SignalBlock(
                job=job.number,
                face=face.id,
                channels=NAMES,
                start=start,
                step=step,
                low=packed(low),
                high=packed(high),
            )
        )
        return JobDone(job=job.number)

    def filmstrip(self, request: Filmstrip, job: Job) -> JobDone:
        """Small pictures of the plate."""
        plate, path = self.document.plate(request.plate)
        reader = self._strip_reader(path, plate.colour_space)
        for number, frame in enumerate(request.frames):
            if job.cancelled():
                raise Cancelled("Stopped.")
            with self.turnstile.working(job.priority):
                self._strip_picture(reader, request, frame)
            job.progress(Progress("filmstrip", number + 1, len(request.frames)))
        return JobDone(job=job.number)

    def rest_strip(self) -> None:
        """No strip waits: give the decoder back until the next one. Of the thread that makes strips."""
        if self._strip is not None:
            self._strip[1].rest()

    def close(self) -> None:
        """No job runs any more: give back what is held for the next one."""
        if self._strip is not None:
            self._strip[1].close()

    def _strip_reader(self, path: Path, colour_space: str | None) -> PlateReader:
        """The plate as it was opened for the last strip: a long film's index takes seconds to read."""
        identity = Desk.identity_of(path, colour_space)
        if self._strip is None or self._strip[0] != identity:
            self.close()
            self._strip = None
            self._strip = identity, open_plate(path, cache_bytes=_STRIP_BYTES, colour_space=colour_space)
        return self._strip[1]

    def waveform(self, request: WantWaveform, job: Job) -> JobDone:
        """The outline of a plate's sound."""
        from pipeline.jobs.waveform import plate_waveform
        from pipeline.media.waveform import BINS_A_FRAME

        plate, path = self.document.plate(request.plate)
        with open_plate(path, cache_bytes=_STRIP_BYTES, colour_space=plate.colour_space) as reader:
            # Seconds for an hour of sound: it doesn't wait its turn.
            found = plate_waveform(reader, self.document.folder, self.bench.pool, lambda: job.stopped)
        nothing = np.zeros(0, np.int8)
        speech = None if found is None else found.speech
        self.send(
            Waveform(
                job=job.number,
                plate=request.plate,
                bins=BINS_A_FRAME,
                low=packed(nothing if found is None else found.low),
                high=packed(nothing if found is None else found.high),
                speech=packed(np.zeros(0, np.uint8) if speech is None else np.rint(255 * speech).astype(np.uint8)),
            )
        )
        return JobDone(job=job.number)

    def render(self, request: Render, job: Job) -> JobDone:
        """A result, as the command renders it."""
        from pipeline.jobs.render import render

        project, path = self.document.snapshot()
        asked = request_of(
            project,
            path,
            Path(request.output),
            plate=request.plate,
            first=request.first,
            last=request.last,
            preset=request.preset,
            quality=request.quality,
            overwrite=request.overwrite,
            compute=self.compute,
        )
        with job.at_work():
            report = render(asked, job.progress, job.cancelled, job.note, self.bench, job.pace)
        return JobDone(job=job.number, rendered=_rendered(report))

    def _tell_tracks(self, plate: str, report: AnalysisReport) -> None:
        taken = _takers([face for face in self.document.snapshot()[0].faces if face.plate == plate], report)
        tracks = tuple(
            Track(
                track=each.track,
                first=each.first,
                last=each.last,
                seen=each.seen,
                width_px=each.width_px,
                runs=each.runs,
                portrait=each.portrait,
                box=each.box,
                face=taken.get(each.track),
            )
            for each in report.faces
        )
        self.send(Tracks(plate=plate, tracks=tracks, cuts=report.shots_begin))

    def _signals_of(self, project: Project, path: Path, face: FaceTrack, job: Job) -> _KeptSignals:
        """From memory, else from the kept analysis. Raises LikenessError: the plate isn't analysed."""
        plate = plate_of(project, face)
        key = (str(path), plate, tuple((each.id, label(each)) for each in project.faces if each.plate == plate.id))
        kept = self._signals.get(face.id)
        if kept is None or kept.key != key:
            with job.holding(self.bench.busy), self.turnstile.working(job.priority):
                self._signals |= self._built(project, path, plate, key, job)
        return self._signals[face.id]

    def _built(self, project: Project, path: Path, plate: Plate, key: Hashable, job: Job) -> dict[str, _KeptSignals]:
        from pipeline.jobs.keyframes import SignalsPlace, plate_signals

        file = self.document.plate(plate.id)[1]
        with open_plate(file, cache_bytes=_STRIP_BYTES, colour_space=plate.colour_space) as reader:
            frames = range(reader.info.frames)
            digest = viewed_sha256(reader.info)
        if analysed_until(path.resolve().parent, digest, options_for(frames)) < frames.stop:
            raise LikenessError(f"{file.name} isn't analysed yet, so there are no signals. Analyse it first.")
        place = SignalsPlace(path, self.compute, self.bench.pool)
        wanted = [each.id for each in project.faces if each.plate == plate.id]
        found = plate_signals(place, project, plate, wanted, job.progress, job.cancelled)
        return {face: _KeptSignals(key, each, SignalPyramid(each, frames.stop)) for face, each in found.items()}

    def _strip_picture(self, reader: PlateReader, request: Filmstrip, frame: int) -> None:
        info, view = reader.info, view_of(reader.info)
        try:
            picture = reduced(view.rgb8(reader.read(frame)), request.max_size)
        except FrameUnreadable:
            return  # A strip may have a gap.
        facts = FrameFacts(
            pane=f"strip-{request.job}",
            generation=request.job,
            plate=request.plate,
            frame=frame,
            pts=int(reader.pts[frame]),
            time_base=Rational.of(info.time_base),
            timecode=timecode_of(frame, info.rate, info.first_timecode),
            layer="plate",
            quality="draft",
            size=view.size,
        )
        self.deliver(picture, facts)


def _takers(faces: Sequence[FaceTrack], report: AnalysisReport) -> dict[int, str]:
    """Which face takes which track, as in a render; of several that take parts of one, the first."""
    taken = {piece.track: face.id for face in reversed(faces) for piece in face.pieces}
    main = resolved(faces, [each.track for each in report.faces])
    return taken | {track: face.id for face, track in zip(faces, main, strict=True) if track is not None}


def _rendered(report: "RenderReport") -> Rendered:
    return Rendered(
        output=str(report.output),
        first=report.first,
        last=report.last,
        rendered=report.rendered,
        reused=report.reused,
        failed=report.failed,
        mark=report.mark.kind,
        notes=report.notes,
        seconds=sum(report.seconds.values()),
    )
