"""The two runs that the pipeline's bench compares, each in a process that loads what the run needs and no more."""

import multiprocessing
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np

from pipeline.engines.faces import FaceSample, Patch
from pipeline.errors import LikenessError
from pipeline.imaging.arrays import Rect
from pipeline.media.plate_view import view_of
from pipeline.media.presets import Preset, load_preset
from pipeline.media.reader import open_plate
from pipeline.render.frame import FrameRenderer
from pipeline.render.sequence import SequenceRequest, render_sequence

THREADS = 2
X264_THREADS = THREADS * 3 // 2
"""What the pipeline's encoder is given for so many cores."""
WARM_FRAMES = 3

Run = Callable[[Path, Path, int | None], None]
"""(plate, output, frames or None for all of them): one complete run."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of CPU (all threads) and wall of one run, and the process's peak memory in MB (NaN if unknown)."""

    cpu: float
    wall: float
    rss_mb: float


class PassThrough:
    """A face that needs a third of the picture and changes nothing: every cost of an engine but its own."""

    def __init__(self, width: int, height: int) -> None:
        self._rect = Rect(width // 4, height // 6, 3 * width // 4, 5 * height // 6)
        shape = (self._rect.height, self._rect.width)
        self._alpha, self._support = np.ones(shape, np.float32), np.ones(shape, np.bool_)

    def region(self, frame: int) -> Rect | None:
        """The same middle part of every frame."""
        return self._rect

    def swap(self, sample: FaceSample) -> Patch:
        """The sample itself, all of it in the support."""
        return Patch(sample.rect, sample.crop.copy(), self._alpha, self._support)


def apart(run: Run, plate: Path, output: Path) -> Cost:
    """The cost of one run over the whole plate, in a fresh process, after a short run that pays for start-up."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_timed, args=(run, plate, output, sender))
    process.start()
    sender.close()
    try:
        cpu, wall, rss = receiver.recv()
    except EOFError as error:
        raise LikenessError(f"The run on {plate} failed before it ended; see the lines above.") from error
    finally:
        process.join()
    return Cost(cpu, wall, rss)


def _timed(
    run: Run,
    plate: Path,
    output: Path,
    answer: "multiprocessing.connection.Connection[tuple[float, float, float], None]",
) -> None:
    warm = output.with_name(f"warm-{output.name}")
    run(plate, warm, WARM_FRAMES)
    warm.unlink()
    cpu, wall = time.process_time(), time.perf_counter()
    run(plate, output, None)
    answer.send((time.process_time() - cpu, time.perf_counter() - wall, peak_memory_mb()))
    answer.close()


def review_preset() -> Preset:
    """The encoder both loops use."""
    return load_preset("h264-review").with_options(preset="veryfast", crf="10")


def pipeline_run(plate: Path, output: Path, frames: int | None) -> None:
    """The pipeline as a render runs it, without analysis, networks or mark."""
    with open_plate(plate) as reader:
        view = view_of(reader.info)
    renderer = FrameRenderer(view, [PassThrough(*view.size)], None)
    request = SequenceRequest(plate, output, review_preset(), stop=frames, encoder_threads=THREADS)
    render_sequence(
        request,
        lambda planes: renderer.render(planes).planes,
        lambda frame: "pass-through",
        lambda state: None,
        lambda: False,
    )


def plain_run(plate: Path, output: Path, frames: int | None) -> None:
    """Decode, encode, copy the sound: no index, no segments, no comp, nothing checked."""
    preset = review_preset()
    with av.open(str(plate)) as source, av.open(str(output), "w") as target:
        pictures = source.streams.video[0]
        pictures.thread_type = "AUTO"
        pictures.thread_count = THREADS
        stream = target.add_stream("libx264", rate=pictures.average_rate, options=dict(preset.options))
        stream.width, stream.height, stream.pix_fmt = pictures.width, pictures.height, "yuv420p"
        stream.codec_context.thread_count = X264_THREADS
        stream.time_base = pictures.time_base
        sound = [(each, target.add_stream_from_template(each)) for each in source.streams.audio]
        copies = {each.index: copy for each, copy in sound}
        encoded = 0
        for packet in source.demux(pictures, *(each for each, _ in sound)):
            if packet.stream.index in copies:
                if packet.dts is not None:
                    packet.stream = copies[packet.stream.index]
                    target.mux(packet)
                continue
            for frame in packet.decode():
                assert isinstance(frame, av.VideoFrame)
                frame.pict_type = av.video.frame.PictureType.NONE
                target.mux(stream.encode(frame))
                encoded += 1
            if frames is not None and encoded >= frames:
                break
        target.mux(stream.encode(None))


def peak_memory_mb() -> float:
    """The process's largest resident set so far; NaN where the system doesn't say."""
    if sys.platform == "win32":
        return float("nan")
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20) if sys.platform == "darwin" else peak / 1024
