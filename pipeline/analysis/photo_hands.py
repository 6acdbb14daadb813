"""Hands before a face in a single photo, where no neighbouring frame tells of them."""

from collections.abc import Callable, Iterator

import numpy as np

from pipeline.analysis.coverage import covered_share
from pipeline.analysis.hands import hand_mattes
from pipeline.analysis.observations import TrackObservations
from pipeline.engines.faces import FaceMesh
from pipeline.engines.session import SessionPool
from pipeline.imaging.arrays import ImageU8


def hand_share(image: ImageU8, mesh: FaceMesh, pool: SessionPool) -> float:
    """Share 0..1 of the face's chart that hands cover in a photo (h, w, 3 RGB), for the mesh found in it."""

    def pictures(start: int, stop: int) -> Iterator[Callable[[], ImageU8] | None]:
        for _ in range(start, stop):
            yield lambda: image

    mattes = dict(hand_mattes(_single(image, mesh), pictures, pool))
    return covered_share(mattes[0], mesh.landmarks) if mattes else 0.0


def _single(image: ImageU8, mesh: FaceMesh) -> TrackObservations:
    """The photo as a plate of one frame."""
    landmarks = np.asarray(mesh.landmarks[None], np.float32)
    return TrackObservations(
        id=0,
        frames=np.zeros(1, np.int32),
        landmarks=landmarks,
        scores=np.asarray(mesh.scores[None], np.float32),
        presence=np.full(1, mesh.presence, np.float32),
        flow=np.zeros((0, landmarks.shape[1], 2), np.float32),
        flow_error=np.zeros((0, landmarks.shape[1]), np.float32),
        width=image.shape[1],
        height=image.shape[0],
    )
