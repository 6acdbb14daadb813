"""What measuring and reviewing know of a plate: its faces with their keyframes, its cuts, its sound."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.kept_analysis import open_analysis
from pipeline.analysis.keyframes import propose_keyframes
from pipeline.analysis.shots import Shots, shots_of
from pipeline.analysis.signals import face_signals
from pipeline.analysis.store import AnalysisStore
from pipeline.engines.faces import FaceSolve, SourcePhoto
from pipeline.engines.landmark_shifts import landmarks_of, shifted_pixels
from pipeline.engines.session import SessionPool
from pipeline.errors import MediaUnreadable
from pipeline.jobs.analyse import analyse_range, options_for
from pipeline.jobs.analysed_range import analysed_range
from pipeline.jobs.digests import plate_sha256, viewed_sha256
from pipeline.jobs.faces import no_face_in_plate
from pipeline.jobs.plate_sound import hear_plate, plate_times
from pipeline.jobs.progress import CancelledCheck, ProgressSink, no_note
from pipeline.jobs.project_edit import open_for_reading
from pipeline.jobs.prominence import choose_tracks, most_prominent
from pipeline.jobs.render_request import RenderRequest
from pipeline.jobs.solve import solve_track
from pipeline.jobs.workbench import Workbench
from pipeline.media.plate_reader import PlateReader
from pipeline.project.detection import DetectionOptions
from pipeline.project.keyframe import Keyframe
from pipeline.project.landmark_move import LandmarkMove, LandmarkShift, shifts_at
from pipeline.project.project import Plate, face_named, plate_of
from pipeline.quality.known_face import Known
from pipeline.quality.lip_sound import Voice


@dataclass(frozen=True, slots=True, eq=False)
class Heard:
    """What holds for all faces of a plate: its shots, and the sound of the frames measured."""

    shots: Shots
    voice: Voice | None


@dataclass(frozen=True, slots=True, eq=False)
class FaceToMeasure:
    """A face of the plate: its solve, what it was made from, what its render knows, and its keyframes."""

    face: str | None
    solve: FaceSolve
    photos: Sequence[SourcePhoto]
    known: Known | None
    keyframes: Sequence[Keyframe]
    moves: Sequence[LandmarkMove] = ()
    """Corrections of where the plate's face lies."""

    def landmarks(self, i: int) -> NDArray[np.float64]:
        """(478, 3) where it lies at the solve's index `i`, pixels."""
        return landmarks_of(self.solve, i, self._shifts(i))

    def corrected(self, i: int) -> NDArray[np.float64] | None:
        """(478, 3) pixels by which a person moved the landmarks at the solve's index `i`; None: not at all."""
        shifts = self._shifts(i)
        return shifted_pixels(self.solve, i, shifts) if shifts else None

    def _shifts(self, i: int) -> tuple[LandmarkShift, ...]:
        return shifts_at(self.moves, int(self.solve.frames[i]))


def kept_analysis(
    rendered: RenderRequest, reader: PlateReader, frames: range, cancelled: CancelledCheck
) -> AnalysisStore:
    """The analysis that a render of `frames` kept. Raises OutputNotWritable, Cancelled."""
    analysed = analysed_range(reader, frames, whole=rendered.project_folder is not None)
    return open_analysis(
        rendered.project_folder, viewed_sha256(reader.info), options_for(analysed), cancelled=cancelled
    )


def heard_in(
    reader: PlateReader,
    frames: range,
    store: AnalysisStore,
    pool: SessionPool,
    progress: ProgressSink,
    cancelled: CancelledCheck,
) -> Heard:
    """What the analysis and the plate's sound say of `frames`. Raises MediaUnreadable, Cancelled."""
    sound = hear_plate(reader, pool, store, progress, cancelled)
    taken = None if sound is None else sound.taken(np.arange(frames.start, frames.stop))
    return Heard(shots_of(store), None if taken is None else Voice(taken.level, taken.voiced))


def found_face(
    reader: PlateReader,
    frames: range,
    bench: Workbench,
    progress: ProgressSink,
    cancelled: CancelledCheck,
) -> tuple[FaceToMeasure, Heard]:
    """The plate's most prominent face with the keyframes that detection proposes, and what goes with all faces.

    Raises NoFace, MediaError, Cancelled.
    """
    pool = bench.pool
    analysed = analysed_range(reader, frames, whole=False)
    key = viewed_sha256(reader.info)
    with open_analysis(None, key, options_for(analysed), cancelled=cancelled) as store:
        tracks = analyse_range(reader, pool, analysed, progress, cancelled, store)
        if not tracks:
            raise no_face_in_plate(reader.info.path, whole=reader.info.frames == 1)
        track = most_prominent(tracks)
        solve = solve_track(track, reader, pool, store, progress, cancelled)
        heard = heard_in(reader, frames, store, pool, progress, cancelled)
        signals = face_signals(track, solve, plate_times(reader), heard.shots, store.change(), analysed.start)
    marks = [
        Keyframe(frame=each.frame, origin="detected", kind=each.kind, score=each.score, reasons=each.reasons)
        for each in propose_keyframes(signals, DetectionOptions())
    ]
    return FaceToMeasure(None, solve, (), None, marks), heard


def project_face(
    project: Path,
    face: str | None,
    reader: PlateReader,
    bench: Workbench,
    progress: ProgressSink,
    cancelled: CancelledCheck,
) -> FaceToMeasure:
    """A face of a project on its plate, with the project's keyframes; None takes the only one.

    Raises ProjectError, MediaUnreadable: another plate than the project's. NoFace, Cancelled.
    """
    document = open_for_reading(project, no_note)
    meant = face_named(document, face)
    check_plate(reader, project, plate_of(document, meant))
    frames = range(reader.info.frames)
    key = viewed_sha256(reader.info)
    with open_analysis(project.resolve().parent, key, options_for(frames), cancelled=cancelled) as store:
        tracks = analyse_range(reader, bench.pool, frames, progress, cancelled, store)
        shown = [each for each in document.faces if each.plate == meant.plate]
        chosen = choose_tracks(shown, tracks)
        solve = solve_track(chosen[shown.index(meant)], reader, bench.pool, store, progress, cancelled)
    return FaceToMeasure(meant.id, solve, (), None, meant.keyframes, meant.landmark_moves)


def check_plate(reader: PlateReader, project: Path, plate: Plate) -> None:
    """Raise MediaUnreadable where a film is not a project's plate."""
    if plate_sha256(reader.info) != plate.sha256:
        raise MediaUnreadable(
            f"{reader.info.path} is not the plate of {project}, which is {plate.path} (sha256 {plate.sha256[:12]}…): "
            "name that one, with --in and --out where the result shows a part of it."
        )
