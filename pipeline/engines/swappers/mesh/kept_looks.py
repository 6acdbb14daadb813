"""What parameters make of an identity, kept for the last few sets of them, so that an animated one costs its own part.

Built outside the lock: frames with other parameters don't wait for each other, frames with the same ones share.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class KeptLooks(Generic[T]):
    """The last `size` values by key. Safe to call from several threads."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._kept: OrderedDict[Hashable, Future[T]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, build: Callable[[], T]) -> T:
        """The value of `key`, built once by whoever asks first."""
        with self._lock:
            found = self._kept.get(key)
            mine = found is None
            if found is None:
                found = self._kept[key] = Future()
            self._kept.move_to_end(key)
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
        if mine:
            self._build(key, found, build)
        return found.result()

    def _build(self, key: Hashable, place: "Future[T]", build: Callable[[], T]) -> None:
        try:
            place.set_result(build())
        except BaseException as error:
            # Who waits for it gets the error too; who asks later builds anew.
            place.set_exception(error)
            with self._lock:
                if self._kept.get(key) is place:
                    del self._kept[key]
            raise
