"""Finding a project's media again after they were moved or renamed: by content, under the folders that are named."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import Cancelled, MediaError, MediaNotFound
from pipeline.jobs.digests import plate_sha256
from pipeline.jobs.progress import CancelledCheck, Note
from pipeline.jobs.project_edit import open_for_change
from pipeline.media.picture_run import is_pattern
from pipeline.media.probe import probe
from pipeline.project.relink import Media, media_of, relinked
from pipeline.project.storage import file_sha256, media_path, save_project, stored_path


@dataclass(frozen=True, slots=True)
class RelinkReport:
    """Which media lie elsewhere now (old path → new one, as stored), and which weren't found."""

    moved: dict[str, str]
    missing: tuple[str, ...]

    def values(self) -> dict[str, Any]:
        """The report as JSON values."""
        return {"moved": self.moved, "missing": list(self.missing)}


def relink(
    path: Path, folders: Sequence[Path], cancelled: CancelledCheck, note: Note, *, save: bool = True
) -> RelinkReport:
    """Look for every file of the project that isn't where it was, and `save` the project with those that were found.

    `folders` are searched with all that lies in them; none: the project's own. A clip that lends motion is found by
    its name, everything else by its content, whatever its name is now.

    Raises ProjectError: the file can't be read or saved. MediaError: a folder that isn't there. Cancelled.
    """
    stored = open_for_change(path)
    places = [_folder(each) for each in folders] or [path.resolve().parent]
    moved: dict[str, str] = {}
    missing: list[str] = []
    for media in media_of(stored.project):
        if is_there(media_path(media.path, path)):
            continue
        found = _found(media, places, cancelled)
        if found is None:
            missing.append(media.path)
        else:
            moved[media.path] = stored_path(found, path)
            note(f"{media.path} is {moved[media.path]} now.")
    if moved and save:
        save_project(stored.changed(relinked(stored.project, moved)), path)
    return RelinkReport(moved, tuple(missing))


def is_there(path: Path) -> bool:
    """Whether a file, folder or pattern of a document names anything."""
    if not is_pattern(path):
        return path.exists()
    return _sha256(path) is not None


def _folder(path: Path) -> Path:
    if not path.is_dir():
        raise MediaNotFound(f"{path} is no folder to look for media in; check its name.")
    return path.resolve()


def _found(media: Media, places: Sequence[Path], cancelled: CancelledCheck) -> Path | None:
    """The first candidate with the media's content: those of its name first, then those of its kind."""
    name = Path(media.path).name
    for candidate in _candidates(name, places):
        if cancelled():
            raise Cancelled("Stopped while media were looked for; the project is as it was.")
        if media.sha256 is None:
            if candidate.name == name:
                return candidate
        elif _sha256(candidate) == media.sha256:
            return candidate
    return None


def _candidates(name: str, places: Iterable[Path]) -> list[Path]:
    pattern, suffix = is_pattern(Path(name)), Path(name).suffix.lower()
    found: dict[Path, bool] = {}
    for place in places:
        for folder, folders, files in _walk(place):
            if pattern:
                found[folder / name] = True
            found |= {folder / each: True for each in folders if each == name}
            found |= {folder / each: each == name for each in files if Path(each).suffix.lower() == suffix and suffix}
    return sorted(found, key=lambda each: (not found[each], each.as_posix()))


def _walk(place: Path) -> Iterator[tuple[Path, list[str], list[str]]]:
    """Folders under `place`, itself first, without hidden ones."""
    for folder, folders, files in os.walk(place):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        yield Path(folder), folders, sorted(each for each in files if not each.startswith("."))


def _sha256(path: Path) -> str | None:
    """The content's hash as a document keeps it; None for what can't be read."""
    try:
        if path.is_file():
            return file_sha256(path)
        return plate_sha256(probe(path))
    except (MediaError, OSError):
        return None
