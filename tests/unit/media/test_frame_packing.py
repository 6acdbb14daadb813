"""Planes reach the encoder's picture sample for sample, with what they mean."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from pipeline.imaging.planes import ColourTags, Planes
from pipeline.media.frame_packing import h273_codes, picture_of
from pipeline.media.frame_planes import planes_of
from pipeline.media.pixel_formats import pixel_format

PLAIN = ColourTags("limited", "bt709", "bt709", "bt709")


def noise(name: str, width: int, height: int) -> Planes:
    form = pixel_format(name)
    source = np.random.default_rng(3)
    sizes = [(height, width)] * (1 if form.family == "gray" else 3)
    if form.family == "yuv":
        sizes[1:] = [(-(-height >> form.log2_chroma_h), -(-width >> form.log2_chroma_w))] * 2
    if form.alpha:
        sizes.append((height, width))
    if form.is_float:
        data = tuple(source.normal(0, 3, size).astype(np.float16).astype(np.float32) for size in sizes)
        return Planes(form, PLAIN, width, height, data, 0, 0, Fraction(1))
    dtype: Any = np.uint8 if form.depth == 8 else np.uint16
    whole = tuple(source.integers(0, 1 << form.depth, size).astype(dtype) for size in sizes)
    return Planes(form, PLAIN, width, height, whole, 0, 0, Fraction(1))


@pytest.mark.parametrize(
    "name",
    [
        "yuv420p", "yuv411p", "yuv422p10le", "yuv444p12le", "yuva444p10le", "gbrp", "gbrap16le", "gbrpf32le",
        "gbrpf16le", "gray", "gray16le",
    ],
)  # fmt: skip
@pytest.mark.parametrize("size", [(64, 48), (37, 21), (1, 1)])
def test_every_sample_arrives(name: str, size: tuple[int, int]) -> None:
    planes = noise(name, *size)
    back = planes_of(picture_of(planes), PLAIN, 0, 0, Fraction(1))
    assert all(np.array_equal(one, other) for one, other in zip(planes.data, back.data, strict=True))


def test_pictures_carry_their_tags() -> None:
    colour = ColourTags("limited", "bt2020", "pq", "bt2020")
    picture = picture_of(replace(noise("yuv420p10le", 16, 16), colour=colour))
    assert (picture.color_range, picture.colorspace, picture.color_trc, picture.color_primaries) == (1, 9, 16, 9)


def test_what_the_plate_did_not_state_stays_unstated() -> None:
    colour = ColourTags("limited", "bt601", "bt601", "bt601-525", assumed=("matrix", "transfer", "range"))
    assert h273_codes(colour) == (0, 2, 2, 6)


def test_gamuts_and_curves_without_a_number_are_unspecified() -> None:
    assert h273_codes(ColourTags("full", "rgb", "logc3", "awg3")) == (2, 0, 2, 2)
