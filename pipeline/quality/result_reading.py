"""One result read beside its plate: its face found anew, its pixels measured, its identity embedded."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.engines.faces import SourcePhoto
from pipeline.engines.landmarkers.blendshapes import NAMES
from pipeline.quality.expression import expression_agreement
from pipeline.quality.film_faces import Follower
from pipeline.quality.frame_pairs import FilmFrame
from pipeline.quality.identity import identity_missing
from pipeline.quality.landmark_distance import landmark_distance, pose_distance
from pipeline.quality.measures import FrameSeries, Measures
from pipeline.quality.people import People
from pipeline.quality.pixel_meter import PixelMeasures, PlateFrame, ResultMeter
from pipeline.quality.plate_reading import PlateReading


class ResultReading:
    """Fed with the frames of film number `index` of the results, in order.

    `open_frames` (T,) are those of the plate in which nothing lies before its face; `people` is None where identity is
    not measured.
    """

    def __init__(
        self, plate: PlateReading, index: int, open_frames: NDArray[np.bool_], follower: Follower, people: People | None
    ) -> None:
        self._plate = plate
        self._index = index
        self._open = open_frames
        self._follower = follower
        self._people = people
        self._meter = ResultMeter()
        self._pixels: list[PixelMeasures] = []

    def add(self, films: FilmFrame, plate: PlateFrame | None) -> None:
        """The next frame, and what is known of the plate's."""
        result = films.results[self._index]
        landmarks = self._follower.add(result)
        clear = bool(self._plate.face.seen[films.frame] and self._open[films.frame])
        self._pixels.append(self._meter.add(plate, result, clear and landmarks is not None))
        if self._people and clear and films.original is not None and result is not None and landmarks is not None:
            self._people.add(films.frame, films.original, result, landmarks)

    def measures(self, sources: Sequence[SourcePhoto]) -> Measures | None:
        """The figures of the whole film; None where no frame shows a clear face in both."""
        own, made = self._plate.face, self._follower.face()
        seen = own.seen & made.seen
        clear = seen & self._open
        if not clear.any():
            return None
        return Measures(
            frames=len(seen),
            measured=int(clear.sum()),
            excluded=int((~self._open).sum()),
            unseen=int((~seen).sum()),
            expression=expression_agreement(own.scores[clear], made.scores[clear], NAMES),
            series=self._series(made.landmarks, clear),
            identity=self._people.distances(sources) if self._people is not None else None,
            identity_note=identity_missing() or ("" if sources else "identity is not measured: no source was given"),
        )

    def _series(self, landmarks: NDArray[np.float32], clear: NDArray[np.bool_]) -> FrameSeries:
        def column(read: Callable[[PixelMeasures], float]) -> NDArray[np.float64]:
            return np.array([read(each) for each in self._pixels], np.float64)

        own = self._plate.face.landmarks
        distance = np.full(len(clear), np.nan)
        pose = np.full(len(clear), np.nan)
        distance[clear] = landmark_distance(own[clear], landmarks[clear])
        pose[clear] = pose_distance(own[clear], landmarks[clear])
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
