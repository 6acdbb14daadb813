"""What the networks are shown of a plate is what its whole picture in colour would show them."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from pipeline.analysis.picture import Picture
from pipeline.engines.regions import Border, Region, crop, letterbox
from pipeline.imaging.planes import ColourTags, PixelFormat, Planes
from pipeline.imaging.view import DisplayView
from pipeline.media.plate_view import view_of
from pipeline.media.reader import open_plate


@pytest.fixture(scope="module", params=["WolfgangLanger_Pexels.mp4", "synthetic_talker.mp4"])
def picture(request: pytest.FixtureRequest, media_dir: Path) -> Picture:
    with open_plate(media_dir / request.param) as reader:
        return Picture(reader.read(3), view_of(reader.info))


@pytest.mark.parametrize("border", ["zero", "replicate"])
@pytest.mark.parametrize("turn", [0.0, 0.4])
def test_a_region_is_cut_as_from_the_whole_picture(picture: Picture, border: Border, turn: float) -> None:
    width, height = picture.size
    for region in (letterbox(width, height), Region(width * 0.9, height / 2, height / 2, height / 2, turn)):
        part = crop(picture, region, 192, border).astype(int)
        expected = crop(picture.rgb, region, 192, border).astype(int)
        assert np.abs(part - expected).mean() < 0.5
        assert np.abs((part - expected).mean((0, 1))).max() < 0.1


def test_sparse_pixels_are_the_picture_s_own(picture: Picture) -> None:
    apart = np.abs(picture.sparse(4).astype(int) - picture.rgb[::4, ::4])
    assert apart.mean() < 1.0


def planes_of(form: PixelFormat, colour: ColourTags, seed: int = 0) -> Planes:
    rng = np.random.default_rng(seed)
    top = (1 << form.depth) - 1
    luma = rng.integers(0, top, (36, 64)).astype(np.uint16)
    chroma = [rng.integers(0, top, (36 >> form.log2_chroma_h, 64 >> form.log2_chroma_w)).astype(np.uint16)] * 2
    return Planes(form, colour, 64, 36, (luma, *chroma), 0, 0, Fraction(1, 24))


def view(form: PixelFormat, colour: ColourTags, rotation: int = 0) -> DisplayView:
    return DisplayView(64, 36, rotation, Fraction(1), form, colour)


TEN_BIT = PixelFormat("yuv422p10le", "yuv", 10, log2_chroma_w=1)
BROADCAST = ColourTags("limited", "bt709", "bt709", "bt709")
QUANTISER = ColourTags("limited", "bt2020", "pq", "bt2020")


def test_brightness_of_ten_bits_is_luma_as_coded() -> None:
    planes = planes_of(TEN_BIT, BROADCAST)
    picture = Picture(planes, view(TEN_BIT, BROADCAST))
    assert picture.limited
    np.testing.assert_array_equal(picture.gray, planes.data[0] // 4)


def test_brightness_under_another_curve_is_that_of_the_picture_shown() -> None:
    picture = Picture(planes_of(TEN_BIT, QUANTISER), view(TEN_BIT, QUANTISER))
    assert not picture.limited
    assert picture.gray.shape == (36, 64)


def test_a_turned_plate_is_cut_as_it_is_shown() -> None:
    picture = Picture(planes_of(TEN_BIT, BROADCAST), view(TEN_BIT, BROADCAST, rotation=90))
    assert picture.size == (36, 64)
    assert picture.rgb.shape == (*picture.gray.shape, 3)
    cut = crop(picture, Region(18, 32, 16, 16), 16, "zero")
    np.testing.assert_array_equal(cut, crop(picture.rgb, Region(18, 32, 16, 16), 16, "zero"))
