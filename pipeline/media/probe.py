"""What a plate is: kind, frames, rate, size, format, colour, sound: read before any work is begun."""

from pathlib import Path

from pipeline.errors import MediaNotFound, MediaUnreadable, UnsupportedFormat
from pipeline.media.film_probe import probe_film
from pipeline.media.picture_run import is_pattern, is_picture, pictures_in, run_of_folder, run_of_pattern
from pipeline.media.plate_info import PlateInfo
from pipeline.media.sequence_probe import probe_run, probe_still

_PHONE_PHOTOS = (".heic", ".heif")
"""FFmpeg opens them as films of their tiles: a part of the photo would be taken for the whole."""


def probe(path: Path | str) -> PlateInfo:
    """What the plate at `path` is: a film, a picture, a folder with one numbered run, or a run's pattern.

    Raises
    ------
    MediaNotFound, MediaUnreadable, NoVideo, UnsupportedFormat
        Each message names the file and says what to do.
    """
    path = Path(path)
    if is_pattern(path):
        return probe_run(path, run_of_pattern(path))
    if not path.exists():
        raise MediaNotFound(f"{path} does not exist; check the name and the folder.")
    if path.is_dir():
        return _probe_folder(path)
    if path.suffix.lower() in _PHONE_PHOTOS:
        raise UnsupportedFormat(f"{path} is a HEIC photo, which is not read; save it as JPEG, PNG or TIFF first.")
    return probe_still(path) if is_picture(path) else probe_film(path)[0]


def _probe_folder(folder: Path) -> PlateInfo:
    run = run_of_folder(folder)
    if run is None:
        raise MediaUnreadable(
            f"{folder} is a folder of {len(pictures_in(folder))} stills that form no numbered run; "
            "each is a plate of its own: name one here. `render --plate` takes the folder and renders them all."
        )
    return probe_run(folder, run)
