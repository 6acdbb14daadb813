"""Reading a film: frame n by its presentation time, sequentially or at random."""

from collections.abc import Callable, Generator, Iterator

from pipeline.errors import Cancelled, FrameUnreadable
from pipeline.imaging.planes import Planes
from pipeline.media.decode_ahead import Item, ahead_depth, decode_ahead
from pipeline.media.film_cursor import FilmCursor
from pipeline.media.film_index import FilmIndex
from pipeline.media.frame_cache import FrameCache
from pipeline.media.plate_info import PlateInfo
from pipeline.media.plate_reader import PlateReader

_STEP_BACK = 3
"""A read this few frames before the last one is a step backwards."""


class FilmReader(PlateReader):
    """A film's frames. Random reads are cached; `frames` decodes in its own thread and container."""

    def __init__(self, info: PlateInfo, index: FilmIndex, cache_bytes: int, threads: int) -> None:
        super().__init__(info, index.pts)
        self._index = index
        self._threads = threads
        self._cache = FrameCache(cache_bytes)
        self._cursor: FilmCursor | None = None
        self._last_read = 0

    @property
    def longest_group(self) -> int:
        return self._index.longest_group

    def read(self, frame: int) -> Planes:
        return self._read(frame, lambda: False)

    def read_unless(self, given_up: Callable[[], bool], frame: int) -> Planes | None:
        try:
            return self._read(frame, given_up)
        except Cancelled:
            return None

    def _read(self, frame: int, given_up: Callable[[], bool]) -> Planes:
        self._check_range(frame, frame + 1)
        picture = self._cache.get(frame)
        if picture is None:
            if self._cursor is None:
                self._cursor = FilmCursor(self._info, self._index, self._threads)
            # Who steps backwards wants the frames before this one next; others would only fill the cache.
            backwards = 0 < self._last_read - frame <= _STEP_BACK
            picture = self._cursor.fetch(frame, self._cache.put if backwards else None, given_up)
            self._cache.put(picture)
        self._last_read = frame
        return picture

    def frames(self, start: int = 0, stop: int | None = None) -> Generator[Planes | FrameUnreadable, None, None]:
        last = self._info.frames if stop is None else stop
        self._check_range(start, last)
        return decode_ahead(lambda: self._sequence(start, last), ahead_depth(self._info))

    @property
    def held_bytes(self) -> int:
        return self._cache.bytes

    def close(self) -> None:
        self.rest()

    def rest(self) -> None:
        self._cache.clear()
        if self._cursor is not None:
            self._cursor.close()
            self._cursor = None

    def _sequence(self, start: int, stop: int) -> Iterator[Item]:
        cursor = FilmCursor(self._info, self._index, self._threads)
        try:
            for frame in range(start, stop):
                try:
                    yield cursor.fetch(frame)
                except FrameUnreadable as error:
                    yield error
        finally:
            cursor.close()
