"""Fidelity: is the performance kept, is the face the source's, does nothing flicker? Pair by pair."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.jobs.bench_films import FilmMaker, engine_face
from pipeline.jobs.bench_media import BenchMedia, Pair, hidden_frames
from pipeline.jobs.bench_plates import BenchPlates, MeasuredPlate
from pipeline.jobs.bench_table import BenchRow, BenchTable, keep_table, merged
from pipeline.jobs.progress import Progress
from pipeline.quality.bars import Bar
from pipeline.quality.identity import identity_missing
from pipeline.quality.measure import measure_results
from pipeline.quality.measures import Measures

COLUMNS = (
    "au_pooled", "au_weighted", "au_plain", "au_gain", "landmarks_mean", "landmarks_worst", "tpsnr_mc", "mc_drop",
    "tpsnr_raw", "flicker_ratio", "identity_to_source", "identity_margin", "identity_nearer_source",
    "identity_to_same_frame", "skin_median", "skin_worst", "skin_shift_median", "eyes_db", "mouth_db", "sharpness",
)  # fmt: skip
BARS = {
    "au_pooled": Bar(">=", 0.95),
    "au_weighted": Bar(">=", 0.89),
    "landmarks_mean": Bar("<=", 1.0),
    "landmarks_worst": Bar("<=", 2.0),
    "tpsnr_mc": Bar(">", 28.0),
    "flicker_ratio": Bar("<=", 1.08),
}
IDENTITY_BARS = {
    "identity_to_source": Bar("<=", 0.58),
    "identity_margin": Bar(">=", 0.05),
    "identity_nearer_source": Bar(">=", 0.80),
}


def bench_fidelity(media: BenchMedia, pairs: Sequence[Pair], keep: Path | None = None) -> BenchTable:
    """Four rows a pair: the engine in open and in closed loop, the untouched plate, the naive paste.

    `keep` is a folder in which the films are left for looking at, and each pair's figures as soon as they are taken.
    """
    tables = []
    with TemporaryDirectory(prefix="likeness-bench-") as shared:
        plates = BenchPlates(media, keep or Path(shared))
        for pair in pairs:
            with TemporaryDirectory(prefix="likeness-bench-") as scratch:
                table = _pair_table(media, plates, pair, keep or Path(scratch))
            if keep is not None:
                keep_table(table, keep / f"fidelity-{_name(pair)}.json")
            tables.append(table)
    return merged(tables)


def _pair_table(media: BenchMedia, plates: BenchPlates, pair: Pair, folder: Path) -> BenchTable:
    plate = plates.measured(media.path(pair.plate))
    hidden, how = hidden_frames(plate.filmed, plate.solve)
    films = _films(media, plate, pair, folder)
    measured = measure_results(
        plate.reading,
        list(films.values()),
        media.pool,
        excluded=hidden,
        sources=[media.source(pair.source)],
        watch=lambda done, total: media.progress(Progress(f"measuring {pair.label}", done, total)),
        cancelled=media.cancelled,
    )
    rows = [
        fidelity_row(f"{pair.label}: {what}", measures, pair) for what, measures in zip(films, measured, strict=True)
    ]
    count = f"{len(hidden)} frames" if hidden else "no frame"
    notes = [f"{plate.filmed.stem}: {count} left out as occluded ({how})"]
    if missing := identity_missing():
        notes.insert(0, missing)
    return BenchTable("fidelity", "Fidelity, re-detected, lossless", COLUMNS, rows, notes)


def _films(media: BenchMedia, plate: MeasuredPlate, pair: Pair, folder: Path) -> dict[str, Path]:
    """The four films of a pair by what they are."""
    maker = FilmMaker(folder, media.progress, media.cancelled)
    photo = media.source(pair.source)
    face = engine_face(plate.filmed, plate.solve, [photo])
    name, stop = _name(pair), plate.reading.frames
    return {
        "engine, open loop": maker.faces(plate.filmed, stop, [face], f"{name}-engine-open"),
        "engine, closed loop": maker.matched(plate.filmed, stop, face, media.pool, f"{name}-engine-closed"),
        "untouched plate": plate.reading.path,
        "naive paste": maker.naive(plate.filmed, stop, plate.solve, photo, f"{name}-naive"),
    }


def _name(pair: Pair) -> str:
    return f"{Path(pair.plate).stem}-{Path(pair.source).name.replace('@', '-')}"


def fidelity_row(label: str, measures: Measures, pair: Pair) -> BenchRow:
    """The figures of one film and the bars that hold for it."""
    figures = measures.figures()
    figures["mc_drop"] = figures["tpsnr_mc_plate"] - figures["tpsnr_mc"]
    bars = dict(BARS)
    if pair.temporal_drop is not None:
        bars["mc_drop"] = Bar("<=", pair.temporal_drop)
    if measures.identity is not None:
        figures["identity_margin"] = figures["identity_to_performer"] - figures["identity_to_source"]
        bars |= IDENTITY_BARS
    return BenchRow(label, figures, {} if pair.reported else bars)
