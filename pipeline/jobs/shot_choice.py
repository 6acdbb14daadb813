"""Which shot of its plate an edit means that names a frame."""

from pathlib import Path

from pipeline.errors import ProjectError
from pipeline.project.project import FaceTrack, Project, plate_of


def shot_at(path: Path, project: Project, face: FaceTrack, frame: int) -> range:
    """The frames of the shot around a frame of the plate of the project at `path`; all of the plate's while its shots
    aren't known, because it isn't analysed."""
    from pipeline.jobs.approved_shots import plate_shots  # With much else, which no other edit needs.

    plate = plate_of(project, face)
    try:
        shots = plate_shots(path, plate)
    except ProjectError:
        shots = []
    return next((each for each in shots if frame in each), range(plate.frames))
