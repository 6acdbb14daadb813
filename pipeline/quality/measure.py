"""A result against its plate, on any two films of equal length: ours or another program's."""

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

import numpy as np

from pipeline.engines.faces import SourcePhoto
from pipeline.engines.session import SessionPool
from pipeline.errors import NoFace
from pipeline.media.reader import open_plate
from pipeline.quality.film_faces import FaceFollower, FaceReplay
from pipeline.quality.frame_pairs import check_pair, film_frames
from pipeline.quality.identity import IdentityMeter, identity_missing
from pipeline.quality.measures import Measures
from pipeline.quality.people import People
from pipeline.quality.pixel_meter import PlateMeter
from pipeline.quality.plate_reading import PlateReading, Watch, read_plate, stop_if
from pipeline.quality.result_reading import ResultReading


def measure_films(
    original: Path,
    result: Path,
    pool: SessionPool,
    *,
    excluded: Collection[int] = (),
    sources: Sequence[SourcePhoto] = (),
    watch: Watch = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Measures:
    """Find the face in both films anew and compare them.

    `excluded` are frames in which something lies before the face. Identity is measured where `sources` are given
    and the network for it is installed. `watch` is told frames done and in all, over both passes.

    Raises
    ------
    MediaError
        A film cannot be read, or the films don't match.
    NoFace
        No frame shows the face in both films.
    Cancelled
    """
    with open_plate(original) as first, open_plate(result) as second:
        check_pair(first, second)
    plate = read_plate(original, pool, lambda done, total: watch(done, 2 * total), cancelled)
    return measure_results(
        plate,
        [result],
        pool,
        excluded=excluded,
        sources=sources,
        watch=lambda done, total: watch(total + done, 2 * total),
        cancelled=cancelled,
    )[0]


def measure_results(
    plate: PlateReading,
    results: Sequence[Path],
    pool: SessionPool,
    *,
    excluded: Collection[int] = (),
    sources: Sequence[SourcePhoto] = (),
    watch: Watch = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> list[Measures]:
    """The same for several films made of one plate, all in one pass; the plate itself may be among them.

    Raises as `measure_films`.
    """
    open_frames = ~np.isin(np.arange(plate.frames), list(excluded))
    meter = IdentityMeter() if sources and identity_missing() is None else None
    own = PlateMeter()
    readings = [
        ResultReading(
            plate,
            index,
            open_frames,
            FaceReplay(plate.face) if path == plate.path else FaceFollower(pool),
            People(meter, plate) if meter is not None else None,
        )
        for index, path in enumerate(results)
    ]
    for films in film_frames(plate.path, results):
        stop_if(cancelled)
        at = films.frame
        clear = bool(plate.face.seen[at] and open_frames[at])
        measured = own.add(films.original, plate.smoothed.get(at), clear)
        for reading in readings:
            reading.add(films, measured)
        watch(at + 1, films.frames)
    return [_measures(reading, plate, path, sources) for reading, path in zip(readings, results, strict=True)]


def _measures(reading: ResultReading, plate: PlateReading, result: Path, sources: Sequence[SourcePhoto]) -> Measures:
    measures = reading.measures(sources)
    if measures is None:
        raise NoFace(f"No frame shows a clear face both in {plate.path} and in {result}: there is nothing to compare.")
    return measures
