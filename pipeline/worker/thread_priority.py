"""Threads that do long jobs step back for those that somebody waits for."""

import os
import sys
import threading

BACKGROUND_NICE = 10


def yield_processor() -> None:
    """The calling thread, and those it starts, run where others leave the processor. On Linux alone: elsewhere a
    priority belongs to the process, and jobs yield between frames only."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), BACKGROUND_NICE)
