"""Analysing a plate: the one pass over its frames, kept so that nobody pays for it twice."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass, field
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.analysis.dissolves import Dissolve
from pipeline.analysis.gaps import GapSettings, gaps_in
from pipeline.analysis.gates import mesh_box
from pipeline.analysis.journal import Journal
from pipeline.analysis.kept_analysis import open_analysis
from pipeline.analysis.observations import TrackObservations
from pipeline.analysis.observe import ObserveOptions, Onlooker, observe
from pipeline.analysis.shots import Shots, shots_of
from pipeline.engines.session import SessionPool
from pipeline.jobs.digests import viewed_sha256
from pipeline.jobs.library_threads import pin_pictures
from pipeline.jobs.plate_notes import plate_notes
from pipeline.jobs.plate_sound import hear_plate, plate_times
from pipeline.jobs.progress import CancelledCheck, Note, Progress, ProgressSink, telling_of_compiling
from pipeline.jobs.project_edit import open_for_reading
from pipeline.jobs.prominence import face_widths, prominence
from pipeline.jobs.render_request import Compute, only_plate
from pipeline.media.plate_reader import PlateReader
from pipeline.media.reader import open_plate
from pipeline.project.storage import media_path


@dataclass(frozen=True, slots=True)
class Gap:
    """Frames `first`..`last` in which a face was not found, between others in which it was.

    `short`: a render bridges those of them whose picture still shows the face (`analysis.gaps`).
    """

    first: int
    last: int
    short: bool


@dataclass(frozen=True, slots=True)
class FaceFound:
    """One face of a plate: its track's number, the frames it is seen in, its mean width, and where it is seen best."""

    track: int
    first: int
    last: int
    seen: int
    width_px: float
    runs: tuple[tuple[int, int], ...]
    """Start and stop of each run of frames."""
    portrait: int
    """The plate frame in which it is widest."""
    box: tuple[float, float, float, float]
    """x0, y0, x1, y1 around its landmarks there, pixels of the picture as shown."""
    gaps: tuple[Gap, ...]
    """Between the runs."""


@dataclass(frozen=True, slots=True)
class AnalysisReport:
    """Who is seen in a plate, the most prominent first."""

    plate: Path
    frames: int
    faces: tuple[FaceFound, ...]
    spoken: int | None
    """Frames in which somebody speaks; None: nothing is to be heard."""
    cuts: tuple[int, ...]
    """Frames that begin a shot."""
    dissolves: tuple[Dissolve, ...] = ()
    """Passages from one shot to the next."""

    @property
    def shots_begin(self) -> tuple[int, ...]:
        """Frames that begin a shot, the first whole ones after dissolves among them, ascending."""
        return tuple(Shots(self.cuts, self.dissolves).begins)

    def values(self) -> dict[str, Any]:
        """The report as JSON values."""
        return {
            "plate": str(self.plate),
            "frames": self.frames,
            "faces": [asdict(face) for face in self.faces],
            "spoken_frames": self.spoken,
            "cuts": list(self.cuts),
            "dissolves": [asdict(each) for each in self.dissolves],
        }


@dataclass(frozen=True, slots=True)
class AnalysisRequest:
    """A plate to analyse whole. `project_folder` is where the analysis is kept; None: in the user's cache."""

    plate: Path
    colour_space: str | None = None
    project_folder: Path | None = None
    compute: Compute = field(default_factory=Compute)


def project_analysis(path: Path, compute: Compute, note: Note) -> AnalysisRequest:
    """The analysis of a project's plate. Raises ProjectError."""
    plate = only_plate(open_for_reading(path, note), path)
    return AnalysisRequest(media_path(plate.path, path), plate.colour_space, path.resolve().parent, compute)


def analyse_plate(
    request: AnalysisRequest,
    progress: ProgressSink,
    cancelled: CancelledCheck,
    note: Note,
    pool: SessionPool | None = None,
    onlooker: Callable[[PlateReader], Onlooker] | None = None,
) -> AnalysisReport:
    """Analyse every frame of a plate and its sound, and keep what is found.

    `onlooker` makes somebody who is shown the frames as they are seen.

    Raises MediaError: the plate can't be read. Cancelled: what is done is kept.
    """
    memory = request.compute.memory_bytes
    with (
        telling_of_compiling(progress),
        open_plate(request.plate, cache_bytes=memory, colour_space=request.colour_space) as reader,
    ):
        for each in plate_notes(reader.info):
            note(each)
        pool = pool or SessionPool(provider=request.compute.provider)
        frames = range(reader.info.frames)
        key = viewed_sha256(reader.info)
        with open_analysis(request.project_folder, key, options_for(frames), cancelled=cancelled) as store:
            watching = None if onlooker is None else onlooker(reader)
            tracks = analyse_range(reader, pool, frames, progress, cancelled, store, watching)
            sound = hear_plate(reader, pool, store, progress, cancelled)
            shots, cuts = shots_of(store), store.cuts()
        times = plate_times(reader)
        faces = tuple(_found(track, times, cuts) for track in sorted(tracks, key=prominence, reverse=True))
        spoken = None if sound is None else int(sound.voiced.sum())
        return AnalysisReport(request.plate, reader.info.frames, faces, spoken, shots.cuts, shots.dissolves)


def _found(track: TrackObservations, times: Sequence[Fraction], cuts: Collection[int]) -> FaceFound:
    widest = int(np.argmax(face_widths(track)))
    x0, y0, x1, y1 = (round(float(each), 1) for each in mesh_box(track.landmarks[widest]))
    short = set(gaps_in(track.frames, times, cuts, GapSettings().longest_s))
    edges = [(before, after) for before, after in pairwise(track.frames.tolist()) if after - before > 1]
    return FaceFound(
        track=track.id,
        first=int(track.frames[0]),
        last=int(track.frames[-1]),
        seen=len(track.frames),
        width_px=round(prominence(track) / len(track.frames), 1),
        runs=_runs(track),
        portrait=int(track.frames[widest]),
        box=(x0, y0, x1, y1),
        gaps=tuple(Gap(before + 1, after - 1, (before, after) in short) for before, after in edges),
    )


def _runs(track: TrackObservations) -> tuple[tuple[int, int], ...]:
    parted = np.split(track.frames, np.flatnonzero(np.diff(track.frames) > 1) + 1)
    return tuple((int(run[0]), int(run[-1]) + 1) for run in parted)


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
    onlooker: Onlooker | None = None,
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
        onlooker,
    )
