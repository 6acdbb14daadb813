"""A small file written whole or not at all: under a temporary name beside it, synced, renamed."""

import os
from collections.abc import Callable
from pathlib import Path

from pipeline.errors import OutputFolderMissing, OutputNotWritable


def write_whole(path: Path, content: bytes, before_replacing: Callable[[], None] = lambda: None) -> None:
    """Write `content`; `before_replacing` is called with the new file complete and an old one still in its place.

    Raises OutputFolderMissing, OutputNotWritable.
    """
    if not path.parent.is_dir():
        raise OutputFolderMissing(f"The folder {path.parent} does not exist: make it first.")
    temporary = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        with temporary.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        if path.exists():
            before_replacing()
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise OutputNotWritable(f"{path} cannot be written: {error.strerror}.") from error
