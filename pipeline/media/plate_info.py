"""What is known of a plate before a frame of it is decoded for work."""

from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Literal

from pipeline.imaging.planes import ColourTags, PixelFormat
from pipeline.media.hdr_metadata import HdrMetadata

PlateKind = Literal["film", "sequence", "still"]


@dataclass(frozen=True, slots=True)
class AudioInfo:
    """One audio stream. `index` is its stream number in the container."""

    index: int
    codec: str
    sample_rate: int
    channels: int
    language: str | None = None


@dataclass(frozen=True, slots=True)
class PlateInfo:
    """A plate: a film, an image sequence, or a still (one frame).

    `width` and `height` are the coded picture's; `rotation` (degrees clockwise) and `pixel_aspect`
    (width of a sample over its height) lead from there to the picture as it is shown.
    `rate` is frames a second, the mean one where `vfr`. `format` is how frames are handed out:
    planar, whatever the file's own packing (`coded_format`) is.
    """

    path: Path
    kind: PlateKind
    frames: int
    rate: Fraction
    time_base: Fraction
    vfr: bool
    width: int
    height: int
    rotation: int
    pixel_aspect: Fraction
    format: PixelFormat
    colour: ColourTags
    interlaced: bool
    first_timecode: str | None
    codec: str
    container: str
    audio: tuple[AudioInfo, ...] = ()
    subtitles: int = 0
    chapters: int = 0
    coded_format: str = ""
    stream: int = 0
    """The film's stream number in the container."""
    icc: bytes | None = field(default=None, repr=False)
    """The picture's own ICC profile (stills and sequences)."""
    members: tuple[Path, ...] = field(default=(), repr=False)
    """The files of a sequence or still, in frame order; empty for a film."""
    first_number: int | None = None
    """The number in the first file's name of a sequence."""
    colour_space: str | None = None
    """The input colour space it was opened in, a name of `imaging.colour_space`; None: as `colour` says.
    It steers the view alone: `colour` stays what the file states, and what a result is tagged with."""

    hdr: HdrMetadata | None = None
    """What a film's first picture states of its mastering display and content light level."""

    @property
    def display_size(self) -> tuple[int, int]:
        """(width, height) as shown: square pixels, rotated."""
        width, height = max(1, round(self.width * self.pixel_aspect)), self.height
        return (height, width) if self.rotation in (90, 270) else (width, height)
