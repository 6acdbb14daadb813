"""A plate's sound as numbers, laid on the clock of its pictures: mono at 16 kHz to analyse, stereo at 48 kHz to play.

Whatever the codec, rate, layout and start of a sound stream are, sample `n` is what is heard `n` / rate s after the
first picture appears. Sound from before that picture is left out, gaps and damaged packets are silence, and what an
edit list hides stays hidden, since the container's own times are followed. A start is met to half a sample of the
file's rate.
"""

from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import av.error
import numpy as np
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.stream import Disposition
from numpy.typing import NDArray

from pipeline.errors import MediaUnreadable
from pipeline.media.film_container import open_container

SOUND_RATE = 16000
"""Samples a second."""
PLAYED_RATE = 48000
"""Samples a second of what is played."""
SILENT_PEAK = 0.001
"""A stream that never gets louder is silent (-60 dB of full scale)."""

_JITTER_S = Fraction(1, 50)
"""Packet times this close to where the samples before them end are rounding, not a gap."""
_RUN_UP_S = Fraction(1, 4)
"""Sound decoded before a place that is entered in the middle: codecs need some to be right again."""
_MOST_DAMAGE = 1000
_FULL_SCALE = {"u8": 128.0, "s16": 32768.0, "s32": 2147483648.0, "s64": 9223372036854775808.0, "flt": 1.0, "dbl": 1.0}
"""By FFmpeg's name of a sample's type."""

Samples = NDArray[np.float32]
Taken = Callable[[av.AudioFrame], Samples]
"""(channels, n) samples -1..1 of a frame."""


def sound_streams(path: Path) -> tuple[int, ...]:
    """Stream numbers of a film's sound that can be decoded, those marked as the default first."""
    with open_container(path) as container:
        usable = [each for each in container.streams.audio if each.rate]
        return tuple(each.index for each in sorted(usable, key=lambda each: not each.disposition & Disposition.default))


def heard_stream(path: Path, start: Fraction) -> int | None:
    """The first sound stream that is not silent; the first where all are, None where there is none."""
    streams = sound_streams(path)
    if len(streams) > 1:
        for stream in streams:
            peaks = (float(np.abs(block).max()) for block in sound_blocks(path, stream, start) if len(block))
            if any(peak > SILENT_PEAK for peak in peaks):
                return stream
    return streams[0] if streams else None


def sound_blocks(path: Path, stream: int, start: Fraction) -> Iterator[Samples]:
    """Blocks of samples -1..1, without a gap from `start` (seconds on the container's clock) to the sound's end.

    Channels are averaged.

    Raises
    ------
    MediaUnreadable
        The file has gone, changed, or its medium fails.
    """
    for block in _resampled(path, stream, start, _mono, "mono", SOUND_RATE, entered=False):
        yield block[0]


def played_blocks(path: Path, stream: int, start: Fraction) -> Iterator[Samples]:
    """Stereo blocks (2, n) at 48 kHz from `start` (seconds on the container's clock) to the sound's end.

    The file is entered at `start`, not read from its beginning. More channels than two are mixed down.

    Raises
    ------
    MediaUnreadable
        The file has gone, changed, or its medium fails.
    """
    yield from _resampled(path, stream, start, _channels, "stereo", PLAYED_RATE, entered=True)


def _resampled(
    path: Path, stream: int, start: Fraction, taken: Taken, layout: str, rate: int, *, entered: bool
) -> Iterator[Samples]:
    try:
        with open_container(path) as container:
            if entered:
                _enter(container, stream, start)
            resampler, source = None, (0, "")
            for block, block_source in _from_start(_decoded(container, stream), start, taken):
                if block_source != source:
                    yield from _flushed(resampler)
                    resampler, source = av.AudioResampler(format="fltp", layout=layout, rate=rate), block_source
                assert resampler is not None
                for each in resampler.resample(_frame(block, *source)):
                    yield np.asarray(each.to_ndarray(), np.float32)
            yield from _flushed(resampler)
    except (av.error.FFmpegError, OSError, IndexError) as error:
        raise MediaUnreadable(f"The sound of {path} cannot be read ({error}). Copy the file again.") from error


def _enter(container: InputContainer, stream: int, start: Fraction) -> None:
    """Have decoding begin a little before a time."""
    audio = container.streams[stream]
    assert audio.time_base is not None
    container.seek(int((start - _RUN_UP_S) / audio.time_base), stream=audio, backward=True)


def _flushed(resampler: av.AudioResampler | None) -> Iterator[Samples]:
    for each in resampler.resample(None) if resampler is not None else ():
        yield np.asarray(each.to_ndarray(), np.float32)


def _frame(block: Samples, rate: int, layout: str) -> av.AudioFrame:
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(block), format="fltp", layout=layout)
    frame.sample_rate = rate
    return frame


def _from_start(
    frames: Iterator[av.AudioFrame], start: Fraction, taken: Taken
) -> Iterator[tuple[Samples, tuple[int, str]]]:
    """Samples (channels, n) at the stream's own rate, with that rate and their layout: cut at `start`, gaps filled."""
    position = start
    """Where the next sample belongs, seconds."""
    for frame in frames:
        rate, samples = frame.sample_rate, taken(frame)
        source = rate, _layout(frame, len(samples))
        told = position if frame.pts is None or frame.time_base is None else frame.pts * frame.time_base
        offset = told - position
        if position == start or abs(offset) > _JITTER_S:
            count = round(offset * rate)
            if count > 0:
                yield np.zeros((len(samples), count), np.float32), source
                position += Fraction(count, rate)
            else:
                samples = samples[:, -count:]
        if samples.shape[1]:
            yield samples, source
            position += Fraction(samples.shape[1], rate)


def _layout(frame: av.AudioFrame, channels: int) -> str:
    """What the channels are; one or two that the file leaves unnamed are what they usually are."""
    return {1: "mono", 2: "stereo"}.get(channels, frame.layout.name)


def _decoded(container: InputContainer, stream: int) -> Iterator[av.AudioFrame]:
    """Frames as they come; damaged packets are stepped over."""
    audio, failures = container.streams[stream], 0
    assert isinstance(audio, AudioStream)
    while failures < _MOST_DAMAGE:
        try:
            for packet in container.demux(audio):
                try:
                    frames = packet.decode()
                except av.error.FFmpegError:
                    failures += 1
                    continue
                yield from frames
            return
        except av.error.InvalidDataError:
            failures += 1


def _mono(frame: av.AudioFrame) -> Samples:
    """(1, n) the mean of a frame's channels, -1..1."""
    return _scaled(_planar(frame).mean(axis=0, dtype=np.float64, keepdims=True), frame)


def _channels(frame: av.AudioFrame) -> Samples:
    """(channels, n) -1..1."""
    return _scaled(_planar(frame).astype(np.float64), frame)


def _planar(frame: av.AudioFrame) -> NDArray[Any]:
    """(channels, n) as the codec gives them."""
    raw = frame.to_ndarray()
    return raw if frame.format.is_planar else raw.reshape(-1, frame.layout.nb_channels).T


def _scaled(values: NDArray[np.float64], frame: av.AudioFrame) -> Samples:
    kind = frame.format.name.removesuffix("p")
    scale = _FULL_SCALE[kind]
    return np.asarray((values - scale if kind == "u8" else values) / scale, np.float32)
