"""Strokes over a face's matte, from Python: what the command `face matte` does."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline.api.landmarks import where_of
from pipeline.jobs.face_tracks import TracksPlace
from pipeline.jobs.landmark_corrections import Unit
from pipeline.jobs.matte_strokes import PaintedStroke, PaintRequest, copy, paint, reset, strokes_of
from pipeline.jobs.progress import CancelledCheck, ProgressSink, never_cancelled, no_progress
from pipeline.jobs.render_request import Compute
from pipeline.project.matte_stroke import USUAL_RADIUS, USUAL_SOFTNESS, Shows


@dataclass(frozen=True, slots=True)
class Mattes:
    """The mattes of a project file's faces, painted over where they were found wrong.

    `frames` is a keyframe, over whose neighbours a stroke fades, a range, or, with None, the whole plate. Every call
    but `strokes` saves, and returns the face's strokes then.
    """

    path: Path

    def strokes(self, face: str | None = None) -> list[PaintedStroke]:
        """What is painted, of one face or of all."""
        return strokes_of(self.path, face)

    def paint(
        self,
        shows: Shows,
        points: Iterable[tuple[float, float]],
        frames: int | range | None,
        *,
        face: str | None = None,
        radius: float = USUAL_RADIUS,
        unit: Unit = "cm",
        softness: float = USUAL_SOFTNESS,
        ramp: int = 0,
        compute: Compute | None = None,
        progress: ProgressSink = no_progress,
        cancelled: CancelledCheck = never_cancelled,
    ) -> list[PaintedStroke]:
        """A stroke through pixels (right, down) of the frame, or of a range's or the plate's first; one is a dab.

        It shows the `plate`, the `face` although something was found before it, or what was `found`. `radius` is in
        centimetres of the face or, with the unit `px`, in pixels; `softness` (0..1) is the share of it that fades.
        Raises ProjectError, RangeError, MediaError, FaceError.
        """
        request = PaintRequest(shows, tuple(points), where_of(face, frames, ramp), radius, unit, softness)
        return paint(TracksPlace(self.path, compute or Compute()), request, progress, cancelled)

    def reset(self, frames: int | range | None = None, face: str | None = None) -> list[PaintedStroke]:
        """The matte as it was found."""
        return reset(self.path, where_of(face, frames, 0))

    def copy(self, frame: int, to: int, face: str | None = None) -> list[PaintedStroke]:
        """Frame `to` painted as `frame` is."""
        return copy(self.path, face, str(frame), str(to))
