"""Freed memory goes back to the system, where there was work to free it."""

import sys
import time

import psutil
import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from editor.app import freed_memory
from editor.app.freed_memory import FreedMemory
from pipeline.allocator import WORK_S, GivingBack

linux = pytest.mark.skipif(sys.platform != "linux", reason="another system's own habits")
MB = 1 << 20


def leave_gaps() -> list[bytes]:
    """Use some processor time and free 60 MB in pieces, between pieces that stay."""
    pieces = [bytes([1]) * 30_000 for _ in range(4000)]
    end = time.process_time() + WORK_S
    while time.process_time() < end:
        pass
    kept = pieces[::2]
    pieces.clear()
    return kept


def resident() -> int:
    return int(psutil.Process().memory_info().rss)


@linux
def test_what_was_freed_goes_back() -> None:
    giving = GivingBack()
    giving.look()
    kept = leave_gaps()
    before = resident()
    assert giving.look()
    assert resident() < before - 20 * MB
    assert len(kept) == 2000


def test_nothing_is_looked_for_where_nothing_was_done() -> None:
    giving = GivingBack()
    giving.look()
    assert not giving.look()


@linux
def test_the_window_gives_back_while_it_lives(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(freed_memory, "EVERY_MS", 20)
    owner = QObject()
    kept = leave_gaps()
    before = resident()
    freed = FreedMemory(owner)
    qtbot.waitUntil(lambda: resident() < before - 20 * MB, timeout=60_000)
    assert freed.parent() is owner
    assert len(kept) == 2000
