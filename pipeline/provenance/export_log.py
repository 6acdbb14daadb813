"""The export log: one line of JSON for every result that left, kept in the user's configuration.

Appended, never rewritten; a studio may collect it. It names files and hashes, and shows no picture.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import msgspec

from pipeline.errors import OutputNotWritable
from pipeline.media.picture_run import is_pattern
from pipeline.project.project import Quality
from pipeline.project.user_folders import config_folder

_NAME = "exports.jsonl"
Shows = Literal["result", "matte", "support"]


class ExportEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What left, made from what, under which consent."""

    result: str
    result_sha256: str
    plate_sha256: str
    sources_sha256: tuple[str, ...]
    consent_sha256: str | None
    credentials: str
    first_frame: int
    last_frame: int
    failed_frames: tuple[int, ...]
    quality: Quality | None = None
    """None: logged by a version that didn't say."""
    shows: Shows = "result"
    """A matte, or the support, goes beside a result and is none itself."""
    job: str = ""
    """Hash of all that was asked for: the same job would give the same result."""
    time: str = ""
    """UTC, ISO 8601; filled in when it is written."""


def last_export(result: Path, folder: Path | None = None) -> ExportEntry | None:
    """The latest entry about the file or folder `result`; None where the log knows nothing of it."""
    name = str(result.resolve())
    return next((each for each in _latest_first(folder) if each.result == name), None)


def last_export_of(plate_sha256: str, folder: Path | None = None) -> ExportEntry | None:
    """The latest entry about a result of a plate that is still there; None where there is none."""
    return next(_still_there(plate_sha256, folder), None)


def exports_of(plate_sha256: str, folder: Path | None = None) -> list[ExportEntry]:
    """The results of a plate that are still there, the newest first; of each file its latest entry."""
    found: dict[str, ExportEntry] = {}
    for each in _still_there(plate_sha256, folder):
        found.setdefault(each.result, each)
    return list(found.values())


def _still_there(plate_sha256: str, folder: Path | None) -> Iterator[ExportEntry]:
    made = (each for each in _latest_first(folder) if each.plate_sha256 == plate_sha256 and each.shows == "result")
    return (each for each in made if _is_there(Path(each.result)))


def _is_there(result: Path) -> bool:
    """Of frames, their folder: whether they are whole, reading them says."""
    return result.parent.is_dir() if is_pattern(result) else result.exists()


def _latest_first(folder: Path | None) -> Iterator[ExportEntry]:
    """The log's entries; lines that can't be read are passed over."""
    try:
        lines = ((folder or config_folder()) / _NAME).read_bytes().splitlines()
    except OSError:
        return
    for line in reversed(lines):
        with suppress(msgspec.MsgspecError):
            yield msgspec.json.decode(line, type=ExportEntry)


def log_export(entry: ExportEntry, folder: Path | None = None, now: datetime | None = None) -> Path:
    """Append `entry` to `exports.jsonl` in `folder` (default: the user's configuration); the log's path.

    Raises OutputNotWritable: the log can't be written.
    """
    folder = folder or config_folder()
    path = folder / _NAME
    stamped = msgspec.structs.replace(entry, time=(now or datetime.now(UTC)).isoformat(timespec="seconds"))
    line = msgspec.json.encode(stamped, order="sorted") + b"\n"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(handle, "wb") as stream:
            stream.write(line)
    except OSError as error:
        raise OutputNotWritable(
            f"The export log {path} cannot be written: {error.strerror}. "
            "Make the folder writable, or set LIKENESS_CONFIG to one that is."
        ) from error
    return path
