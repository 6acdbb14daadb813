"""Descriptors of the result and of the performer, gathered while two films are read."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.engines.faces import SourcePhoto
from pipeline.imaging.arrays import ImageU8
from pipeline.quality.film_faces import FilmFace
from pipeline.quality.identity import Descriptor, IdentityDistances, IdentityMeter, identity_distances

IDENTITY_EVERY = 6
"""One measured frame in so many is embedded: a face does not become another one between frames."""
PERFORMER_FRAMES = 12
"""Plate frames that stand for the performer."""


class People:
    """Collects descriptors on some of the `clear` (T,) frames of two films' `faces` (plate, result)."""

    def __init__(self, faces: tuple[FilmFace, FilmFace], clear: NDArray[np.bool_]) -> None:
        self._meter = IdentityMeter()
        self._faces = faces
        every = np.nonzero(clear)[0][::IDENTITY_EVERY]
        self._wanted = set(every.tolist())
        spread = np.linspace(0, len(every) - 1, min(PERFORMER_FRAMES, len(every))).round().astype(int)
        self._performer_frames = set(every[spread].tolist())
        self._results: list[Descriptor] = []
        self._same: list[Descriptor] = []
        self._performer: list[Descriptor] = []

    def add(self, frame: int, original: ImageU8, result: ImageU8) -> None:
        """Look at one pair of pictures (h, w, 3 RGB); most frames are passed over."""
        if frame not in self._wanted:
            return
        own = self._meter.embed(original, self._faces[0].landmarks[frame])
        self._same.append(own)
        if frame in self._performer_frames:
            self._performer.append(own)
        self._results.append(self._meter.embed(result, self._faces[1].landmarks[frame]))

    def distances(self, sources: Sequence[SourcePhoto]) -> IdentityDistances | None:
        """Distances of what was collected to the `sources`; None where nothing was."""
        if not self._results:
            return None
        photos = [self._meter.embed(photo.image, photo.mesh.landmarks) for photo in sources]
        return identity_distances(self._results, photos, self._performer, self._same)
