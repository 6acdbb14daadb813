"""Memory that was freed goes back to the system: window and worker live for days side by side.

glibc keeps a heap for each thread and hands little of it back. Elsewhere the system's own habits stand.
"""

import ctypes
import sys
import time
from functools import cache

_M_ARENA_MAX = -8
ARENAS = 2
WORK_S = 0.1
"""Processor time in which so much may have been freed that it is worth looking for, seconds."""


def use_few_heaps() -> None:
    """Let all threads share a few heaps; before the first of them starts."""
    library = _glibc()
    if library is not None:
        library.mallopt(_M_ARENA_MAX, ARENAS)


def give_back() -> None:
    """Hand freed memory back; takes a few milliseconds."""
    library = _glibc()
    if library is not None:
        library.malloc_trim(0)


class GivingBack:
    """For whoever looks every second or so: gives back where the process has worked since the last time."""

    def __init__(self) -> None:
        self._busy_s = 0.0

    def look(self) -> bool:
        """Whether it was worth it."""
        busy_s = time.process_time()
        if busy_s - self._busy_s < WORK_S:
            return False
        self._busy_s = busy_s
        give_back()
        return True


@cache
def _glibc() -> ctypes.CDLL | None:
    if sys.platform != "linux":
        return None
    library = ctypes.CDLL(None)
    return library if hasattr(library, "malloc_trim") and hasattr(library, "mallopt") else None
