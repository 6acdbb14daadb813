"""One writer a cache: a lock that the operating system gives back whatever happens to its holder."""

import os
import sys
from pathlib import Path
from types import TracebackType

from pipeline.errors import OutputNotWritable

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class WriterLock:
    """Held from construction to `release`, or to the end of the process. The empty lock file stays behind."""

    def __init__(self, path: Path) -> None:
        """Raises OutputNotWritable: another process holds it, or the file cannot be made."""
        try:
            self._descriptor: int | None = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise OutputNotWritable(f"The lock file {path} cannot be made: {error.strerror}.") from error
        try:
            _lock(self._descriptor)
        except OSError as error:
            self.release()
            raise OutputNotWritable(
                f"Another program is analysing into {path.parent} at present ({path.name} is locked). "
                "Wait until it is done, or stop it."
            ) from error

    def release(self) -> None:
        """Give the lock back; a second time does nothing."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> "WriterLock":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()
