"""The analysis of a new version of a plate, as far as it shows the same pictures: rows copied, the rest observed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.face_rows import NO_FLOW
from pipeline.analysis.journal import Chunk, EndedTracklet, Journal, MemoryJournal, SeenHand
from pipeline.analysis.observe import ObserveOptions, observe
from pipeline.analysis.row_block import RowBlock
from pipeline.engines.session import SessionPool
from pipeline.media.plate_reader import PlateReader
from pipeline.project.plate_map import Stretch, outside

_GOES_ON = 0.8
"""Correlation of two tiny pictures from which they are of one shot; the one may be graded otherwise than the other."""


def carry_analysis(
    old: Journal,
    new: Journal,
    reader: PlateReader,
    pool: SessionPool,
    unchanged: Sequence[Stretch],
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> int:
    """Fill an empty journal with the whole analysis of the new plate; how many of its frames were looked at for it.

    On frames of `unchanged`, `old` holds what is to be seen. Nothing is written before all of it is there.

    Raises
    ------
    Cancelled
        `cancelled` said so; the journal is as empty as before.
    """
    frames = reader.info.frames
    fresh = outside(unchanged, frames, new=True)
    total = sum(last + 1 - first for first, last in fresh)
    parts = [(each.new, each) for each in unchanged] + [(first, (first, last)) for first, last in fresh]
    written, done = _Written(), 0
    for _, part in sorted(parts, key=lambda each: each[0]):
        if isinstance(part, Stretch):
            written.copy(old, part.old, part.length, part.offset)
            continue
        first, last = part
        seen = MemoryJournal()
        observe(reader, pool, ObserveOptions(first, last + 1), _after(done, total, progress), cancelled, seen)
        written.copy(seen, first, last + 1 - first, 0, of_range=True)
        done += last + 1 - first
    new.commit(written.chunk(frames))
    return total


def _after(before: int, total: int, progress: Callable[[int, int], None]) -> Callable[[int, int], None]:
    """Progress within one part, told as that of all."""
    return lambda done, _total: progress(before + done, total)


@dataclass(slots=True)
class _Written:
    """What was copied so far; numbers of tracklets and shots are given anew."""

    rows: dict[int, RowBlock] = field(default_factory=dict)
    ended: list[EndedTracklet] = field(default_factory=list)
    cuts: list[int] = field(default_factory=list)
    unreadable: list[int] = field(default_factory=list)
    pictures: list[NDArray[np.uint8]] = field(default_factory=list)
    change: list[float] = field(default_factory=list)
    hands: list[SeenHand] = field(default_factory=list)

    def copy(self, source: Journal, start: int, length: int, offset: int, *, of_range: bool = False) -> None:
        """Frames start..start + length - 1 of a journal, `offset` later; `of_range`: it holds no others."""
        stop = start + length
        base = start if of_range else 0
        pictures = source.pictures()[start - base : stop - base]
        begins = not self.pictures or self._jumps(pictures[0])
        shot = self._shots + 1 if begins else max(0, self._shots)
        inner = [cut for cut in source.cuts() if start < cut < stop]
        self.cuts += [start + offset] * begins + [cut + offset for cut in inner]
        self.pictures += list(pictures)
        change = source.change()[start - base : stop - base].tolist()
        self.change += [float("nan"), *change[1:]]
        self.unreadable += [frame + offset for frame in source.unreadable() if start <= frame < stop]
        numbers: dict[int, int] = {}
        for each in source.tracklets():
            block = source.rows(each.number).between(start, stop)
            if len(block.frames):
                number = numbers[each.number] = len(self.ended)
                inside = shot + sum(cut <= int(block.frames[0]) for cut in inner)
                self.rows[number] = _moved(block, offset)
                self.ended.append(EndedTracklet(number, inside, each.embedding_sum))
        self.hands += [
            SeenHand(numbers[each.tracklet], each.frame + offset, each.hand)
            for each in source.hands()
            if start <= each.frame < stop and each.tracklet in numbers
        ]

    @property
    def _shots(self) -> int:
        """Number of the last shot; -1 before the first."""
        return len(self.cuts) - 1

    def _jumps(self, picture: NDArray[np.uint8]) -> bool:
        one, other = (each.astype(np.float64) - each.mean() for each in (self.pictures[-1], picture))
        lengths = float(np.linalg.norm(one) * np.linalg.norm(other))
        return lengths > 0 and float((one * other).sum()) / lengths < _GOES_ON

    def chunk(self, stop: int) -> Chunk:
        """All of it; there is nothing to take up again after it."""
        return Chunk(
            stop, self.rows, self.ended, self.cuts, self.unreadable, b"", self.pictures, self.change, self.hands
        )


def _moved(block: RowBlock, offset: int) -> RowBlock:
    """Rows on other frames; what led into the first one is unknown."""
    flow, error, change = block.flow.copy(), block.error.copy(), block.change.copy()
    flow[0], error[0], change[0] = 0, NO_FLOW, np.nan
    return replace(block, frames=(block.frames + offset).astype(np.int32), flow=flow, error=error, change=change)
