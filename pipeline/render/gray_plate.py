"""A plate as the pictures of one channel that are made of its frames: mattes, frame for frame."""

from collections.abc import Generator
from dataclasses import replace

from pipeline.errors import FrameUnreadable
from pipeline.imaging.planes import ColourTags, Planes
from pipeline.media.pixel_formats import pixel_format
from pipeline.media.plate_reader import PlateReader
from pipeline.media.presets import Preset

GRAY = pixel_format("gray16le")
"""What a matte is made as; 65535 is the whole."""


class GrayPlate(PlateReader):
    """Reads as `reader`, and says of its pictures what is true of the mattes made of them: no colour, no sound.

    A matte's number is a share and no light: it means what the file kind means, so that nothing converts it.
    """

    def __init__(self, reader: PlateReader, preset: Preset) -> None:
        colour = ColourTags("full", preset.matrix or "bt709", preset.transfer or "bt709", "bt709")
        stated = replace(
            reader.info,
            format=GRAY,
            colour=colour,
            interlaced=False,
            audio=(),
            subtitles=0,
            chapters=0,
            icc=None,
            hdr=None,
        )
        super().__init__(stated, reader.pts)
        self._reader = reader

    def read(self, frame: int) -> Planes:
        return self._reader.read(frame)

    def frames(self, start: int = 0, stop: int | None = None) -> Generator[Planes | FrameUnreadable, None, None]:
        return self._reader.frames(start, stop)

    @property
    def held_bytes(self) -> int:
        return self._reader.held_bytes

    def rest(self) -> None:
        self._reader.rest()

    def close(self) -> None:
        self._reader.close()
