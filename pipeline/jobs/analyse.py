"""Analysing a plate: the one pass over its frames, then hands before the faces that will be used."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from pipeline.analysis.hands import hand_mattes
from pipeline.analysis.observations import TrackObservations
from pipeline.analysis.observe import ObserveOptions, observe
from pipeline.engines.session import SessionPool
from pipeline.errors import FrameUnreadable
from pipeline.imaging.arrays import ImageU8
from pipeline.jobs.library_threads import pin_pictures
from pipeline.jobs.progress import CancelledCheck, Progress, ProgressSink
from pipeline.jobs.prominence import prominence
from pipeline.jobs.render_request import Compute, only_plate
from pipeline.media.plate_reader import PlateReader
from pipeline.media.plate_view import view_of
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


def analyse_plate(plate: Path, compute: Compute, progress: ProgressSink, cancelled: CancelledCheck) -> AnalysisReport:
    """Analyse every frame of a plate.

    Raises MediaError: the plate can't be read. Cancelled.
    """
    with open_plate(plate, cache_bytes=compute.memory_bytes) as reader:
        pool = SessionPool(provider=compute.provider)
        tracks = analyse_range(reader, pool, range(reader.info.frames), progress, cancelled)
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


def analyse_range(
    reader: PlateReader, pool: SessionPool, frames: range, progress: ProgressSink, cancelled: CancelledCheck
) -> list[TrackObservations]:
    """Everybody who is seen in `frames`, in order of first appearance."""
    pin_pictures()
    return observe(
        reader,
        pool,
        ObserveOptions(start=frames.start, stop=frames.stop),
        lambda done, total: progress(Progress("analysing", done, total)),
        cancelled,
    )


def with_hands(track: TrackObservations, reader: PlateReader, pool: SessionPool) -> TrackObservations:
    """The track with mattes of the hands that lie before its face."""
    view = view_of(reader.info)

    def pictures(start: int, stop: int) -> Iterator[Callable[[], ImageU8] | None]:
        for planes in reader.frames(start, stop):
            yield None if isinstance(planes, FrameUnreadable) else partial(view.rgb8, planes)

    return replace(track, occlusion=dict(hand_mattes(track, pictures, pool)))
