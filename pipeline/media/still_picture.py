"""One picture file decoded: PNG, TIFF, DPX, JPEG and EXR, in their own bit depth."""

from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import av
import av.error
from PIL import Image, UnidentifiedImageError

from pipeline.errors import MediaNotFound, MediaUnreadable, UnsupportedFormat
from pipeline.imaging.planes import ColourTags, PixelFormat, Plane
from pipeline.media.colour_tags import colour_tags
from pipeline.media.dpx_header import dpx_facts
from pipeline.media.exr_file import read_exr
from pipeline.media.film_container import film_stream, open_container, pixel_aspect_of
from pipeline.media.frame_planes import planes_of
from pipeline.media.icc_profile import primaries_of
from pipeline.media.pixel_formats import pixel_format, planar_name


@dataclass(frozen=True, slots=True, eq=False)
class StillPicture:
    """A decoded picture file and what it says of itself. `rotation` is clockwise to the shown picture."""

    format: PixelFormat
    coded_format: str
    codec: str
    colour: ColourTags
    width: int
    height: int
    data: tuple[Plane, ...]
    rotation: int = 0
    pixel_aspect: Fraction = Fraction(1)
    icc: bytes | None = None
    rate: Fraction | None = None
    timecode: str | None = None


def read_picture(path: Path) -> StillPicture:
    """The picture in `path`. Raises MediaNotFound, MediaUnreadable, UnsupportedFormat."""
    if not path.exists():
        raise MediaNotFound(f"{path} does not exist; check the name and the folder.")
    if path.stat().st_size == 0:
        raise MediaUnreadable(f"{path} is empty; copy it again from its source.")
    if path.suffix.lower() == ".exr":
        return _from_exr(path)
    icc = _icc_of(path)
    try:
        with open_container(path) as container:
            stream = film_stream(container)
            picture = next(container.decode(stream))
            still = _from_frame(picture, stream.codec_context.name, pixel_aspect_of(stream), icc)
    except (av.error.FFmpegError, LookupError, StopIteration) as error:
        raise MediaUnreadable(
            f"{path} cannot be read as a picture: it is damaged, cut short, or not a picture ({error})."
        ) from error
    if path.suffix.lower() != ".dpx":
        return still
    rate, timecode = dpx_facts(path)
    return replace(still, rate=rate, timecode=timecode)


def _from_frame(picture: av.VideoFrame, codec: str, aspect: Fraction, icc: bytes | None) -> StillPicture:
    name = picture.format.name
    form = pixel_format(planar_name(name))
    codes = (
        int(picture.color_range),
        int(picture.colorspace),
        int(picture.color_trc),
        int(picture.color_primaries),
    )
    colour = colour_tags(form, picture.width, picture.height, codes, "yuvj" in name)
    if form.family == "yuv" and codec == "mjpeg":
        # JFIF fixes the matrix and the curve whatever the size.
        colour = replace(
            colour, range="full", matrix="bt601", transfer="srgb", primaries="bt709", siting="center", assumed=()
        )
    profile = primaries_of(icc)
    if profile is not None:
        colour = replace(
            colour, primaries=profile, assumed=tuple(name for name in colour.assumed if name != "primaries")
        )
    planes = planes_of(picture, colour, 0, 0, Fraction(1))
    rotation = -round(picture.rotation / 90) * 90 % 360
    return StillPicture(form, name, codec, colour, picture.width, picture.height, planes.data, rotation, aspect, icc)


def _from_exr(path: Path) -> StillPicture:
    exr = read_exr(path)
    form = pixel_format(exr.format_name)
    height, width = exr.data[0].shape
    assumed = () if exr.primaries is not None else ("primaries",)
    colour = ColourTags("full", "rgb", "linear", exr.primaries or "bt709", assumed=assumed)
    return StillPicture(
        form,
        exr.coded_format,
        "exr",
        colour,
        width,
        height,
        exr.data,
        0,
        exr.pixel_aspect,
        None,
        exr.rate,
        exr.timecode,
    )


def _icc_of(path: Path) -> bytes | None:
    """The profile in the file's header; no pixel is decoded. Raises UnsupportedFormat for CMYK."""
    try:
        with Image.open(path) as header:
            if header.mode == "CMYK":
                raise UnsupportedFormat(f"{path} is a CMYK picture; save it as RGB first.")
            icc = header.info.get("icc_profile")
            return icc if isinstance(icc, bytes) and icc else None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None
