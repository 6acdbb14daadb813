"""A plate of pictures that a program already holds, for use from Python."""

from collections.abc import Generator, Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np

from pipeline.errors import FrameUnreadable, MediaUnreadable, RangeError
from pipeline.imaging.arrays import ImageU8
from pipeline.imaging.planes import ColourTags, Planes
from pipeline.media.pixel_formats import pixel_format
from pipeline.media.plate_info import PlateInfo
from pipeline.media.plate_reader import PlateReader

_COLOUR = ColourTags(range="full", matrix="rgb", transfer="srgb", primaries="bt709")


class MemoryReader(PlateReader):
    """Reads pictures (h, w, 3) RGB 0..255, all of one size, as the frames of a plate.

    Raises MediaUnreadable: there is none, or one has another shape or type.
    """

    def __init__(self, pictures: Sequence[ImageU8], rate: Fraction = Fraction(25)) -> None:
        for picture in pictures:
            if picture.ndim != 3 or picture.shape[2] != 3 or picture.dtype != np.uint8:
                raise MediaUnreadable(
                    f"Pictures are uint8 arrays (h, w, 3), RGB; one has {picture.dtype} {picture.shape}."
                )
        if len({picture.shape for picture in pictures}) != 1:
            raise MediaUnreadable("Pictures of one plate have one size; give at least one, and all alike.")
        height, width = pictures[0].shape[:2]
        info = PlateInfo(
            path=Path("pictures in memory"),
            kind="still" if len(pictures) == 1 else "sequence",
            frames=len(pictures),
            rate=rate,
            time_base=1 / rate,
            vfr=False,
            width=width,
            height=height,
            rotation=0,
            pixel_aspect=Fraction(1),
            format=pixel_format("gbrp"),
            colour=_COLOUR,
            interlaced=False,
            first_timecode=None,
            codec="memory",
            container="memory",
        )
        super().__init__(info, np.arange(len(pictures), dtype=np.int64))
        self._pictures = tuple(pictures)

    def read(self, frame: int) -> Planes:
        if not 0 <= frame < len(self._pictures):
            raise RangeError(f"There are pictures 0 to {len(self._pictures) - 1}; {frame} was asked for.")
        picture, info = self._pictures[frame], self.info
        data = tuple(np.ascontiguousarray(picture[..., channel]) for channel in range(3))
        return Planes(info.format, info.colour, info.width, info.height, data, frame, frame, info.time_base)

    def frames(self, start: int = 0, stop: int | None = None) -> Generator[Planes | FrameUnreadable, None, None]:
        last = len(self._pictures) if stop is None else stop
        self._check_range(start, last)
        return (self.read(frame) for frame in range(start, last))

    def close(self) -> None:
        self._pictures = ()
