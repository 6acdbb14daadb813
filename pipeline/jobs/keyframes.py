"""Finding the keyframes of a project's faces, and keeping them in the project without touching what a person did."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from pipeline.analysis.kept_analysis import open_analysis
from pipeline.analysis.keyframes import propose_keyframes
from pipeline.analysis.observations import TrackObservations
from pipeline.analysis.plate_sound import FrameSound, shown_last
from pipeline.analysis.shots import shots_of
from pipeline.analysis.signals import FaceSignals, face_signals
from pipeline.analysis.speakers import with_speech
from pipeline.analysis.store import AnalysisStore
from pipeline.engines.session import SessionPool
from pipeline.errors import ProjectError, RangeError
from pipeline.jobs.analyse import analyse_range, options_for
from pipeline.jobs.bridge_notes import bridge_told
from pipeline.jobs.digests import viewed_sha256
from pipeline.jobs.faces import no_face_in_plate
from pipeline.jobs.keyframe_review import ListedKeyframe, faces_meant, listed
from pipeline.jobs.plate_sound import hear_plate, plate_times
from pipeline.jobs.progress import CancelledCheck, Note, ProgressSink, no_note, telling_of_compiling
from pipeline.jobs.project_edit import edit_project, open_for_change
from pipeline.jobs.prominence import choose_tracks
from pipeline.jobs.render_request import Compute, only_plate
from pipeline.jobs.solve import solve_track
from pipeline.jobs.speech_notes import speech_told
from pipeline.media.plate_reader import PlateReader
from pipeline.media.reader import open_plate
from pipeline.project.detection import DetectionOptions
from pipeline.project.keyframe_edits import merge_proposals
from pipeline.project.project import Plate, Project, face_named, with_face
from pipeline.project.proposal import Proposal
from pipeline.project.storage import media_path
from pipeline.project.track_piece import named_tracks


def detection_options(**fields: object) -> DetectionOptions:
    """Options of a detection from their fields. Raises RangeError: a value out of its bounds."""
    try:
        return msgspec.convert(fields, type=DetectionOptions)
    except msgspec.ValidationError as error:
        raise RangeError(f"These options of detection can't be: {error}.") from error


@dataclass(frozen=True, slots=True)
class KeyframesRequest:
    """A project whose keyframes are to be found; `face` is the id of one of its faces, None takes them all."""

    project: Path
    face: str | None = None
    options: DetectionOptions = field(default_factory=DetectionOptions)
    compute: Compute = field(default_factory=Compute)


def find_keyframes(
    request: KeyframesRequest, progress: ProgressSink, cancelled: CancelledCheck, note: Note = no_note
) -> list[ListedKeyframe]:
    """Propose keyframes from the kept analysis (made first where it is missing) and merge them into the project.

    `note` is told of frames in which a face was not found and is bridged, and of who speaks.

    Raises ProjectError: a file that can't be read or saved. MediaError, FaceError: a plate that can't be used.
    Cancelled: the project is as it was, what was analysed is kept.
    """
    project = open_for_change(request.project).project
    plate = only_plate(project, request.project)
    wanted = [face.id for face in faces_meant(project, request.face)]
    proposals = propose(request, project, plate, wanted, progress, cancelled, note)

    def merged(project: Project) -> Project:
        for face, found in proposals.items():
            project = with_face(project, merge_proposals(face_named(project, face), found))
        return project

    # The project is opened anew: what somebody changed during the analysis stays.
    _, after = edit_project(request.project, merged)
    return listed(after, request.face)


def propose(
    request: KeyframesRequest,
    project: Project,
    plate: Plate,
    wanted: Sequence[str],
    progress: ProgressSink,
    cancelled: CancelledCheck,
    note: Note,
    pool: SessionPool | None = None,
) -> dict[str, list[Proposal]]:
    """Proposals for the `wanted` faces of a plate, by face id; the project's file is neither read nor written."""
    compute = request.compute
    place = SignalsPlace(request.project, compute, pool or SessionPool(provider=compute.provider))
    with telling_of_compiling(progress):
        signals = plate_signals(place, project, plate, wanted, progress, cancelled)
    for face, each in signals.items():
        if each.bridged:
            note(bridge_told(face, each.bridged))
    told = speech_told(signals)
    if told is not None:
        note(told)
    return {face: propose_keyframes(each, request.options) for face, each in signals.items()}


@dataclass(frozen=True, slots=True)
class SignalsPlace:
    """Where a project's file lies, or will lie, and what signals are made with."""

    project: Path
    compute: Compute
    pool: SessionPool


def plate_signals(
    place: SignalsPlace,
    project: Project,
    plate: Plate,
    wanted: Sequence[str],
    progress: ProgressSink,
    cancelled: CancelledCheck,
) -> dict[str, FaceSignals]:
    """Signals of the `wanted` faces by id; a face without a track of its own takes the one it takes in a render.

    Raises ProjectError: the plate has no face. MediaError, NoFace: a plate that can't be used. Cancelled.
    """
    faces = [face for face in project.faces if face.plate == plate.id]
    if not faces:
        raise ProjectError(f"{place.project} has no face to find keyframes of: make a project with `new`.")
    path, memory = media_path(plate.path, place.project), place.compute.memory_bytes
    with open_plate(path, cache_bytes=memory, colour_space=plate.colour_space) as reader:
        frames = range(reader.info.frames)
        key = viewed_sha256(reader.info)
        folder = place.project.resolve().parent
        with open_analysis(folder, key, options_for(frames), cancelled=cancelled) as store:
            tracks = analyse_range(reader, place.pool, frames, progress, cancelled, store)
            if not tracks:
                raise no_face_in_plate(path, whole=True)
            chosen = choose_tracks(faces, tracks)
            meant = {face.id: track for face, track in zip(faces, chosen, strict=True) if face.id in wanted}
            named = named_tracks(faces)
            people = dict.fromkeys([*chosen, *(track for track in tracks if track.id not in named)])
            sound = hear_plate(reader, place.pool, store, progress, cancelled)
            signals = _track_signals(
                reader, place.pool, store, list(people), list(meant.values()), sound, progress, cancelled
            )
            return {face: signals[track] for face, track in meant.items()}


def _track_signals(
    reader: PlateReader,
    pool: SessionPool,
    store: AnalysisStore,
    people: Sequence[TrackObservations],
    meant: Sequence[TrackObservations],
    sound: FrameSound | None,
    progress: ProgressSink,
    cancelled: CancelledCheck,
) -> dict[TrackObservations, FaceSignals]:
    """Signals by track: of those that are meant, and of everybody (`people`) where it is asked who of them speaks."""
    times = plate_times(reader)
    spoken = sound is not None and bool(sound.voiced.any())
    shots = shots_of(store)
    asked = [track for track in sorted(people, key=lambda each: (each.id, each.part)) if spoken or track in meant]
    solves = [solve_track(track, reader, pool, store, progress, cancelled) for track in asked]
    found = [
        face_signals(track, solve, times, shots, store.change()) for track, solve in zip(asked, solves, strict=True)
    ]
    if sound is not None:
        found = with_speech(found, sound, float(shown_last(times)))
    return dict(zip(asked, found, strict=True))
