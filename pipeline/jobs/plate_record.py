"""What a project writes down of a plate."""

from pathlib import Path

from pipeline.jobs.digests import plate_sha256
from pipeline.media.plate_info import PlateInfo
from pipeline.project.project import Plate
from pipeline.project.storage import stored_path
from pipeline.project.timebase import Rational


def plate_record(id: str, path: Path, info: PlateInfo, colour_space: str | None, project_file: Path) -> Plate:
    """The plate under an id: where it lies as seen from the project, its content's hash, and its size and rate.

    `colour_space` is what a person chose; None: what the file says, or what is assumed of it.
    Raises MediaUnreadable: the plate can't be read to its end.
    """
    return Plate(
        id=id,
        path=stored_path(path, project_file),
        sha256=plate_sha256(info),
        frames=info.frames,
        width=info.width,
        height=info.height,
        rate=Rational.of(info.rate),
        pixel_aspect=Rational.of(info.pixel_aspect),
        first_timecode=info.first_timecode,
        colour_space=colour_space,
    )
