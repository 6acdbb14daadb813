"""What a picture file says of itself comes back out of it, and its pixels stay."""

import io
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import OpenEXR
import pytest
from PIL import Image, ImageCms

from pipeline.imaging.planes import ColourTags, Planes
from pipeline.media.convert import PlaneConverter
from pipeline.media.encoder import EncoderSettings
from pipeline.media.frame_file import encode_file
from pipeline.media.output_format import OutputFormat
from pipeline.media.picture_statement import with_statement
from pipeline.media.pixel_formats import pixel_format, planar_name
from pipeline.media.tiff_tag import with_tag

SAYS = {"comment": "AI-generated <by> a test & more", "digital_source_type": "http://example.org/composite"}
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
FORMATS = [("png", "rgb24"), ("png", "rgb48be"), ("tiff", "rgb24"), ("tiff", "rgb48le"), ("mjpeg", "yuvj444p")]


def picture_file(codec: str, name: str, metadata: dict[str, str]) -> bytes:
    form = pixel_format(planar_name(name))
    linear = form.is_float
    colour = ColourTags(
        "full", "bt601" if form.family == "yuv" else "rgb", "linear" if linear else "srgb", "bt709", "center"
    )
    source = np.random.default_rng(4)
    dtype: Any = np.float32 if linear else np.uint8 if form.depth == 8 else np.uint16
    data = tuple(source.integers(0, 1 << min(form.depth, 16), (31, 45)).astype(dtype) for _ in range(3))
    planes = Planes(form, colour, 45, 31, data, 0, 0, Fraction(1))
    target = OutputFormat(name, form, colour, exact=True)
    settings = EncoderSettings(codec, target, 45, 31, Fraction(1), Fraction(25), Fraction(1, 25), 1, ())
    return encode_file(PlaneConverter(form, colour, target).picture(planes), settings, PROFILE, metadata)


@pytest.mark.parametrize(("codec", "name"), FORMATS)
def test_the_statement_is_read_as_xmp_beside_the_profile(codec: str, name: str) -> None:
    with Image.open(io.BytesIO(picture_file(codec, name, SAYS))) as picture:
        packet = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp")
        assert packet is not None
        text = packet if isinstance(packet, str) else packet.decode()
        assert "AI-generated &lt;by&gt; a test &amp; more" in text
        assert 'DigitalSourceType="http://example.org/composite"' in text
        assert picture.info["icc_profile"] == PROFILE


@pytest.mark.parametrize(("codec", "name"), FORMATS)
def test_pixels_are_not_touched(codec: str, name: str) -> None:
    pictures = []
    for metadata in ({}, SAYS):
        with Image.open(io.BytesIO(picture_file(codec, name, metadata))) as picture:
            pictures.append(np.asarray(picture))
    assert np.array_equal(pictures[0], pictures[1])


def test_an_exr_says_it_as_its_comment(tmp_path: Path) -> None:
    plain, saying = tmp_path / "plain.exr", tmp_path / "saying.exr"
    plain.write_bytes(picture_file("exr", "gbrpf32le", {}))
    saying.write_bytes(picture_file("exr", "gbrpf32le", SAYS))
    with OpenEXR.File(str(plain), separate_channels=True) as one, OpenEXR.File(str(saying), True) as other:
        assert other.header()["comments"] == SAYS["comment"]
        assert "comments" not in one.header()
        for name in "RGB":
            assert np.array_equal(one.channels()[name].pixels, other.channels()[name].pixels)


def test_nothing_to_say_and_no_place_for_it_leave_a_file_as_it_is() -> None:
    assert with_statement(b"anything", "png", {}) == b"anything"
    assert with_statement(b"anything", "ppm", SAYS) == b"anything"


def test_a_value_that_lies_in_its_entry_is_refused() -> None:
    with pytest.raises(ValueError, match="four bytes"):
        with_tag(b"II", 700, 1, b"abc")
