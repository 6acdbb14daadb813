"""One writer a cache: a lock that the operating system gives back whatever happens to its holder."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from pipeline.errors import Cancelled, OutputNotWritable

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


_POLL_S = 0.1


def _locked(descriptor: int) -> bool:
    """Whether the lock was free, and is held now."""
    try:
        _lock(descriptor)
    except OSError:
        return False
    return True


class WriterLock:
    """Held from construction to `release`, or to the end of the process. The empty lock file stays behind."""

    def __init__(self, path: Path, patience_s: float = 0.0, cancelled: Callable[[], bool] = lambda: False) -> None:
        """Take the lock, waiting up to `patience_s` for a holder to be done.

        Raises
        ------
        OutputNotWritable
            Another process still holds it, or the file cannot be made.
        Cancelled
            `cancelled` said so while waiting.
        """
        try:
            self._descriptor: int | None = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise OutputNotWritable(f"The lock file {path} cannot be made: {error.strerror}.") from error
        deadline = time.monotonic() + patience_s
        while not _locked(self._descriptor):
            if cancelled():
                self.release()
                raise Cancelled(f"Stopped while another program was writing into {path.parent}.")
            if time.monotonic() >= deadline:
                self.release()
                raise OutputNotWritable(
                    f"Another program is writing into {path.parent} at present ({path.name} is locked). "
                    "Wait until it is done, or stop it."
                )
            time.sleep(_POLL_S)

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
