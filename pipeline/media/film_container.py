"""Opening a film's container, and choosing the stream that is the film."""

from pathlib import Path

import av
from av.container import InputContainer
from av.stream import Disposition
from av.video.stream import VideoStream

STRICT = {"err_detect": "explode+crccheck"}
"""Decoder options: report what is damaged instead of concealing it."""


def open_container(path: Path) -> InputContainer:
    """The container in a local file, whatever its name looks like: `a:b.mov` is no network address."""
    return av.open(f"file:{path}")


def film_stream(container: InputContainer) -> VideoStream:
    """The stream that is the film: the first that is not a cover picture. Raises LookupError where there is none."""
    for stream in container.streams.video:
        if not stream.disposition & Disposition.attached_pic:
            return stream
    raise LookupError("no video stream")
