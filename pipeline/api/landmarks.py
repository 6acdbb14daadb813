"""Corrections of where a plate's face lies, from Python: what the command `face correct` does."""

from dataclasses import dataclass
from pathlib import Path

from pipeline.jobs.face_tracks import TracksPlace
from pipeline.jobs.landmark_corrections import (
    CorrectedPart,
    CorrectRequest,
    ReachRequest,
    Unit,
    copy,
    correct,
    corrections_of,
    reset,
)
from pipeline.jobs.progress import CancelledCheck, ProgressSink, never_cancelled, no_progress
from pipeline.jobs.render_request import Compute


@dataclass(frozen=True, slots=True)
class Landmarks:
    """The landmarks of a project file's faces. A part is a region's name or a point's number.

    `frames` is a keyframe, over whose neighbours a correction fades, a range, or, with None, the whole plate. Every
    call but `corrections` saves, and returns what is corrected of the face then.
    """

    path: Path

    def corrections(self, face: str | None = None) -> list[CorrectedPart]:
        """What is corrected, of one face or of all."""
        return corrections_of(self.path, face)

    def move(
        self,
        part: str | int,
        by: tuple[float, ...],
        frames: int | range | None,
        *,
        face: str | None = None,
        unit: Unit = "px",
        reach: float | None = None,
        ramp: int = 0,
        compute: Compute | None = None,
        progress: ProgressSink = no_progress,
        cancelled: CancelledCheck = never_cancelled,
    ) -> list[CorrectedPart]:
        """A part put where it belongs: `by` pixels (right, down) of the frame, or of a range's or the plate's first.

        With the unit `cm` it is centimetres of the face: to its left, up and, as a third number, out of it. `reach`
        centimetres of skin around the part follow. Raises ProjectError, RangeError, MediaError, FaceError.
        """
        request = CorrectRequest(str(part), by, where_of(face, frames, ramp), unit, reach)
        return correct(TracksPlace(self.path, compute or Compute()), request, progress, cancelled)

    def reset(
        self, part: str | int | None = None, frames: int | range | None = None, face: str | None = None
    ) -> list[CorrectedPart]:
        """A part, or with None every part, where analysis found it."""
        return reset(self.path, None if part is None else str(part), where_of(face, frames, 0))

    def copy(self, frame: int, to: int, part: str | int | None = None, face: str | None = None) -> list[CorrectedPart]:
        """Frame `to` corrected as `frame` is, a part or with None all of it."""
        return copy(self.path, face, None if part is None else str(part), str(frame), str(to))


def where_of(face: str | None, frames: int | range | None, ramp: int) -> ReachRequest:
    if frames is None:
        return ReachRequest(face, "plate")
    if isinstance(frames, int):
        return ReachRequest(face, "keyframe", str(frames))
    return ReachRequest(face, "range", first=str(frames.start), last=str(frames.stop - 1), ramp=ramp)
