"""Project files: readable JSON, sorted and pretty so that a diff is legible.

What this version doesn't know is merged back when it saves (`unknown_keys`); an older file is brought up to date, a
newer one opens read-only; numbers are finite; a save is a temporary file, fsync and rename, and the last ones are kept.
"""

import hashlib
import json
import math
import os
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import msgspec

from pipeline.errors import OutputNotWritable, ProjectError
from pipeline.project.migrations import migrated
from pipeline.project.project import SCHEMA, SUFFIX, Project
from pipeline.project.text_file import write_whole
from pipeline.project.unknown_keys import merged

SAVES_KEPT = 5
"""Earlier saves of a project that stay beside it."""


@dataclass(frozen=True, slots=True)
class StoredProject:
    """An opened project file: the document, the JSON it came from, and why it can't be saved, if it can't.

    `sha256` is the file's as it was read: a save refuses to write over somebody else's. None: whatever is there.
    """

    project: Project
    raw: dict[str, Any]
    notice: str | None = None
    sha256: str | None = None

    def changed(self, project: Project) -> "StoredProject":
        """The same file with another document."""
        return replace(self, project=project)

    @property
    def read_only(self) -> bool:
        return self.notice is not None


def is_project(path: Path) -> bool:
    """Whether a path names a project file (by its ending)."""
    return path.suffix.lower() == SUFFIX


def file_meant(path: Path) -> Path:
    """The file that a user's word means: `job` is the project `job.likeness` where nothing is called `job` itself."""
    project = Path(f"{path}{SUFFIX}")
    return project if not path.exists() and project.is_file() else path


def file_sha256(path: Path) -> str:
    """Content hash of a file; of a folder, the hash over its files' names and hashes in name order.

    Raises OSError as the file system does.
    """
    if path.is_dir():
        digest = hashlib.sha256()
        for each in sorted(p for p in path.iterdir() if p.is_file() and not p.name.startswith(".")):
            digest.update(f"{each.name}\0{file_sha256(each)}\n".encode())
        return digest.hexdigest()
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def stored_path(path: Path, project_file: Path) -> str:
    """How a project file names a media file: relative, with forward slashes; absolute from another drive."""
    try:
        return Path(os.path.relpath(path.resolve(), project_file.resolve().parent)).as_posix()
    except ValueError:
        return path.resolve().as_posix()


def media_path(stored: str, project_file: Path) -> Path:
    """The media file that a project file names."""
    return Path(os.path.normpath(project_file.resolve().parent / stored))


def load_project(path: Path) -> StoredProject:
    """Read a project file; an older one is brought up to this version, which a save then writes.

    Raises ProjectError: no such file, not a project, damaged, or numbers that aren't finite.
    """
    try:
        content = path.read_bytes()
        text = content.decode("utf-8")
    except FileNotFoundError as error:
        raise ProjectError(f"There is no project {path}: make one with `new`.") from error
    except OSError as error:
        raise ProjectError(f"The project {path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise _no_project(path) from error
    raw = _parsed(text, path)
    schema = raw.get("schema")
    if type(schema) is not int or schema < 1:
        raise _no_project(path)
    raw = migrated(raw, SCHEMA)
    newer = schema > SCHEMA
    try:
        project = msgspec.json.decode(json.dumps(raw), type=Project)
    except msgspec.MsgspecError as error:
        if newer:
            raise ProjectError(
                f"The project {path} was made by a newer version (schema {schema}, this one reads {SCHEMA}): "
                "open it there."
            ) from error
        raise ProjectError(f"The project {path} is damaged: {error}.") from error
    notice = None
    if newer:
        notice = (
            f"{path.name} was made by a newer version (schema {schema}, this one writes {SCHEMA}): it is open for "
            "reading only, and what this version doesn't know has no effect here."
        )
    return StoredProject(project, raw, notice, hashlib.sha256(content).hexdigest())


def save_project(stored: StoredProject, path: Path) -> StoredProject:
    """Write a project file; a complete old one stays until the new one is on the disk, and then among `saves_of`.

    What is returned is what to save next time.

    Raises ProjectError: read-only, changed by somebody else since it was opened, or a number that isn't finite.
    OutputError: the folder refuses.
    """
    if stored.notice is not None:
        raise ProjectError(f"{path} cannot be saved: {stored.notice}")
    values = merged(stored.project, stored.raw)
    _refuse_non_finite(values, "project", path)
    content = (json.dumps(values, indent=2, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n").encode()
    old = _content(path)
    if old is not None and stored.sha256 is not None and hashlib.sha256(old).hexdigest() != stored.sha256:
        raise ProjectError(f"{path} was changed by another program since it was opened: open it again.")
    if content != old:
        write_whole(path, content, lambda: _keep_save(path))
    return StoredProject(stored.project, values, None, hashlib.sha256(content).hexdigest())


def saves_of(path: Path) -> list[Path]:
    """The earlier saves of a project that are kept, the newest first."""
    return [each for n in range(1, SAVES_KEPT + 1) if (each := _save_place(path, n)).is_file()]


def _save_place(path: Path, number: int) -> Path:
    return path.parent / ".likeness" / "saves" / f"{path.name}.{number}"


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise OutputNotWritable(f"The project {path} cannot be written: {error.strerror}.") from error


def _keep_save(path: Path) -> None:
    """Put the file that is about to be replaced among the earlier saves."""
    newest = _save_place(path, 1)
    newest.parent.mkdir(parents=True, exist_ok=True)
    for number in range(SAVES_KEPT - 1, 0, -1):
        older = _save_place(path, number)
        if older.exists():
            older.replace(_save_place(path, number + 1))
    # The file keeps its place until the new one is renamed over it: a link where there are links, else a copy.
    try:
        os.link(path, newest)
    except OSError:
        shutil.copy2(path, newest)


def _parsed(text: str, path: Path) -> dict[str, Any]:
    def refuse(constant: str) -> None:
        raise ProjectError(f"The project {path} holds {constant}, which is not a number: correct the file.")

    try:
        raw = json.loads(text, parse_constant=refuse)
    except (json.JSONDecodeError, RecursionError) as error:
        if not is_project(path):
            raise _no_project(path) from error
        earlier = next((f" The save before it is {each}." for each in saves_of(path)), "")
        raise ProjectError(f"The project {path} is damaged, it is not JSON: {error}.{earlier}") from error
    if not isinstance(raw, dict):
        raise _no_project(path)
    _refuse_non_finite(raw, "project", path)
    return raw


def _no_project(path: Path) -> ProjectError:
    return ProjectError(
        f"{path} is no Likeness project; those are files that end in {SUFFIX}. A film or a picture begins one: drop it "
        "on the editor's first page, or use the command `new`."
    )


def _refuse_non_finite(value: Any, where: str, path: Path) -> None:
    if isinstance(value, float) and not math.isfinite(value):
        raise ProjectError(f"{where} in {path} is {value}: only finite numbers can be stored.")
    if isinstance(value, dict):
        for key, item in value.items():
            _refuse_non_finite(item, f"{where}.{key}", path)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            _refuse_non_finite(item, f"{where}[{index}]", path)
