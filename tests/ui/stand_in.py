"""A worker that answers at once from memory: frames of one grey level each, results a little redder."""

from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
from msgspec.structs import replace

from pipeline.client import ClientEvent, FrameReady
from pipeline.ipc.arrays import packed
from pipeline.ipc.exported import Export
from pipeline.ipc.messages import (
    FILM_PANE,
    DetectionTried,
    ErrorNotice,
    Exports,
    FaceFacts,
    FrameFacts,
    FrameFailed,
    JobDone,
    KeyframesFound,
    Layer,
    Progress,
    QualityBlock,
    SignalBlock,
    SoundPiece,
    Tracks,
    Waveform,
)
from pipeline.ipc.samples import ChannelSamples, Samples
from pipeline.ipc.seen_track import Track
from pipeline.project.detection import DetectionOptions, least_score
from pipeline.project.project import Project, Quality
from pipeline.project.proposal import Proposal
from pipeline.project.timebase import Rational

SIZE = (64, 36)


def level(frame: int) -> int:
    """The grey of a plate's frame."""
    return 40 + frame % 200


def _track(number: int, start: int, stop: int) -> Track:
    return Track(
        track=number,
        first=start,
        last=stop - 1,
        seen=stop - start,
        width_px=20.0,
        runs=((start, stop),),
        portrait=start + 2,
        box=(20.0, 8.0, 44.0, 30.0),
        face=None,
    )


TRACKS = (_track(0, 0, 120), _track(5, 130, 200), _track(3, 20, 60))
"""The most prominent one first; the first and the second are never seen together."""


def _facts(pane: str, generation: int, plate: str, frame: int, layer: Layer) -> FrameFacts:
    face = FaceFacts(
        face="face-1",
        box=(20.0, 8.0, 44.0, 30.0),
        landmarks=packed(np.full((478, 3), 20.0, np.float32)),
        drawn=True,
    )
    return FrameFacts(
        pane=pane,
        generation=generation,
        plate=plate,
        frame=frame,
        pts=frame,
        time_base=Rational(1, 24),
        timecode="",
        layer=layer,
        quality="draft",
        size=SIZE,
        faces=(face,),
    )


class StandInClient:
    """The door's methods, without a process. What was asked is in `asked`."""

    made: "list[StandInClient]" = []  # noqa: RUF012

    def __init__(self, on_event: Callable[[ClientEvent], None]) -> None:
        self.on_event = on_event
        self.asked: list[tuple[str, Any]] = []
        self.pid = 1
        self.has_proxies = False
        """Whether those of the plate are made."""
        self._numbers = count(1)
        self._project, self._revision = Project(), 0
        self.version: Project | None = None
        self.exported: tuple[Export, ...] = ()
        """The plate's exports that are still there."""
        StandInClient.made.append(self)

    def start(self) -> None:
        self.asked.append(("start", None))

    def close(self) -> None:
        self.asked.append(("close", None))

    def open_project(self, project: Project, path: Path) -> int:
        self._project, self._revision = project, next(self._numbers)
        return self._revision

    def update(self, project: Project, path: Path) -> int:
        self.asked.append(("update", project))
        return self.open_project(project, path)

    def request_frame(
        self,
        plate: str,
        frame: int,
        *,
        layer: Layer,
        pane: str,
        quality: Quality = "draft",
        dragged: bool = False,
        version: bool = False,
        **_: Any,
    ) -> int:
        generation = next(self._numbers)
        if version:
            self._show_version(_facts(pane, generation, plate, frame, layer))
            return generation
        if dragged and self.has_proxies and layer in ("plate", "result"):
            self.asked.append((f"proxy {layer}", frame))
            picture = np.full((SIZE[1] // 2, SIZE[0] // 2, 3), level(frame), np.uint8)
            facts = replace(_facts(pane, generation, plate, frame, "plate"), proxy=True)
            self.on_event(FrameReady(picture, facts))
            return generation
        self.asked.append((f"frame {layer}", frame))
        picture = np.full((SIZE[1], SIZE[0], 3), level(frame), np.uint8)
        if layer == "result":
            picture[:, :, 0] = 255
        if layer == "result" and quality == "final":
            picture[:, :, 1] = 255
        facts = replace(_facts(pane, generation, plate, frame, layer), revision=self._revision, quality=quality)
        self.on_event(FrameReady(picture, facts))
        return generation

    def set_version(self, project: Project, path: Path) -> int:
        self.asked.append(("version", project))
        self.version = project
        return next(self._numbers)

    def end_version(self) -> None:
        self.asked.append(("version", None))
        self.version = None

    def _show_version(self, facts: FrameFacts) -> None:
        """As green as its first face is like its identity; without a photo that is called gone."""
        version = self.version
        assert version is not None
        self.asked.append((f"version {facts.layer}", facts.frame))
        if any("gone" in source.path for each in version.identities for source in each.sources):
            error = ErrorNotice(kind="MediaNotFound", message="gone.png of a.likeness is not there any more.")
            self.on_event(
                FrameFailed(
                    pane=facts.pane, generation=facts.generation, plate=facts.plate, frame=facts.frame, error=error
                )
            )
            return
        picture = np.full((SIZE[1], SIZE[0], 3), level(facts.frame), np.uint8)
        picture[:, :, 1] = round(255 * version.faces[0].settings.likeness)
        self.on_event(FrameReady(picture, facts))

    def exports(self, plate: str) -> None:
        self.asked.append(("exports", plate))
        self.on_event(Exports(plate=plate, exports=self.exported))

    def film(self, plate: str, frame: int, film: Path | None = None, **_: Any) -> int:
        """Frames 10 to 99 of exports; a film of another size for any other."""
        generation = next(self._numbers)
        self.asked.append(("film", (frame, film)))
        exported = film is None or str(film) in {each.path for each in self.exported}
        if exported and 10 <= frame < 100:
            picture = np.full((SIZE[1], SIZE[0], 3), level(frame), np.uint8)
            picture[:, :, 2] = 255
            facts = replace(
                _facts(FILM_PANE, generation, plate, frame, "plate"), film="take.mp4" if film is None else str(film)
            )
            self.on_event(FrameReady(picture, facts))
            return generation
        error = ErrorNotice(kind="RangeError", message=f"take.mp4 shows frames 10 to 99 of the plate, not {frame}.")
        if not exported and film is not None:
            error = ErrorNotice(kind="MediaUnreadable", message=f"{film.name} is of another size.")
        self.on_event(FrameFailed(pane=FILM_PANE, generation=generation, plate=plate, frame=frame, error=error))
        return generation

    def samples(
        self, plate: str, frame: int, rect: tuple[int, int, int, int], *, layer: Layer, quality: Quality = "draft"
    ) -> int:
        """Ten bits: Y four times the grey, Cb the rectangle's left edge, Cr its width, a result's Y one higher."""
        generation = next(self._numbers)
        self.asked.append((f"samples {layer}", (frame, rect)))
        luma = 4.0 * level(frame) + (layer == "result")
        values = (("Y", luma), ("Cb", float(rect[0])), ("Cr", float(rect[2] - rect[0])))
        channels = tuple(ChannelSamples(name=name, mean=value, low=value - 2, high=value + 2) for name, value in values)
        self.on_event(
            Samples(generation=generation, plate=plate, frame=frame, channels=channels, depth=10, kind="legal")
        )
        return generation

    def analyse(self, plate: str, options: DetectionOptions | None = None) -> int:
        self.asked.append(("analyse", options))
        self.on_event(Tracks(plate=plate, tracks=TRACKS, cuts=()))
        return self._ended()

    def make_proxies(self, plate: str) -> int:
        """Ends at once, as of a plate that needs none."""
        self.asked.append(("proxies", plate))
        return self._ended()

    def filmstrip(self, plate: str, frames: Sequence[int], max_size: tuple[int, int]) -> int:
        job = next(self._numbers)
        self.asked.append(("filmstrip", tuple(frames)))
        for frame in frames:
            picture = np.full((SIZE[1], SIZE[0], 3), level(frame), np.uint8)
            self.on_event(FrameReady(picture, _facts(f"strip-{job}", job, plate, frame, "plate")))
        self.on_event(JobDone(job=job))
        return job

    def find_keyframes(self, options: DetectionOptions | None = None) -> int:
        job = next(self._numbers)
        self.asked.append(("keyframes", options))
        found = (
            Proposal(frame=10, kind="apex", score=0.9, reasons=("smile 0.9",), region="mouth"),
            Proposal(frame=30, kind="blink", score=0.5, reasons=("lids shut",), region="eyes"),
        )
        for face in self._project.faces:
            self.on_event(KeyframesFound(job=job, face=face.id, proposals=found))
        self.on_event(JobDone(job=job))
        return job

    def try_detection(self, face: str, options: DetectionOptions) -> int:
        job = next(self._numbers)
        self.asked.append(("trial", options))
        seen = tuple(
            Proposal(frame=frame, kind="apex", score=score, reasons=("smile",), region="mouth")
            for frame, score in ((10, 0.9), (30, 0.5), (50, 0.3), (70, 0.15))
        )
        least = least_score(options.sensitivity)
        proposals = tuple(each for each in seen if each.score >= least)
        worths = tuple((each.frame, each.score) for each in seen)
        self.on_event(DetectionTried(job=job, face=face, options=options, proposals=proposals, seen=worths))
        self.on_event(JobDone(job=job))
        return job

    def signals(self, face: str, frames: range, columns: int) -> int:
        values = np.linspace(0, 1, len(frames), dtype=np.float32)[None]
        block = packed(np.concatenate([values, 1 - values, values]))
        job = next(self._numbers)
        self.on_event(
            SignalBlock(
                job=job,
                face=face,
                channels=("AU12L", "AU26", "activation"),
                start=0,
                step=1,
                low=block,
                high=block,
            )
        )
        self.on_event(JobDone(job=job))
        return job

    def measure_drafts(self, plate: str) -> int:
        """The first hundred frames, the worse the later; 60 to 69 are of an earlier picture, 70 to 79 hidden."""
        job = next(self._numbers)
        self.asked.append(("measure", plate))
        frames = np.arange(100, dtype=np.int32)
        values = np.stack([frames / 400, frames / 20, frames / 200]).astype(np.float32)
        values[:, 70:80] = np.nan
        for face in self._project.faces:
            self.on_event(
                QualityBlock(
                    job=job,
                    plate=plate,
                    face=face.id,
                    revision=self._revision,
                    measures=("expression_error", "landmarks", "sharpness"),
                    limits=packed(np.array([0.15, 4.2, np.nan], np.float32)),
                    frames=packed(frames),
                    fresh=packed(((frames < 60) | (frames >= 70)).astype(np.uint8)),
                    values=packed(values),
                )
            )
        self.on_event(Progress(job=job, stage="measuring drafts", done=100, total=200, rate=10.0, seconds_left=10.0))
        return job

    def waveform(self, plate: str) -> int:
        """Half as loud in every other frame; speech in the second half."""
        frames = next(each.frames for each in self._project.plates if each.id == plate)
        high = np.repeat(np.where(np.arange(frames) % 2, 50, 100), 8).astype(np.int8)
        speech = np.where(np.arange(frames) < frames // 2, 0, 255).astype(np.uint8)
        job = next(self._numbers)
        self.on_event(
            Waveform(job=job, plate=plate, bins=8, low=packed(-high), high=packed(high), speech=packed(speech))
        )
        self.on_event(JobDone(job=job))
        return job

    def sound(self, plate: str, start: int, count: int) -> None:
        """Every sample says where it is."""
        self.asked.append(("sound", start))
        place = (start + np.arange(count)) % 30000
        piece = packed(np.stack([place, -place], axis=1).astype(np.int16))
        self.on_event(SoundPiece(plate=plate, start=start, samples=piece))

    def prefetch(self, plate: str, frames: range, **_: Any) -> int:
        self.asked.append(("prefetch", frames))
        return next(self._numbers)

    def render(self, plate: str, output: Path, **options: Any) -> int:
        self.asked.append(("render", (output, options)))
        return next(self._numbers)

    def order_renders(self, jobs: Sequence[int]) -> None:
        self.asked.append(("order", tuple(jobs)))

    def pause(self, job: int) -> None:
        self.asked.append(("pause", job))

    def resume(self, job: int) -> None:
        self.asked.append(("resume", job))

    def cancel(self, job: int) -> None:
        self.asked.append(("cancel", job))

    def _ended(self) -> int:
        job = next(self._numbers)
        self.on_event(JobDone(job=job))
        return job
