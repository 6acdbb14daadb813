"""Approval: it holds for the picture that was looked at, and a shot has it when all its keyframes do."""

from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from pipeline.project.frame_changes import changed_frames, never
from pipeline.project.project import FaceTrack, Project, with_face


def reopened(old: Project, new: Project) -> Project:
    """The edited document with open keyframes where approval no longer holds: where the edit draws another picture than
    was approved, and where it moved an approved keyframe to another frame. What the edit itself approves is approved.
    """
    for face in new.faces:
        before = next((each for each in old.faces if each.id == face.id), None)
        if before is not None:
            new = _with_reopened(old, new, before, face)
    return new


def _with_reopened(old: Project, new: Project, before: FaceTrack, face: FaceTrack) -> Project:
    known = {each.frame: each.status for each in before.keyframes}
    changed = changed_frames(old, new, face.id)
    if before.keyframes == face.keyframes and (changed is never or "approved" not in known.values()):
        return new

    def holds(frame: int) -> bool:
        return frame in known and (known[frame] != "approved" or not changed(frame))

    keyframes = tuple(
        replace(each, status="open") if each.status == "approved" and not holds(each.frame) else each
        for each in face.keyframes
    )
    return new if keyframes == face.keyframes else with_face(new, replace(face, keyframes=keyframes))


def shots_between(cuts: Sequence[int], frames: int) -> list[range]:
    """A plate's shots; `cuts` are the frames that begin one, the plate's first needn't be among them."""
    edges = [0, *sorted({cut for cut in cuts if 0 < cut < frames}), frames]
    return [range(first, stop) for first, stop in pairwise(edges)]


def is_approved(project: Project, plate: str, shot: range) -> bool:
    """Whether somebody approved a shot: it has keyframes of faces that are worked on, and all of them are approved."""
    faces = [each for each in project.faces if each.plate == plate and not each.ignored]
    found = [each.status for face in faces for each in face.keyframes if each.frame in shot]
    return bool(found) and all(each == "approved" for each in found)
