"""From a request to faces that can be drawn: plate analysed, sources read, solves made or found, engine prepared."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import partial

import numpy as np

from pipeline.analysis.kept_analysis import open_analysis
from pipeline.analysis.observations import TrackObservations
from pipeline.analysis.store import AnalysisStore
from pipeline.engines.faces import FaceSolve, SourcePhoto
from pipeline.engines.session import SessionPool
from pipeline.engines.swappers.mesh.swapper import PreparedFace
from pipeline.errors import Cancelled
from pipeline.imaging.face_measures import face_width
from pipeline.jobs.analyse import analyse_range, options_for
from pipeline.jobs.analysed_range import analysed_range, range_note
from pipeline.jobs.bridge_notes import absence_notes, bridge_notes
from pipeline.jobs.digests import Digests
from pipeline.jobs.expression_reading import ExpressionReader
from pipeline.jobs.faces import KeepPrepared, MeshFace, constant, no_face_in_plate, performers_of, with_identities
from pipeline.jobs.match_expression import follows_plate, kept_match, match_expression, match_key
from pipeline.jobs.match_keyframes import PlainLoop, joined, kept_keyframe, led_further, passes_for, workable
from pipeline.jobs.motion import borrowed, read_donor
from pipeline.jobs.motion_notes import motion_told
from pipeline.jobs.progress import CancelledCheck, Note, Progress, ProgressSink, StageClock
from pipeline.jobs.render_request import FaceRequest, RenderRequest
from pipeline.jobs.sources import remarks, small_for
from pipeline.jobs.workbench import Workbench, sources_key
from pipeline.media.plate_reader import PlateReader
from pipeline.project.face_parameters import FaceParameters
from pipeline.project.track_piece import label


def ready_faces(
    request: RenderRequest,
    reader: PlateReader,
    frames: range,
    digests: Digests,
    progress: ProgressSink,
    cancelled: CancelledCheck,
    clock: StageClock,
    note: Note,
    bench: Workbench,
) -> list[MeshFace]:
    """Every face of the request, ready to be drawn in `frames`; sources are read while the plate is analysed.

    A project's plate is analysed whole, so that a frame looks the same in every range; a bare plate as far as
    `analysed_range` says.

    Raises MediaError, FaceError: a plate or source that can't be used. Cancelled: what is analysed is kept.
    """
    pool = bench.pool
    analysed = analysed_range(reader, frames, whole=request.project_folder is not None)
    if told := range_note(analysed, frames):
        note(told)
    with (
        open_analysis(request.project_folder, digests.viewed, options_for(analysed), cancelled=cancelled) as store,
        ThreadPoolExecutor(1, thread_name_prefix="sources") as side,
    ):
        reading = side.submit(lambda: [bench.photos(face.sources, cancelled) for face in request.faces])
        tracks = _tracks(reader, pool, analysed, store, reading, progress, cancelled)
        photos = reading.result()
        _tell_remarks(photos, pool, note)
        clock.lap("analyse")
        if cancelled():
            raise Cancelled("Stopped before the first frame was rendered; nothing was written.")
        if not tracks:
            raise no_face_in_plate(reader.info.path, whole=len(analysed) == reader.info.frames)
        keep = partial(bench.performer, digests.viewed)
        performers = performers_of(request.faces, tracks, reader, pool, store, keep, progress, cancelled)
        bench.remember_cast(_cast(request, digests, analysed), digests.viewed, performers)
        faces = with_identities(request.faces, photos, performers, pool, _keeping(request, digests, bench))
        faces = _with_motion(request, faces, reader, frames, pool, progress, cancelled, note)
        solves = [face.prepared.solve for face in faces]
        small = [small_for(views, _usual_width(solve)) for views, solve in zip(photos, solves, strict=True)]
        present = (*absence_notes(solves, request.faces, frames), *bridge_notes(solves, request.faces, frames))
        for each in (*filter(None, small), *present):
            note(each)
        clock.lap("prepare")
        if request.quality == "final":
            faces = _matched(request, faces, digests, store, reader, pool, progress, cancelled)
            clock.lap("match")
    return faces


def recast_faces(
    request: RenderRequest, frames: range, digests: Digests, cancelled: CancelledCheck, bench: Workbench
) -> list[MeshFace] | None:
    """The draft's faces of a whole plate whose performers the workbench keeps; None where `ready_faces` has to.

    It neither analyses nor opens the analysis, so it waits for nobody who does. What is to be said of the photos is
    left to `tell_remarks`, for which further networks look at them: a picture need not wait for it.

    Raises MediaError, FaceError: a source that can't be used. Cancelled: while a source film is read.
    """
    performers = bench.cast(_cast(request, digests, frames))
    if performers is None or request.quality != "draft" or any(face.motion is not None for face in request.faces):
        return None
    photos = [bench.photos(face.sources, cancelled) for face in request.faces]
    return with_identities(request.faces, photos, performers, bench.pool, _keeping(request, digests, bench))


def tell_remarks(request: RenderRequest, cancelled: CancelledCheck, note: Note, bench: Workbench) -> None:
    """Say what is to be known of the photos of a request whose faces are ready, unless `cancelled` meanwhile."""
    for face in request.faces:
        if cancelled():
            return
        _tell_remarks([bench.photos(face.sources, cancelled)], bench.pool, note)


def _usual_width(solve: FaceSolve) -> float:
    """Of the plate's face, pixels."""
    return float(np.median([face_width(each) for each in solve.landmarks]))


def _cast(request: RenderRequest, digests: Digests, analysed: range) -> str:
    """Which faces of which plate, analysed how far, a request chooses."""
    return f"{digests.viewed} {options_for(analysed)!r} {[label(face) for face in request.faces]}"


def _tell_remarks(photos: Sequence[Sequence[SourcePhoto]], pool: SessionPool, note: Note) -> None:
    for views in photos:
        for each in remarks(views, pool):
            note(each)


def _matched(
    request: RenderRequest,
    faces: Sequence[MeshFace],
    digests: Digests,
    store: AnalysisStore,
    reader: PlateReader,
    pool: SessionPool,
    progress: ProgressSink,
    cancelled: CancelledCheck,
) -> list[MeshFace]:
    """The faces whose expression is to be the plate's, led back to it, further at keyframes; the others as they are.

    A face is matched under the engine's constant parameters, its expression unweighted. Weights act on the matched
    expression, and so do curves: a key neither runs the loop again nor, through its smoothing, changes frames that it
    isn't on.
    """
    reading = ExpressionReader(reader, pool, request.compute.threads, progress, cancelled)
    matched = []
    for number, (wanted, face) in enumerate(zip(request.faces, faces, strict=True)):
        if not wanted.sources or not follows_plate(face):
            matched.append(face)
            continue
        name = f"expression of face {number}" if wanted.track is None else f"expression of track {label(wanted)}"
        ready = replace(face, settings_at=constant(FaceParameters(settings=wanted.settings)))
        sources = [*digests.by_face[number], repr(digests.choices[number])]
        key = match_key(ready, wanted.settings, sources)
        plain = kept_match(ready, name, key, store, partial(match_expression, ready, reading))
        further = _at_keyframes(wanted, plain, store, name, key, reading, progress)
        matched.append(replace(face, prepared=further.prepared))
    return matched


def _at_keyframes(
    wanted: FaceRequest,
    plain: PlainLoop,
    store: AnalysisStore,
    name: str,
    key: str,
    reading: ExpressionReader,
    progress: ProgressSink,
) -> MeshFace:
    """The face with more work at its keyframes, as its share says; each is kept as soon as it is done."""
    passes, solve = passes_for(wanted.share), plain.face.prepared.solve
    indices = workable(wanted.keyframes, solve) if passes else []
    added = {}
    for done, i in enumerate(indices, start=1):
        work = partial(led_further, plain, i, reading.quiet(), passes)
        added[i] = kept_keyframe(store, name, key, int(solve.frames[i]), passes, work)
        progress(Progress("working on at keyframes", done, len(indices)))
    return joined(plain.face, added) if added else plain.face


def _keeping(request: RenderRequest, digests: Digests, bench: Workbench) -> KeepPrepared:
    """Prepared faces from the workbench, where plate, solve and sources are those of before."""

    def keep(number: int, solve: FaceSolve, prepare: Callable[[], PreparedFace]) -> PreparedFace:
        key = (digests.viewed, solve.key, sources_key(request.faces[number].sources))
        return bench.prepared(key, len(request.faces), prepare)

    return keep


def _with_motion(
    request: RenderRequest,
    faces: Sequence[MeshFace],
    reader: PlateReader,
    frames: range,
    pool: SessionPool,
    progress: ProgressSink,
    cancelled: CancelledCheck,
    note: Note,
) -> list[MeshFace]:
    """The faces with the motion of those clips that the request names.

    A clip starts with a project's plate, so that a frame looks the same in every range; with the range of a bare one.
    """
    first = frames.start if request.project_folder is None else 0
    start, base = int(reader.pts[first]), reader.info.time_base
    moved = []
    for number, (wanted, face) in enumerate(zip(request.faces, faces, strict=True), start=1):
        if wanted.motion is not None:
            seconds = (int(reader.pts[frames.stop - 1]) - start) * base
            donor = read_donor(wanted.motion.donor, pool, progress, cancelled, seconds)
            solve = face.prepared.solve
            times = [(int(reader.pts[frame]) - start) * base for frame in solve.frames]
            change = borrowed(wanted.motion, donor, solve, times)
            if told := motion_told(wanted.id or f"face {number}", change, solve, frames):
                note(told)
            face = replace(face, prepared=face.prepared.corrected(change))
        moved.append(face)
    return moved


def _tracks(
    reader: PlateReader,
    pool: SessionPool,
    frames: range,
    store: AnalysisStore,
    reading: "Future[list[list[SourcePhoto]]]",
    progress: ProgressSink,
    cancelled: CancelledCheck,
) -> list[TrackObservations]:
    """The analysis; ends at once with the sources' error where one of them can't be used."""

    def stop() -> bool:
        return cancelled() or (reading.done() and reading.exception() is not None)

    try:
        return analyse_range(reader, pool, frames, progress, stop, store)
    except Cancelled:
        if not cancelled():
            reading.result()
        raise
