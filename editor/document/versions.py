"""Versions of the project to compare with: its file as it was saved last, and the saves before it that are kept."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipeline.errors import LikenessError
from pipeline.project.frame_changes import changed_among, changed_frames, never
from pipeline.project.project import Project, consent_for
from pipeline.project.relink import lost_media, media_of, relinked
from pipeline.project.storage import load_project, saves_of

EXACT_FRAMES = 10_000
"""Plates up to this length are told frame by frame where a version differs; a longer one would keep a menu waiting."""


@dataclass(frozen=True, slots=True)
class Version:
    """A save: the document in it, when it was written, and how many saves came after it."""

    project: Project
    saved: datetime
    """Local time."""
    later: int


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a version draws otherwise than the document does: `first` to `last`, inclusive, plate frames of both."""

    first: int
    last: int


def versions_of(path: Path) -> list[Version]:
    """What of a project's saves can be read, the newest first: the file itself, then those that are kept beside it."""
    found: list[Version] = []
    for each in (path, *saves_of(path)):
        try:
            saved = datetime.fromtimestamp(each.stat().st_mtime).astimezone()
            found.append(Version(load_project(each).project, saved, len(found)))
        except (LikenessError, OSError):
            continue  # Nothing to compare with; opening the project says what is wrong with its file.
    return found


def with_found_media(version: Project, document: Project, path: Path) -> Project:
    """The version with media that aren't where it says, but where the document has the very same content, named
    there."""
    known = {each.sha256: each.path for each in media_of(document) if each.sha256 is not None}
    lost = set(lost_media(version, path))
    moved = {each.path: known[each.sha256] for each in media_of(version) if each.path in lost and each.sha256 in known}
    return relinked(version, moved) if moved else version


def difference(version: Project, document: Project) -> Difference | None:
    """Where the version's pictures of the document's plate are others; None where they are the same.

    Of a long plate it is all of it, where anything differs.
    """
    plate = document.plates[0] if document.plates else None
    if plate is None or not plate.frames:
        return None
    everywhere = Difference(0, plate.frames - 1)
    if _beside_faces(version) != _beside_faces(document):
        return everywhere
    faces = [each.id for each in document.faces if each.plate == plate.id]
    if plate.frames > EXACT_FRAMES:
        same = all(changed_frames(version, document, each) is never for each in faces)
        return None if same else everywhere
    found = [told for each in faces if (told := changed_among(version, document, each, range(plate.frames)))]
    return Difference(min(each[0] for each in found), max(each[-1] for each in found)) if found else None


def _beside_faces(project: Project) -> object:
    """What every picture depends on beside what the faces say of themselves: which plate, which faces, the mark."""
    plates = [(each.id, each.sha256, each.colour_space) for each in project.plates]
    faces = [(each.id, each.plate, each.ignored) for each in project.faces]
    agreed = all(consent_for(project, each) is not None for each in project.faces if not each.ignored)
    return plates, faces, agreed, project.policy.mark_place
