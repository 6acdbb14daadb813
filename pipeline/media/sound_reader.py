"""A plate's sound as numbers: mono, 16 kHz, laid on the clock of its pictures.

Whatever the codec, rate, layout and start of a sound stream are, sample `n` is what is heard `n` / 16000 s after the
first picture appears. Sound from before that picture is left out, gaps and damaged packets are silence, and what an
edit list hides stays hidden, since the container's own times are followed. A start is met to half a sample of the
file's rate.
"""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

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
SILENT_PEAK = 0.001
"""A stream that never gets louder is silent (-60 dB of full scale)."""

_JITTER_S = Fraction(1, 50)
"""Packet times this close to where the samples before them end are rounding, not a gap."""
_MOST_DAMAGE = 1000
_FULL_SCALE = {"u1": 128.0, "i2": 32768.0, "i4": 2147483648.0, "i8": 9223372036854775808.0, "f4": 1.0, "f8": 1.0}

Samples = NDArray[np.float32]


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
    try:
        with open_container(path) as container:
            resampler, rate = None, 0
            for block, block_rate in _from_start(_decoded(container, stream), start):
                if block_rate != rate:
                    yield from _flushed(resampler)
                    resampler, rate = av.AudioResampler(format="fltp", layout="mono", rate=SOUND_RATE), block_rate
                assert resampler is not None
                for each in resampler.resample(_mono_frame(block, rate)):
                    yield each.to_ndarray()[0]
            yield from _flushed(resampler)
    except (av.error.FFmpegError, OSError, IndexError) as error:
        raise MediaUnreadable(f"The sound of {path} cannot be read ({error}). Copy the file again.") from error


def _flushed(resampler: av.AudioResampler | None) -> Iterator[Samples]:
    for each in resampler.resample(None) if resampler is not None else ():
        yield each.to_ndarray()[0]


def _mono_frame(block: Samples, rate: int) -> av.AudioFrame:
    frame = av.AudioFrame.from_ndarray(block[None], format="fltp", layout="mono")
    frame.sample_rate = rate
    return frame


def _from_start(frames: Iterator[av.AudioFrame], start: Fraction) -> Iterator[tuple[Samples, int]]:
    """Mono samples at the stream's own rate with that rate: cut at `start`, gaps filled."""
    position = start
    """Where the next sample belongs, seconds."""
    for frame in frames:
        rate = frame.sample_rate
        samples = _mono(frame)
        told = position if frame.pts is None or frame.time_base is None else frame.pts * frame.time_base
        offset = told - position
        if position == start or abs(offset) > _JITTER_S:
            count = round(offset * rate)
            if count > 0:
                yield np.zeros(count, np.float32), rate
                position += Fraction(count, rate)
            else:
                samples = samples[-count:]
        if len(samples):
            yield samples, rate
            position += Fraction(len(samples), rate)


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
    """The mean of a frame's channels, -1..1."""
    raw = frame.to_ndarray()
    channels = frame.layout.nb_channels
    planar = raw if frame.format.is_planar else raw.reshape(-1, channels).T
    scale = _FULL_SCALE[raw.dtype.str[1:]]
    mean = planar.mean(axis=0, dtype=np.float64)
    return np.asarray((mean - scale if raw.dtype == np.uint8 else mean) / scale, np.float32)
