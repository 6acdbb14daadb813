"""A stretch of a plate as small pictures, each coded for itself: what is seen while the playhead is dragged.

A QuickTime film of JPEG pictures. They are the plate as it is shown, display-referred, upright and with square pixels,
so that reading one back needs to know nothing of the plate; each stands at its plate frame's own time after the first.
"""

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.video.stream import VideoStream
from numpy.typing import NDArray

from pipeline.errors import MediaUnreadable
from pipeline.imaging.arrays import ImageU8
from pipeline.media.output_file import writing
from pipeline.media.plate_view import view_of
from pipeline.media.reader import open_plate

_QUANTISER = 4
"""Of FFmpeg's JPEG encoder, 2 (best) to 31: about 40 kB for a picture of 960 × 540."""
_JPEG_RANGE, _JPEG_MATRIX = 2, 5
"""H.273's full range, and the matrix of BT.601: what a JPEG picture means by itself."""


def write_proxy(path: Path, pictures: Iterable[tuple[int, ImageU8]], rate: Fraction, time_base: Fraction) -> None:
    """Write `path` whole or not at all; what `pictures` raises is raised, and nothing is left behind.

    Parameters
    ----------
    pictures
        Ticks of `time_base` after the first picture, rising, and the picture (h, w, 3) RGB 0..255, all of one size.
    rate
        Frames a second, for programs that look at it; times are the ticks alone.

    Raises DiskFull, OutputNotWritable.
    """
    with writing(path) as file, av.open(file, "w", format="mov") as container:
        stream: VideoStream | None = None
        for ticks, picture in pictures:
            if stream is None:
                stream = container.add_stream("mjpeg", rate=rate)
                stream.height, stream.width = picture.shape[:2]
                stream.pix_fmt = "yuvj420p"
                stream.time_base = stream.codec_context.time_base = time_base
                stream.codec_context.qmin = stream.codec_context.qmax = _QUANTISER
                stream.codec_context.color_range, stream.codec_context.colorspace = _JPEG_RANGE, _JPEG_MATRIX
            shown = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), "rgb24")
            coded = shown.reformat(format="yuvj420p", dst_colorspace="ITU601", dst_color_range="JPEG")
            coded.pts, coded.time_base = ticks, time_base
            container.mux(stream.encode(coded))
        if stream is not None:
            container.mux(stream.encode(None))


class ProxyFile:
    """A written stretch. Use by one thread.

    Parameters
    ----------
    ticks
        (n,) of `time_base` after the first: the times that its pictures must have, no more and no fewer.

    Raises MediaError: there is none, or it is of other frames.
    """

    def __init__(self, path: Path, ticks: NDArray[np.int64], time_base: Fraction) -> None:
        self._reader = open_plate(path, cache_bytes=0, threads=1)
        self._view = view_of(self._reader.info)
        found, ratio = self._reader.pts - self._reader.pts[0], self._reader.info.time_base / time_base
        if not np.array_equal(found * ratio.numerator, ticks * ratio.denominator):
            self.close()
            raise MediaUnreadable(f"{path} has pictures at other times than its plate. Delete it.")

    def picture(self, number: int) -> ImageU8:
        """The stretch's picture `number` from 0 on, (h, w, 3) RGB 0..255. Raises MediaError: it is damaged."""
        return self._view.rgb8(self._reader.read(number))

    def close(self) -> None:
        """Give the decoder back."""
        self._reader.close()
