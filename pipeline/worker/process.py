"""The worker's process: takes in requests, hands them to the threads that do them, and tells what comes of it."""

import threading
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from pipeline.ipc.bootstrap import RingPlace

if TYPE_CHECKING:
    from pipeline.ipc.channel import Channel
    from pipeline.ipc.requests import Request

HEARTBEAT_S = 1.0


def main(connection: "Connection[bytes, bytes]", ring: RingPlace | None) -> None:
    """Serve until the connection ends or `Stop` comes."""
    from pipeline.allocator import use_few_heaps
    from pipeline.jobs.library_threads import pin_blas
    from pipeline.worker.thread_priority import stand_behind_window

    stand_behind_window()
    pin_blas()  # before anything imports numpy
    use_few_heaps()
    from pipeline.ipc.channel import Channel, ChannelClosed
    from pipeline.ipc.requests import Request, Stop
    from pipeline.worker.service import Service

    channel: Channel[Request] = Channel(connection, Request)
    ended = threading.Event()
    service = Service(channel, ring)
    beat = threading.Thread(target=_beat, args=(channel, ended), name="heartbeat", daemon=True)
    beat.start()
    try:
        while True:
            request = channel.receive()
            if isinstance(request, Stop):
                break
            service.take(request)
    except ChannelClosed:
        # Whoever started us is gone; what is done lies on disk.
        pass
    ended.set()
    service.close()
    beat.join()
    channel.close()


def _beat(channel: "Channel[Request]", ended: threading.Event) -> None:
    """Say that the process lives, and let it hold no more than it uses."""
    from pipeline.allocator import GivingBack
    from pipeline.ipc.channel import ChannelClosed
    from pipeline.ipc.messages import Heartbeat

    freed = GivingBack()
    while not ended.wait(HEARTBEAT_S):
        try:
            channel.send(Heartbeat())
        except ChannelClosed:
            return
        freed.look()
