"""Keyframes of a project as people read and review them: listed with their labels, set, taken away, judged."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.jobs.kept_quality import quality_of
from pipeline.jobs.progress import Note, no_note
from pipeline.jobs.project_edit import edit_project, frame_of, open_for_reading
from pipeline.project.keyframe import Keyframe, Status
from pipeline.project.keyframe_edits import accept_correction, add_keyframe, remove_keyframe, review_keyframe
from pipeline.project.project import FaceTrack, Project, face_named, plate_of
from pipeline.project.timebase import timecode_of

_FrameEdit = Callable[[Project, str, int], Project]


@dataclass(frozen=True, slots=True)
class ListedKeyframe:
    """A keyframe with its face and its label in the plate's count."""

    face: str
    timecode: str
    keyframe: Keyframe
    quality: Mapping[str, float | None] | None = None
    """What was measured around it in the last measured render; see docs/measuring.md."""

    def values(self) -> dict[str, Any]:
        """The keyframe as JSON values."""
        mark = self.keyframe
        return {
            "frame": mark.frame,
            "timecode": self.timecode,
            "face": self.face,
            "kind": mark.kind,
            "score": mark.score,
            "reasons": list(mark.reasons),
            "status": mark.status,
            "origin": mark.origin,
            "note": mark.note,
            "correction": None if mark.correction is None else mark.correction.values(),
            "quality": None if self.quality is None else dict(self.quality),
        }


def kept_keyframes(path: Path, face: str | None, note: Note = no_note) -> list[ListedKeyframe]:
    """The keyframes that a project holds, with what was measured of them. Raises ProjectError."""
    project = open_for_reading(path, note)
    measured = {
        track.id: quality_of(path.resolve().parent, plate_of(project, track), track.id)
        for track in faces_meant(project, face)
    }
    return [
        each
        if (kept := measured[each.face]) is None
        else replace(each, quality=kept.keyframes.get(each.keyframe.frame))
        for each in listed(project, face)
    ]


def set_keyframe(path: Path, face: str | None, frame: str) -> list[ListedKeyframe]:
    """Set a keyframe by hand; the face's keyframes then. Raises ProjectError, RangeError."""
    return _changed(path, face, frame, add_keyframe)


def drop_keyframe(path: Path, face: str | None, frame: str) -> list[ListedKeyframe]:
    """Take a keyframe away; the face's keyframes then. Raises ProjectError, RangeError."""
    return _changed(path, face, frame, remove_keyframe)


def accept_keyframe(path: Path, face: str | None, frame: str) -> list[ListedKeyframe]:
    """Take over the correction proposed with a keyframe; the face's keyframes then. Raises ProjectError, RangeError."""
    return _changed(path, face, frame, accept_correction)


def judge_keyframe(
    path: Path, face: str | None, frame: str, status: Status | None, note: str | None
) -> list[ListedKeyframe]:
    """Set a keyframe's status and note; the face's keyframes then. Raises ProjectError, RangeError."""
    return _changed(path, face, frame, lambda p, f, at: review_keyframe(p, f, at, status, note))


def _changed(path: Path, face: str | None, frame: str, edit: _FrameEdit) -> list[ListedKeyframe]:
    def at_frame(project: Project) -> Project:
        track = face_named(project, face)
        return edit(project, track.id, frame_of(project, track, frame))

    return listed(edit_project(path, at_frame)[1], face)


def faces_meant(project: Project, face: str | None) -> Sequence[FaceTrack]:
    """The face of that id, or all of them. Raises ProjectError: there is none of that id."""
    return project.faces if face is None else (face_named(project, face),)


def listed(project: Project, face: str | None) -> list[ListedKeyframe]:
    """The keyframes of one face or of all, by frame; on one frame those of the face with the greater share first."""
    found = []
    for track in sorted(faces_meant(project, face), key=lambda each: (-each.share, each.id)):
        plate = plate_of(project, track)
        for mark in track.keyframes:
            label = timecode_of(mark.frame, plate.rate.fraction, plate.first_timecode)
            found.append(ListedKeyframe(track.id, label, mark))
    return sorted(found, key=lambda each: each.keyframe.frame)
