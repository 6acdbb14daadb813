"""What parameters make of an identity, kept for the last few sets of them, so that an animated one costs its own part.

Built outside the lock: frames with other parameters don't wait for each other, frames with the same ones share.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar

from pipeline.errors import Cancelled
from pipeline.imaging.arrays import arrays_bytes

T = TypeVar("T")

SETTLED_S = 5.0
"""A value that was asked for within so many seconds is in use: frames are drawn side by side."""


@dataclass(slots=True, eq=False)
class _Place(Generic[T]):
    """Where a value is or will be, what its arrays take, and when it was asked for last."""

    value: "Future[T]" = field(default_factory=Future)
    bytes: int = 0
    asked: float = 0.0


class KeptLooks(Generic[T]):
    """The last `size` values by key. Safe to call from several threads.

    Of those that aren't in use no more are kept than take `most_bytes` with the others, but always the last `least`.
    """

    def __init__(self, size: int, most_bytes: int | None = None, least: int = 1) -> None:
        self.size = size
        """How many are kept from the next asking on."""
        self._most_bytes, self._least = most_bytes, least
        self._kept: OrderedDict[Hashable, _Place[T]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, build: Callable[[], T]) -> T:
        """The value of `key`, built once by whoever asks first; where that one is stopped, by the next who waits."""
        while True:
            found, mine = self._place(key)
            if mine:
                return self._built(key, found, build)
            try:
                return found.value.result()
            except Cancelled:
                continue

    def found(self, key: Hashable) -> T | None:
        """The value of `key` where it is built and kept, without counting as used; else None."""
        with self._lock:
            place = self._kept.get(key)
        if place is None or not place.value.done() or place.value.exception() is not None:
            return None
        return place.value.result()

    def values(self) -> list[T]:
        """Those that are built and kept."""
        with self._lock:
            places = [each.value for each in self._kept.values()]
        return [each.result() for each in places if each.done() and each.exception() is None]

    def _place(self, key: Hashable) -> tuple[_Place[T], bool]:
        """Where the value of `key` is or will be, and whether the caller has to build it."""
        with self._lock:
            found = self._kept.get(key)
            mine = found is None
            if found is None:
                found = self._kept[key] = _Place()
            found.asked = time.monotonic()
            self._kept.move_to_end(key)
            while len(self._kept) > self.size or self._is_too_much(found.asked):
                self._kept.popitem(last=False)
        return found, mine

    def _is_too_much(self, now: float) -> bool:
        """Whether the oldest has to go for what all of them take."""
        if self._most_bytes is None or len(self._kept) <= self._least:
            return False
        oldest = next(iter(self._kept.values()))
        return now - oldest.asked > SETTLED_S and sum(each.bytes for each in self._kept.values()) > self._most_bytes

    def _built(self, key: Hashable, place: _Place[T], build: Callable[[], T]) -> T:
        try:
            value = build()
        except BaseException as error:
            with self._lock:
                if self._kept.get(key) is place:
                    del self._kept[key]
            # Who waits for it gets the error too; who asks later builds anew.
            place.value.set_exception(error)
            raise
        place.value.set_result(value)
        if self._most_bytes is not None:
            with self._lock:
                place.bytes = arrays_bytes(value)
                while self._is_too_much(time.monotonic()):
                    self._kept.popitem(last=False)
        return value
