"""Strokes over a face's matte, painted, listed, copied and taken back as the command line asks for it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.engines.landmark_shifts import landmarks_of
from pipeline.errors import ProjectError, RangeError
from pipeline.jobs.face_tracks import TracksPlace
from pipeline.jobs.landmark_corrections import ReachRequest, Unit, reached
from pipeline.jobs.posed_face import posed_face
from pipeline.jobs.progress import CancelledCheck, Note, ProgressSink, no_note
from pipeline.jobs.project_edit import edit_project, frame_of, open_for_change, open_for_reading
from pipeline.project.curve import value_at
from pipeline.project.key_edits import check_frame
from pipeline.project.matte_edits import copy_matte, paint_matte, reset_matte
from pipeline.project.matte_stroke import (
    LARGEST_RADIUS,
    LEAST_RADIUS,
    USUAL_RADIUS,
    USUAL_SOFTNESS,
    Brush,
    MatteStroke,
    Shows,
    painted_runs,
)
from pipeline.project.project import Project, face_named, plate_of
from pipeline.project.stroke_points import Pixel, held_path, held_point, thinned


@dataclass(frozen=True, slots=True)
class PaintRequest:
    """A stroke through pixels of the plate's picture as it is shown; one is a dab.

    `radius` is in centimetres of the face, or in those pixels; `softness` 0..1 is the share of it that fades.
    """

    shows: Shows
    points: tuple[Pixel, ...]
    where: ReachRequest
    radius: float = USUAL_RADIUS
    unit: Unit = "cm"
    softness: float = USUAL_SOFTNESS


@dataclass(frozen=True, slots=True)
class PaintedStroke:
    """A stroke of a face, and the runs of frames (first, last) in which it counts."""

    face: str
    stroke: MatteStroke
    frames: tuple[tuple[int, int], ...]

    def values(self) -> dict[str, Any]:
        """As JSON values; lengths in centimetres of the canonical face."""
        brush, amount = self.stroke.brush, self.stroke.amount
        return {
            "face": self.face,
            "shows": brush.shows,
            "radius": brush.radius,
            "softness": brush.softness,
            "points": [list(point) for point in brush.points],
            "first": self.stroke.first,
            "last": self.stroke.last,
            "keys": [{"frame": frame, "amount": round(value_at(amount, frame), 4)} for frame in self.stroke.frames],
            "frames": [list(run) for run in self.frames],
        }


def paint(
    place: TracksPlace, request: PaintRequest, progress: ProgressSink, cancelled: CancelledCheck
) -> list[PaintedStroke]:
    """Lay a stroke over a face's matte; all of that face's strokes then.

    Pixels are those of the frame that is named, of a range its first: how the head lies there is taken from the
    analysis, which is made first where it is missing.

    Raises ProjectError: no such face, a brush too small or too large, a file that can't be saved. RangeError: no such
    frame, the face isn't seen in it, or a point lies too far from it. MediaError, FaceError, Cancelled.
    """
    if not request.points or not 0.0 <= request.softness <= 1.0:
        raise ProjectError("A stroke has one point at least, and a softness from 0 to 1.")
    project = open_for_change(place.project).project
    where = reached(place.project, project, request.where)
    check_frame(project, face_named(project, request.where.face), where.frame)
    brush = _brush(place, request, where.frame, progress, cancelled)
    return _edited(place.project, request.where.face, lambda each: paint_matte(each, request.where.face, brush, where))


def reset(path: Path, where: ReachRequest) -> list[PaintedStroke]:
    """The matte as it was found, as far as the scope reaches; what is left then. Raises ProjectError, RangeError."""
    return _edited(path, where.face, lambda project: reset_matte(project, where.face, reached(path, project, where)))


def copy(path: Path, face: str | None, frame: str, to: str) -> list[PaintedStroke]:
    """Paint a frame as another one is. Raises ProjectError, RangeError."""

    def edit(project: Project) -> Project:
        meant = face_named(project, face)
        return copy_matte(project, face, frame_of(project, meant, frame), frame_of(project, meant, to))

    return _edited(path, face, edit)


def strokes_of(path: Path, face: str | None, note: Note = no_note) -> list[PaintedStroke]:
    """What is painted over the matte of one face, or with None of all. Raises ProjectError."""
    project = open_for_reading(path, note)
    faces = project.faces if face is None else (face_named(project, face),)
    return [stroke for each in faces for stroke in _listed(project, each.id)]


def _edited(path: Path, face: str | None, edit: Callable[[Project], Project]) -> list[PaintedStroke]:
    return _listed(edit_project(path, edit)[1], face)


def _listed(project: Project, face: str | None) -> list[PaintedStroke]:
    meant = face_named(project, face)
    frames = plate_of(project, meant).frames
    return [PaintedStroke(meant.id, stroke, painted_runs((stroke,), frames)) for stroke in meant.matte_strokes]


def _brush(
    place: TracksPlace, request: PaintRequest, frame: int, progress: ProgressSink, cancelled: CancelledCheck
) -> Brush:
    found = posed_face(place, request.where.face, frame, progress, cancelled)
    if found.index is None:
        raise RangeError(
            f"{found.face} is not seen in frame {frame}, so there is no matte to paint over: name another."
        )
    landmarks = landmarks_of(found.solve, found.index, found.shifts)
    rotation, scale = found.solve.rotation[found.index], float(found.solve.scale[found.index])
    radius = request.radius / scale if request.unit == "px" else request.radius
    if not LEAST_RADIUS <= radius <= LARGEST_RADIUS:
        raise ProjectError(
            f"A brush's radius goes from {LEAST_RADIUS:g} to {LARGEST_RADIUS:g} cm of the face, and this one is "
            f"{radius:.3g} cm: in frame {frame} a centimetre is {scale:.1f} pixels."
        )
    for x, y in thinned(request.points, 0.0):
        if held_point(landmarks, rotation, scale, (x, y)) is None:
            raise RangeError(f"The point {x:g},{y:g} lies too far from {found.face} in frame {frame}: name one nearer.")
    points = held_path(landmarks, rotation, scale, request.points)
    return Brush(shows=request.shows, points=points, radius=round(radius, 4), softness=request.softness)
