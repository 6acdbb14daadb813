"""One face of one result against its plate, looked at as closely as a report needs."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pipeline.engines.faces import SourcePhoto
from pipeline.engines.landmarkers.blendshapes import NAMES
from pipeline.engines.session import SessionPool
from pipeline.errors import NoFace
from pipeline.imaging.mesh import CHEEK_LEFT, CHEEK_RIGHT
from pipeline.quality.close_meter import UNSEEN, CloseMeasures, close_measures, known_measures
from pipeline.quality.expression import SIGMA_MEASURED
from pipeline.quality.film_faces import FaceFollower, FilmFace, Guide
from pipeline.quality.frame_pairs import WHOLE, FilmFrame, Span, film_frames
from pipeline.quality.identity import IdentityMeter, identity_missing
from pipeline.quality.known_face import Known
from pipeline.quality.likeness_slope import activation
from pipeline.quality.measures import Measures, Series
from pipeline.quality.people import IDENTITY_EVERY, FramesIdentity, People
from pipeline.quality.pixel_meter import PlateFrame, PlateMeter
from pipeline.quality.plate_reading import PlateReading, Watch, stop_if
from pipeline.quality.result_reading import ResultReading
from pipeline.quality.skin_motion import MotionMeter, MotionSeries, Taken, motion_series


@dataclass(frozen=True, slots=True)
class Stride:
    """How often what single frames say is looked at: one clear frame in so many. What moves is measured on all.

    `still`: skin, seam, highlights, openings. `known`: drawn again for its matte and motion, which costs as much as
    rendering it. `identity`: embedded. `motion`: frames from one motion of the skin to the next. On the frames of
    `always` (counted from the span's first) stills are never passed over, nor is what is drawn again.
    """

    still: int = 1
    known: int = 6
    identity: int = IDENTITY_EVERY
    motion: int = 3
    always: frozenset[int] = frozenset()


EVERY_FRAME = Stride()
UPPER_LIP, LOWER_LIP = 13, 14


@dataclass(frozen=True, slots=True, eq=False)
class CloseSeries:
    """Further measures frame by frame (T,), NaN where one was not taken."""

    expression_error: Series
    """Root mean square over the units that move in the plate of the result's score minus the plate's (0..1)."""
    activation: Series
    """Strength of the plate's expression; see `likeness_slope.activation`."""
    brows: Series
    """PSNR of the result against the plate inside the brows, dB."""
    kept_eyes: Series
    """PSNR against the plate's own samples, carried along, inside the eye rings, dB."""
    kept_mouth: Series
    seam: Series
    """ΔE2000 across the outline beyond the plate's own, mean over it."""
    seam_worst: Series
    highlights: Series
    """By how much highlights stand out more than the plate's, L*."""
    highlights_overlap: Series
    identity_to_source: Series
    identity_to_performer: Series
    plate_lips: Series
    """Opening of the inner lips, face widths."""
    result_lips: Series


@dataclass(frozen=True, slots=True, eq=False)
class FilmMeasures:
    """A result against its plate. `scores`: of plate and result (T, 52); `clear` (T,): frames that expression uses.

    `motion`: of the skin, by region. `outline` and `kept` say where the seam was looked for, and how the kept samples
    were followed.
    """

    measures: Measures
    close: CloseSeries
    scores: tuple[NDArray[np.float64], NDArray[np.float64]]
    clear: NDArray[np.bool_]
    motion: Mapping[str, MotionSeries]
    outline: Literal["matte", "mesh"]
    kept: Literal["known", "tracked"]


def measure_closely(
    plate: PlateReading,
    result: Path,
    pool: SessionPool,
    *,
    span: Span = WHOLE,
    excluded: Collection[int] = (),
    sources: Sequence[SourcePhoto] = (),
    known: Known | None = None,
    stride: Stride = EVERY_FRAME,
    watch: Watch = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> FilmMeasures:
    """Find the plate's face in a result anew and compare them; frames count from the span's first.

    `excluded` are frames in which something lies before the face, `known` what the render knows of its picture.

    Raises
    ------
    MediaError
        A film cannot be read, or they don't match.
    NoFace
        No frame shows the face in both films.
    Cancelled
    """
    reader = _CloseReading(plate, result, pool, excluded, sources, known, stride)
    for films in film_frames(plate.path, [result], span):
        stop_if(cancelled)
        reader.add(films)
        watch(films.frame + 1, films.frames)
    return reader.measures()


class _CloseReading:
    """Fed with the frames of both films in order."""

    def __init__(
        self,
        plate: PlateReading,
        result: Path,
        pool: SessionPool,
        excluded: Collection[int],
        sources: Sequence[SourcePhoto],
        known: Known | None,
        stride: Stride,
    ) -> None:
        self._plate, self._path, self._sources, self._known, self._stride = plate, result, sources, known, stride
        self._open = ~np.isin(np.arange(plate.frames), list(excluded))
        self._people = (
            People(IdentityMeter(), plate, stride.identity) if sources and identity_missing() is None else None
        )
        guide: Guide = {at: plate.smoothed[at] for at in plate.smoothed}
        self._follower = FaceFollower(pool, guide)
        self._reading = ResultReading(plate, 0, self._open, self._follower, self._people)
        self._own = PlateMeter()
        self._skin = MotionMeter(stride.motion)
        self._motion: list[Taken | None] = []
        self._close: list[CloseMeasures] = []
        self._clear = 0

    def add(self, films: FilmFrame) -> None:
        at = films.frame
        clear = bool(self._plate.face.seen[at] and self._open[at])
        looked = clear and (self._clear % self._stride.still == 0 or at in self._stride.always)
        measured = self._own.add(films.original, self._plate.smoothed.get(at), looked)
        self._reading.add(films, measured)
        steady = self._plate.smoothed.get(at) if clear else None
        self._motion.append(self._skin.add(at, films.original, films.results[0], steady))
        self._close.append(self._looked(films, measured) if looked else UNSEEN)
        self._clear += clear

    def _looked(self, films: FilmFrame, plate: PlateFrame | None) -> CloseMeasures:
        result, new = films.results[0], self._follower.latest
        if plate is None or result is None or new is None:
            return UNSEEN
        if self._known is None:
            return close_measures(plate, result, self._plate.face.landmarks[films.frame], new)
        passed_over = self._clear % self._stride.known and films.frame not in self._stride.always
        known = None if passed_over or films.planes is None else self._known(films.planes)
        return known_measures(plate, result, known)

    def measures(self) -> FilmMeasures:
        measures = self._reading.measures(self._sources)
        if measures is None:
            raise NoFace(
                f"No frame shows a clear face both in {self._plate.path} and in {self._path}: "
                "there is nothing to compare."
            )
        own, made = self._plate.face, self._follower.face()
        clear = own.seen & made.seen & self._open
        first, second = np.asarray(own.scores, np.float64), np.asarray(made.scores, np.float64)
        people = self._people.frame_by_frame(self._sources) if self._people is not None else None
        return FilmMeasures(
            measures=measures,
            close=self._series(first, second, clear, own, made, people),
            scores=(first, second),
            clear=clear,
            motion=motion_series(self._motion),
            outline="mesh" if self._known is None else "matte",
            kept="tracked" if self._known is None else "known",
        )

    def _series(
        self,
        first: NDArray[np.float64],
        second: NDArray[np.float64],
        clear: NDArray[np.bool_],
        own: FilmFace,
        made: FilmFace,
        people: FramesIdentity | None,
    ) -> CloseSeries:
        def column(read: Callable[[CloseMeasures], float]) -> Series:
            return np.array([read(each) for each in self._close], np.float64)

        count = len(clear)
        return CloseSeries(
            expression_error=expression_error(first, second, clear),
            activation=activation(first, NAMES),
            brows=column(lambda each: each.brows),
            kept_eyes=column(lambda each: each.kept.eyes),
            kept_mouth=column(lambda each: each.kept.mouth),
            seam=column(lambda each: each.seam.mean),
            seam_worst=column(lambda each: each.seam.worst),
            highlights=column(lambda each: each.highlights.excess),
            highlights_overlap=column(lambda each: each.highlights.overlap),
            identity_to_source=_spread(count, people, lambda each: each.to_source),
            identity_to_performer=_spread(count, people, lambda each: each.to_performer),
            plate_lips=lip_opening(own),
            result_lips=lip_opening(made),
        )


def expression_error(original: NDArray[np.float64], result: NDArray[np.float64], clear: NDArray[np.bool_]) -> Series:
    """Root mean square of the scores' differences (T, 52) over the units that move in the plate; NaN unless clear."""
    out = np.full(len(clear), np.nan)
    if clear.any():
        moving = original[clear].std(0) > SIGMA_MEASURED
        if moving.any():
            out[clear] = np.sqrt(((result - original)[clear][:, moving] ** 2).mean(1))
    return out


def lip_opening(face: FilmFace) -> Series:
    """Distance of the inner lips' middles (T,), face widths; NaN where the face is not seen."""
    points = np.asarray(face.landmarks[..., :2], np.float64)
    wide = np.linalg.norm(points[:, CHEEK_RIGHT] - points[:, CHEEK_LEFT], axis=1)
    opening: Series = np.linalg.norm(points[:, UPPER_LIP] - points[:, LOWER_LIP], axis=1) / np.maximum(wide, 1.0)
    return opening


def _spread(count: int, people: FramesIdentity | None, read: Callable[[FramesIdentity], NDArray[np.float64]]) -> Series:
    """Values of some frames as a series of all."""
    out = np.full(count, np.nan)
    if people is not None:
        out[people.frames] = read(people)
    return out
