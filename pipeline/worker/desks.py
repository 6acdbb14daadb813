"""The plates at work: opened when they are looked at, and anew when their file or colour space changes.

Desks of another version of the document stand beside the document's own: they use the decoders that those have open,
and have faces of their own, so that neither takes the other's away.
"""

from collections.abc import Callable
from threading import Lock

from pipeline.worker.desk import Desk
from pipeline.worker.document import WorkingDocument

MOST_OPEN = 3
"""Plates that stay open; the one looked at longest ago is closed for another."""


class Desks:
    """`of` and `close` are the lane's thread's; `open_ones` may be asked by any. `beside`: whose decoders are used."""

    def __init__(
        self,
        document: WorkingDocument,
        swap_threads: int,
        opened: Callable[[Desk], None],
        beside: "Desks | None" = None,
    ) -> None:
        self._document = document
        self._swap_threads = swap_threads
        self._opened = opened
        self._beside = beside
        self._desks: dict[str, Desk] = {}
        self._lock = Lock()

    def of(self, plate: str) -> Desk:
        """The desk of a plate of the document. Raises ProjectError, MediaError."""
        found, path = self._document.plate(plate)
        identity = Desk.identity_of(path, found.colour_space)
        lender = self._lender(identity)
        desk = self._desks.get(plate)
        if desk is not None and (desk.identity != identity or desk.lender not in (None, lender)):
            self._put_away(plate)
            desk = None
        if desk is None:
            of_version = self._beside is not None
            desk = Desk(plate, path, found.colour_space, self._swap_threads, of_version=of_version, lender=lender)
            with self._lock:
                self._desks[plate] = desk
            if len(self._desks) > MOST_OPEN:
                self._put_away(next(iter(self._desks)))
            self._opened(desk)
        else:
            with self._lock:
                self._desks[plate] = self._desks.pop(plate)
        return desk

    def open_ones(self) -> list[Desk]:
        """The desks that are open now."""
        with self._lock:
            return list(self._desks.values())

    def close(self) -> None:
        """Give all decoders back."""
        for plate in list(self._desks):
            self._put_away(plate)

    def _lender(self, identity: str) -> Desk | None:
        """A desk beside these that has that very file open."""
        if self._beside is None:
            return None
        return next((each for each in self._beside.open_ones() if each.identity == identity), None)

    def _put_away(self, plate: str) -> None:
        with self._lock:
            desk = self._desks.pop(plate)
        desk.close()
