"""One picture as the bytes of one file: PNG, EXR, TIFF, JPEG.

The file formats' encoders are FFmpeg's; each picture gets an encoder of its own, so its bytes depend on nothing
but itself. An ICC profile, an EXR's gamut and what the file says of itself, which those encoders don't write, are put
in afterwards.
"""

from collections.abc import Mapping

import av
import av.error
import numpy as np

from pipeline.errors import UnsupportedFormat
from pipeline.media.encoder import EncoderSettings, VideoEncoder
from pipeline.media.exr_header import with_chromaticities
from pipeline.media.icc import embed_profile
from pipeline.media.picture_statement import with_statement

_HALF_MAX = np.float32(65504.0)


def encode_file(
    picture: av.VideoFrame, settings: EncoderSettings, icc: bytes | None, metadata: Mapping[str, str]
) -> bytes:
    """The file that holds `picture` (of a `PlaneConverter`), with profile `icc` where its format takes one.

    Of `metadata`, `comment` and `digital_source_type` are written (`with_statement`).

    Raises UnsupportedFormat: the encoder refuses the picture.
    """
    if ("format", "half") in settings.options:
        _round_to_half(picture)
    encoder = VideoEncoder(settings)
    try:
        packets = [*encoder.encode(picture, 0), *encoder.finish()]
    except (av.error.FFmpegError, ValueError) as error:
        raise UnsupportedFormat(f"The encoder {settings.codec} refuses the picture ({error}).") from error
    data = b"".join(bytes(packet) for packet in packets)
    if settings.codec == "exr":
        data = with_chromaticities(data, settings.target.colour.primaries)
    elif icc:
        data = embed_profile(data, settings.codec, icc)
    return with_statement(data, settings.codec, metadata)


def _round_to_half(picture: av.VideoFrame) -> None:
    """Bring float samples to the nearest half float; the EXR encoder itself cuts them off towards zero."""
    for plane in picture.planes:
        samples = np.frombuffer(memoryview(plane), np.float32)
        with np.errstate(invalid="ignore"):
            samples[:] = np.clip(samples, -_HALF_MAX, _HALF_MAX).astype(np.float16)
