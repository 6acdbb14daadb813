"""Every packing becomes planes with every sample as it was."""

from fractions import Fraction

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.errors import UnsupportedFormat
from pipeline.imaging.planes import ColourTags, Plane
from pipeline.media.frame_planes import planes_of
from pipeline.media.pixel_formats import pixel_format, planar_name

TAGS = ColourTags("full", "rgb", "srgb", "bt709")
WIDTH, HEIGHT = 38, 22


def fill(name: str, seed: int = 0) -> tuple[av.VideoFrame, list[NDArray[np.uint8]]]:
    """A frame of random bytes, and its planes' rows as bytes without padding."""
    rng = np.random.default_rng(seed)
    frame = av.VideoFrame(WIDTH, HEIGHT, name)
    rows = []
    for plane in frame.planes:
        content = rng.integers(0, 256, plane.buffer_size, dtype=np.uint8)
        plane.update(content.tobytes())
        rows.append(content[: plane.height * plane.line_size].reshape(plane.height, plane.line_size))
    return frame, rows


def planes(frame: av.VideoFrame) -> tuple[Plane, ...]:
    return planes_of(frame, TAGS, 0, 0, Fraction(1)).data


@pytest.mark.parametrize("name", ["yuv420p", "yuvj420p", "yuv422p10le", "yuva444p12le", "gray10le", "yuv411p"])
def test_planar_pictures_are_the_decoders_memory(name: str) -> None:
    frame, rows = fill(name)
    for plane, row in zip(planes(frame), rows, strict=True):
        wide = row.view("<u2") if plane.dtype.itemsize == 2 else row
        assert np.array_equal(plane, wide[:, : plane.shape[1]])
        assert not plane.flags.owndata
        assert not plane.flags.writeable


def test_planar_rgb_comes_as_red_green_blue() -> None:
    for name in ("gbrp", "gbrap16le", "gbrpf32le"):
        frame, rows = fill(name)
        data = planes(frame)
        for plane, source in zip(data, (2, 0, 1, 3), strict=False):
            dtype = plane.dtype.newbyteorder("<")
            assert np.array_equal(plane.view(np.uint8), rows[source].view(dtype)[:, :WIDTH].copy().view(np.uint8))


@pytest.mark.parametrize(
    ("name", "step", "order"),
    [
        ("rgb24", 3, (0, 1, 2)),
        ("bgr24", 3, (2, 1, 0)),
        ("rgba", 4, (0, 1, 2, 3)),
        ("argb", 4, (1, 2, 3, 0)),
        ("bgra", 4, (2, 1, 0, 3)),
        ("abgr", 4, (3, 2, 1, 0)),
        ("bgr0", 4, (2, 1, 0)),
        ("ya8", 2, (0, 1)),
        ("vuya", 4, (2, 1, 0, 3)),
    ],
)
def test_packed_bytes_are_taken_apart(name: str, step: int, order: tuple[int, ...]) -> None:
    frame, rows = fill(name)
    samples = rows[0][:, : WIDTH * step].reshape(HEIGHT, WIDTH, step)
    data = planes(frame)
    assert len(data) == len(order)
    for plane, place in zip(data, order, strict=True):
        assert np.array_equal(plane, samples[:, :, place])


@pytest.mark.parametrize(
    ("name", "order"),
    [
        ("rgb48le", (0, 1, 2)),
        ("rgb48be", (0, 1, 2)),
        ("bgr48le", (2, 1, 0)),
        ("rgba64be", (0, 1, 2, 3)),
        ("ayuv64le", (1, 2, 3, 0)),
        ("ya16be", (0, 1)),
    ],
)
def test_packed_words_are_taken_apart_in_either_byte_order(name: str, order: tuple[int, ...]) -> None:
    frame, rows = fill(name)
    step = len(frame.format.components)
    words = rows[0].view(">u2" if name.endswith("be") else "<u2")[:, : WIDTH * step].reshape(HEIGHT, WIDTH, step)
    for plane, place in zip(planes(frame), order, strict=True):
        assert plane.dtype == np.uint16
        assert np.array_equal(plane, words[:, :, place])


@pytest.mark.parametrize(
    ("name", "shift", "swapped"),
    [
        ("nv12", 0, False),
        ("nv21", 0, True),
        ("nv16", 0, False),
        ("p010le", 6, False),
        ("p016le", 0, False),
        ("nv20le", 0, False),
        ("p210le", 6, False),
    ],
)
def test_semi_planar_chroma_is_taken_apart(name: str, shift: int, swapped: bool) -> None:
    frame, rows = fill(name)
    wide = name not in ("nv12", "nv21", "nv16")
    luma, pairs = (row.view("<u2") if wide else row for row in rows)
    data = planes(frame)
    assert np.array_equal(data[0], luma[:, :WIDTH] >> shift)
    first, second = (2, 1) if swapped else (1, 2)
    assert np.array_equal(data[first], pairs[:, :WIDTH:2] >> shift)
    assert np.array_equal(data[second], pairs[:, 1:WIDTH:2] >> shift)


@pytest.mark.parametrize(
    ("name", "luma", "blue", "red"), [("yuyv422", 0, 1, 3), ("uyvy422", 1, 0, 2), ("yvyu422", 0, 3, 1)]
)
def test_two_pixels_in_four_bytes_are_taken_apart(name: str, luma: int, blue: int, red: int) -> None:
    frame, rows = fill(name)
    data = planes(frame)
    assert np.array_equal(data[0], rows[0][:, luma : 2 * WIDTH : 2])
    assert np.array_equal(data[1], rows[0][:, blue : 2 * WIDTH : 4])
    assert np.array_equal(data[2], rows[0][:, red : 2 * WIDTH : 4])


@pytest.mark.parametrize(("name", "shift"), [("y210le", 6), ("y212le", 4)])
def test_two_pixels_in_four_words_are_taken_apart(name: str, shift: int) -> None:
    frame, rows = fill(name)
    words = rows[0].view("<u2") >> shift
    data = planes(frame)
    assert np.array_equal(data[0], words[:, : 2 * WIDTH : 2])
    assert np.array_equal(data[1], words[:, 1 : 2 * WIDTH : 4])
    assert np.array_equal(data[2], words[:, 3 : 2 * WIDTH : 4])


@pytest.mark.parametrize(("name", "order"), [("yuv422p10be", (0, 1, 2)), ("gray16be", (0,)), ("gbrp12be", (2, 0, 1))])
def test_big_endian_planes_come_in_the_machines_order(name: str, order: tuple[int, ...]) -> None:
    frame, rows = fill(name)
    for plane, source in zip(planes(frame), order, strict=True):
        assert plane.dtype == np.uint16
        assert np.array_equal(plane, rows[source].view(">u2")[:, : plane.shape[1]])


def test_half_float_becomes_float_with_equal_values() -> None:
    frame = av.VideoFrame(WIDTH, HEIGHT, "gbrpf16le")
    values = np.random.default_rng(1).normal(0, 4, (HEIGHT, WIDTH)).astype(np.float16)
    for plane in frame.planes:
        row = np.zeros((plane.height, plane.line_size // 2), np.float16)
        row[:, :WIDTH] = values
        content = np.zeros(plane.buffer_size, np.uint8)
        content[: row.nbytes] = row.reshape(-1).view(np.uint8)
        plane.update(content.tobytes())
    data = planes(frame)
    assert all(plane.dtype == np.float32 and np.array_equal(plane, values.astype(np.float32)) for plane in data)


@pytest.mark.parametrize("name", ["xyz12le", "bayer_rggb8", "yuv420p9000"])
def test_a_format_that_cannot_be_read_is_named(name: str) -> None:
    with pytest.raises(UnsupportedFormat, match=f"pixel format {name} cannot be read"):
        pixel_format(planar_name(name))
