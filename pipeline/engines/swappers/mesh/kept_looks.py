"""What parameters make of an identity, kept for the last few sets of them, so that an animated one costs its own part.

Built outside the lock: frames with other parameters don't wait for each other, frames with the same ones share.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock
from typing import Generic, TypeVar

from pipeline.errors import Cancelled

T = TypeVar("T")


class KeptLooks(Generic[T]):
    """The last `size` values by key. Safe to call from several threads."""

    def __init__(self, size: int) -> None:
        self.size = size
        """How many are kept from the next asking on."""
        self._kept: OrderedDict[Hashable, Future[T]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, build: Callable[[], T]) -> T:
        """The value of `key`, built once by whoever asks first; where that one is stopped, by the next who waits."""
        while True:
            found, mine = self._place(key)
            if mine:
                return self._built(key, found, build)
            try:
                return found.result()
            except Cancelled:
                continue

    def found(self, key: Hashable) -> T | None:
        """The value of `key` where it is built and kept, without counting as used; else None."""
        with self._lock:
            place = self._kept.get(key)
        if place is None or not place.done() or place.exception() is not None:
            return None
        return place.result()

    def values(self) -> list[T]:
        """Those that are built and kept."""
        with self._lock:
            places = list(self._kept.values())
        return [each.result() for each in places if each.done() and each.exception() is None]

    def _place(self, key: Hashable) -> "tuple[Future[T], bool]":
        """Where the value of `key` is or will be, and whether the caller has to build it."""
        with self._lock:
            found = self._kept.get(key)
            mine = found is None
            if found is None:
                found = self._kept[key] = Future()
            self._kept.move_to_end(key)
            while len(self._kept) > self.size:
                self._kept.popitem(last=False)
        return found, mine

    def _built(self, key: Hashable, place: "Future[T]", build: Callable[[], T]) -> T:
        try:
            value = build()
        except BaseException as error:
            with self._lock:
                if self._kept.get(key) is place:
                    del self._kept[key]
            # Who waits for it gets the error too; who asks later builds anew.
            place.set_exception(error)
            raise
        place.set_result(value)
        return value
