"""What an image sequence or a still is, from its first readable file."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from pipeline.errors import MediaError, MediaUnreadable
from pipeline.media.picture_run import PictureRun
from pipeline.media.plate_info import PlateInfo, PlateKind
from pipeline.media.still_picture import StillPicture, read_picture

ASSUMED_RATE = Fraction(24)
"""Frames a second of a sequence whose files state none."""


def probe_still(path: Path) -> PlateInfo:
    """A plate of one frame. Raises as `read_picture`."""
    return _describe(path, "still", read_picture(path), (path,), None)


def probe_run(path: Path, run: PictureRun) -> PlateInfo:
    """A sequence; damaged or missing files at its start are looked past. Raises MediaUnreadable for no picture."""
    first_error: MediaError | None = None
    for file in run.files:
        try:
            return _describe(path, "sequence", read_picture(file), run.files, run.first_number)
        except MediaError as error:
            first_error = first_error or error
    raise MediaUnreadable(f"{path} holds no picture that can be read. {first_error}")


def _describe(
    path: Path, kind: PlateKind, picture: StillPicture, files: tuple[Path, ...], first_number: int | None
) -> PlateInfo:
    rate = picture.rate or ASSUMED_RATE
    colour = picture.colour
    if picture.rate is None and kind == "sequence":
        colour = replace(colour, assumed=(*colour.assumed, "rate"))
    return PlateInfo(
        path=path,
        kind=kind,
        frames=len(files),
        rate=rate,
        time_base=1 / rate,
        vfr=False,
        width=picture.width,
        height=picture.height,
        rotation=picture.rotation,
        pixel_aspect=picture.pixel_aspect,
        format=picture.format,
        colour=colour,
        interlaced=False,
        first_timecode=picture.timecode,
        codec=picture.codec,
        container="image",
        coded_format=picture.coded_format,
        icc=picture.icc,
        members=files,
        first_number=first_number,
    )
