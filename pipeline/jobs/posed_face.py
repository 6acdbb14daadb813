"""How a face of a project lies in one frame of its plate, for edits that are told in that picture's pixels."""

from dataclasses import dataclass

from pipeline.engines.faces import FaceSolve
from pipeline.jobs.face_tracks import TracksPlace
from pipeline.jobs.measured_plate import project_face
from pipeline.jobs.progress import CancelledCheck, ProgressSink, no_note, telling_of_compiling
from pipeline.jobs.project_edit import open_for_reading
from pipeline.jobs.render_request import only_plate
from pipeline.jobs.workbench import Workbench
from pipeline.media.reader import open_plate
from pipeline.project.landmark_move import LandmarkShift, shifts_at
from pipeline.project.storage import media_path


@dataclass(frozen=True, slots=True, eq=False)
class PosedFace:
    """A face in one frame: the solve, its index there, and what a person moved its landmarks by."""

    face: str
    solve: FaceSolve
    index: int | None
    """None: the face isn't seen there."""
    shifts: tuple[LandmarkShift, ...]


def posed_face(
    place: TracksPlace, face: str | None, frame: int, progress: ProgressSink, cancelled: CancelledCheck
) -> PosedFace:
    """A face of the project, None its only one, at a plate frame; the analysis is made first where it is missing.

    Raises ProjectError, MediaError, FaceError, Cancelled.
    """
    plate = only_plate(open_for_reading(place.project, no_note), place.project)
    path, memory = media_path(plate.path, place.project), place.compute.memory_bytes
    with (
        telling_of_compiling(progress),
        open_plate(path, cache_bytes=memory, colour_space=plate.colour_space) as reader,
    ):
        found = project_face(place.project, face, reader, Workbench(place.compute.provider), progress, cancelled)
    assert found.face is not None, "it is one of the project's"
    return PosedFace(found.face, found.solve, found.solve.index_of(frame), shifts_at(found.moves, frame))
