"""Decoding in a thread of its own, a bounded number of pictures ahead of whoever works on them."""

import queue
import threading
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor

from pipeline.errors import FrameUnreadable
from pipeline.imaging.planes import Planes
from pipeline.media.plate_info import PlateInfo

Item = Planes | FrameUnreadable
_POLL_SECONDS = 0.2
_AHEAD_BYTES = 24 << 20
_AHEAD_FRAMES = 8


def ahead_depth(info: PlateInfo) -> int:
    """How many frames of a plate to decode ahead: few, and fewer where they are large."""
    samples = info.width * info.height * 3
    frame_bytes = samples * (4 if info.format.is_float else 1 if info.format.depth <= 8 else 2)
    return max(2, min(_AHEAD_FRAMES, _AHEAD_BYTES // max(1, frame_bytes)))


def decode_ahead(produce: Callable[[], Iterator[Item]], depth: int) -> Generator[Item, None, None]:
    """What `produce` yields, made in another thread at most `depth` items ahead.

    An exception of the producer is raised here, in its place. Closing this iterator ends the thread.
    """
    box: queue.Queue[Item | None] = queue.Queue(depth)
    stop = threading.Event()

    def offer(item: Item | None) -> bool:
        while not stop.is_set():
            try:
                box.put(item, timeout=_POLL_SECONDS)
                return True
            except queue.Full:
                continue
        return False

    def work() -> None:
        try:
            for item in produce():
                if not offer(item):
                    return
        finally:
            offer(None)

    with ThreadPoolExecutor(1, thread_name_prefix="decode-ahead") as executor:
        worker = executor.submit(work)
        try:
            while (item := box.get()) is not None:
                yield item
            worker.result()
        finally:
            stop.set()
