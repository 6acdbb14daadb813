"""A change to a project file: opened, changed by one pure function, saved once."""

from collections.abc import Callable
from pathlib import Path

from pipeline.errors import ProjectError
from pipeline.jobs.progress import Note
from pipeline.project.approval import reopened
from pipeline.project.project import FaceTrack, Project, plate_of
from pipeline.project.storage import StoredProject, load_project, save_project
from pipeline.project.timebase import parse_frame


def open_for_reading(path: Path, note: Note) -> Project:
    """A project as it is; a newer version's is read with a notice. Raises ProjectError: it can't be read."""
    stored = load_project(path)
    if stored.notice is not None:
        note(stored.notice)
    return stored.project


def open_for_change(path: Path) -> StoredProject:
    """A project that can be saved. Raises ProjectError: it can't be read, or is open for reading only."""
    stored = load_project(path)
    if stored.notice is not None:
        raise ProjectError(stored.notice)
    return stored


def edit_project(path: Path, edit: Callable[[Project], Project]) -> tuple[Project, Project]:
    """The project before and after `edit`; the file holds the latter. Approved keyframes that it redraws are open.

    Raises ProjectError: as `open_for_change`. OutputError: the folder refuses. And whatever `edit` raises.
    """
    stored = open_for_change(path)
    changed = reopened(stored.project, edit(stored.project))
    save_project(stored.changed(changed), path)
    return stored.project, changed


def frame_of(project: Project, face: FaceTrack, text: str) -> int:
    """The plate frame that a number or timecode names on a face's plate. Raises RangeError: neither of both."""
    plate = plate_of(project, face)
    return parse_frame(text, plate.rate.fraction, plate.first_timecode)
