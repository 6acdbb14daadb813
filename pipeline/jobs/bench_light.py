"""Light: does the face's skin still belong to forehead and neck when the plate is graded, exposed or lit otherwise?"""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.jobs.bench_films import FilmMaker
from pipeline.jobs.bench_media import BenchMedia, Pair, hidden_frames
from pipeline.jobs.bench_table import Bar, BenchRow, BenchTable
from pipeline.jobs.progress import Progress
from pipeline.quality.measure import measure_films
from pipeline.quality.regrade import GRADES

COLUMNS = (
    "skin_median", "skin_worst", "skin_shift_median", "skin_frames", "identity_to_source", "identity_gain",
    "au_pooled", "landmarks_mean",
)  # fmt: skip
BARS = {"skin_median": Bar("<=", 3.0), "skin_worst": Bar("<=", 8.0)}
SWAPPED = {"identity_gain": Bar(">=", 0.10)}
"""A light that is matched by leaving the plate alone is no match: the face must have come nearer the source than the
plate's own is, by this distance."""


def bench_light(media: BenchMedia, pair: Pair, keep: Path | None = None) -> BenchTable:
    """The plate as it is and in every grade; three rows each: engine, untouched plate, naive paste."""
    rows: list[BenchRow] = []
    for grade in (None, *GRADES):
        with TemporaryDirectory(prefix="likeness-bench-") as scratch:
            maker = FilmMaker(keep or Path(scratch), media.progress, media.cancelled)
            plate = media.path(pair.plate)
            stop = media.stop(plate)
            lit = maker.plate(plate, stop) if grade is None else maker.graded(plate, stop, grade)
            rows += _rows(media, maker, lit, media.path(pair.plate), pair, grade or "as filmed")
    return BenchTable("light", f"Light: {pair.label}", COLUMNS, rows)


def _rows(media: BenchMedia, maker: FilmMaker, plate: Path, filmed: Path, pair: Pair, grade: str) -> Sequence[BenchRow]:
    stop = media.stop(plate)
    solve, photo = media.solve(plate), media.source(pair.source)
    hidden, _ = hidden_frames(filmed, solve)
    films = {
        "engine": maker.engine(plate, stop, solve, [photo], f"{plate.stem}-{grade}-engine"),
        "untouched plate": plate,
        "naive paste": maker.naive(plate, stop, solve, photo, f"{plate.stem}-{grade}-naive"),
    }
    measured = {
        what: measure_films(
            plate,
            film,
            media.pool,
            excluded=hidden,
            sources=[photo],
            watch=lambda done, total: media.progress(Progress(f"measuring {grade}", done, total)),
            cancelled=media.cancelled,
        )
        for what, film in films.items()
    }
    own = measured["untouched plate"].figures()
    return [light_row(f"{grade}: {what}", measures.figures(), own) for what, measures in measured.items()]


def light_row(label: str, figures: dict[str, float], plate: dict[str, float]) -> BenchRow:
    """The figures of one film and its bars; `plate` are the untouched plate's figures."""
    bars = dict(BARS)
    if "identity_to_source" in figures:
        figures = figures | {"identity_gain": plate["identity_to_source"] - figures["identity_to_source"]}
        bars |= SWAPPED
    return BenchRow(label, figures, bars)
