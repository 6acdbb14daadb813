"""Row-wise kernels on several threads: the kernels release the interpreter's lock, bands never overlap."""

import itertools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

RowWork = Callable[[int, int], None]
First = TypeVar("First")
Second = TypeVar("Second")


class RowBands:
    """A budget of `threads` for row-wise work. The result does not depend on the budget."""

    def __init__(self, threads: int) -> None:
        self._threads = max(1, threads)
        self._pool = ThreadPoolExecutor(self._threads - 1, "mesh-rows") if self._threads > 1 else None

    def run(self, rows: int, work: RowWork) -> None:
        """Call `work(row0, row1)` until [0, rows) is covered; returns when all are done."""
        if self._pool is None or rows < 64:
            work(0, rows)
            return
        edges = [rows * n // self._threads for n in range(self._threads + 1)]
        first, *rest = itertools.pairwise(edges)
        others = [self._pool.submit(work, *band) for band in rest]
        work(*first)
        for other in others:
            other.result()

    def both(self, first: Callable[[], First], second: Callable[[], Second]) -> tuple[First, Second]:
        """The results of two works that don't need each other, side by side; neither may use these rows itself."""
        if self._pool is None:
            return first(), second()
        other = self._pool.submit(second)
        return first(), other.result()
