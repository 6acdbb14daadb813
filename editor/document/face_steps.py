"""What the editor does to faces of a document, each as one undoable step: identities, share, ignored, split, merged."""

from collections.abc import Sequence
from pathlib import Path

from editor.document.document import Document
from editor.language.translation import tr
from pipeline.project.balance import balanced, unbalanced
from pipeline.project.face_edits import (
    assign_face,
    give_identity,
    ignore_face,
    lend_motion,
    merge_faces,
    merge_track,
    pin_track,
    share_face,
    split_face,
)
from pipeline.project.project import MotionSource, Project


def identity_name(project: Project, identity: str | None) -> str:
    """What an identity is called; None is the performer's own face."""
    return next((each.name for each in project.identities if each.id == identity), tr("the performer's own face"))


def assign(document: Document, plate: str, track: int, identity: str | None) -> bool:
    """An identity onto a track that no face takes: a new face."""
    name = identity_name(document.project, identity)
    return document.edit(
        tr("Track {track}: {name}", track=track, name=name),
        lambda project: assign_face(project, plate, track, identity)[0],
    )


def give(document: Document, face: str, identity: str | None) -> bool:
    """Another identity onto a face; its keys stay."""
    name = identity_name(document.project, identity)
    return document.edit(f"{face}: {name}", lambda project: give_identity(project, face, identity))


def ignore(document: Document, face: str, ignored: bool) -> bool:
    """A face left as it is in the plate, or taken back."""
    words = tr("{face} left as in the plate", face=face) if ignored else tr("{face} taken back", face=face)
    return document.edit(words, lambda project: ignore_face(project, face, ignored))


def share(document: Document, face: str, value: float) -> bool:
    return document.edit(
        tr("{face}: share {value:.2f}", face=face, value=value), lambda project: share_face(project, face, value)
    )


def lend_motion_of(document: Document, face: str, motion: MotionSource | None) -> bool:
    """Another clip's expression on a face; None: the performer's own again."""
    name = tr("the performer's own motion") if motion is None else tr("motion of {clip}", clip=Path(motion.path).name)
    return document.edit(f"{face}: {name}", lambda project: lend_motion(project, face, motion))


def balance(document: Document, face: str, frames: Sequence[int], strength: Sequence[float]) -> bool:
    """Curves that lean to the identity at rest and to the performance in strong expression; a person's keys stay."""
    return document.edit(
        tr("Balance {face}", face=face), lambda project: balanced(project, face, frames, strength).project
    )


def unbalance(document: Document, face: str) -> bool:
    """A face without the keys of a balance."""
    return document.edit(tr("Without balance: {face}", face=face), lambda project: unbalanced(project, face))


def split(document: Document, face: str, frame: int, track: int | None) -> bool:
    """A face parted before a frame; `track` is the one that it takes where it names none."""
    return document.edit(
        tr("Split {face} at {frame}", face=face, frame=frame),
        lambda project: split_face(project, face, frame, track)[0],
    )


def merge(
    document: Document, face: str, other: str | int, tracks: dict[str, int], seen: dict[str, tuple[int, int]]
) -> bool:
    """A face that is another face, or a track, too.

    By a face's id, `tracks` are those that faces take where they name none, `seen` the frames between which it is seen.
    """

    def change(project: Project) -> Project:
        for each, track in tracks.items():
            project = pin_track(project, each, track)
        if isinstance(other, int):
            return merge_track(project, face, other)
        return merge_faces(project, face, other, seen)

    what = tr("track {track}", track=other) if isinstance(other, int) else other
    return document.edit(tr("Merge {face} and {other}", face=face, other=what), change)
