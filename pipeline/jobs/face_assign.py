"""An identity put onto a face of the plate, whether the project has that face already or not."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.analysis.observations import TrackObservations
from pipeline.jobs.face_review import ListedFace, changed_faces
from pipeline.jobs.face_tracks import TracksPlace, everybody, track_named
from pipeline.jobs.motion_choice import Motion
from pipeline.jobs.new import checked_motion, checked_sources
from pipeline.jobs.progress import CancelledCheck, ProgressSink
from pipeline.jobs.project_edit import open_for_change
from pipeline.jobs.prominence import by_prominence
from pipeline.jobs.render_request import only_plate
from pipeline.jobs.source_choice import SourceChoice
from pipeline.project.consent import Consent
from pipeline.project.face_edits import assign_face, identity_of, lend_motion, pin_track, share_face
from pipeline.project.identity_edits import license_identity
from pipeline.project.project import Project
from pipeline.project.track_piece import resolved


@dataclass(frozen=True, slots=True)
class AssignRequest:
    """An identity for an analysed track: by new sources, by the id of one that the project has, or neither.

    Neither re-expresses the performer's own face. `motion` None leaves the face the motion it has.
    """

    track: int
    sources: tuple[SourceChoice, ...] = ()
    identity: str | None = None
    consent: Consent | None = None
    share: float | None = None
    motion: Motion | None = None
    licence: str | None = None
    """Under which terms the sources may be used; None leaves what is said of them."""


def assign(
    place: TracksPlace, request: AssignRequest, progress: ProgressSink, cancelled: CancelledCheck
) -> list[ListedFace]:
    """Put an identity onto a track; all faces then.

    A face that names no track and takes this one as the most prominent is the one that is meant, and names it from
    now on.

    Raises ProjectError: no such track or identity, a bad share. MediaError, FaceError, RangeError: a plate, source or
    clip that can't be used. Cancelled.
    """
    sources = checked_sources(request.sources, place.project)
    motion = None if request.motion is None else checked_motion(request.motion, place.project)
    tracks = everybody(place, open_for_change(place.project).project, progress, cancelled)
    track_named(tracks, request.track)

    def edited(project: Project) -> Project:
        plate, identity = only_plate(project, place.project).id, request.identity
        if sources:
            project, identity = identity_of(project, request.sources[0].path.stem, sources, request.consent)
            if request.licence is not None:
                project = license_identity(project, identity, request.licence)
        project = _pinned_where_taken(project, plate, request.track, tracks)
        project, face = assign_face(project, plate, request.track, identity)
        if motion is not None:
            project = lend_motion(project, face.id, motion)
        return project if request.share is None else share_face(project, face.id, request.share)

    return changed_faces(place.project, edited)


def _pinned_where_taken(project: Project, plate: str, track: int, tracks: Sequence[TrackObservations]) -> Project:
    """The project whose face on that track names it."""
    faces = [each for each in project.faces if each.plate == plate]
    for face, taken in zip(faces, resolved(faces, [each.id for each in by_prominence(tracks)]), strict=True):
        if taken == track:
            project = pin_track(project, face.id, track)
    return project
