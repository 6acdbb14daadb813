"""Conversion is exact where it can be, unbiased where it cannot, and the same on every run."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.imaging.planes import ChromaSiting, ColourTags, Plane, Planes
from pipeline.media.convert import PlaneConverter
from pipeline.media.frame_planes import planes_of
from pipeline.media.output_format import OutputFormat
from pipeline.media.pixel_formats import pixel_format, planar_name
from pipeline.media.reader import open_plate

LIMITED = ColourTags("limited", "bt709", "bt709", "bt709")
FULL_601 = ColourTags("full", "bt601", "bt709", "bt709", "center")
RGB = ColourTags("full", "rgb", "bt709", "bt709")
SIZE, BLOCK = 256, 32


def made(name: str, colour: ColourTags, planes: list[NDArray[np.int64]]) -> Planes:
    form = pixel_format(name)
    dtype: Any = np.uint8 if form.depth == 8 else np.uint16
    data: list[Plane] = [plane.astype(dtype) for plane in planes]
    height, width = data[0].shape
    return Planes(form, colour, width, height, tuple(data), 0, 0, Fraction(1, 25))


def blocks(name: str, colour: ColourTags) -> Planes:
    """Flat squares of random colours, so that where chroma lies makes no difference inside them."""
    form = pixel_format(name)
    unit = 1 << (form.depth - 8)
    source = np.random.default_rng(7)

    def plane(low: int, high: int) -> NDArray[np.int64]:
        cells = source.integers(low * unit, high * unit, (SIZE // BLOCK, SIZE // BLOCK))
        return np.kron(cells, np.ones((BLOCK, BLOCK), np.int64))

    if form.family == "rgb":
        return made(name, colour, [plane(20, 230) for _ in range(3)])
    full = [plane(60, 190), plane(104, 150), plane(104, 150)]
    step_x, step_y = 1 << form.log2_chroma_w, 1 << form.log2_chroma_h
    return made(name, colour, [full[0], full[1][::step_y, ::step_x], full[2][::step_y, ::step_x]])


def converted(planes: Planes, name: str, colour: ColourTags, exact: bool = False) -> av.VideoFrame:
    target = OutputFormat(name, pixel_format(planar_name(name)), colour, exact)
    return PlaneConverter(planes.format, planes.colour, target).picture(planes)


def to_rgb(planes: Planes) -> NDArray[np.float64]:
    """R'G'B' of 0..1 of the blocks, meant over their middles, from the formulas of BT.601 and BT.709."""
    form, colour = planes.format, planes.colour
    middle = []
    for plane in planes.data[:3]:
        cells = SIZE // BLOCK
        down, across = plane.shape[0] // cells, plane.shape[1] // cells
        inside = plane.reshape(cells, down, cells, across)[:, down // 4 : -down // 4, :, across // 4 : -across // 4]
        middle.append(inside.mean(axis=(1, 3), dtype=np.float64))
    top, unit = (1 << form.depth) - 1, 1 << (form.depth - 8)
    if form.family == "rgb":
        return np.stack(middle) / top
    luma, blue, red = middle
    if colour.range == "limited":
        luma, blue, red = (luma / unit - 16) / 219, (blue / unit - 128) / 224, (red / unit - 128) / 224
    else:
        luma, blue, red = luma / top, (blue - 128 * unit) / top, (red - 128 * unit) / top
    share = {"bt709": (0.2126, 0.0722), "bt601": (0.299, 0.114)}[colour.matrix]
    r, b = luma + 2 * (1 - share[0]) * red, luma + 2 * (1 - share[1]) * blue
    return np.stack([r, (luma - share[0] * r - share[1] * b) / (1 - sum(share)), b])


@pytest.mark.parametrize(
    ("name", "colour", "wanted", "meaning"),
    [
        ("yuv420p", LIMITED, "yuv420p10le", LIMITED),
        ("yuv420p", LIMITED, "yuv422p10le", LIMITED),
        ("yuv422p10le", LIMITED, "yuv420p", LIMITED),
        ("yuv420p", LIMITED, "yuvj420p", FULL_601),
        ("yuv420p", FULL_601, "yuv422p10le", LIMITED),
        ("yuv420p", LIMITED, "rgb24", RGB),
        ("yuv422p10le", LIMITED, "rgb24", RGB),
        ("yuv420p", LIMITED, "rgb48be", RGB),
        ("gbrp", RGB, "yuv420p", LIMITED),
        ("gbrp10le", RGB, "yuv444p10le", LIMITED),
        ("gbrp16le", RGB, "rgb24", RGB),
        ("gbrp", RGB, "rgb48be", RGB),
    ],
)
def test_colours_stay_what_they_are(name: str, colour: ColourTags, wanted: str, meaning: ColourTags) -> None:
    planes = blocks(name, colour)
    result = planes_of(converted(planes, wanted, meaning), meaning, 0, 0, Fraction(1, 25))
    error = to_rgb(result) - to_rgb(planes)
    code = 1 / (219 << (result.format.depth - 8))
    assert np.abs(error).max() < 1.6 * code
    assert np.abs(error.mean(axis=(1, 2))).max() < 0.15 * code


@pytest.mark.parametrize(("name", "packed"), [("gbrp", "rgb24"), ("gbrap", "rgba"), ("gbrp16le", "rgb48be")])
def test_packing_changes_no_sample(name: str, packed: str) -> None:
    form = pixel_format(name)
    noise = np.random.default_rng(1)
    count = 4 if form.alpha else 3
    planes = made(name, RGB, [noise.integers(0, 1 << form.depth, (37, 53)) for _ in range(count)])
    result = planes_of(converted(planes, packed, RGB, exact=True), RGB, 0, 0, Fraction(1, 25))
    assert all(np.array_equal(one, other) for one, other in zip(planes.data, result.data, strict=True))


def test_the_same_format_goes_through_untouched(media_dir: Path) -> None:
    with open_plate(media_dir / "WolfgangLanger_Pexels.mp4") as reader:
        planes = reader.read(100)
    picture = converted(planes, "yuv420p", planes.colour, exact=True)
    result = planes_of(picture, planes.colour, 100, 0, Fraction(1, 25))
    assert all(np.array_equal(one, other) for one, other in zip(planes.data, result.data, strict=True))


def test_lost_depth_is_dithered_by_a_fixed_pattern() -> None:
    flat = [np.full((64, 64), 513), np.full((64, 32), 514), np.full((64, 32), 512)]
    planes = made("yuv422p10le", LIMITED, flat)
    one, other = (planes_of(converted(planes, "yuv420p", LIMITED), LIMITED, 0, 0, Fraction(1)) for _ in range(2))
    assert all(np.array_equal(a, b) for a, b in zip(one.data, other.data, strict=True))
    assert one.data[0].mean() == pytest.approx(128.25)
    assert set(np.unique(one.data[0])) == {128, 129}


@pytest.mark.parametrize(("siting", "shift"), [("left", 0.5), ("center", 0.0)])
def test_chroma_comes_up_at_the_place_it_was_sampled(siting: ChromaSiting, shift: float) -> None:
    """A chroma ramp: raised to 4:4:4, its value at luma column x tells where the samples were taken to lie."""
    colour = ColourTags("limited", "bt709", "bt709", "bt709", siting)
    ramp = np.tile(64 + 2 * np.arange(64), (32, 1))
    planes = made("yuv420p", colour, [np.full((64, 128), 120), ramp, np.full((32, 64), 128)])
    result = planes_of(converted(planes, "yuv444p10le", colour), colour, 0, 0, Fraction(1))
    columns = np.arange(20, 108)
    lies_at = (result.data[1][32, columns].astype(float) / 4 - 64) / 2 * 2
    assert np.mean(lies_at - columns) == pytest.approx(-0.5 + shift, abs=0.1)


def test_float_pictures_keep_values_outside_0_to_1() -> None:
    form = pixel_format("gbrpf32le")
    linear = ColourTags("full", "rgb", "linear", "bt709")
    data = tuple(np.full((8, 8), value, np.float32) for value in (4.5, -0.25, 0.5))
    planes = Planes(form, linear, 8, 8, data, 0, 0, Fraction(1))
    result = planes_of(converted(planes, "gbrpf32le", linear, exact=True), linear, 0, 0, Fraction(1))
    assert [float(plane[0, 0]) for plane in result.data] == [4.5, -0.25, 0.5]


def test_video_becomes_linear_light_with_its_superwhites() -> None:
    planes = made("yuv420p", LIMITED, [np.full((16, 16), 254), np.full((8, 8), 128), np.full((8, 8), 128)])
    linear = ColourTags("full", "rgb", "linear", "bt709")
    result = planes_of(converted(planes, "gbrpf32le", linear), linear, 0, 0, Fraction(1))
    assert float(result.data[0][4, 4]) > 1.1


def test_pictures_are_turned_clockwise() -> None:
    planes = made("gbrp", RGB, [np.arange(6).reshape(2, 3)] * 3)
    target = OutputFormat("rgb24", pixel_format("gbrp"), RGB, exact=False, turned=90)
    picture = PlaneConverter(planes.format, RGB, target).picture(planes)
    result = planes_of(picture, RGB, 0, 0, Fraction(1))
    assert np.array_equal(result.data[0], np.rot90(np.arange(6).reshape(2, 3), -1))
