"""What the editor does to corrections of landmarks, each as one undoable step: parts moved, copied and taken back."""

from collections.abc import Sequence

from editor.document.document import Document, Gesture
from editor.document.edits import Reach, shots_of
from editor.language.catalogue import translated
from editor.language.translation import tr
from pipeline.project.landmark_edits import Way, copy_landmarks, move_landmarks, reset_landmarks
from pipeline.project.landmark_parts import spoken_part
from pipeline.project.reached import Reached


def part_name(part: str) -> str:
    """A region as it is shown, or a point by its number, in the language in use."""
    return tr("point {number}", number=part) if part.isdecimal() else translated(spoken_part(part))


def move(
    document: Document,
    face: str,
    part: str,
    way: Way,
    where: Reached,
    reach_cm: float | None = None,
    gesture: Gesture | None = None,
) -> bool:
    """A part put elsewhere, by so much from where the gesture began, with `reach_cm` of skin around it."""
    return document.edit(
        tr("{part} moved at {frame}", part=part_name(part), frame=where.frame),
        lambda project: move_landmarks(project, face, part, way, where, reach_cm),
        gesture,
    )


def reset(document: Document, face: str, part: str | None, where: Reached) -> bool:
    """A part, or with None every part, where analysis found it."""
    what = tr("{part} taken back", part=part_name(part)) if part is not None else tr("Corrections taken back")
    return document.edit(what, lambda project: reset_landmarks(project, face, part, where))


def copy(document: Document, face: str, frame: int, to: int) -> bool:
    """Frame `to` corrected as `frame` is."""
    return document.edit(
        tr("Corrections of {frame} at {to}", frame=frame, to=to),
        lambda project: copy_landmarks(project, face, frame, to),
    )


def reached(reach: Reach, frame: int, span: range, shots: Sequence[range] = ()) -> Reached:
    """Where an edit acts that is made at a frame; `span` is in to out, used where the reach is a range, `shots` are the
    plate's, used where it is a shot.
    """
    if reach == "shot":
        return Reached(frame, reach, shots_of([frame], shots)[frame])
    return Reached(frame, reach, span) if reach == "range" else Reached(frame, reach)
