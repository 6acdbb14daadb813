"""A face's motion taken from another clip or frame: the donor's expression over the performer's, within limits.

What moves is the performer's own face, along the directions that its own clip shows it to move in: an expression
that the clip never holds can't be borrowed. Gaze and lids stay the performer's, since a shut eye opens only where a
frame shows it open; and the mouth's inside is the plate's, stretched.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.observations import TrackObservations
from pipeline.analysis.smoothing import gaussian_over_time
from pipeline.engines.faces import FaceSolve
from pipeline.engines.landmarkers.blendshapes import NAMES
from pipeline.engines.session import SessionPool
from pipeline.errors import NoFace, RangeError
from pipeline.jobs.analyse import analyse_range
from pipeline.jobs.motion_choice import Motion
from pipeline.jobs.progress import CancelledCheck, Progress, ProgressSink
from pipeline.jobs.prominence import prominence
from pipeline.jobs.source_choice import SourceChoice
from pipeline.media.plate_reader import PlateReader
from pipeline.media.reader import open_plate

_STILL_FRAMES = 3
"""Frames analysed around one donor frame, so that its mesh is settled."""
SMOOTH_FRAMES = 1.5
"""Gaussian over the donor's scores, frames: raw scores jitter."""
_AFTER_FRAMES = 10
"""Frames read beyond the last one needed, for the smoothing's sake; they also let a short clip's faces be judged."""
_BORROWED = np.array([not n.startswith(("eyeLook", "eyeBlink", "_neutral")) for n in NAMES])


@dataclass(frozen=True, slots=True, eq=False)
class DonorScores:
    """The donor's blendshapes (n, 52), and the time of each since the donor's start in seconds (exact)."""

    times: tuple[Fraction, ...]
    scores: NDArray[np.float32]

    def at(self, time: Fraction) -> NDArray[np.float32]:
        """The scores shown at `time`; the last ones stay when the donor has ended."""
        shown: NDArray[np.float32] = self.scores[max(0, bisect_right(self.times, time) - 1)]
        return shown


def read_donor(
    choice: SourceChoice,
    pool: SessionPool,
    progress: ProgressSink,
    cancelled: CancelledCheck,
    seconds: Fraction | None = None,
) -> DonorScores:
    """The expression of a clip's most prominent face, or of one frame of it.

    Only the first `seconds` of the clip, and what smooths their end, are read; None reads all of it.

    Raises MediaError: the clip can't be read. RangeError: it has no such frame. NoFace: no face is in it.
    """
    with open_plate(choice.path) as reader:
        frames = _frames(choice, reader, seconds)
        tracks = analyse_range(
            reader, pool, frames, lambda state: progress(Progress("reading motion", state.done, state.total)), cancelled
        )
        if not tracks:
            raise NoFace(f"No face to take motion from was found in {choice.path}. Choose another clip or frame.")
        return _scores_of(max(tracks, key=prominence), choice, reader)


def _frames(choice: SourceChoice, reader: PlateReader, seconds: Fraction | None) -> range:
    count = reader.info.frames
    if choice.frame is None:
        if seconds is None:
            return range(count)
        last = int(reader.pts[0]) + int(seconds / reader.info.time_base)
        return range(min(count, bisect_right(reader.pts.tolist(), last) + _AFTER_FRAMES))
    if choice.frame >= count:
        raise RangeError(f"{choice.path} has {count} frames, so there is no frame {choice.frame} to take motion from.")
    return range(max(0, choice.frame - _STILL_FRAMES), min(count, choice.frame + _STILL_FRAMES + 1))


def _scores_of(track: TrackObservations, choice: SourceChoice, reader: PlateReader) -> DonorScores:
    scores = gaussian_over_time(track.scores.astype(np.float64), SMOOTH_FRAMES).astype(np.float32)
    if choice.frame is not None:
        nearest = int(np.argmin(np.abs(track.frames - choice.frame)))
        return DonorScores((Fraction(0),), scores[nearest : nearest + 1])
    start, base = int(reader.pts[0]), reader.info.time_base
    return DonorScores(tuple((int(reader.pts[f]) - start) * base for f in track.frames), scores)


def borrowed(motion: Motion, donor: DonorScores, solve: FaceSolve, times: Sequence[Fraction]) -> NDArray[np.float64]:
    """(T, 52) to add to the solve's scores; `times[i]`: when its frame i is shown, seconds from the clip's start."""
    own = gaussian_over_time(solve.scores.astype(np.float64), SMOOTH_FRAMES)
    wanted = np.stack([donor.at(time) for time in times]).astype(np.float64)
    change = np.clip(motion.gain * (wanted - own), -motion.limit, motion.limit)
    return np.asarray(change * _BORROWED, np.float64)
