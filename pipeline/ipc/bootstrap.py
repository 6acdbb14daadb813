"""Starting the worker: a fresh process, a connection to it, and the module it runs, by name.

The only import by name in the program: the editor's process must never load what the worker does, and the floors
forbid it to import the worker.
"""

import importlib
import multiprocessing
import multiprocessing.process
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Protocol, cast

from pipeline.ipc.channel import greet

WORKER = "pipeline.worker.process"
"""The module whose `main` a worker runs."""
PATIENCE_S = 60.0
"""How long a fresh process may take until it answers: a cold disk, a busy machine."""


@dataclass(frozen=True, slots=True)
class RingPlace:
    """Where the frame ring lies."""

    name: str
    slots: int
    slot_bytes: int


class WorkerModule(Protocol):
    """What a worker's module has."""

    def main(self, connection: "Connection[bytes, bytes]", ring: RingPlace | None) -> None:
        """Serve until the connection ends or `Stop` comes."""


class WorkerNotStarted(Exception):
    """The process ended, or said nothing, before it was there."""


@dataclass(frozen=True, slots=True)
class StartedWorker:
    """A process and the connection to it."""

    process: multiprocessing.process.BaseProcess
    connection: "Connection[bytes, bytes]"

    def wait_for(self, patience_s: float = PATIENCE_S) -> None:
        """Until the worker is there, and both sides have proved who they are.

        Raises WorkerNotStarted; the process is put away then.
        """
        try:
            if not self.connection.poll(patience_s):
                raise WorkerNotStarted(f"its process said nothing for {patience_s:.0f} seconds")
            greet(self.connection, bytes(multiprocessing.current_process().authkey), first=False)
        except (EOFError, OSError, multiprocessing.AuthenticationError) as error:
            self._end()
            raise WorkerNotStarted("its process ended before it was there") from error
        except WorkerNotStarted:
            self._end()
            raise

    def _end(self) -> None:
        self.connection.close()
        self.process.kill()
        self.process.join()


def start_worker(ring: RingPlace | None, module: str = WORKER) -> StartedWorker:
    """A fresh process that will run `module`; `wait_for` it before talking to it."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=True)
    process = context.Process(target=_enter, args=(module, theirs, ring), name="likeness-worker", daemon=True)
    process.start()
    theirs.close()
    return StartedWorker(process, ours)


def _enter(module: str, connection: "Connection[bytes, bytes]", ring: RingPlace | None) -> None:
    """The first thing the fresh process does."""
    try:
        greet(connection, bytes(multiprocessing.current_process().authkey), first=True)
    except (EOFError, OSError):
        return  # Whoever started us is gone.
    cast(WorkerModule, importlib.import_module(module)).main(connection, ring)
