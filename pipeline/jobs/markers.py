"""Markers of a project: listed, written for other programs, taken from their lists."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import MediaNotFound, MediaUnreadable, OutputExists, ProjectError
from pipeline.jobs.progress import Note
from pipeline.jobs.project_edit import edit_project, open_for_reading
from pipeline.jobs.render_request import only_plate
from pipeline.project.marker import Marker
from pipeline.project.marker_edits import markers_of, put_markers
from pipeline.project.marker_files import MarkerLine, read, written
from pipeline.project.project import Project
from pipeline.project.text_file import write_whole
from pipeline.project.timebase import timecode_of


@dataclass(frozen=True, slots=True)
class MarkerReport:
    """The markers of a plate, each with its label, and what of a list lies outside the plate."""

    markers: tuple[tuple[Marker, str], ...]
    outside: tuple[MarkerLine, ...] = ()

    def values(self) -> dict[str, Any]:
        """The report as JSON values."""
        shown = ("frame", "name", "colour", "note")
        listed = [
            {"timecode": timecode} | {name: getattr(marker, name) for name in shown}
            for marker, timecode in self.markers
        ]
        return {"markers": listed, "outside": [asdict(each) for each in self.outside]}


def list_markers(path: Path, note: Note) -> MarkerReport:
    """Those of a project's plate, in order of their frames. Raises ProjectError."""
    return _report(open_for_reading(path, note), path)


def export_markers(path: Path, output: Path, note: Note, *, overwrite: bool = False) -> MarkerReport:
    """Write the markers as the list that `output` ends like. Raises ProjectError, OutputError."""
    project = open_for_reading(path, note)
    report = _report(project, path)
    text = written(output.suffix, [marker for marker, _ in report.markers], only_plate(project, path), path.stem)
    if output.exists() and not overwrite:
        raise OutputExists(f"{output} exists. Replace it with --overwrite, or choose another name.")
    write_whole(output, text.encode())
    return report


def import_markers(path: Path, listed: Path) -> MarkerReport:
    """Take a list of markers into a project and save it. Raises ProjectError, MediaError, OutputError."""
    try:
        content = listed.read_bytes()
    except FileNotFoundError as error:
        raise MediaNotFound(f"There is no file {listed}.") from error
    except OSError as error:
        raise MediaUnreadable(f"{listed} can't be read: {error.strerror}.") from error
    left: list[MarkerLine] = []

    def take(project: Project) -> Project:
        plate = only_plate(project, path)
        try:
            lines = read(listed.suffix, content, plate)
        except ProjectError as error:
            raise ProjectError(f"{listed}: {error}") from error
        changed, outside = put_markers(project, plate.id, lines)
        left.extend(outside)
        return changed

    _, project = edit_project(path, take)
    return _report(project, path, left)


def _report(project: Project, path: Path, outside: Sequence[MarkerLine] = ()) -> MarkerReport:
    plate = only_plate(project, path)
    rate = plate.rate.fraction
    found = markers_of(project, plate.id)
    return MarkerReport(
        tuple((each, timecode_of(each.frame, rate, plate.first_timecode)) for each in found), tuple(outside)
    )
