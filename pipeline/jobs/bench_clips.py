"""Clips the bench makes for itself: a plate at another size, short and cheap to decode."""

from pathlib import Path

import av

from pipeline.media.plate_view import view_of
from pipeline.media.reader import open_plate

ENLARGED_OPTIONS = {"preset": "veryfast", "crf": "16", "bf": "0"}


def enlarged_clip(plate: Path, factor: float, frames: int, output: Path) -> Path:
    """The plate's first `frames` frames, `factor` times as large (bicubic), as H.264 in `output`.

    Sizes are rounded down to even numbers. The picture is the plate's as shown, tagged BT.709.
    """
    with open_plate(plate) as reader, av.open(str(output), "w") as container:
        view = view_of(reader.info)
        stream = container.add_stream("libx264", rate=reader.info.rate, options=dict(ENLARGED_OPTIONS))
        stream.width, stream.height = (int(side * factor) // 2 * 2 for side in view.size)
        stream.pix_fmt = "yuv420p"
        stream.codec_context.colorspace = 1
        stream.codec_context.color_range = 1
        for planes in reader.frames(0, min(frames, reader.info.frames)):
            if isinstance(planes, Exception):
                continue
            picture = av.VideoFrame.from_ndarray(view.rgb8(planes), format="rgb24")
            sized = picture.reformat(
                stream.width, stream.height, "yuv420p", dst_colorspace="ITU709", interpolation="BICUBIC"
            )
            sized.colorspace, sized.color_range = 1, 1
            sized.pts = None
            container.mux(stream.encode(sized))
        container.mux(stream.encode(None))
    return output
