"""A guard against PySide6 6.12 on Python 3.11: its binary wheels are built as if None and True could never be freed,
which is so from Python 3.12 on. On 3.11 every call of a Qt method that returns nothing takes one reference to None
away, and after some thousand calls the interpreter ends with "none_dealloc".

The cure is to give these objects more references than any sitting can take. Nothing else is touched.
"""

import ctypes
import sys

PLENTY = 1 << 60
"""References; a Qt call takes one."""


def keep_singletons() -> None:
    """Make None, True, False and NotImplemented outlast the process; nothing to do where they do so by themselves."""
    if sys.version_info >= (3, 12):
        return
    for each in (None, True, False, NotImplemented):
        if sys.getrefcount(each) < PLENTY:
            ctypes.c_ssize_t.from_address(id(each)).value += PLENTY
