"""The reader of a plate: frames by number, exactly; the interface films, sequences and stills share."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Generator
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import FrameUnreadable, RangeError
from pipeline.imaging.planes import Planes
from pipeline.media.plate_info import PlateInfo


class PlateReader(ABC):
    """Reads one plate; owns its decoder. Use one reader a thread, and close it (or use `with`)."""

    def __init__(self, info: PlateInfo, pts: NDArray[np.int64]) -> None:
        self._info = info
        self._pts = pts

    @property
    def info(self) -> PlateInfo:
        return self._info

    @property
    def pts(self) -> NDArray[np.int64]:
        """(frames,) presentation times in `info.time_base`, ascending."""
        return self._pts

    @property
    def longest_group(self) -> int:
        """The most frames that have to be decoded for one of them."""
        return 1

    @abstractmethod
    def read(self, frame: int) -> Planes:
        """The picture with 0-based number `frame`. Its arrays are read-only.

        Raises
        ------
        RangeError
            The plate has no such frame.
        FrameUnreadable
            The frame is damaged; others may still be read.
        SizeChanged
            The picture has another size than the plate began with.
        """

    def read_unless(self, given_up: Callable[[], bool], frame: int) -> Planes | None:
        """As `read`; None where `given_up` says, before or on the way to the frame, that nobody waits for it."""
        return None if given_up() else self.read(frame)

    @abstractmethod
    def frames(self, start: int = 0, stop: int | None = None) -> Generator[Planes | FrameUnreadable, None, None]:
        """Frames start..stop-1 in order, decoded ahead in a bounded way.

        A damaged frame comes as the exception itself, in its place. Close the iterator to stop early.
        """

    @property
    def held_bytes(self) -> int:
        """Decoded pictures that are kept for the next reads."""
        return 0

    def rest(self) -> None:
        """Give back what is held for the next read, decoder and pictures: that one opens the file again."""
        return

    @abstractmethod
    def close(self) -> None:
        """Give the decoder back; the reader is of no use afterwards."""

    def __enter__(self) -> "PlateReader":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _check_range(self, start: int, stop: int) -> None:
        if not 0 <= start <= stop <= self._info.frames:
            raise RangeError(
                f"{self._info.path} has frames 0 to {self._info.frames - 1}; {start} to {stop - 1} was asked for."
            )
