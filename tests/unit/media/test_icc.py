"""Profiles come back out of the files they were put into, and pixels stay."""

import io
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageCms

from pipeline.imaging.planes import ColourTags, Planes
from pipeline.media.convert import PlaneConverter
from pipeline.media.encoder import EncoderSettings
from pipeline.media.frame_file import encode_file
from pipeline.media.icc import embed_profile
from pipeline.media.output_format import OutputFormat
from pipeline.media.pixel_formats import pixel_format, planar_name

PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
FORMATS = [("png", "rgb24"), ("png", "rgb48be"), ("tiff", "rgb24"), ("tiff", "rgb48le"), ("mjpeg", "yuvj444p")]


def picture_file(codec: str, name: str, icc: bytes | None) -> bytes:
    form = pixel_format(planar_name(name))
    colour = ColourTags("full", "bt601" if form.family == "yuv" else "rgb", "srgb", "bt709", "center")
    source = np.random.default_rng(2)
    dtype: Any = np.uint8 if form.depth == 8 else np.uint16
    data = tuple(source.integers(0, 1 << form.depth, (31, 45)).astype(dtype) for _ in range(3))
    planes = Planes(form, colour, 45, 31, data, 0, 0, Fraction(1))
    target = OutputFormat(name, form, colour, exact=True)
    settings = EncoderSettings(codec, target, 45, 31, Fraction(1), Fraction(25), Fraction(1, 25), 1, ())
    return encode_file(PlaneConverter(form, colour, target).picture(planes), settings, icc, {})


@pytest.mark.parametrize(("codec", "name"), FORMATS)
@pytest.mark.parametrize("size", [len(PROFILE), 70001])
def test_a_profile_comes_back(codec: str, name: str, size: int) -> None:
    profile = (PROFILE * (size // len(PROFILE) + 1))[:size]
    with Image.open(io.BytesIO(picture_file(codec, name, profile))) as picture:
        assert picture.info["icc_profile"] == profile


@pytest.mark.parametrize(("codec", "name"), FORMATS)
def test_pixels_are_not_touched(codec: str, name: str) -> None:
    pictures = []
    for icc in (None, PROFILE):
        with Image.open(io.BytesIO(picture_file(codec, name, icc))) as picture:
            pictures.append(np.asarray(picture))
    assert np.array_equal(pictures[0], pictures[1])


def test_a_format_without_a_place_for_it_stays_as_it_is() -> None:
    assert embed_profile(b"v/1\x01 and so on", "exr", PROFILE) == b"v/1\x01 and so on"
