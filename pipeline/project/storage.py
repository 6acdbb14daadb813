"""Project files: readable JSON, sorted and pretty so that a diff is legible.

What this version doesn't know is merged back when it saves, at every depth; a newer file opens
read-only; numbers are finite; a save is a temporary file, fsync and rename.
"""

import hashlib
import json
import math
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from pipeline.errors import OutputFolderMissing, OutputNotWritable, ProjectError
from pipeline.project.project import SCHEMA, SUFFIX, Project


@dataclass(frozen=True, slots=True)
class StoredProject:
    """An opened project file: the document, the JSON it came from, and why it can't be saved, if it can't."""

    project: Project
    raw: dict[str, Any]
    notice: str | None = None

    @property
    def read_only(self) -> bool:
        return self.notice is not None


def is_project(path: Path) -> bool:
    """Whether a path names a project file (by its ending)."""
    return path.suffix.lower() == SUFFIX


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
    """Read a project file.

    Raises ProjectError: no such file, not a project, or numbers that aren't finite.
    """
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError as error:
        raise ProjectError(f"There is no project {path}: make one with `new`.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ProjectError(f"The project {path} cannot be read: {error}.") from error
    raw = _parsed(text, path)
    schema = raw.get("schema")
    if not isinstance(schema, int):
        raise ProjectError(f"{path} is not a project of this program: it states no schema.")
    newer = schema > SCHEMA
    try:
        project = msgspec.json.decode(text.encode(), type=Project)
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
    return StoredProject(project, raw, notice)


def save_project(stored: StoredProject, path: Path) -> None:
    """Write a project file; a complete old one stays until the new one is on the disk.

    Raises ProjectError: read-only, or a number that isn't finite. OutputError: the folder refuses.
    """
    if stored.notice is not None:
        raise ProjectError(f"{path} cannot be saved: {stored.notice}")
    values = _merged(stored.project, stored.raw)
    _refuse_non_finite(values, "project", path)
    text = json.dumps(values, indent=2, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n"
    _write(path, text)


def _write(path: Path, text: str) -> None:
    if not path.parent.is_dir():
        raise OutputFolderMissing(f"The folder {path.parent} does not exist: make it first.")
    temporary = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        with temporary.open("w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise OutputNotWritable(f"The project {path} cannot be written: {error.strerror}.") from error


def _parsed(text: str, path: Path) -> dict[str, Any]:
    def refuse(constant: str) -> None:
        raise ProjectError(f"The project {path} holds {constant}, which is not a number: correct the file.")

    try:
        raw = json.loads(text, parse_constant=refuse)
    except json.JSONDecodeError as error:
        raise ProjectError(f"The project {path} is not JSON: {error}.") from error
    if not isinstance(raw, dict):
        raise ProjectError(f"{path} is not a project of this program.")
    _refuse_non_finite(raw, "project", path)
    return raw


def _merged(value: Any, raw: Any) -> Any:
    """`value` as JSON values, with the keys of `raw` that its structs don't have."""
    if isinstance(value, msgspec.Struct):
        known = {
            name: getattr(value, field)
            for name, field in zip(value.__struct_encode_fields__, value.__struct_fields__, strict=True)
        }
        old = raw if isinstance(raw, dict) else {}
        kept = {key: item for key, item in old.items() if key not in known}
        return kept | {name: _merged(item, old.get(name)) for name, item in known.items()}
    if isinstance(value, tuple | list):
        return [_merged(item, _counterpart(item, index, raw)) for index, item in enumerate(value)]
    if isinstance(value, msgspec.Raw):
        return json.loads(bytes(value))
    if isinstance(value, dict):
        return {key: _merged(item, None) for key, item in value.items()}
    return value


def _counterpart(item: Any, index: int, raw: Any) -> Any:
    """The element of an old list that `item` continues: by id, by path, else by position."""
    if not isinstance(raw, list):
        return None
    for name in ("id", "path"):
        key = getattr(item, name, None)
        if key is not None:
            return next((old for old in raw if isinstance(old, dict) and old.get(name) == key), None)
    return raw[index] if index < len(raw) else None


def _refuse_non_finite(value: Any, where: str, path: Path) -> None:
    if isinstance(value, float) and not math.isfinite(value):
        raise ProjectError(f"{where} in {path} is {value}: only finite numbers can be stored.")
    if isinstance(value, dict):
        for key, item in value.items():
            _refuse_non_finite(item, f"{where}.{key}", path)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            _refuse_non_finite(item, f"{where}[{index}]", path)
