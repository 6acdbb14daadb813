"""The faces of a project as people see and set them: who is in the plate, who gets whom, who is left alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from pipeline.jobs.motion_choice import Motion
from pipeline.jobs.new import checked_motion
from pipeline.jobs.progress import Note, no_note
from pipeline.jobs.project_edit import edit_project, open_for_reading
from pipeline.project.consent import Consent
from pipeline.project.face_edits import ignore_face, lend_motion, record_consent, share_face
from pipeline.project.project import FaceTrack, Identity, Project, consent_for


@dataclass(frozen=True, slots=True)
class ListedFace:
    """A face with the identity that goes onto it; None: the performer's own face is re-expressed."""

    face: FaceTrack
    identity: Identity | None
    consent: Consent | None
    """Of the person whose face is worked with: the identity, or the performer where there is none."""

    def values(self) -> dict[str, Any]:
        """The face as JSON values."""
        return {
            "face": self.face.id,
            "track": self.face.track,
            "pieces": [msgspec.to_builtins(each) for each in self.face.pieces],
            "identity": None if self.identity is None else self.identity.id,
            "name": None if self.identity is None else self.identity.name,
            "sources": [] if self.identity is None else [source.path for source in self.identity.sources],
            "consent": self.consent is not None,
            "licence": "" if self.identity is None else self.identity.licence,
            "motion": None if self.face.motion is None else msgspec.to_builtins(self.face.motion),
            "share": self.face.share,
            "ignored": self.face.ignored,
            "keyframes": len(self.face.keyframes),
        }


def list_faces(path: Path, note: Note = no_note) -> list[ListedFace]:
    """The faces of a project in the order they are drawn in. Raises ProjectError."""
    return _listed(open_for_reading(path, note))


def ignore(path: Path, face: str | None, ignored: bool) -> list[ListedFace]:
    """Leave a face alone in renders, or take it back; all faces then. Raises ProjectError."""
    return changed_faces(path, lambda project: ignore_face(project, face, ignored))


def set_share(path: Path, face: str | None, share: float) -> list[ListedFace]:
    """Set a face's share of the extra work at keyframes; all faces then. Raises ProjectError."""
    return changed_faces(path, lambda project: share_face(project, face, share))


def set_motion(path: Path, face: str | None, motion: Motion | None) -> list[ListedFace]:
    """Let a face wear another clip's expression, or, with None, the performer's own again; all faces then.

    Raises ProjectError: no such face. MediaError, FaceError, RangeError: a clip or frame that can't be used.
    """
    checked = None if motion is None else checked_motion(motion, path)
    return changed_faces(path, lambda project: lend_motion(project, face, checked))


def set_consent(path: Path, face: str | None, consent: Consent | None) -> list[ListedFace]:
    """Record the consent of the person whose face is worked with, or take it back; all faces then.

    Raises ProjectError: no such face.
    """
    return changed_faces(path, lambda project: record_consent(project, face, consent))


def changed_faces(path: Path, edit: Callable[[Project], Project]) -> list[ListedFace]:
    """Save an edit of faces; all faces then. Raises ProjectError, OutputError, and whatever `edit` raises."""
    _, project = edit_project(path, edit)
    return _listed(project)


def _listed(project: Project) -> list[ListedFace]:
    identities: Sequence[Identity] = project.identities
    by_id = {each.id: each for each in identities}
    return [
        ListedFace(face, None if face.identity is None else by_id.get(face.identity), consent_for(project, face))
        for face in project.faces
    ]
