"""Opening a plate, whatever kind it is."""

from dataclasses import replace
from pathlib import Path

from pipeline.imaging.colour_space import colour_space_named
from pipeline.media.film_probe import probe_film
from pipeline.media.film_reader import FilmReader
from pipeline.media.picture_run import is_pattern, is_picture
from pipeline.media.plate_reader import PlateReader
from pipeline.media.probe import probe
from pipeline.media.sequence_reader import SequenceReader

__all__ = ["PlateReader", "open_plate"]


def open_plate(
    path: Path | str, *, cache_bytes: int = 256 << 20, threads: int = 2, colour_space: str | None = None
) -> PlateReader:
    """A reader of the plate at `path`.

    `cache_bytes` bounds the decoded pictures kept for random reads; `threads` are the decoder's;
    `colour_space` is a name of `imaging.colour_space.COLOUR_SPACES` where the file's tags are not to be
    believed (camera logs), None for what it says or is assumed to be.
    Raises as `media.probe.probe`, and UnsupportedFormat for an unknown colour space.
    """
    path = Path(path)
    if colour_space is not None:
        colour_space_named(colour_space)
    if path.is_file() and not is_picture(path) and not is_pattern(path):
        info, index = probe_film(path)
        return FilmReader(replace(info, colour_space=colour_space), index, cache_bytes, threads)
    return SequenceReader(replace(probe(path), colour_space=colour_space), cache_bytes)
