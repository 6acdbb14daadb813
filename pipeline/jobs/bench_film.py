"""A film to jump about in: a plate's pictures with sync frames as far apart as a measurement wants them."""

from fractions import Fraction
from pathlib import Path

import av

from pipeline.errors import Cancelled, OutputExists
from pipeline.jobs.progress import CancelledCheck, Progress, ProgressSink
from pipeline.media.output_file import check_output, writing
from pipeline.media.plate_view import view_of
from pipeline.media.reader import open_plate

_READ_BYTES = 16 << 20


def make_bench_film(
    plate: Path, output: Path, group: int, frames: int, progress: ProgressSink, cancelled: CancelledCheck
) -> None:
    """Write `frames` pictures of a plate, which begins again where it ends, as 8-bit H.264 in MP4 with a sync frame
    every `group` frames; with B frames, as cameras and review copies have them.

    Raises MediaError, FrameUnreadable, OutputError, Cancelled.
    """
    check_output(output, [plate])
    if output.exists():
        raise OutputExists(f"{output} exists; choose another name, or remove it first.")
    with open_plate(plate, cache_bytes=_READ_BYTES) as reader, writing(output) as file:
        view, rate = view_of(reader.info), Fraction(reader.info.rate)
        with av.open(file, "w", format="mp4") as container:
            stream = container.add_stream("libx264", rate=rate, options=_options(group))
            stream.width, stream.height = (each - each % 2 for each in view.size)
            stream.pix_fmt = "yuv420p"
            for number in range(frames):
                if cancelled():
                    raise Cancelled("Stopped; nothing of the film is kept.")
                picture = av.VideoFrame.from_ndarray(view.rgb8(reader.read(number % reader.info.frames)), "rgb24")
                coded = picture.reformat(stream.width, stream.height, "yuv420p", dst_colorspace="ITU709")
                coded.pts, coded.time_base = number, 1 / rate
                container.mux(stream.encode(coded))
                progress(Progress("writing the film", number + 1, frames))
            container.mux(stream.encode(None))


def _options(group: int) -> dict[str, str]:
    return {
        "preset": "veryfast",
        "crf": "20",
        "x264-params": f"keyint={group}:min-keyint={group}:scenecut=0:open-gop=0:bframes=3",
    }
