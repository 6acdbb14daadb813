"""Light: does the face's skin still belong to forehead and neck when the plate is graded, exposed or lit otherwise?"""

from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.jobs.bench_films import FilmMaker, engine_face
from pipeline.jobs.bench_media import BenchMedia, Pair, hidden_frames
from pipeline.jobs.bench_table import BenchRow, BenchTable, keep_table, merged
from pipeline.jobs.progress import Progress
from pipeline.quality.bars import Bar
from pipeline.quality.measure import measure_results
from pipeline.quality.plate_reading import read_plate
from pipeline.quality.regrade import GRADES, Grade

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
    tables = []
    for grade in (None, *GRADES):
        with TemporaryDirectory(prefix="likeness-bench-") as scratch:
            table = _graded_table(media, keep or Path(scratch), pair, grade)
        if keep is not None:
            keep_table(table, keep / f"light-{grade or 'as-filmed'}.json")
        tables.append(table)
    return merged(tables)


def _graded_table(media: BenchMedia, folder: Path, pair: Pair, grade: Grade | None) -> BenchTable:
    maker = FilmMaker(folder, media.progress, media.cancelled)
    filmed, photo = media.path(pair.plate), media.source(pair.source)
    stop = media.stop(filmed)
    lit = maker.plate(filmed, stop) if grade is None else maker.graded(filmed, stop, grade)
    solve, plate = media.solve(lit), read_plate(lit, media.pool, cancelled=media.cancelled)
    films = {
        "engine": maker.faces(lit, stop, [engine_face(lit, solve, [photo])], f"{lit.stem}-engine"),
        "untouched plate": lit,
        "naive paste": maker.naive(lit, stop, solve, photo, f"{lit.stem}-naive"),
    }
    light = grade or "as filmed"
    measured = measure_results(
        plate,
        list(films.values()),
        media.pool,
        excluded=hidden_frames(filmed, solve)[0],
        sources=[photo],
        watch=lambda done, total: media.progress(Progress(f"measuring {light}", done, total)),
        cancelled=media.cancelled,
    )
    figures = dict(zip(films, (measures.figures() for measures in measured), strict=True))
    rows = [light_row(f"{light}: {what}", each, figures["untouched plate"]) for what, each in figures.items()]
    return BenchTable("light", f"Light: {pair.label}", COLUMNS, rows)


def light_row(label: str, figures: dict[str, float], plate: dict[str, float]) -> BenchRow:
    """The figures of one film and its bars; `plate` are the untouched plate's figures."""
    bars = dict(BARS)
    if "identity_to_source" in figures:
        figures = figures | {"identity_gain": plate["identity_to_source"] - figures["identity_to_source"]}
        bars |= SWAPPED
    return BenchRow(label, figures, bars)
