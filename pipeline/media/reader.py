"""Opening a plate, whatever kind it is."""

from pathlib import Path

from pipeline.media.film_reader import FilmReader
from pipeline.media.plate_reader import PlateReader
from pipeline.media.probe import probe_film

__all__ = ["PlateReader", "open_plate"]


def open_plate(path: Path | str, *, cache_bytes: int = 256 << 20, threads: int = 2) -> PlateReader:
    """A reader of the plate at `path`.

    `cache_bytes` bounds the decoded pictures kept for random reads; `threads` are the decoder's.
    Raises as `media.probe.probe`.
    """
    info, index = probe_film(Path(path))
    return FilmReader(info, index, cache_bytes, threads)
