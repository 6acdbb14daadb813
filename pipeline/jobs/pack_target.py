"""Where a pack is written: a folder or a zip, there whole or not at all."""

import hashlib
import shutil
import zipfile
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import IO

from pipeline.errors import Cancelled, OutputExists, OutputFolderMissing
from pipeline.media.output_file import output_error

_PIECE = 1 << 20


class PackTarget(ABC):
    """Takes files under relative names with forward slashes."""

    def copy(self, source: Path, name: str, cancelled: Callable[[], bool]) -> tuple[str, int]:
        """A file's content under a name; its sha256 and bytes, taken of what was written. Raises Cancelled, OSError."""
        digest, count = hashlib.sha256(), 0
        with source.open("rb") as reading, self.entry(name) as writing:
            while piece := reading.read(_PIECE):
                if cancelled():
                    raise Cancelled("Stopped; nothing of the pack is left.")
                digest.update(piece)
                writing.write(piece)
                count += len(piece)
        return digest.hexdigest(), count

    def write(self, name: str, content: bytes) -> None:
        """These bytes under a name. Raises OSError."""
        with self.entry(name) as writing:
            writing.write(content)

    @abstractmethod
    def entry(self, name: str) -> AbstractContextManager[IO[bytes]]:
        """A file of the pack to write into."""


class _Folder(PackTarget):
    def __init__(self, root: Path) -> None:
        self._root = root

    def entry(self, name: str) -> AbstractContextManager[IO[bytes]]:
        path = self._root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("wb")


class _Zip(PackTarget):
    """Stored, not deflated: media are compressed already."""

    def __init__(self, archive: zipfile.ZipFile, top: str) -> None:
        self._archive, self._top = archive, top

    def entry(self, name: str) -> AbstractContextManager[IO[bytes]]:
        return self._archive.open(f"{self._top}/{name}", "w", force_zip64=True)


@contextmanager
def packing(output: Path) -> Iterator[PackTarget]:
    """A target that becomes `output`, a zip by its ending, else a folder, when the block ends well.

    Raises OutputExists, OutputFolderMissing, OutputNotWritable, DiskFull.
    """
    if output.exists():
        raise OutputExists(f"{output} exists; choose another name, or remove it first.")
    if not output.parent.is_dir():
        raise OutputFolderMissing(f"The folder {output.parent} does not exist. Make it, or choose another output.")
    unfinished = output.with_name(f".{output.name}.unfinished")
    _remove(unfinished)
    try:
        if output.suffix.lower() == ".zip":
            with zipfile.ZipFile(unfinished, "w") as archive:
                yield _Zip(archive, output.stem)
        else:
            unfinished.mkdir()
            yield _Folder(unfinished)
        unfinished.rename(output)
    except OSError as error:
        _remove(unfinished)
        raise output_error(error, output) from error
    except BaseException:
        _remove(unfinished)
        raise


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink(missing_ok=True)
