"""What a person laid over a face's frames and may end: where it counts, where it shows, what a cut makes of it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace


class Lasting(Struct, frozen=True, kw_only=True):
    """Something that counts on plate frames between two ends."""

    first: int | None = None
    """The first plate frame it counts on; None: the plate's. A face that was split or merged has such ends."""
    last: int | None = None
    """The last one, inclusive."""

    def counts_on(self, frame: int) -> bool:
        """Whether a plate frame lies between its ends."""
        return (self.first is None or frame >= self.first) and (self.last is None or frame <= self.last)


T = TypeVar("T", bound=Lasting)
Run = tuple[int, int]
"""First and last frame."""


def before(all_of: Iterable[T], frame: int) -> tuple[T, ...]:
    """What of them counts before a plate frame."""
    return _between(all_of, None, frame - 1)


def from_on(all_of: Iterable[T], frame: int) -> tuple[T, ...]:
    """What of them counts on a plate frame and after it."""
    return _between(all_of, frame, None)


def _between(all_of: Iterable[T], first: int | None, last: int | None) -> tuple[T, ...]:
    found = []
    for each in all_of:
        begins = [end for end in (each.first, first) if end is not None]
        ends = [end for end in (each.last, last) if end is not None]
        cut = replace(each, first=max(begins, default=None), last=min(ends, default=None))
        if cut.first is None or cut.last is None or cut.first <= cut.last:
            found.append(cut)
    return tuple(found)


def joined(all_of: Iterable[T]) -> tuple[T, ...]:
    """All of them, those that go on with the very numbers of an earlier one made one with it."""
    found: list[T] = []
    for each in all_of:
        for i, other in enumerate(found):
            whole = _continued(other, each) or _continued(each, other)
            if whole is not None:
                found[i] = whole
                break
        else:
            found.append(each)
    return tuple(found)


def _continued(earlier: T, later: T) -> T | None:
    """Both as one, where they differ in nothing but their ends and the one begins where the other ends."""
    if earlier.last is None or later.first != earlier.last + 1:
        return None
    whole = replace(earlier, last=later.last)
    return whole if replace(later, first=earlier.first) == whole else None


def runs_of(item: Lasting, keys: Sequence[int], frames: int, shows: Callable[[int], bool]) -> Iterator[Run]:
    """The stretches, of so many plate frames, in which something shows; `shows` leaves its ends out of account.

    `keys` are the frames of its curves' keys: curves turn there alone, so that what doesn't show at either of two keys
    doesn't between them.
    """
    first = 0 if item.first is None else max(0, item.first)
    stop = frames if item.last is None else min(frames, item.last + 1)
    edges = sorted({first, stop, *(frame for frame in keys if first < frame < stop)})
    for low, above in pairwise(edges):
        if not shows(low) and not shows(above):
            continue
        high = above - 1
        while low <= high and not shows(low):
            low += 1
        while low < high and not shows(high):
            high -= 1
        if low <= high:
            yield low, high


def merged_runs(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Runs in any order as runs that don't touch, ascending."""
    found: list[Run] = []
    for start, stop in sorted(runs):
        if found and start <= found[-1][1] + 1:
            found[-1] = found[-1][0], max(stop, found[-1][1])
        else:
            found.append((start, stop))
    return tuple(found)
