"""What the editor does to strokes over a face's matte, each as one undoable step: painted, copied and taken back."""

from editor.document.document import Document, Gesture
from editor.language.translation import mark, tr
from pipeline.project.matte_edits import copy_matte, paint_matte, reset_matte
from pipeline.project.matte_stroke import Brush, Shows
from pipeline.project.reached import Reached

SHOWS_WORDS: dict[Shows, str] = {"plate": mark("Plate"), "face": mark("Face"), "found": mark("As found")}
"""What a stroke lets be seen."""


def paint(document: Document, face: str, brush: Brush, where: Reached, gesture: Gesture | None = None) -> bool:
    """A stroke over those there are."""
    what = tr(SHOWS_WORDS[brush.shows])
    return document.edit(
        tr("Matte painted at {frame}: {what}", frame=where.frame, what=what),
        lambda project: paint_matte(project, face, brush, where),
        gesture,
    )


def reset(document: Document, face: str, where: Reached) -> bool:
    """The matte as it was found."""
    return document.edit(tr("Strokes taken back"), lambda project: reset_matte(project, face, where))


def copy(document: Document, face: str, frame: int, to: int) -> bool:
    """Frame `to` painted as `frame` is."""
    return document.edit(
        tr("Strokes of {frame} at {to}", frame=frame, to=to), lambda project: copy_matte(project, face, frame, to)
    )
