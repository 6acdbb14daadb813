"""The proxies of the plates at work, as far as a job has found or made them."""

from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from pipeline.imaging.arrays import ImageU8
from pipeline.media.proxies import Proxies
from pipeline.worker.desk import Desk


@dataclass(frozen=True, slots=True)
class _Place:
    identity: str
    folder: Path


class ProxyShelf:
    """`put` may be called by any thread; `picture` and `close` are the lane's."""

    def __init__(self) -> None:
        self._places: dict[str, _Place] = {}
        self._open: dict[str, tuple[_Place, Proxies]] = {}
        self._lock = Lock()

    def put(self, plate: str, identity: str, folder: Path) -> None:
        """The proxies of a plate's file as it is now (`Desk.identity_of`) lie, or will lie, in a folder."""
        with self._lock:
            self._places[plate] = _Place(identity, folder)

    def picture(self, desk: Desk, frame: int) -> ImageU8 | None:
        """A frame's proxy (h, w, 3) RGB 0..255; None where there is none of the desk's file as it is open."""
        with self._lock:
            place = self._places.get(desk.plate)
        if place is None or place.identity != desk.identity:
            return None
        known = self._open.get(desk.plate)
        if known is None or known[0] != place:
            if known is not None:
                known[1].close()
            known = place, Proxies(place.folder, desk.reader.pts, desk.reader.info.time_base)
            self._open[desk.plate] = known
        return known[1].picture(frame)

    def close(self) -> None:
        """Give the decoders back."""
        for _, proxies in self._open.values():
            proxies.close()
        self._open.clear()
