"""Small films made on the spot, each with what a test needs: a frame number in the pixels, odd times, sound, tags."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

CELL = 16
BITS = 8


def numbered_luma(number: int, width: int, height: int, depth: int = 8) -> NDArray[Any]:
    """A luma plane with `number` written along its top in black and white cells, over a moving ramp."""
    scale = 1 << (depth - 8)
    columns = np.arange(width)[None, :] + np.arange(height)[:, None] + 5 * number
    luma = (60 + columns % 120) * scale
    for bit in range(BITS):
        luma[:CELL, bit * CELL : (bit + 1) * CELL] = (200 if number >> bit & 1 else 40) * scale
    return luma.astype(np.uint8 if depth == 8 else np.uint16)


def number_in(luma: NDArray[Any], depth: int = 8) -> int:
    """The number `numbered_luma` wrote."""
    middle = 120 << (depth - 8)
    cells = [luma[2 : CELL - 2, bit * CELL + 2 : (bit + 1) * CELL - 2].mean() > middle for bit in range(BITS)]
    return sum(1 << bit for bit, lit in enumerate(cells) if lit)


def make_film(
    path: Path,
    frames: int = 40,
    size: tuple[int, int] = (160, 96),
    codec: str = "libx264",
    pixel_format: str = "yuv420p",
    options: dict[str, str] | None = None,
    rate: Fraction = Fraction(25),
    times: Sequence[int] | None = None,
    time_base: Fraction | None = None,
    sound: str | None = None,
    sound_rate: int = 48000,
    timecode: str | None = None,
    rotation: int = 0,
    pixel_aspect: Fraction = Fraction(1),
    tags: tuple[int, int, int, int] = (1, 1, 1, 1),
    chapters: Sequence[tuple[float, float, str]] = (),
) -> Path:
    """Write a film.

    `times` are presentation times in `time_base`; without them frames follow at `rate`. `sound` is an audio
    codec; a tone of as many seconds as the pictures last. `rotation` is clockwise. `tags` are H.273's range,
    matrix, transfer, primaries.
    """
    base = time_base or 1 / rate
    stamps = list(times) if times is not None else list(range(frames))
    with av.open(str(path), "w") as output:
        video = output.add_stream(codec, rate=rate, options=options or _usual(codec))
        assert isinstance(video, av.VideoStream)
        context = video.codec_context
        video.width, video.height = size
        video.pix_fmt = pixel_format
        video.time_base = context.time_base = base
        context.sample_aspect_ratio = pixel_aspect
        context.color_range, context.colorspace, context.color_trc, context.color_primaries = tags
        if rotation:
            video.set_display_rotation(-rotation)
        if timecode:
            video.metadata["timecode"] = timecode
        audio = output.add_stream(sound, rate=sound_rate) if sound else None
        if chapters:
            output.set_chapters([_chapter(number, *each) for number, each in enumerate(chapters)])
        for number, stamp in enumerate(stamps):
            picture = _picture(number, size, pixel_format)
            picture.pts, picture.time_base = stamp, base
            picture.color_range, picture.colorspace, picture.color_trc, picture.color_primaries = tags
            output.mux(video.encode(picture))
        output.mux(video.encode(None))
        if audio is not None:
            _tone(output, audio, float(stamps[-1] * base + 1 / rate), sound_rate)
    return path


def _usual(codec: str) -> dict[str, str]:
    usual = {"libx264": {"preset": "ultrafast", "crf": "16", "bf": "2", "g": "12", "threads": "1"}}
    return usual.get(codec, {})


def _chapter(number: int, start: float, end: float, title: str) -> Any:
    base = Fraction(1, 1000)
    return {
        "id": number,
        "start": round(start * 1000),
        "end": round(end * 1000),
        "time_base": base,
        "metadata": {"title": title},
    }


def _picture(number: int, size: tuple[int, int], pixel_format: str) -> av.VideoFrame:
    picture = av.VideoFrame(*size, pixel_format)
    depth = picture.format.components[0].bits
    for place, plane in enumerate(picture.planes):
        samples = np.frombuffer(memoryview(plane), np.uint8 if depth == 8 else np.dtype("<u2"))
        rows = samples.reshape(plane.height, -1)
        if place == 0:
            rows[:, : size[0]] = numbered_luma(number, *size, depth)
        else:
            rows[:] = (112 + 8 * place) << (depth - 8)
    return picture


def _tone(output: Any, audio: Any, seconds: float, rate: int) -> None:
    samples = int(seconds * rate)
    wave = (8000 * np.sin(np.arange(samples) * 2 * np.pi * 440 / rate)).astype(np.int16)
    step = 1024
    resampler = av.AudioResampler(format=audio.format, layout=audio.layout, rate=rate)
    for start in range(0, samples, step):
        block = np.stack([wave[start : start + step]] * 2)
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(block), format="s16p", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = rate, start, Fraction(1, rate)
        for ready in resampler.resample(frame):
            output.mux(audio.encode(ready))
    output.mux(audio.encode(None))


def picture_times(path: Path) -> list[Fraction]:
    """When each decoded picture is shown, in seconds."""
    with av.open(str(path)) as container:
        pictures = container.decode(container.streams.video[0])
        return [Fraction(picture.pts or 0) * (picture.time_base or 1) for picture in pictures]


def picture_numbers(path: Path) -> list[int]:
    """The numbers written in the pictures."""
    with av.open(str(path)) as container:
        return [number_in(luma_of(picture), picture.format.components[0].bits) for picture in container.decode(video=0)]


def luma_of(picture: av.VideoFrame) -> NDArray[Any]:
    """The first plane of a picture."""
    plane = picture.planes[0]
    dtype = np.uint8 if picture.format.components[0].bits == 8 else np.dtype("<u2")
    return np.frombuffer(memoryview(plane), dtype).reshape(plane.height, -1)[:, : picture.width]


def packet_data(path: Path, kind: str) -> list[bytes]:
    """The packets of the first stream of a kind, byte for byte."""
    with av.open(str(path)) as container:
        stream = next(each for each in container.streams if each.type == kind)
        return [bytes(packet) for packet in container.demux(stream) if packet.size]
