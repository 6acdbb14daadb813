"""Faces put together from tracks, and parted: what the analysis took for two people, or for one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from pipeline.analysis.kept_analysis import open_analysis
from pipeline.analysis.observations import TrackObservations
from pipeline.engines.session import SessionPool
from pipeline.errors import ProjectError
from pipeline.jobs.analyse import analyse_range, options_for
from pipeline.jobs.digests import viewed_sha256
from pipeline.jobs.face_review import ListedFace, changed_faces
from pipeline.jobs.progress import CancelledCheck, ProgressSink, telling_of_compiling
from pipeline.jobs.project_edit import frame_of, open_for_change
from pipeline.jobs.prominence import choose_tracks
from pipeline.jobs.render_request import Compute, only_plate
from pipeline.media.reader import open_plate
from pipeline.project.face_edits import merge_faces, merge_track, pin_track, split_face
from pipeline.project.project import Project, face_named
from pipeline.project.storage import media_path


@dataclass(frozen=True, slots=True)
class TracksPlace:
    """A project's file, and what its plate's analysis is made with where it is missing."""

    project: Path
    compute: Compute = field(default_factory=Compute)


def split(
    place: TracksPlace, face: str | None, frame: str, progress: ProgressSink, cancelled: CancelledCheck
) -> list[ListedFace]:
    """Part a face before a frame or timecode; all faces then.

    Raises ProjectError: no such face, or it is seen on one side only. MediaError, FaceError, Cancelled.
    """
    project = open_for_change(place.project).project
    meant = face_named(project, face)
    at = frame_of(project, meant, frame)
    tracks = everybody(place, project, progress, cancelled)
    seen = _seen(project, tracks, meant.plate)[meant.id].frames
    if not (seen[0] < at <= seen[-1]):
        raise ProjectError(
            f"{meant.id} is seen in frames {seen[0]} to {seen[-1]}, so it can't be split at {at}: name a frame between."
        )

    def edit(project: Project) -> Project:
        return split_face(_pinned(project, tracks, [meant.id]), meant.id, at)[0]

    return changed_faces(place.project, edit)


def merge(
    place: TracksPlace, face: str | None, other: str | int, progress: ProgressSink, cancelled: CancelledCheck
) -> list[ListedFace]:
    """Make a face of a face and another one (its id), or a track (its number); all faces then.

    Raises ProjectError: no such face or track, or both are seen in one frame. MediaError, FaceError, Cancelled.
    """
    project = open_for_change(place.project).project
    meant = face_named(project, face)
    tracks = everybody(place, project, progress, cancelled)
    chosen = _seen(project, tracks, meant.plate)
    found = track_named(tracks, other) if isinstance(other, int) else chosen[face_named(project, other).id]
    both = np.intersect1d(chosen[meant.id].frames, found.frames)
    if len(both) and found is not chosen[meant.id]:
        raise ProjectError(
            f"{meant.id} and {'track ' if isinstance(other, int) else ''}{other} are both seen in frame {both[0]}, so "
            "they are two people: split one of them first."
        )

    def edit(project: Project) -> Project:
        if isinstance(other, int):
            return merge_track(_pinned(project, tracks, [meant.id]), meant.id, other)
        seen = {each: (int(chosen[each].frames[0]), int(chosen[each].frames[-1])) for each in (meant.id, other)}
        return merge_faces(_pinned(project, tracks, [meant.id, other]), meant.id, other, seen)

    return changed_faces(place.project, edit)


def _pinned(project: Project, tracks: Sequence[TrackObservations], faces: Sequence[str]) -> Project:
    """The project whose faces name the tracks that they take."""
    plate = face_named(project, faces[0]).plate
    shown = [each for each in project.faces if each.plate == plate]
    taken = choose_tracks(shown, tracks)
    for each, track in zip(shown, taken, strict=True):
        if each.id in faces:
            project = pin_track(project, each.id, track.id)
    return project


def everybody(
    place: TracksPlace, project: Project, progress: ProgressSink, cancelled: CancelledCheck
) -> list[TrackObservations]:
    """All tracks of a project's plate from the kept analysis, which is made first where it is missing.

    Raises ProjectError, MediaError, Cancelled.
    """
    plate = only_plate(project, place.project)
    path, memory = media_path(plate.path, place.project), place.compute.memory_bytes
    with (
        telling_of_compiling(progress),
        open_plate(path, cache_bytes=memory, colour_space=plate.colour_space) as reader,
    ):
        frames = range(reader.info.frames)
        folder = place.project.resolve().parent
        with open_analysis(folder, viewed_sha256(reader.info), options_for(frames), cancelled=cancelled) as store:
            pool = SessionPool(provider=place.compute.provider)
            return analyse_range(reader, pool, frames, progress, cancelled, store)


def track_named(tracks: Sequence[TrackObservations], number: int) -> TrackObservations:
    """The track of that number. Raises ProjectError: there is none."""
    found = next((each for each in tracks if each.id == number), None)
    if found is None:
        known = ", ".join(str(each.id) for each in tracks) or "none"
        raise ProjectError(f"The plate has no track {number}; there are: {known}.")
    return found


def _seen(project: Project, tracks: Sequence[TrackObservations], plate: str) -> dict[str, TrackObservations]:
    """What was seen of each face of a plate, by the face's id."""
    faces = [each for each in project.faces if each.plate == plate]
    return {face.id: track for face, track in zip(faces, choose_tracks(faces, tracks), strict=True)}
