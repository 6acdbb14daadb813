"""Small films whose sound is told sample by sample: where a click lies, how many tracks there are, when each begins."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.audio.stream import AudioStream
from av.container import OutputContainer
from numpy.typing import NDArray

RATE = Fraction(25)
BLOCK = 1000


@dataclass(frozen=True)
class Track:
    """`samples` (channels, n) -1..1 at `rate`, heard from `start` seconds on."""

    samples: NDArray[np.float64]
    rate: int = 48000
    codec: str = "pcm_s16le"
    layout: str = "mono"
    start: Fraction = Fraction(0)


def click(at: float, seconds: float, rate: int = 48000, channels: int = 1, width: float = 0.001) -> NDArray[np.float64]:
    """A soft click of `width` seconds in silence; its middle lies at `at`."""
    times = np.arange(int(seconds * rate)) / rate
    return np.tile(0.8 * np.exp(-(((times - at) / width) ** 2) / 2), (channels, 1))


def sound_film(path: Path, tracks: Sequence[Track], frames: int = 50, first_picture: int = 0) -> Path:
    """A film of grey pictures at 25 a second, the first shown at `first_picture` frames, with these tracks."""
    with av.open(str(path), "w") as output:
        video = output.add_stream("libx264", rate=RATE, options={"preset": "ultrafast", "bf": "0"})
        assert isinstance(video, av.VideoStream)
        video.width, video.height, video.pix_fmt = 32, 32, "yuv420p"
        streams = [_sound_stream(output, track) for track in tracks]
        for number in range(frames):
            picture = av.VideoFrame.from_ndarray(np.full((48, 32), 128, np.uint8), format="yuv420p")
            picture.pts, picture.time_base = number + first_picture, 1 / RATE
            output.mux(video.encode(picture))
        output.mux(video.encode(None))
        for track, stream in zip(tracks, streams, strict=True):
            samples = np.ascontiguousarray(track.samples.astype(np.float32))
            for begin in range(0, samples.shape[1], BLOCK):
                block = np.ascontiguousarray(samples[:, begin : begin + BLOCK])
                frame = av.AudioFrame.from_ndarray(block, format="fltp", layout=track.layout)
                frame.sample_rate, frame.time_base = track.rate, Fraction(1, track.rate)
                frame.pts = begin + round(track.start * track.rate)
                output.mux(stream.encode(frame))
            output.mux(stream.encode(None))
    return path


def _sound_stream(output: OutputContainer, track: Track) -> AudioStream:
    stream = output.add_stream(track.codec, rate=track.rate, layout=track.layout)
    assert isinstance(stream, AudioStream)
    return stream
