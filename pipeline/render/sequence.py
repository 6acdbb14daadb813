"""Rendering a plate, or a range of it, into a film or into frames.

Decode → render → encode run side by side in bounded queues; a film is encoded in segments that survive a crash
(`segments`, `ledger`), joined with the plate's sound, subtitles and chapters, and renamed into place. Whatever
can be known to fail (container, folder, encoder) fails before the first frame is rendered.
"""

import os

from pipeline.errors import RangeError
from pipeline.media.reader import PlateReader, open_plate
from pipeline.render.film_sequence import check_film, render_film
from pipeline.render.frame_feed import RenderFrame
from pipeline.render.frames_sequence import check_frames, render_frames
from pipeline.render.gray_plate import GrayPlate
from pipeline.render.request import (
    FrameKey,
    IsCancelled,
    OnProgress,
    SequenceProgress,
    SequenceReport,
    SequenceRequest,
)

__all__ = ["SequenceProgress", "SequenceReport", "SequenceRequest", "check_sequence", "render_sequence"]


def check_sequence(request: SequenceRequest, reader: PlateReader) -> tuple[str, ...]:
    """See before any work that `render_sequence` can write this result; what it won't keep of the plate, in words.

    Raises
    ------
    OutputFolderMissing, OutputNotWritable, OutputIsInput, ContainerLimit, UnsupportedFormat
    """
    reader = GrayPlate(reader, request.preset) if request.gray else reader
    check = check_film if request.preset.kind == "film" else check_frames
    return check(request, reader, reader.info.frames if request.stop is None else request.stop)


def render_sequence(
    request: SequenceRequest,
    render_frame: RenderFrame,
    frame_key: FrameKey,
    progress: OnProgress,
    cancelled: IsCancelled,
) -> SequenceReport:
    """Render the range and write the result; run again after an interruption, it goes on where it stopped.

    Parameters
    ----------
    render_frame
        A pure function of one frame's planes to planes of the same format; called from
        `request.render_threads` threads. A LikenessError it raises about one frame is recorded, and the
        plate's frame used.
    frame_key
        Of a plate frame's number: text that changes whenever `render_frame` would return other samples.
    progress, cancelled
        Called between frames, in the calling thread.

    Raises
    ------
    RangeError
        The plate does not have these frames.
    OutputFolderMissing, OutputNotWritable, OutputIsInput, ContainerLimit, UnsupportedFormat
        Before anything is rendered.
    DiskFull, Cancelled
        Finished segments are kept for the next run.
    MediaError
        The plate cannot be read at all.
    """
    threads = max(1, min(8, (os.cpu_count() or 1) // 2))
    with open_plate(request.plate, cache_bytes=request.memory_bytes, threads=threads) as reader:
        stop = reader.info.frames if request.stop is None else request.stop
        if not 0 <= request.start < stop <= reader.info.frames:
            raise RangeError(
                f"{request.plate} has frames 0 to {reader.info.frames - 1}; "
                f"{request.start} to {stop - 1} was asked for."
            )
        shown = GrayPlate(reader, request.preset) if request.gray else reader
        render = render_film if request.preset.kind == "film" else render_frames
        return render(request, shown, stop, render_frame, frame_key, progress, cancelled)
