"""Analysis: CPU milliseconds a frame of the one pass, decode and flow included; the rest quoted apart."""

import time
from collections.abc import Callable
from pathlib import Path

from pipeline.analysis.observations import TrackObservations
from pipeline.analysis.observe import ObserveOptions, observe
from pipeline.analysis.solve import solve_face
from pipeline.jobs.bench_media import BenchMedia
from pipeline.jobs.bench_table import BenchRow, BenchTable
from pipeline.jobs.progress import Progress
from pipeline.jobs.prominence import most_prominent
from pipeline.jobs.solve import with_brows, with_hands
from pipeline.media.plate_reader import PlateReader
from pipeline.media.reader import open_plate
from pipeline.quality.bars import Bar

CASES = (("360p", "WolfgangLanger_Pexels.mp4", 22.0), ("1080p", "synthetic_talker.mp4", 32.0))
COLUMNS = ("cpu_ms", "wall_ms", "decode_cpu_ms", "solve_cpu_ms", "hands_cpu_ms", "frames")


def bench_analysis(media: BenchMedia) -> BenchTable:
    """A row a size: the pass, and decode, solve and hands beside it, each per frame of the plate."""
    rows = [_row(media, label, media.path(clip), limit) for label, clip, limit in CASES]
    notes = [
        "cpu_ms is the whole pass without hands, decode and flow included, all threads summed",
        "solve_cpu_ms: with the plate read once more, to follow the brows",
        "hands_cpu_ms: what looking for hands adds to the pass, and their mattes, per frame of the plate",
        "untouched plate and naive paste do no analysis",
    ]
    return BenchTable("analysis", "Analysis, one face", COLUMNS, rows, notes)


def _row(media: BenchMedia, label: str, plate: Path, limit: float) -> BenchRow:
    stop = media.stop(plate)
    with open_plate(plate) as reader:
        # A short pass first: loading networks and compiling kernels is paid once a process, not a frame.
        observe(reader, media.pool, ObserveOptions(stop=min(8, stop)))
        decode = _cpu(lambda: _decode(reader, stop))
        wall = time.perf_counter()
        _, spent = _pass(media, reader, ObserveOptions(stop=stop, hands=None))
        wall = time.perf_counter() - wall
        tracks, with_looks = _pass(media, reader, ObserveOptions(stop=stop))
        track = most_prominent(tracks)
        hands = with_looks - spent + _cpu(lambda: with_hands(track, reader, media.pool))
        solve = _cpu(lambda: with_brows(solve_face(track), reader))
    per_frame = 1e3 / stop
    figures = {
        "cpu_ms": spent * per_frame,
        "wall_ms": wall * per_frame,
        "decode_cpu_ms": decode * per_frame,
        "solve_cpu_ms": solve * per_frame,
        "hands_cpu_ms": hands * per_frame,
        "frames": float(stop),
    }
    return BenchRow(f"{label}, {plate.stem}", figures, {"cpu_ms": Bar("<=", limit)})


def _pass(media: BenchMedia, reader: PlateReader, options: ObserveOptions) -> tuple[list[TrackObservations], float]:
    begun = time.process_time()
    tracks = observe(
        reader,
        media.pool,
        options,
        lambda done, total: media.progress(Progress("analysing", done, total)),
        media.cancelled,
    )
    return tracks, time.process_time() - begun


def _decode(reader: PlateReader, stop: int) -> None:
    for _ in reader.frames(0, stop):
        pass


def _cpu(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun
