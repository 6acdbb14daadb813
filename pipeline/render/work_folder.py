"""The folder in which an unfinished render keeps its pieces and its ledger."""

import shutil
import sys
from pathlib import Path
from typing import BinaryIO

from pipeline.errors import OutputNotWritable
from pipeline.media.output_file import output_error

if sys.platform == "win32":
    import msvcrt

    def _try_lock(file: BinaryIO) -> bool:
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import errno
    import fcntl

    def _try_lock(file: BinaryIO) -> bool:
        """False where another process holds the lock; True also where the file system has none."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            return error.errno not in (errno.EAGAIN, errno.EACCES)
        return True


class WorkFolder:
    """A render's own folder: beside the result and removed when it is complete, or one that was given and stays.

    As a context manager it is held against a second render of the same result; a killed process lets go of it.
    """

    def __init__(self, output: Path, given: Path | None) -> None:
        self.path = given if given is not None else output.with_name(f"{output.name}.parts")
        self._output = output
        self._keep = given is not None
        self._lock: BinaryIO | None = None

    @property
    def ledger(self) -> Path:
        return self.path / "ledger.jsonl"

    def __enter__(self) -> "WorkFolder":
        try:
            self.path.mkdir(parents=self._keep, exist_ok=True)
            self._lock = (self.path / "lock").open("wb")
        except OSError as error:
            raise output_error(error, self.path) from error
        if not _try_lock(self._lock):
            self._let_go()
            raise OutputNotWritable(
                f"Another render is writing {self._output} at the moment. Wait for it, or choose another name."
            )
        return self

    def __exit__(self, *_: object) -> None:
        """Let go; what is in the folder is what a later run goes on from."""
        self._let_go()

    def done(self) -> None:
        """The result is complete."""
        self._let_go()
        if not self._keep:
            shutil.rmtree(self.path, ignore_errors=True)

    def _let_go(self) -> None:
        if self._lock is not None:
            self._lock.close()
            self._lock = None
