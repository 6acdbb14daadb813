"""A source photo as pixels: upright and in sRGB, whatever the camera stored."""

import io
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from pipeline.errors import MediaNotFound, MediaUnreadable
from pipeline.imaging.arrays import ImageU8
from pipeline.media.picture_run import is_picture
from pipeline.media.plate_view import view_of
from pipeline.media.sequence_probe import probe_still
from pipeline.media.sequence_reader import SequenceReader

_PLATE_FORMATS = frozenset({".exr", ".dpx"})
_DEEP_MODES = ("I", "F")
"""Pillow's modes of more than 8 bit a sample, which it clips instead of scaling."""


def read_photo(path: Path | str) -> ImageU8:
    """(h, w, 3) RGB 0..255 of a photo; orientation and ICC profile applied, transparency dropped.

    EXR, DPX, grey of more than 8 bit and what Pillow does not know are read as plates are: through their
    display-referred view.

    Raises
    ------
    MediaNotFound, MediaUnreadable, UnsupportedFormat
    """
    path = Path(path)
    if not path.exists():
        raise MediaNotFound(f"{path} does not exist; check the name and the folder.")
    if path.is_dir():
        raise MediaUnreadable(f"{path} is a folder; name the photo inside it.")
    if path.suffix.lower() in _PLATE_FORMATS:
        return _as_plate(path)
    try:
        with Image.open(path) as opened:
            if opened.mode.startswith(_DEEP_MODES):
                return _as_plate(path)
            opened.load()
            return np.array(_to_srgb(ImageOps.exif_transpose(opened)), np.uint8)
    except UnidentifiedImageError as error:
        if is_picture(path):
            return _as_plate(path)
        raise MediaUnreadable(f"{path} is not a picture this program can read; save it as PNG or JPEG.") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise MediaUnreadable(f"{path} is damaged or cut short ({error}); copy it again.") from error


def _as_plate(path: Path) -> ImageU8:
    with SequenceReader(probe_still(path), cache_bytes=0) as reader:
        return view_of(reader.info).rgb8(reader.read(0))


def _to_srgb(picture: Image.Image) -> Image.Image:
    profile = picture.info.get("icc_profile")
    if not profile:
        return picture.convert("RGB")
    source = picture if picture.mode in ("RGB", "L", "CMYK", "LAB") else picture.convert("RGB")
    try:
        stored = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(source, stored, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return picture.convert("RGB")
    return converted if converted is not None else picture.convert("RGB")
