"""The window goes before its worker, the worker's pictures before its long jobs."""

import os
import subprocess
import sys

import pytest

from pipeline.worker.thread_priority import BACKGROUND_NICE, WORKER_NICE

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a priority belongs to the process")

_WORKER = """
import os, threading
from concurrent.futures import ThreadPoolExecutor
from pipeline.worker.thread_priority import stand_behind_window, yield_processor
stand_behind_window()
priority = lambda: os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
plain = ThreadPoolExecutor(1).submit(priority).result()
print(plain, ThreadPoolExecutor(1, initializer=yield_processor).submit(priority).result())
"""


def _nices(started_with: int) -> list[int]:
    """Of a thread that draws and of one of a long job, in a worker that was started so nice."""
    command = ["nice", "-n", str(started_with), sys.executable, "-c", _WORKER]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    return [int(each) for each in ended.stdout.split()]


def test_long_jobs_stand_behind_pictures_and_both_behind_the_window() -> None:
    ours = os.getpriority(os.PRIO_PROCESS, 0)
    assert _nices(0) == [max(ours, WORKER_NICE), max(ours, BACKGROUND_NICE)]
    assert 0 < WORKER_NICE < BACKGROUND_NICE


def test_who_was_started_with_less_keeps_it() -> None:
    least = min(19, os.getpriority(os.PRIO_PROCESS, 0) + 15)
    assert _nices(15) == [least, least]
