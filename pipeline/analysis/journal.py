"""What a pass writes down as it goes: rows in chunks, ended tracklets, and where to take it up again."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.row_block import RowBlock, joined
from pipeline.engines.hands.hand_landmarker import HandMesh


@dataclass(frozen=True, slots=True, eq=False)
class EndedTracklet:
    """A tracklet that is complete. `embedding_sum` (D,) float64 is the sum of its embeddings."""

    number: int
    shot: int
    embedding_sum: NDArray[np.float64]


PICTURE_SHAPE = (9, 16, 3)
"""Of the tiny pictures that are kept of every frame."""


class SeenHand(NamedTuple):
    """A hand seen near a tracklet's face in one frame; joints in plate pixels, every number in single precision."""

    tracklet: int
    frame: int
    hand: HandMesh


@dataclass(frozen=True, slots=True, eq=False)
class Chunk:
    """What a pass found in a run of frames, and its state after them."""

    stop: int
    """The first frame that the chunk does not cover."""
    rows: Mapping[int, RowBlock]
    """By tracklet number; a tracklet that was followed back may have rows from before the chunk."""
    ended: Sequence[EndedTracklet]
    cuts: Sequence[int]
    """Frames that begin a shot."""
    unreadable: Sequence[int]
    """Frames that could not be decoded."""
    state: bytes
    """What the pass needs to go on from `stop`."""
    pictures: Sequence[NDArray[np.uint8]] = ()
    """A tiny picture of each of the chunk's frames, (9, 16, 3); of an unreadable one that before it."""
    change: Sequence[float] = ()
    """1 - SSIM of each of the chunk's frames against the one before; NaN where that was not compared."""
    hands: Sequence[SeenHand] = ()


class Journal(ABC):
    """Keeps the chunks of one pass. Writing a chunk is all or nothing."""

    @abstractmethod
    def resume_point(self) -> tuple[int, bytes] | None:
        """The frame to go on with and the state to go on in; None at the beginning."""

    @abstractmethod
    def commit(self, chunk: Chunk) -> None:
        """Add the next chunk."""

    @abstractmethod
    def tracklets(self) -> list[EndedTracklet]:
        """Every ended tracklet, by number."""

    @abstractmethod
    def rows(self, number: int) -> RowBlock:
        """All rows of a tracklet."""

    @abstractmethod
    def cuts(self) -> list[int]:
        """Frames that begin a shot, ascending."""

    @abstractmethod
    def pictures(self) -> NDArray[np.uint8]:
        """Tiny pictures (n, 9, 16, 3) of every frame of the pass, from its first one on."""

    @abstractmethod
    def unreadable(self) -> list[int]:
        """Frames that could not be decoded, ascending."""

    @abstractmethod
    def hands(self) -> list[SeenHand]:
        """Hands seen near faces, in the order they were written."""

    @abstractmethod
    def change(self) -> NDArray[np.float32]:
        """Change of the whole picture (n,) in every frame of the pass, from its first one on."""


class MemoryJournal(Journal):
    """For a pass whose result nobody keeps."""

    def __init__(self) -> None:
        self._chunks: list[Chunk] = []

    def resume_point(self) -> tuple[int, bytes] | None:
        return (self._chunks[-1].stop, self._chunks[-1].state) if self._chunks else None

    def commit(self, chunk: Chunk) -> None:
        self._chunks.append(chunk)

    def tracklets(self) -> list[EndedTracklet]:
        return sorted((each for chunk in self._chunks for each in chunk.ended), key=lambda each: each.number)

    def rows(self, number: int) -> RowBlock:
        return joined([chunk.rows[number] for chunk in self._chunks if number in chunk.rows])

    def cuts(self) -> list[int]:
        return [frame for chunk in self._chunks for frame in chunk.cuts]

    def pictures(self) -> NDArray[np.uint8]:
        found = [picture for chunk in self._chunks for picture in chunk.pictures]
        return np.array(found, np.uint8).reshape(-1, *PICTURE_SHAPE)

    def unreadable(self) -> list[int]:
        return [frame for chunk in self._chunks for frame in chunk.unreadable]

    def hands(self) -> list[SeenHand]:
        return [each for chunk in self._chunks for each in chunk.hands]

    def change(self) -> NDArray[np.float32]:
        return np.array([value for chunk in self._chunks for value in chunk.change], np.float32)
