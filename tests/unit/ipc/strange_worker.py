"""A worker that misbehaves on request: what it does with an analysis is the plate's name."""

import os
import time
from multiprocessing.connection import Connection

from pipeline.ipc.bootstrap import RingPlace
from pipeline.ipc.channel import Channel
from pipeline.ipc.messages import Heartbeat, Hello, JobDone, Progress, Working
from pipeline.ipc.requests import Analyse, Request, Stop, WantFrame


def main(connection: "Connection[bytes, bytes]", ring: RingPlace | None) -> None:
    channel: Channel[Request] = Channel(connection, Request)
    channel.send(Hello(pid=os.getpid()))
    while True:
        request = channel.receive()
        match request:
            case Stop():
                return
            case Analyse(job=job, plate="good"):
                channel.send(JobDone(job=job))
            case Analyse(job=job, plate="dies"):
                channel.send(Working(work=f"job-{job}", patience_s=60.0))
                os._exit(7)
            case Analyse(job=job, plate="gets on and dies"):
                get_on_and_die(channel, job)
            case Analyse(job=job, plate="never answers"):
                channel.send(Working(work=f"job-{job}", patience_s=0.3))
                while True:
                    channel.send(Heartbeat())
                    time.sleep(0.05)
            case WantFrame(pane=pane):
                channel.send(Working(work=f"pane-{pane}", patience_s=60.0))
                os._exit(7)
            case _:
                pass


def get_on_and_die(channel: Channel[Request], job: int) -> None:
    """Five frames more each time; how far it is stands in the file that the environment names."""
    path = os.environ["STRANGE_WORKER_DONE"]
    with open(path, "a+", encoding="ascii") as file:  # noqa: PTH123
        file.seek(0)
        done = len(file.read())
        file.write(".....")
    channel.send(Working(work=f"job-{job}", patience_s=60.0))
    if done >= 20:
        channel.send(JobDone(job=job))
        return
    channel.send(Progress(job=job, stage="analysing", done=done + 5, total=20, rate=1.0, seconds_left=None))
    os._exit(7)
