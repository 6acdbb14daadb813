"""The autosave journal: the newest unsaved document, kept beside the project until it is saved.

It is there when the program ended without closing the project: what `unsaved_work` finds is offered when it is opened.
"""

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from editor.language.catalogue import translated
from editor.language.translation import tr
from pipeline.errors import OutputNotWritable
from pipeline.project.project import Project


class _Journal(msgspec.Struct, frozen=True, kw_only=True):
    """What a journal file holds."""

    written: str
    """ISO date and time, UTC."""
    project_sha256: str | None
    """Of the project file that the work started from."""
    project: Project


@dataclass(frozen=True, slots=True)
class UnsavedWork:
    """A document that was never saved."""

    project: Project
    written: datetime
    of_this_file: bool
    """Whether the project file is still the one the work started from."""


def journal_place(project_file: Path) -> Path:
    return project_file.parent / ".likeness" / "autosave" / project_file.name


def write_journal(project_file: Path, project: Project, project_sha256: str | None) -> None:
    """Keep a document. Raises OutputNotWritable: the folder refuses."""
    journal = _Journal(
        written=datetime.now(UTC).isoformat(timespec="seconds"),
        project_sha256=project_sha256,
        project=project,
    )
    place = journal_place(project_file)
    temporary = place.with_name(f"{place.name}.{os.getpid()}.partial")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as stream:
            stream.write(msgspec.json.encode(journal))
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(place)
    except OSError as error:
        raise OutputNotWritable(
            tr(
                "Unsaved work cannot be kept in {folder}: {reason}. Save often, or save it elsewhere.",
                folder=place.parent,
                reason=translated(error.strerror or ""),
            )
        ) from error


def remove_journal(project_file: Path) -> None:
    """There is nothing to recover."""
    journal_place(project_file).unlink(missing_ok=True)


def unsaved_work(project_file: Path, project_sha256: str | None, project: Project) -> UnsavedWork | None:
    """What a crash left behind; None where nothing was, or it is what the file holds.

    A window that is still open leaves the same: whoever asks the user says so.
    """
    try:
        journal = msgspec.json.decode(journal_place(project_file).read_bytes(), type=_Journal)
        written = datetime.fromisoformat(journal.written)
    except (OSError, msgspec.MsgspecError, ValueError):
        # A damaged journal recovers nothing; the project itself is whole.
        return None
    if journal.project == project:
        return None
    return UnsavedWork(journal.project, written, journal.project_sha256 == project_sha256)
