"""Compiled kernels: the one place that imports numba.

Machine code is kept in the user's cache folder, so only the first run on a machine pays for compiling.
A kernel is rebuilt when its own file changes, not when a function of another module does:
keep the functions a kernel calls in the kernel's module. Kernels release the GIL.
"""

import math
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def _cache_folder() -> Path:
    """A writable folder for compiled code; the temporary folder where the home folder cannot be written."""
    temporary = Path(tempfile.gettempdir()) / "likeness-numba"
    try:
        folder = _user_caches() / "likeness" / "numba"
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):
        return temporary
    return folder if os.access(folder, os.W_OK) else temporary


def _user_caches() -> Path:
    """The platform's folder for caches. Raises RuntimeError where the user has no home folder."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")


if "NUMBA_CACHE_DIR" not in os.environ:
    os.environ["NUMBA_CACHE_DIR"] = str(_cache_folder())

import numba  # noqa: E402  (numba reads the variable above while it is imported)
import numba.extending  # noqa: E402
from numba.core import event  # noqa: E402


def kernel(function: Callable[P, R]) -> Callable[P, R]:
    """Compile `function` at its first call (strict floating point: NaN, infinities and order are kept)."""
    compiled: Callable[P, R] = numba.njit(cache=True, nogil=True, error_model="numpy")(function)
    return compiled


def fast_kernel(function: Callable[P, R]) -> Callable[P, R]:
    """As `kernel`, with floating-point sums free to be reordered: never where NaN or exact equality matters."""
    compiled: Callable[P, R] = numba.njit(cache=True, nogil=True, error_model="numpy", fastmath=True)(function)
    return compiled


_PAUSE_SECONDS = 10.0
"""A compilation that begins longer than this after the last one ended is told of again."""


class _CompileListener(event.Listener):
    """Tells that kernels are about to be compiled; those found in the cache aren't."""

    def __init__(self) -> None:
        self.tell: Callable[[], None] | None = None
        self._ended = -math.inf

    def on_start(self, event: object) -> None:
        if self.tell is not None and time.monotonic() - self._ended > _PAUSE_SECONDS:
            self.tell()

    def on_end(self, event: object) -> None:
        self._ended = time.monotonic()


_listener = _CompileListener()
event.register("numba:compile", _listener)  # type: ignore[no-untyped-call]


@contextmanager
def before_compiling(tell: Callable[[], None]) -> Iterator[None]:
    """Within it, `tell` is called right before kernels are compiled, in the thread that does it.

    It is called once for kernels that follow each other closely. Machine code that an earlier run kept needs no
    compiling, and then nothing is told. Where several are open, the one opened last is told.
    """
    earlier, _listener.tell = _listener.tell, tell
    try:
        yield
    finally:
        _listener.tell = earlier


intrinsic: Any = numba.extending.intrinsic
machine_types: Any = numba.types
"""For `imaging.lane_kernels`: instructions written by hand, and the names of their types."""
