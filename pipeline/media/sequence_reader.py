"""Reading image sequences and stills: one file a frame."""

from collections.abc import Generator, Iterator

import numpy as np

from pipeline.errors import FrameUnreadable, MediaError, SizeChanged, UnsupportedFormat
from pipeline.imaging.planes import Planes
from pipeline.media.decode_ahead import Item, ahead_depth, decode_ahead
from pipeline.media.frame_cache import FrameCache
from pipeline.media.plate_info import PlateInfo
from pipeline.media.plate_reader import PlateReader
from pipeline.media.still_picture import read_picture


class SequenceReader(PlateReader):
    """The frames of a sequence, or the one of a still."""

    def __init__(self, info: PlateInfo, cache_bytes: int) -> None:
        super().__init__(info, np.arange(info.frames, dtype=np.int64))
        self._cache = FrameCache(cache_bytes)

    def read(self, frame: int) -> Planes:
        self._check_range(frame, frame + 1)
        picture = self._cache.get(frame)
        if picture is None:
            picture = self._decode(frame)
            self._cache.put(picture)
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

    def _sequence(self, start: int, stop: int) -> Iterator[Item]:
        for frame in range(start, stop):
            try:
                yield self._decode(frame)
            except FrameUnreadable as error:
                yield error

    def _decode(self, frame: int) -> Planes:
        info, path = self._info, self._info.members[frame]
        try:
            picture = read_picture(path)
        except MediaError as error:
            raise FrameUnreadable(f"Frame {frame} cannot be read. {error}", frame) from error
        if (picture.width, picture.height) != (info.width, info.height):
            raise SizeChanged(
                f"{path} (frame {frame}) is {picture.width}x{picture.height}, the sequence began with "
                f"{info.width}x{info.height}. Bring all files to one size, or work on each part alone."
            )
        if picture.format != info.format:
            raise UnsupportedFormat(
                f"{path} (frame {frame}) is {picture.format.name}, the sequence began with {info.format.name}. "
                "Write all files in one format."
            )
        return Planes(info.format, info.colour, info.width, info.height, picture.data, frame, frame, info.time_base)
