"""Corrections of where a plate's face lies, made, listed, copied and taken back as the command line asks for it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pipeline.engines.landmark_shifts import canonical_way
from pipeline.errors import RangeError
from pipeline.jobs.face_tracks import TracksPlace
from pipeline.jobs.posed_face import posed_face
from pipeline.jobs.progress import CancelledCheck, Note, ProgressSink, no_note
from pipeline.jobs.project_edit import edit_project, frame_of, open_for_change, open_for_reading
from pipeline.jobs.shot_choice import shot_at
from pipeline.project.curve import value_at
from pipeline.project.key_edits import Scope
from pipeline.project.landmark_edits import Way, copy_landmarks, move_landmarks, reset_landmarks
from pipeline.project.landmark_move import LandmarkMove, moved_runs
from pipeline.project.landmark_parts import checked_part
from pipeline.project.project import Project, face_named, plate_of
from pipeline.project.reached import Reached

Unit = Literal["px", "cm"]
"""px: pixels of the plate's picture as it is shown, right and down. cm: centimetres of the canonical face, whose width
is about 15: to the performer's left, up, and out of the face."""


@dataclass(frozen=True, slots=True)
class ReachRequest:
    """How far an edit goes. `frame`, `first` and `last` are frames or timecodes; a range has the last two."""

    face: str | None
    scope: Scope = "keyframe"
    frame: str = "0"
    first: str = "0"
    last: str = "0"
    ramp: int = 0


@dataclass(frozen=True, slots=True)
class CorrectRequest:
    """A part of a face, a region's name or a point's number, and where it goes.

    `move` has two numbers in pixels, two or three in centimetres. `reach` None keeps the part's.
    """

    part: str
    move: tuple[float, ...]
    where: ReachRequest
    unit: Unit = "px"
    reach: float | None = None


@dataclass(frozen=True, slots=True)
class CorrectedPart:
    """A part that is corrected: its keys, and the runs of frames (first, last) in which it lies elsewhere."""

    face: str
    move: LandmarkMove
    frames: tuple[tuple[int, int], ...]

    def values(self) -> dict[str, Any]:
        """As JSON values; lengths in centimetres of the canonical face."""
        move = self.move
        keys = [
            {"frame": frame}
            | {name: round(value_at(getattr(move, name), frame), 4) for name in ("x", "y", "z", "reach")}
            for frame in move.frames
        ]
        ends = {"first": move.first, "last": move.last}
        return {
            "face": self.face,
            "part": move.part,
            **ends,
            "keys": keys,
            "frames": [list(run) for run in self.frames],
        }


def correct(
    place: TracksPlace, request: CorrectRequest, progress: ProgressSink, cancelled: CancelledCheck
) -> list[CorrectedPart]:
    """Move a part of the plate's face; what is corrected of that face then.

    Pixels are those of the frame that is named, of a range its first: how the head lies there is taken from the
    analysis, which is made first where it is missing. Centimetres need none.

    Raises ProjectError: no such face or part, too far, a file that can't be saved. RangeError: no such frame, or the
    face isn't seen in it. MediaError, FaceError, Cancelled.
    """
    checked_part(request.part)
    project = open_for_change(place.project).project
    where = reached(place.project, project, request.where)
    if request.unit == "px":
        way = _way_of(place, request, where.frame, progress, cancelled)
    else:
        x, y, z = (*request.move, 0.0)[:3]
        way = (x, y, z)
    face = request.where.face
    return _edited(
        place.project, face, lambda each: move_landmarks(each, face, request.part, way, where, request.reach)
    )


def reset(path: Path, part: str | None, where: ReachRequest) -> list[CorrectedPart]:
    """Take a part's correction back, or with None every part's; what is left then. Raises ProjectError, RangeError."""

    def edit(project: Project) -> Project:
        return reset_landmarks(project, where.face, part, reached(path, project, where))

    return _edited(path, where.face, edit)


def copy(path: Path, face: str | None, part: str | None, frame: str, to: str) -> list[CorrectedPart]:
    """Correct a frame as another one is, a part or with None all of it. Raises ProjectError, RangeError."""

    def edit(project: Project) -> Project:
        meant = face_named(project, face)
        return copy_landmarks(project, face, frame_of(project, meant, frame), frame_of(project, meant, to), part)

    return _edited(path, face, edit)


def corrections_of(path: Path, face: str | None, note: Note = no_note) -> list[CorrectedPart]:
    """What is corrected of one face, or with None of all. Raises ProjectError."""
    project = open_for_reading(path, note)
    faces = project.faces if face is None else (face_named(project, face),)
    return [part for each in faces for part in _listed(project, each.id)]


def _edited(path: Path, face: str | None, edit: Callable[[Project], Project]) -> list[CorrectedPart]:
    return _listed(edit_project(path, edit)[1], face)


def _listed(project: Project, face: str | None) -> list[CorrectedPart]:
    meant = face_named(project, face)
    frames = plate_of(project, meant).frames
    return [CorrectedPart(meant.id, move, moved_runs((move,), frames)) for move in meant.landmark_moves]


def reached(path: Path, project: Project, where: ReachRequest) -> Reached:
    """A request's frames in the project at `path`. Raises ProjectError: no such face. RangeError: no such frame."""
    face = face_named(project, where.face)
    if where.scope == "range":
        frames = range(frame_of(project, face, where.first), frame_of(project, face, where.last) + 1)
        return Reached(frames.start, "range", frames, where.ramp)
    frame = frame_of(project, face, where.frame)
    if where.scope == "shot":
        shot = shot_at(path, project, face, frame)
        return Reached(frame, "shot", shot if len(shot) < plate_of(project, face).frames else range(0))
    return Reached(frame, where.scope)


def _way_of(
    place: TracksPlace, request: CorrectRequest, frame: int, progress: ProgressSink, cancelled: CancelledCheck
) -> Way:
    found = posed_face(place, request.where.face, frame, progress, cancelled)
    i = found.index
    if i is None:
        raise RangeError(
            f"{found.face} is not seen in frame {frame}, so pixels say nothing there: name a frame that shows it, or "
            "give the way in centimetres."
        )
    return canonical_way(found.solve, i, (request.move[0], request.move[1]))
