"""Opening a plate, whatever kind it is."""

from pathlib import Path

from pipeline.media.film_probe import probe_film
from pipeline.media.film_reader import FilmReader
from pipeline.media.picture_run import is_pattern, is_picture
from pipeline.media.plate_reader import PlateReader
from pipeline.media.probe import probe
from pipeline.media.sequence_reader import SequenceReader

__all__ = ["PlateReader", "open_plate"]


def open_plate(path: Path | str, *, cache_bytes: int = 256 << 20, threads: int = 2) -> PlateReader:
    """A reader of the plate at `path`.

    `cache_bytes` bounds the decoded pictures kept for random reads; `threads` are the decoder's.
    Raises as `media.probe.probe`.
    """
    path = Path(path)
    if path.is_file() and not is_picture(path) and not is_pattern(path):
        info, index = probe_film(path)
        return FilmReader(info, index, cache_bytes, threads)
    return SequenceReader(probe(path), cache_bytes)
