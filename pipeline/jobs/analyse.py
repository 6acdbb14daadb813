"""Analysing a plate: the one pass over its frames, kept so that nobody pays for it twice."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipeline.analysis.journal import Journal
from pipeline.analysis.kept_analysis import open_analysis
from pipeline.analysis.observations import TrackObservations
from pipeline.analysis.observe import ObserveOptions, observe
from pipeline.engines.session import SessionPool
from pipeline.jobs.digests import plate_sha256
from pipeline.jobs.library_threads import pin_pictures
from pipeline.jobs.progress import CancelledCheck, Progress, ProgressSink
from pipeline.jobs.prominence import prominence
from pipeline.jobs.render_request import Compute, only_plate
from pipeline.media.plate_reader import PlateReader
from pipeline.media.reader import open_plate
from pipeline.project.storage import is_project, load_project, media_path


@dataclass(frozen=True, slots=True)
class FaceFound:
    """One face of a plate: its track's number, the frames it is seen in, and its mean width."""

    track: int
    first: int
    last: int
    seen: int
    width_px: float


@dataclass(frozen=True, slots=True)
class AnalysisReport:
    """Who is seen in a plate, the most prominent first."""

    plate: Path
    frames: int
    faces: tuple[FaceFound, ...]

    def values(self) -> dict[str, Any]:
        """The report as JSON values."""
        return {"plate": str(self.plate), "frames": self.frames, "faces": [asdict(face) for face in self.faces]}


def plate_of(path: Path, note: Callable[[str], None]) -> Path:
    """The plate that a project file names, or `path` itself where it isn't a project."""
    if not is_project(path):
        return path
    stored = load_project(path)
    if stored.notice is not None:
        note(stored.notice)
    return media_path(only_plate(stored.project, path).path, path)


def analyse_plate(
    plate: Path, beside: Path | None, compute: Compute, progress: ProgressSink, cancelled: CancelledCheck
) -> AnalysisReport:
    """Analyse every frame of a plate; what is found is kept, `beside` a project or in the user's cache.

    Raises MediaError: the plate can't be read. Cancelled: what is done is kept.
    """
    with open_plate(plate, cache_bytes=compute.memory_bytes) as reader:
        pool = SessionPool(provider=compute.provider)
        frames = range(reader.info.frames)
        with open_analysis(beside, plate_sha256(reader.info), options_for(frames), cancelled=cancelled) as store:
            tracks = analyse_range(reader, pool, frames, progress, cancelled, store)
        faces = tuple(_found(track) for track in sorted(tracks, key=prominence, reverse=True))
        return AnalysisReport(plate, reader.info.frames, faces)


def _found(track: TrackObservations) -> FaceFound:
    return FaceFound(
        track=track.id,
        first=int(track.frames[0]),
        last=int(track.frames[-1]),
        seen=len(track.frames),
        width_px=round(prominence(track) / len(track.frames), 1),
    )


def options_for(frames: range) -> ObserveOptions:
    """The pass over these frames, as every job makes it: its results are kept under these options."""
    return ObserveOptions(start=frames.start, stop=frames.stop)


def analyse_range(
    reader: PlateReader,
    pool: SessionPool,
    frames: range,
    progress: ProgressSink,
    cancelled: CancelledCheck,
    journal: Journal | None = None,
) -> list[TrackObservations]:
    """Everybody who is seen in `frames`, in order of first appearance; goes on where `journal` ends."""
    pin_pictures()
    return observe(
        reader,
        pool,
        options_for(frames),
        lambda done, total: progress(Progress("analysing", done, total)),
        cancelled,
        journal,
    )
