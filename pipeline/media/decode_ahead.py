"""Decoding in a thread of its own, a bounded number of pictures ahead of whoever works on them."""

import queue
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

from pipeline.errors import FrameUnreadable
from pipeline.imaging.planes import Planes

Item = Planes | FrameUnreadable
_POLL_SECONDS = 0.2


def decode_ahead(produce: Callable[[], Iterator[Item]], depth: int) -> Iterator[Item]:
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
