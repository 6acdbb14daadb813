"""Who goes first where cores are few: the window, then the pictures that it waits for, then long jobs."""

import os
import sys
import threading

WORKER_NICE = 3
"""About half the share of a core that the window's thread gets while both want it."""
BACKGROUND_NICE = 10


def stand_behind_window() -> None:
    """The calling process leaves the processor to its window first: a late turn of the event loop is felt at once, a
    picture a few milliseconds later is not. To be called before other threads are started."""
    if sys.platform == "linux":
        _leave_at_least(WORKER_NICE)


def yield_processor() -> None:
    """The calling thread, and those it starts, run where others leave the processor. On Linux alone: elsewhere a
    priority belongs to the process, and jobs yield between frames only."""
    if sys.platform == "linux":
        _leave_at_least(BACKGROUND_NICE)


def _leave_at_least(nice: int) -> None:
    thread = threading.get_native_id()
    # Whoever was started with less than that can't have more.
    os.setpriority(os.PRIO_PROCESS, thread, max(nice, os.getpriority(os.PRIO_PROCESS, thread)))
