"""Memory that was freed goes back to the system: a worker lives for days beside a window.

glibc keeps a heap for each thread and hands little of it back. Elsewhere the system's own habits stand.
"""

import ctypes
import sys
from functools import cache

_M_ARENA_MAX = -8
ARENAS = 2


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


@cache
def _glibc() -> ctypes.CDLL | None:
    if sys.platform != "linux":
        return None
    library = ctypes.CDLL(None)
    return library if hasattr(library, "malloc_trim") and hasattr(library, "mallopt") else None
