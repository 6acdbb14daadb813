"""What measuring knows of a plate before any result is looked at: taken once, used for every film made of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.engines.session import SessionPool
from pipeline.errors import Cancelled
from pipeline.quality.film_faces import FaceFollower, FilmFace, Guide
from pipeline.quality.frame_pairs import WHOLE, Span, film_frames
from pipeline.quality.identity import Descriptor
from pipeline.quality.plate_motion import PlateMotion

Watch = Callable[[int, int], None]
"""(frames done, frames in all)."""


@dataclass(frozen=True, slots=True, eq=False)
class PlateReading:
    """The plate at `path`: its face found anew, and by frame its smoothed landmarks (478, 3).

    `descriptors` are filled while results are measured: a frame of the plate is embedded once.
    """

    path: Path
    face: FilmFace
    smoothed: dict[int, NDArray[np.float64]]
    descriptors: dict[int, Descriptor] = field(default_factory=dict)

    @property
    def frames(self) -> int:
        return len(self.face.scores)


def read_plate(
    path: Path,
    pool: SessionPool,
    watch: Watch = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> PlateReading:
    """Find and follow the plate's main face. Raises MediaError, Cancelled."""
    follower, motion = FaceFollower(pool), PlateMotion()
    for each in film_frames(path, []):
        stop_if(cancelled)
        motion.add(each.frame, each.original, follower.add(each.original))
        watch(each.frame + 1, each.frames)
    return PlateReading(path, follower.face(), motion.smoothed())


def read_known_plate(
    path: Path,
    steady: Guide,
    pool: SessionPool,
    span: Span = WHOLE,
    watch: Watch = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
    corrected: Guide | None = None,
) -> PlateReading:
    """Find anew the face whose `steady` landmarks (478, 3) are known by frame of the span, counted from its first.

    `corrected` (478, 3): pixels by which a person moved what is found there.

    Raises MediaError, Cancelled.
    """
    follower = FaceFollower(pool, steady)
    for each in film_frames(path, [], span):
        stop_if(cancelled)
        follower.add(each.original)
        watch(each.frame + 1, each.frames)
    face = follower.face()
    for at, way in (corrected or {}).items():
        face.landmarks[at] += way
    return PlateReading(path, face, {at: np.asarray(known, np.float64) for at, known in steady.items()})


def stop_if(cancelled: Callable[[], bool]) -> None:
    """Raise Cancelled where it is asked for."""
    if cancelled():
        raise Cancelled("Measuring was stopped.")
