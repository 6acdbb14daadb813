"""The engine alone: milliseconds a frame for one face, everything it needs already decoded and solved."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from pipeline.engines.engine import Swapper
from pipeline.engines.faces import FaceSample, FaceSolve, Patch, SourcePhoto
from pipeline.engines.swappers.mesh.swapper import MeshSwapper
from pipeline.jobs.bench_clips import enlarged_clip
from pipeline.jobs.bench_media import BenchMedia, landmarks_of
from pipeline.jobs.bench_table import BenchRow, BenchTable
from pipeline.jobs.faces import plate_crops
from pipeline.media.plate_view import view_of
from pipeline.media.reader import open_plate
from pipeline.project.face_parameters import FaceParameters
from pipeline.quality.bars import Bar
from pipeline.quality.naive_paste import NaivePaste

SAMPLES = 24
"""Frames timed, spread over the clip."""
ROUNDS = 3
ENLARGED_FRAMES = 36
SOURCE = "synthetic_portrait.png"
COLUMNS = ("face_width", "wall_ms_best", "wall_ms_median", "cpu_ms", "region_ms", "prepare_ms")

Step = Callable[[FaceSample], Patch]


@dataclass(frozen=True, slots=True)
class EngineCase:
    """A size at which the engine is timed. `factor` enlarges the plate first; no `limit_ms`: quoted only."""

    label: str
    plate: str
    factor: float
    limit_ms: float | None


CASES = (
    EngineCase("360p, face 208", "WolfgangLanger_Pexels.mp4", 1.0, 8.0),
    EngineCase("1080p, face 625, enlarged", "WolfgangLanger_Pexels.mp4", 3.0, 40.0),
    EngineCase("1080p, synthetic_talker", "synthetic_talker.mp4", 1.0, 40.0),
    EngineCase("UHD, enlarged", "WolfgangLanger_Pexels.mp4", 6.0, None),
)


def bench_engine(media: BenchMedia, threads: int = 2) -> BenchTable:
    """Two rows a size: the engine and the naive paste. The bar holds for the best of three rounds' median."""
    rows = []
    photo = media.source(SOURCE)
    for case in CASES:
        with TemporaryDirectory(prefix="likeness-bench-") as scratch:
            plate = media.path(case.plate)
            if case.factor != 1.0:
                plate = enlarged_clip(plate, case.factor, ENLARGED_FRAMES, Path(scratch) / "enlarged.mp4")
            rows += _rows(media.solve(plate), plate, photo, case, threads)
    notes = [f"{threads} threads; render only: decode, solve and hand mattes are done before the clock starts"]
    notes.append("no row of the untouched plate: nothing is drawn there, so no time passes")
    return BenchTable("engine", "Engine, one face", COLUMNS, rows, notes)


def _rows(solve: FaceSolve, plate: Path, photo: SourcePhoto, case: EngineCase, threads: int) -> list[BenchRow]:
    parameters = FaceParameters()
    swapper = MeshSwapper(threads)
    with open_plate(plate) as reader:
        view = view_of(reader.info)
        started = time.perf_counter()
        prepared = swapper.prepare(solve, [photo], plate_crops(reader, view))
        prepare_ms = 1e3 * (time.perf_counter() - started)
        samples, region_ms = [], []
        for frame in _spread(solve.frames):
            started = time.perf_counter()
            region = swapper.region(prepared, frame, parameters)
            region_ms.append(1e3 * (time.perf_counter() - started))
            if region is None:
                continue
            rect = region.clipped(*view.size)
            samples.append(FaceSample(frame, rect, view.crop(reader.read(frame), rect)))
    common = {"face_width": solve.face_width_px}
    own = common | {"prepare_ms": prepare_ms, "region_ms": statistics.median(region_ms)}
    bars = {} if case.limit_ms is None else {"wall_ms_best": Bar("<=", case.limit_ms)}
    paste = NaivePaste(photo, landmarks_of(solve))
    return [
        BenchRow(f"{case.label}: engine", own | timed(_engine_step(swapper, prepared, parameters), samples), bars),
        BenchRow(f"{case.label}: naive paste", common | timed(paste.swap, samples)),
    ]


def _engine_step(
    swapper: Swapper[object, FaceParameters] | MeshSwapper, prepared: object, parameters: FaceParameters
) -> Step:
    def step(sample: FaceSample) -> Patch:
        return swapper.swap(prepared, [sample], [parameters])[0]  # type: ignore[arg-type]

    return step


def timed(step: Step, samples: list[FaceSample]) -> dict[str, float]:
    """Wall and CPU milliseconds a frame; the first round compiles and fills caches and isn't counted."""
    for sample in samples[:3]:
        step(sample)
    medians, cpu = [], []
    for _ in range(ROUNDS):
        walls = []
        begun = time.process_time()
        for sample in samples:
            started = time.perf_counter()
            step(sample)
            walls.append(1e3 * (time.perf_counter() - started))
        cpu.append(1e3 * (time.process_time() - begun) / len(samples))
        medians.append(statistics.median(walls))
    return {"wall_ms_best": min(medians), "wall_ms_median": statistics.median(medians), "cpu_ms": min(cpu)}


def _spread(frames: NDArray[np.int32]) -> list[int]:
    picked = np.linspace(0, len(frames) - 1, min(SAMPLES, len(frames))).round().astype(int)
    return [int(frame) for frame in frames[picked]]
