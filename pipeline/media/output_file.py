"""A result appears whole or not at all: written under a temporary name in its folder, synced, renamed.

Full disks are told apart from other failures here, because a job that met one keeps what it has and goes on
later.
"""

import errno
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from pipeline.errors import DiskFull, OutputFolderMissing, OutputIsInput, OutputNotWritable

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def check_output(output: Path, inputs: Iterable[Path]) -> None:
    """See before any work that `output` may be written.

    Raises
    ------
    OutputFolderMissing, OutputNotWritable
        Its folder does not exist, or takes no files.
    OutputIsInput
        It is one of `inputs`: by path after links are followed, or the same file under another name.
    """
    folder = output.parent
    if not folder.is_dir():
        raise OutputFolderMissing(f"The folder {folder} does not exist. Make it, or choose another output.")
    if output.is_dir():
        raise OutputNotWritable(f"{output} is a folder; name a file inside it.")
    check_not_input(output, inputs)
    check_writable(folder)


def check_not_input(output: Path, inputs: Iterable[Path]) -> None:
    """Raises OutputIsInput where `output` is one of `inputs`."""
    for path in inputs:
        same = output.resolve() == path.resolve() or (output.exists() and path.exists() and output.samefile(path))
        if same:
            raise OutputIsInput(f"{output} is the input {path}, which is never overwritten. Choose another name.")


def check_writable(folder: Path) -> None:
    """Raises OutputNotWritable where no file can be made in `folder`, DiskFull where it has no room at all."""
    probe = folder / f".likeness-{secrets.token_hex(4)}"
    try:
        probe.touch(exist_ok=False)
        probe.unlink()
    except OSError as error:
        raise output_error(error, folder) from error


def output_error(error: OSError, path: Path) -> DiskFull | OutputNotWritable:
    """What a failed write to `path` means."""
    if error.errno in _FULL:
        return DiskFull(
            f"There is no room left to write {path}. Free some space and run the same command again; "
            "what is finished is kept."
        )
    return OutputNotWritable(f"{path} cannot be written ({error.strerror or error}). Check its permissions and disk.")


class PendingFile:
    """A file under a temporary name beside the one it is to become.

    The temporary name is always the same, so that what a killed run left there is written over, not piled up.
    Failures of `file` itself rise as OSError; `output_error` turns them into words.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._temporary = path.with_name(f".{path.name}.unfinished")
        try:
            self.file: BinaryIO = self._temporary.open("w+b")
        except OSError as error:
            raise output_error(error, path) from error

    def commit(self) -> None:
        """Sync to disk and rename. Raises DiskFull or OutputNotWritable, and then leaves nothing behind."""
        try:
            self.file.flush()
            os.fsync(self.file.fileno())
            self.file.close()
            self._temporary.replace(self.path)
            sync_folder(self.path.parent)
        except OSError as error:
            self.discard()
            raise output_error(error, self.path) from error

    def discard(self) -> None:
        """Remove the unfinished file."""
        with suppress(OSError):
            self.file.close()
        self._temporary.unlink(missing_ok=True)


@contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """A file that becomes `path` when the block ends well, and disappears when it does not.

    Raises DiskFull or OutputNotWritable for whatever the system refuses.
    """
    pending = PendingFile(path)
    try:
        yield pending.file
    except OSError as error:
        pending.discard()
        raise output_error(error, path) from error
    except BaseException:
        pending.discard()
        raise
    pending.commit()


def sync_folder(folder: Path) -> None:
    """Make renames inside `folder` last through a power cut, where the system has a way to."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
