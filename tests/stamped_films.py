"""Films made for a test whose every frame carries its own number in its pixels."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.video.stream import VideoStream
from numpy.typing import NDArray

from pipeline.imaging.planes import Planes

BITS = 10
BLOCK = 16
"""Each bit of the number is a black or white square of this many pixels, along the top."""


@dataclass(frozen=True)
class FilmSpec:
    """How a stamped film is written. `times` are presentation times in `time_base`, None for a steady rate."""

    codec: str = "libx264"
    pix_fmt: str = "yuv420p"
    frames: int = 60
    size: tuple[int, int] = (192, 64)
    rate: Fraction = Fraction(24)
    time_base: Fraction | None = None
    times: Sequence[int] | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    metadata: Mapping[str, str] = field(default_factory=dict)
    tags: tuple[int, int, int, int] = (2, 2, 2, 0)
    """H.273 numbers: matrix, transfer, primaries, then FFmpeg's range (0 unstated, 1 limited, 2 full)."""
    pixel_aspect: Fraction = Fraction(1)
    rotation: int = 0
    """Degrees counterclockwise, as FFmpeg writes them."""


def stamp(number: int, size: tuple[int, int]) -> NDArray[np.uint8]:
    """(h, w, 3) RGB picture with `number` in its top rows over a slowly moving pattern."""
    width, height = size
    y, x = np.mgrid[0:height, 0:width]
    wave = 100.0 + 60.0 * np.sin((x + 3 * number) / 17.0) * np.cos(y / 11.0)
    picture = np.repeat(wave[:, :, None], 3, axis=2)
    for bit in range(BITS):
        picture[:BLOCK, bit * BLOCK : (bit + 1) * BLOCK] = 235 if number >> bit & 1 else 20
    return picture.astype(np.uint8)


def stamped_number(planes: Planes) -> int:
    """The number in a decoded picture's pixels."""
    first = planes.data[1] if planes.format.family == "rgb" else planes.data[0]
    middle = float(1 << (planes.format.depth - 1))
    number = 0
    for bit in range(BITS):
        centre = first[BLOCK // 4 : BLOCK * 3 // 4, bit * BLOCK + BLOCK // 4 : bit * BLOCK + BLOCK * 3 // 4]
        number |= int(float(np.mean(centre)) > middle) << bit
    return number


def write_film(path: Path, spec: FilmSpec) -> Path:
    """Write `spec` to `path`; the container follows from the suffix."""
    with av.open(str(path), "w") as container:
        stream = _add_stream(container, spec)
        base = spec.time_base or 1 / spec.rate
        for number in range(spec.frames):
            picture = av.VideoFrame.from_ndarray(stamp(number, spec.size), "rgb24")
            frame = picture.reformat(format=spec.pix_fmt, dst_colorspace="ITU709")
            frame.pts = spec.times[number] if spec.times is not None else number
            frame.time_base = base
            matrix, transfer, primaries, range_ = spec.tags
            frame.colorspace, frame.color_trc, frame.color_primaries = matrix, transfer, primaries
            frame.color_range = range_
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def _add_stream(container: av.container.OutputContainer, spec: FilmSpec) -> VideoStream:
    stream = container.add_stream(spec.codec, rate=spec.rate, options=dict(spec.options))
    assert isinstance(stream, VideoStream)
    stream.width, stream.height = spec.size
    stream.pix_fmt = spec.pix_fmt
    stream.codec_context.time_base = spec.time_base or 1 / spec.rate
    stream.time_base = spec.time_base or 1 / spec.rate
    stream.codec_context.sample_aspect_ratio = spec.pixel_aspect
    matrix, transfer, primaries, range_ = spec.tags
    context = stream.codec_context
    context.colorspace, context.color_trc, context.color_primaries = matrix, transfer, primaries
    context.color_range = range_
    context.thread_count = 2
    if spec.rotation:
        stream.set_display_rotation(spec.rotation)
    for key, value in spec.metadata.items():
        stream.metadata[key] = value
    return stream


def irregular_times(frames: int, step: int = 1000, seed: int = 5) -> list[int]:
    """Ascending times whose gaps differ by up to four times."""
    gaps = np.random.default_rng(seed).integers(step // 2, step * 2, frames)
    return [0, *np.cumsum(gaps)[:-1].tolist()]


def seek_order(frames: int, count: int, seed: int = 3) -> Iterator[int]:
    """Frames to read at random, the first and last among them."""
    picks = np.random.default_rng(seed).integers(0, frames, count).tolist()
    yield from (frames - 1, 0, *picks)
