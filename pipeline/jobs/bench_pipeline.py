"""What the pipeline itself costs: a render whose engine changes nothing, against the plainest loop that does the job.

Both run in processes of their own, in turn, with the same encoder, options and threads, so that a busy machine
slows both alike and memory is each one's own.
"""

import statistics
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.jobs.bench_media import BenchMedia
from pipeline.jobs.bench_table import BenchRow, BenchTable
from pipeline.jobs.pipeline_runs import X264_THREADS, apart, pipeline_run, plain_run
from pipeline.jobs.progress import Progress
from pipeline.media.reader import open_plate
from pipeline.quality.bars import Bar

CASES = (("360p", "WolfgangLanger_Pexels.mp4"), ("1080p", "synthetic_talker.mp4"))
ROUNDS = 3
COLUMNS = ("cpu_ratio", "cpu_ms", "plain_cpu_ms", "wall_ms", "plain_wall_ms", "rss_mb", "files_left")
BARS = {"cpu_ratio": Bar("<=", 1.20), "rss_mb": Bar("<=", 600.0), "files_left": Bar("<=", 0)}


def bench_pipeline(media: BenchMedia) -> BenchTable:
    """A row a size. The ratio is the median over interleaved rounds of ours to plain, CPU time."""
    rows = []
    for label, clip in CASES:
        plate = media.path(clip)
        rows.append(_row(media, label, plate))
    notes = [
        f"{ROUNDS} interleaved rounds, x264 veryfast crf 10, {X264_THREADS} encoder threads; start-up isn't counted",
        "untouched plate: the plain loop; naive paste: not applicable, no engine runs here",
    ]
    return BenchTable("pipeline", "Pipeline with a pass-through engine", COLUMNS, rows, notes)


def _row(media: BenchMedia, label: str, plate: Path) -> BenchRow:
    ours, plain = [], []
    left = 0
    with open_plate(plate) as reader:
        frames = reader.info.frames
    for turn in range(ROUNDS):
        with TemporaryDirectory(prefix="likeness-bench-") as scratch:
            folder = Path(scratch)
            ours.append(apart(pipeline_run, plate, folder / "ours.mp4"))
            left = max(left, len(list(folder.iterdir())) - 1)
            plain.append(apart(plain_run, plate, folder / "plain.mp4"))
        media.progress(Progress(f"pipeline at {label}", turn + 1, ROUNDS))
    per_frame = 1e3 / frames
    figures = {
        "cpu_ratio": statistics.median(a.cpu / b.cpu for a, b in zip(ours, plain, strict=True)),
        "cpu_ms": min(cost.cpu for cost in ours) * per_frame,
        "plain_cpu_ms": min(cost.cpu for cost in plain) * per_frame,
        "wall_ms": min(cost.wall for cost in ours) * per_frame,
        "plain_wall_ms": min(cost.wall for cost in plain) * per_frame,
        "rss_mb": max(cost.rss_mb for cost in ours),
        "files_left": float(left),
    }
    return BenchRow(f"{label}, {plate.stem}", figures, BARS)
