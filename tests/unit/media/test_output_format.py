"""The format that loses least is chosen, and losses are said."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from pipeline.errors import UnsupportedFormat
from pipeline.imaging.planes import ColourTags
from pipeline.media.output_format import OutputFormat, output_format
from pipeline.media.pixel_formats import pixel_format
from pipeline.media.plate_info import PlateInfo
from pipeline.media.presets import load_preset

LIMITED = ColourTags("limited", "bt709", "bt709", "bt709")
FULL_RGB = ColourTags("full", "rgb", "srgb", "bt709")


def plate(name: str, size: tuple[int, int] = (1920, 1080), colour: ColourTags = LIMITED) -> PlateInfo:
    return PlateInfo(
        path=Path("plate.mov"),
        kind="film",
        frames=10,
        rate=Fraction(25),
        time_base=Fraction(1, 25),
        vfr=False,
        width=size[0],
        height=size[1],
        rotation=0,
        pixel_aspect=Fraction(1),
        format=pixel_format(name),
        colour=colour,
        interlaced=False,
        first_timecode=None,
        codec="",
        container="",
    )


def chosen(preset: str, info: PlateInfo) -> OutputFormat:
    return output_format(load_preset(preset), info)


@pytest.mark.parametrize(
    ("preset", "name", "wanted", "exact"),
    [
        ("h264-review", "yuv420p", "yuv420p", True),
        ("h264-review", "yuv422p10le", "yuv420p", False),
        ("h264-high", "yuv422p10le", "yuv422p10le", True),
        ("h264-high", "yuv444p12le", "yuv444p10le", False),
        ("hevc-10", "yuv420p", "yuv420p10le", False),
        ("prores-422hq", "yuv422p10le", "yuv422p10le", True),
        ("prores-422hq", "yuv420p", "yuv422p10le", False),
        ("prores-4444", "yuva444p10le", "yuva444p10le", True),
        ("prores-4444", "yuv422p10le", "yuv444p10le", False),
        ("ffv1-lossless", "yuv420p", "yuv420p", True),
        ("ffv1-lossless", "yuv422p10le", "yuv422p10le", True),
        ("ffv1-lossless", "yuv444p12le", "yuv444p12le", True),
        ("ffv1-lossless", "gray16le", "gray16le", True),
        ("ffv1-lossless", "gbrp", "bgr0", True),
        ("ffv1-lossless", "gbrap", "bgra", True),
        ("ffv1-lossless", "gbrp12le", "gbrp12le", True),
        ("ffv1-lossless", "gbrp16le", "gbrp16le", True),
        ("ffv1-lossless", "yuva444p10le", "yuva444p10le", True),
        ("png", "gbrap16le", "rgba64be", True),
    ],
)
def test_the_plates_own_format_where_the_preset_has_it(preset: str, name: str, wanted: str, exact: bool) -> None:
    colour = FULL_RGB if name.startswith("gbr") else LIMITED
    result = chosen(preset, plate(name, colour=colour))
    assert (result.name, result.exact) == (wanted, exact)


def test_full_range_is_made_limited_where_the_codec_knows_no_other() -> None:
    result = chosen("prores-422hq", plate("yuv422p10le", colour=replace(LIMITED, range="full")))
    assert result.colour.range == "limited"
    assert not result.exact


def test_rgb_pictures_get_a_matrix() -> None:
    assert chosen("h264-review", plate("gbrp", colour=FULL_RGB)).colour.matrix == "bt709"
    wide = replace(FULL_RGB, primaries="bt2020")
    assert chosen("hevc-10", plate("gbrp10le", colour=wide)).colour.matrix == "bt2020"


def test_scene_linear_pictures_are_shown_as_srgb_in_integer_formats_and_kept_in_float() -> None:
    linear = ColourTags("full", "rgb", "linear", "ap1")
    film = chosen("h264-high", plate("gbrpf32le", colour=linear))
    assert (film.colour.transfer, film.colour.primaries) == ("srgb", "bt709")
    frames = chosen("exr-half", plate("gbrpf32le", colour=linear))
    assert (frames.colour.transfer, frames.colour.primaries) == ("linear", "ap1")


def test_odd_sizes_take_another_format_and_say_so() -> None:
    result = chosen("h264-review", plate("yuv420p", (641, 361)))
    assert result.name == "yuv444p"
    assert "641 × 361" in result.notes[0]


def test_odd_sizes_are_refused_where_nothing_fits() -> None:
    with pytest.raises(UnsupportedFormat, match="641 × 361"):
        chosen("dnxhr-hqx", plate("yuv422p10le", (641, 361)))


def test_lost_alpha_and_depth_are_said() -> None:
    notes = " ".join(chosen("h264-review", plate("yuva444p10le")).notes)
    assert "alpha" in notes
    assert "8 of the plate's 10 bits" in notes
    assert "yuv420p instead of yuva444p10le" in notes


def test_kept_chroma_needs_no_word() -> None:
    assert not chosen("h264-review", plate("yuv420p")).notes
    assert not chosen("prores-422hq", plate("yuv422p10le")).notes
    assert not chosen("png-16", plate("gray16le")).notes


def test_an_encoder_that_is_not_in_this_build_is_named() -> None:
    preset = replace(load_preset("h264-review"), codec="libopenh264")
    with pytest.raises(UnsupportedFormat, match="libopenh264"):
        output_format(preset, plate("yuv420p"))


def test_picture_files_come_out_upright() -> None:
    turned = replace(plate("yuv422p"), rotation=90)
    assert chosen("png", turned).turned == 90
    assert chosen("jpeg", turned).name == "yuvj444p"
    assert chosen("h264-review", turned).turned == 0
