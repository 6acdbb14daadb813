"""The bench: every table of figures by command, each on the machine it names."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from pipeline.engines.session import Provider, SessionPool
from pipeline.jobs.bench_analysis import bench_analysis
from pipeline.jobs.bench_balance import bench_balance
from pipeline.jobs.bench_demo import bench_demo
from pipeline.jobs.bench_engine import bench_engine
from pipeline.jobs.bench_faces import bench_faces
from pipeline.jobs.bench_fidelity import bench_fidelity
from pipeline.jobs.bench_hands import bench_hands
from pipeline.jobs.bench_keyframes import bench_keyframes
from pipeline.jobs.bench_light import bench_light
from pipeline.jobs.bench_loop import bench_loop
from pipeline.jobs.bench_media import MEDIA, BenchMedia, load_pairs
from pipeline.jobs.bench_pipeline import bench_pipeline
from pipeline.jobs.bench_shots import bench_shots
from pipeline.jobs.bench_speakers import bench_speakers
from pipeline.jobs.bench_table import BenchTable
from pipeline.jobs.bench_weights import bench_weights
from pipeline.jobs.bench_worker import bench_worker
from pipeline.jobs.library_threads import pin_pictures
from pipeline.jobs.machine_state import machine_state
from pipeline.jobs.progress import CancelledCheck, ProgressSink

TableName = Literal[
    "fidelity", "loop", "balance", "hands", "light", "engine", "analysis", "keyframes", "weights", "faces", "shots",
    "speakers", "pipeline", "worker", "demo",
]  # fmt: skip
TABLES: tuple[TableName, ...] = get_args(TableName)


@dataclass(frozen=True, slots=True)
class BenchRequest:
    """What to measure. `pairs`: texts that a pair's label must contain one of, none for all. `last`: the last frame
    of each clip that is measured, for a quick look; `keep`: a folder in which films are left for looking at.
    """

    tables: Sequence[TableName] = TABLES
    media: Path = MEDIA
    pairs: Sequence[str] = ()
    last: int | None = None
    keep: Path | None = None
    threads: int = 2
    provider: Provider = "cpu"


def run_bench(request: BenchRequest, progress: ProgressSink, cancelled: CancelledCheck) -> Iterator[BenchTable]:
    """One table after the other, each as soon as it is taken.

    Raises
    ------
    MediaNotFound
        A clip isn't in the media folder, or no pair matches.
    LikenessError
        As the jobs that are measured.
    """
    pin_pictures()  # as every job that is measured here does
    pairs = load_pairs(wanted=request.pairs)
    media = BenchMedia(request.media, SessionPool(provider=request.provider), progress, cancelled, request.last)
    makers: dict[TableName, Callable[[], BenchTable]] = {
        "fidelity": lambda: bench_fidelity(media, pairs, request.keep),
        "loop": lambda: bench_loop(media, pairs, request.keep),
        "balance": lambda: bench_balance(media, pairs),
        "hands": lambda: bench_hands(media),
        "light": lambda: bench_light(media, pairs[0], request.keep),
        "engine": lambda: bench_engine(media, request.threads),
        "analysis": lambda: bench_analysis(media),
        "keyframes": lambda: bench_keyframes(media),
        "weights": lambda: bench_weights(media),
        "speakers": lambda: bench_speakers(media),
        "faces": lambda: bench_faces(media),
        "shots": lambda: bench_shots(media),
        "pipeline": lambda: bench_pipeline(media),
        "worker": lambda: bench_worker(media),
        "demo": bench_demo,
    }
    for name in request.tables:
        yield makers[name]()


def bench_values(tables: Sequence[BenchTable]) -> dict[str, Any]:
    """All tables as JSON values, with the machine they were taken on."""
    return {"machine": machine_state(), "tables": [table.values() for table in tables]}
