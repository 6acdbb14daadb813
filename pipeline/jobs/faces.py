"""Faces made ready for rendering: tracks solved, photos read, the engine prepared; shared by every job that renders."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.analysis.observations import TrackObservations
from pipeline.analysis.store import AnalysisStore
from pipeline.engines.faces import FaceSolve, SourcePhoto
from pipeline.engines.landmarkers.blendshapes import BlendshapeReader
from pipeline.engines.session import SessionPool
from pipeline.engines.swappers.mesh.plate import CalmFace, read_calm
from pipeline.engines.swappers.mesh.swapper import MeshSwapper, PreparedFace
from pipeline.errors import NoFace
from pipeline.imaging.arrays import ImageF32, Rect
from pipeline.imaging.view import DisplayView
from pipeline.jobs.progress import CancelledCheck, ProgressSink, never_cancelled, no_progress
from pipeline.jobs.prominence import choose_tracks
from pipeline.jobs.render_request import FaceRequest
from pipeline.jobs.solve import solve_track
from pipeline.media.plate_reader import PlateReader
from pipeline.media.plate_view import view_of
from pipeline.project.face_parameters import FaceParameters
from pipeline.render.frame import EngineFace

MeshFace = EngineFace[PreparedFace, FaceParameters]


@dataclass(frozen=True, slots=True, eq=False)
class Performer:
    """One face of a plate: its solve and its calm face. No photo is in it, so that every identity starts from it."""

    solve: FaceSolve
    calm: CalmFace

    @property
    def most_bytes(self) -> int:
        """What it takes at most."""
        solve = self.solve
        rows = (solve.landmarks, solve.scores, solve.canonical, solve.rotation, solve.translation, solve.basis)
        mattes = sum(each.coverage.nbytes for each in solve.occlusion.values())
        return self.calm.most_bytes + sum(each.nbytes for each in rows) + mattes


KeepPerformer = Callable[[FaceSolve, Callable[[], Performer]], Performer]
KeepPrepared = Callable[[int, FaceSolve, Callable[[], PreparedFace]], PreparedFace]


def prepare_faces(
    requests: Sequence[FaceRequest],
    photos: Sequence[Sequence[SourcePhoto]],
    tracks: Sequence[TrackObservations],
    reader: PlateReader,
    pool: SessionPool,
) -> list[MeshFace]:
    """One prepared face a request; `photos[i]` belong to `requests[i]`.

    Raises NoFace: the plate shows fewer faces than are to be replaced.
    """
    return with_identities(requests, photos, performers_of(requests, tracks, reader, pool), pool)


def performers_of(
    requests: Sequence[FaceRequest],
    tracks: Sequence[TrackObservations],
    reader: PlateReader,
    pool: SessionPool,
    store: AnalysisStore | None = None,
    keep: KeepPerformer = lambda solve, read: read(),
    progress: ProgressSink = no_progress,
    cancelled: CancelledCheck = never_cancelled,
) -> list[Performer]:
    """The plate's face for each request; `store` keeps the solves.

    `keep` (a solve, how to read its face) may give what was read of the same before.

    Raises NoFace: the plate shows fewer faces than are to be replaced. Cancelled.
    """
    if not tracks:
        raise no_face_in_plate(reader.info.path, whole=reader.info.frames == 1)
    chosen = choose_tracks(requests, tracks)
    crops = plate_crops(reader, view_of(reader.info))

    def performer(track: TrackObservations) -> Performer:
        solve = solve_track(track, reader, pool, store, progress, cancelled)
        return keep(solve, lambda: Performer(solve, CalmFace(read_calm(solve, crops))))

    return [performer(track) for track in chosen]


def with_identities(
    requests: Sequence[FaceRequest],
    photos: Sequence[Sequence[SourcePhoto]],
    performers: Sequence[Performer],
    pool: SessionPool,
    keep: KeepPrepared = lambda number, solve, prepare: prepare(),
) -> list[MeshFace]:
    """The performers with the identities of `photos`; all three go together by place.

    `keep` (number of the request, its solve, how to prepare it) may give what was prepared of the same before.
    """
    swapper = MeshSwapper(reader=BlendshapeReader(pool))

    def face(number: int, request: FaceRequest, pictures: Sequence[SourcePhoto], performer: Performer) -> MeshFace:
        solve, calm = performer.solve, performer.calm
        prepared = keep(number, solve, lambda: swapper.with_identity(solve, calm, pictures))
        return EngineFace(swapper, prepared, request.parameters_at)

    given = zip(requests, photos, performers, strict=True)
    return [face(number, *each) for number, each in enumerate(given)]


def no_face_in_plate(path: Path, whole: bool = False) -> NoFace:
    """`whole`: all of the plate was looked at, nobody asked for a range."""
    if whole:
        return NoFace(f"No face was found in {path}. Choose a plate that shows one, not too small and not from behind.")
    return NoFace(f"No face was found in {path} in the frames asked for. Choose a range that shows one.")


def constant(parameters: FaceParameters) -> Callable[[int], FaceParameters]:
    """The same parameters at every frame."""
    return lambda frame: parameters


def plate_crops(reader: PlateReader, view: DisplayView) -> Callable[[int, Rect], ImageF32]:
    """The plate's pixels as an engine asks for them while it prepares."""
    return lambda frame, rect: view.crop(reader.read(frame), rect)
