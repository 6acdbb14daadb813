"""Faces made ready for rendering: tracks solved, photos read, the engine prepared; shared by every job that renders."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from pipeline.analysis.observations import TrackObservations
from pipeline.analysis.store import AnalysisStore
from pipeline.engines.faces import FaceSolve, SourcePhoto
from pipeline.engines.landmarkers.blendshapes import BlendshapeReader
from pipeline.engines.session import SessionPool
from pipeline.engines.swappers.mesh.swapper import MeshSwapper, PreparedFace
from pipeline.errors import NoFace
from pipeline.imaging.arrays import ImageF32, Rect
from pipeline.imaging.view import DisplayView
from pipeline.jobs.prominence import choose_tracks
from pipeline.jobs.render_request import FaceRequest
from pipeline.jobs.solve import solve_track
from pipeline.media.plate_reader import PlateReader
from pipeline.media.plate_view import view_of
from pipeline.project.face_parameters import FaceParameters
from pipeline.render.frame import EngineFace

ENGINE = "mesh"
"""Id of the engine that ships."""

MeshFace = EngineFace[PreparedFace, FaceParameters]

KeepPrepared = Callable[[int, FaceSolve, Callable[[], PreparedFace]], PreparedFace]


def prepare_faces(
    requests: Sequence[FaceRequest],
    photos: Sequence[Sequence[SourcePhoto]],
    tracks: Sequence[TrackObservations],
    reader: PlateReader,
    pool: SessionPool,
    store: AnalysisStore | None = None,
    keep: KeepPrepared = lambda number, solve, prepare: prepare(),
) -> list[MeshFace]:
    """One prepared face a request; `photos[i]` belong to `requests[i]`, and `store` keeps their solves.

    `keep` (number of the request, its solve, how to prepare it) may give what was prepared of the same before.

    Raises NoFace: the plate shows fewer faces than are to be replaced.
    """
    if not tracks:
        raise no_face_in_plate(reader.info.path)
    chosen = choose_tracks([request.track for request in requests], tracks)
    swapper = MeshSwapper(reader=BlendshapeReader(pool))
    crops = plate_crops(reader, view_of(reader.info))
    faces = []
    for number, (request, pictures, track) in enumerate(zip(requests, photos, chosen, strict=True)):
        solve = solve_track(track, reader, pool, store)
        prepared = keep(number, solve, partial(swapper.prepare, solve, pictures, crops))
        faces.append(EngineFace(swapper, prepared, request.parameters_at))
    return faces


def no_face_in_plate(path: Path) -> NoFace:
    return NoFace(f"No face was found in {path} in the frames asked for. Choose a range that shows one.")


def constant(parameters: FaceParameters) -> Callable[[int], FaceParameters]:
    """The same parameters at every frame."""
    return lambda frame: parameters


def plate_crops(reader: PlateReader, view: DisplayView) -> Callable[[int, Rect], ImageF32]:
    """The plate's pixels as an engine asks for them while it prepares."""
    return lambda frame, rect: view.crop(reader.read(frame), rect)
