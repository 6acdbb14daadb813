"""A short clip of a face for viewers: cut out, brought to one size, without sound or anything that says what it is."""

from pathlib import Path

import av
import cv2
import numpy as np

from pipeline.imaging.arrays import ImageU8, Rect
from pipeline.media.plate_reader import PlateReader
from pipeline.quality.frame_pairs import pictures

HEIGHT = 720
"""A small face is enlarged to it (bicubic), a large one reduced: viewers judge at one size."""
ENCODER = {"preset": "faster", "crf": "12", "bf": "0"}
TOLD = "Part of a blind review. This clip may show a face that was altered by a program."
"""Every clip states it, whether it was altered or not."""
BT709 = 1


def write_clip(reader: PlateReader, frames: range, rect: Rect, output: Path) -> None:
    """Frames of a film inside `rect` (shown pixels) as H.264, a damaged one as the frame before it."""
    width = round(HEIGHT * rect.width / rect.height / 2) * 2
    shown = np.full((HEIGHT, width, 3), 128, np.uint8)
    with av.open(str(output), "w", options={"movflags": "faststart"}) as container:
        container.metadata["comment"] = TOLD
        stream = container.add_stream("libx264", rate=reader.info.rate, options=dict(ENCODER))
        stream.width, stream.height, stream.pix_fmt = width, HEIGHT, "yuv420p"
        stream.codec_context.colorspace = BT709
        stream.codec_context.color_range = BT709
        for picture in pictures(reader, frames.start, frames.stop):
            shown = shown if picture is None else _sized(picture, rect, width)
            sized = av.VideoFrame.from_ndarray(shown, format="rgb24").reformat(
                format="yuv420p", dst_colorspace="ITU709", dst_color_range="MPEG"
            )
            sized.colorspace, sized.color_range, sized.pts = BT709, BT709, None
            container.mux(stream.encode(sized))
        container.mux(stream.encode(None))


def _sized(picture: ImageU8, rect: Rect, width: int) -> ImageU8:
    part = picture[rect.y0 : rect.y1, rect.x0 : rect.x1]
    interpolation = cv2.INTER_AREA if rect.height > HEIGHT else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(part, (width, HEIGHT), interpolation=interpolation), np.uint8)
