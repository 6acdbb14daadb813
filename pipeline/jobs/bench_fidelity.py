"""Fidelity: is the performance kept, is the face the source's, does nothing flicker? Pair by pair."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.engines.faces import SourcePhoto
from pipeline.jobs.bench_films import FilmMaker
from pipeline.jobs.bench_media import BenchMedia, Pair, hidden_frames
from pipeline.jobs.bench_table import Bar, BenchRow, BenchTable
from pipeline.jobs.progress import Progress
from pipeline.quality.identity import identity_missing
from pipeline.quality.measure import measure_films
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

    `keep` is a folder in which the films are left for looking at.
    """
    rows: list[BenchRow] = []
    notes = [note] if (note := identity_missing()) else []
    for pair in pairs:
        with TemporaryDirectory(prefix="likeness-bench-") as scratch:
            made, said = _pair_rows(media, pair, keep or Path(scratch))
        rows += made
        notes += [said] if said not in notes else []
    return BenchTable("fidelity", "Fidelity, full clips, re-detected", COLUMNS, rows, notes)


def _pair_rows(media: BenchMedia, pair: Pair, folder: Path) -> tuple[list[BenchRow], str]:
    plate = media.path(pair.plate)
    stop = media.stop(plate)
    solve, photo = media.solve(plate), media.source(pair.source)
    hidden, how = hidden_frames(plate, solve)
    maker = FilmMaker(folder, media.progress, media.cancelled)
    name = f"{plate.stem}-{Path(pair.source).name.replace('@', '-')}"
    own = maker.plate(plate, stop)
    films = {
        "engine, open loop": maker.engine(plate, stop, solve, [photo], f"{name}-engine-open"),
        "engine, closed loop": maker.engine_matched(plate, stop, solve, [photo], media.pool, f"{name}-engine-closed"),
        "untouched plate": own,
        "naive paste": maker.naive(plate, stop, solve, photo, f"{name}-naive"),
    }
    rows = []
    for what, film in films.items():
        measures = _measured(media, own, film, hidden, photo, f"{pair.label} {what}")
        rows.append(fidelity_row(f"{pair.label}: {what}", measures, pair))
    count = f"{len(hidden)} frames" if hidden else "no frame"
    return rows, f"{plate.stem}: {count} left out as occluded ({how})"


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


def _measured(
    media: BenchMedia, original: Path, film: Path, hidden: set[int], photo: SourcePhoto, label: str
) -> Measures:
    return measure_films(
        original,
        film,
        media.pool,
        excluded=hidden,
        sources=[photo],
        watch=lambda done, total: media.progress(Progress(f"measuring {label}", done, total)),
        cancelled=media.cancelled,
    )
