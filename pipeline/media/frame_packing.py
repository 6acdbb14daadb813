"""Planes into FFmpeg pictures, sample for sample, with what the code values mean written on each picture.

Some encoders take the tags from their own settings and some from every picture (ProRes loses transfer and
primaries without the latter), so both carry them.
"""

import av
import numpy as np
from av.codec.context import CodecContext
from av.video.codeccontext import VideoCodecContext

from pipeline.imaging.planes import ColourTags, PixelFormat, Planes, Primaries, Transfer

_PRIMARIES: dict[Primaries, int] = {"bt709": 1, "bt601-625": 5, "bt601-525": 6, "bt2020": 9, "p3": 12}
_TRANSFERS: dict[Transfer, int] = {
    "bt709": 1,
    "gamma22": 4,
    "gamma28": 5,
    "bt601": 6,
    "linear": 8,
    "log10": 9,
    "srgb": 13,
    "pq": 16,
    "hlg": 18,
}
_UNSPECIFIED = 2


def h273_codes(colour: ColourTags) -> tuple[int, int, int, int]:
    """(range, matrix, transfer, primaries) as ITU-T H.273 numbers; range is FFmpeg's (1 limited, 2 full).

    What the plate did not state and nothing here changed stays unstated, so that any program shows
    plate and result alike. Camera logs and
    gamuts have no number and are unspecified too.
    """
    if colour.matrix == "bt601":
        matrix = 5 if colour.primaries == "bt601-625" else 6
    else:
        matrix = {"bt709": 1, "bt2020": 9, "rgb": 0}[colour.matrix]
    codes = {
        "range": 2 if colour.range == "full" else 1,
        "matrix": matrix,
        "transfer": _TRANSFERS.get(colour.transfer, _UNSPECIFIED),
        "primaries": _PRIMARIES.get(colour.primaries, _UNSPECIFIED),
    }
    unstated = {"range": 0, "matrix": _UNSPECIFIED, "transfer": _UNSPECIFIED, "primaries": _UNSPECIFIED}
    for name in colour.assumed:
        if name in unstated:
            codes[name] = unstated[name]
    return codes["range"], codes["matrix"], codes["transfer"], codes["primaries"]


def tag_context(context: VideoCodecContext, colour: ColourTags) -> None:
    """Write the meaning of code values on an encoder that is not open yet."""
    codes = h273_codes(colour)
    context.color_range, context.colorspace, context.color_trc, context.color_primaries = codes


def tag_picture(picture: av.VideoFrame, colour: ColourTags) -> None:
    """Write the meaning of code values on one picture."""
    codes = h273_codes(colour)
    picture.color_range, picture.colorspace, picture.color_trc, picture.color_primaries = codes


def picture_of(planes: Planes, name: str | None = None) -> av.VideoFrame:
    """`planes` as a picture in its planar format, every sample unchanged, tagged.

    `name` overrides the format's name where an encoder knows it by another one (`yuvj420p`).
    """
    picture = av.VideoFrame(planes.width, planes.height, name or planes.format.name)
    dtype = _sample_dtype(planes.format)
    order = (2, 0, 1, 3) if planes.format.family == "rgb" else (0, 1, 2, 3)
    for samples, number in zip(planes.data, order, strict=False):
        plane = picture.planes[number]
        row = plane.line_size // dtype.itemsize
        height, width = samples.shape
        target = np.frombuffer(memoryview(plane), dtype)[: plane.height * row].reshape(plane.height, row)
        target[:height, :width] = samples
    tag_picture(picture, planes.colour)
    return picture


def _sample_dtype(form: PixelFormat) -> np.dtype[np.generic]:
    if form.is_float:
        return np.dtype("<f4") if form.depth == 32 else np.dtype("<f2")
    return np.dtype(np.uint8) if form.depth <= 8 else np.dtype("<u2")


def new_encoder_context(codec: str) -> VideoCodecContext:
    """A video encoder of FFmpeg by name, not open yet. Raises av.codec.UnknownCodecError."""
    context = CodecContext.create(codec, "w")
    assert isinstance(context, VideoCodecContext)
    return context
