"""Opening a film's container, and choosing the stream that is the film."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.container import InputContainer
from av.packet import Packet
from av.stream import Disposition
from av.video.stream import VideoStream

from pipeline.errors import UnsupportedFormat

STRICT = {"err_detect": "explode+crccheck"}
"""Decoder options: report what is damaged instead of concealing it."""


_MOST_OBLONG = 4
"""No camera or scope lens stretches further; a ratio beyond it is damage."""


def open_container(path: Path) -> InputContainer:
    """The container in a local file, whatever its name looks like: `a:b.mov` is no network address."""
    return av.open(f"file:{path}", metadata_errors="replace")


def packets_of(container: InputContainer, *streams: VideoStream) -> "Iterator[Packet[Any]]":
    """The packets of these streams, of all where none is named, with the empty ones that flush the decoder.

    Streams that first appear in the middle of a broadcast recording are unknown to the binding, and it
    stumbles over them at the very end, when every packet has been handed out.
    """
    try:
        yield from container.demux(*streams)
    except IndexError:
        return


def film_stream(container: InputContainer) -> VideoStream:
    """The stream that is the film: the first that is not a cover picture.

    Raises LookupError where there is none, UnsupportedFormat where no decoder for it is in this build.
    """
    for stream in container.streams.video:
        if not stream.disposition & Disposition.attached_pic:
            if stream.codec_context is None:
                raise UnsupportedFormat(
                    f"{container.name.removeprefix('file:')} is coded in a way this build cannot read; "
                    "convert it first, to ProRes or DNxHR for one."
                )
            return stream
    raise LookupError("no video stream")


def pixel_aspect_of(stream: VideoStream) -> Fraction:
    """Width over height of a sample: the container's, else the codec's; 1 where neither tells or it is nonsense."""
    for stated in (stream.sample_aspect_ratio, stream.codec_context.sample_aspect_ratio):
        if stated and 1 / _MOST_OBLONG <= stated <= _MOST_OBLONG:
            return stated
    return Fraction(1)
