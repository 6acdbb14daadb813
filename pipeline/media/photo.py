"""A source photo as pixels: upright and in sRGB, whatever the camera stored."""

import io
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from pipeline.errors import MediaNotFound, MediaUnreadable
from pipeline.imaging.arrays import ImageU8


def read_photo(path: Path | str) -> ImageU8:
    """(h, w, 3) RGB 0..255 of a photo; orientation and ICC profile applied, transparency over black dropped.

    Raises
    ------
    MediaNotFound, MediaUnreadable
    """
    path = Path(path)
    if not path.exists():
        raise MediaNotFound(f"{path} does not exist; check the name and the folder.")
    if path.is_dir():
        raise MediaUnreadable(f"{path} is a folder; name the photo inside it.")
    try:
        with Image.open(path) as opened:
            upright = ImageOps.exif_transpose(opened)
            return np.array(_to_srgb(upright), np.uint8)
    except UnidentifiedImageError as error:
        raise MediaUnreadable(f"{path} is not a picture this program can read; save it as PNG or JPEG.") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise MediaUnreadable(f"{path} is damaged or cut short ({error}); copy it again.") from error


def _to_srgb(picture: Image.Image) -> Image.Image:
    profile = picture.info.get("icc_profile")
    if not profile:
        return picture.convert("RGB")
    source = picture if picture.mode in ("RGB", "L", "CMYK", "LAB") else picture.convert("RGB")
    try:
        stored = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(source, stored, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except ImageCms.PyCMSError:
        return picture.convert("RGB")
    return converted if converted is not None else picture.convert("RGB")
