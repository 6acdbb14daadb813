"""Descriptors of one result and of the performer, gathered while the films are read."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.engines.faces import SourcePhoto
from pipeline.imaging.arrays import ImageU8
from pipeline.quality.film_faces import Landmarks
from pipeline.quality.identity import (
    Descriptor,
    IdentityDistances,
    IdentityMeter,
    identity_distances,
    mean_distances,
)
from pipeline.quality.plate_reading import PlateReading

IDENTITY_EVERY = 6
"""One measured frame in so many is embedded: a face does not become another one between frames."""
PERFORMER_FRAMES = 12
"""Plate frames that stand for the performer."""


@dataclass(frozen=True, slots=True, eq=False)
class FramesIdentity:
    """Distances on the plate frames that were looked at: to the source and to the performer, all (n,)."""

    frames: NDArray[np.int64]
    to_source: NDArray[np.float64]
    to_performer: NDArray[np.float64]


class People:
    """Collects descriptors on some clear frames of a plate and one result. `meter` may be shared with other results."""

    def __init__(self, meter: IdentityMeter, plate: PlateReading, every: int = IDENTITY_EVERY) -> None:
        self._meter = meter
        self._every = every
        self._plate = plate
        self._clear = 0
        self._frames: list[int] = []
        self._results: list[Descriptor] = []
        self._same: list[Descriptor] = []

    def add(self, frame: int, original: ImageU8, result: ImageU8, landmarks: Landmarks) -> None:
        """Look at one clear pair of pictures (h, w, 3 RGB), in order; most are passed over.

        `landmarks` (478, 3) are the result's.
        """
        passed_over = self._clear % self._every
        self._clear += 1
        if passed_over:
            return
        self._frames.append(frame)
        own = self._own(frame, original)
        self._same.append(own)
        self._results.append(own if result is original else self._meter.embed(result, landmarks))

    def distances(self, sources: Sequence[SourcePhoto]) -> IdentityDistances | None:
        """Distances of what was collected to the `sources`; None where nothing was."""
        if not self._results:
            return None
        return identity_distances(self._results, self._photos(sources), self._performer(), self._same)

    def frame_by_frame(self, sources: Sequence[SourcePhoto]) -> FramesIdentity | None:
        """The same on each frame that was looked at."""
        if not self._results:
            return None
        return FramesIdentity(
            np.array(self._frames, np.int64),
            mean_distances(self._results, self._photos(sources)),
            mean_distances(self._results, self._performer()),
        )

    def _photos(self, sources: Sequence[SourcePhoto]) -> list[Descriptor]:
        return [self._meter.embed(photo.image, photo.mesh.landmarks) for photo in sources]

    def _performer(self) -> list[Descriptor]:
        spread = np.linspace(0, len(self._same) - 1, min(PERFORMER_FRAMES, len(self._same))).round().astype(int)
        return [self._same[k] for k in np.unique(spread)]

    def _own(self, frame: int, picture: ImageU8) -> Descriptor:
        known = self._plate.descriptors
        if frame not in known:
            known[frame] = self._meter.embed(picture, self._plate.face.landmarks[frame])
        return known[frame]
