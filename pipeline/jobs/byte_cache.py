"""Values kept by least recent use, bounded by bytes."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class ByteCache(Generic[T]):
    """Safe to use from several threads. What is put out is handed to `dropped`, outside the lock."""

    def __init__(
        self, capacity: int, size_of: Callable[[T], int], dropped: Callable[[str, T], None] = lambda key, value: None
    ) -> None:
        self._capacity = capacity
        self._size_of = size_of
        self._dropped = dropped
        self._kept: OrderedDict[str, T] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    @property
    def bytes(self) -> int:
        return self._bytes

    def __contains__(self, key: str) -> bool:
        return key in self._kept

    def get(self, key: str) -> T | None:
        """The value, which counts as used now; None where it isn't kept."""
        with self._lock:
            value = self._kept.get(key)
            if value is not None:
                self._kept.move_to_end(key)
            return value

    def put(self, key: str, value: T) -> None:
        """Keep a value; those used least recently go. One that is larger than everything allowed isn't kept."""
        size, out = self._size_of(value), []
        if size > self._capacity:
            return
        with self._lock:
            earlier = self._kept.pop(key, None)
            self._bytes += size - (0 if earlier is None else self._size_of(earlier))
            self._kept[key] = value
            while self._bytes > self._capacity:
                old, gone = self._kept.popitem(last=False)
                self._bytes -= self._size_of(gone)
                out.append((old, gone))
        for old, gone in out:
            self._dropped(old, gone)
