"""A result against its plate, on any two films of equal length: ours or another program's."""

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.engines.faces import SourcePhoto
from pipeline.engines.landmarkers.blendshapes import NAMES
from pipeline.engines.session import SessionPool
from pipeline.errors import Cancelled, NoFace
from pipeline.quality.expression import expression_agreement
from pipeline.quality.film_faces import FaceFollower, FilmFace
from pipeline.quality.frame_pairs import frame_pairs
from pipeline.quality.identity import identity_missing
from pipeline.quality.landmark_distance import landmark_distance, pose_distance
from pipeline.quality.measures import FrameSeries, Measures
from pipeline.quality.people import People
from pipeline.quality.pixel_meter import PixelMeasures, PixelMeter
from pipeline.quality.plate_motion import PlateMotion

Watch = Callable[[int, int], None]
"""(frames done, frames in all), over both passes."""


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
    and the network for it is installed.

    Raises
    ------
    MediaError
        A film cannot be read, or the films don't match.
    NoFace
        No frame shows the face in both films.
    Cancelled
    """
    faces, smoothed = _first_pass(original, result, pool, watch, cancelled)
    frames = len(faces[0].scores)
    hidden = np.isin(np.arange(frames), list(excluded))
    seen = faces[0].seen & faces[1].seen
    clear = seen & ~hidden
    if not clear.any():
        raise NoFace(f"No frame shows a clear face both in {original} and in {result}: there is nothing to compare.")
    people = People(faces, clear) if sources and identity_missing() is None else None
    pixels = _second_pass(original, result, smoothed, clear, people, watch, cancelled)
    return Measures(
        frames=frames,
        measured=int(clear.sum()),
        excluded=int(hidden.sum()),
        unseen=int((~seen).sum()),
        expression=expression_agreement(faces[0].scores[clear], faces[1].scores[clear], NAMES),
        series=_series(faces, clear, pixels),
        identity=people.distances(sources) if people is not None else None,
        identity_note=(identity_missing() or ("" if sources else "identity is not measured: no source was given")),
    )


def _first_pass(
    original: Path, result: Path, pool: SessionPool, watch: Watch, cancelled: Callable[[], bool]
) -> tuple[tuple[FilmFace, FilmFace], dict[int, NDArray[np.float64]]]:
    """The face in both films, and the plate's smoothed landmarks by frame."""
    followers = FaceFollower(pool), FaceFollower(pool)
    motion = PlateMotion()
    for pair in frame_pairs(original, result):
        _stop_if(cancelled)
        landmarks = followers[0].add(pair.original)
        followers[1].add(pair.result)
        motion.add(pair.frame, pair.original, landmarks)
        watch(pair.frame + 1, 2 * pair.frames)
    return (followers[0].face(), followers[1].face()), motion.smoothed()


def _second_pass(
    original: Path,
    result: Path,
    smoothed: dict[int, NDArray[np.float64]],
    clear: NDArray[np.bool_],
    people: People | None,
    watch: Watch,
    cancelled: Callable[[], bool],
) -> list[PixelMeasures]:
    meter = PixelMeter()
    measured = []
    for pair in frame_pairs(original, result):
        _stop_if(cancelled)
        is_clear = bool(clear[pair.frame])
        measured.append(meter.add(pair.original, pair.result, smoothed.get(pair.frame), is_clear))
        if people is not None and is_clear and pair.original is not None and pair.result is not None:
            people.add(pair.frame, pair.original, pair.result)
        watch(pair.frames + pair.frame + 1, 2 * pair.frames)
    return measured


def _series(faces: tuple[FilmFace, FilmFace], clear: NDArray[np.bool_], pixels: list[PixelMeasures]) -> FrameSeries:
    def column(read: Callable[[PixelMeasures], float]) -> NDArray[np.float64]:
        return np.array([read(each) for each in pixels], np.float64)

    distance = np.full(len(clear), np.nan)
    pose = np.full(len(clear), np.nan)
    distance[clear] = landmark_distance(faces[0].landmarks[clear], faces[1].landmarks[clear])
    pose[clear] = pose_distance(faces[0].landmarks[clear], faces[1].landmarks[clear])
    return FrameSeries(
        distance=distance,
        pose=pose,
        plate_raw=column(lambda each: each.plate.raw),
        plate_compensated=column(lambda each: each.plate.compensated),
        result_raw=column(lambda each: each.result.raw),
        result_compensated=column(lambda each: each.result.compensated),
        plate_flicker=column(lambda each: each.plate_flicker),
        result_flicker=column(lambda each: each.result_flicker),
        skin_excess=column(lambda each: each.still.tone.excess),
        skin_shift=column(lambda each: each.still.tone.shift),
        eyes=column(lambda each: each.still.eyes),
        mouth=column(lambda each: each.still.mouth),
        sharpness=column(lambda each: each.still.sharpness),
    )


def _stop_if(cancelled: Callable[[], bool]) -> None:
    if cancelled():
        raise Cancelled("Measuring was stopped.")
