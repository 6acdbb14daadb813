"""Measuring any two films of equal length: a plate and a result, ours or another program's."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

from pipeline.engines.faces import SourcePhoto
from pipeline.engines.session import SessionPool
from pipeline.jobs.digests import digests_of
from pipeline.jobs.faces import MeshFace
from pipeline.jobs.known_face import known_face
from pipeline.jobs.measured_face import MarkedFrame, MeasuredFace, face_notes
from pipeline.jobs.measured_plate import FaceToMeasure, Heard, check_plate, found_face, heard_in, kept_analysis
from pipeline.jobs.progress import (
    CancelledCheck,
    Note,
    Progress,
    ProgressSink,
    StageClock,
    telling_of_compiling,
)
from pipeline.jobs.project_edit import open_for_reading
from pipeline.jobs.ready_faces import ready_faces
from pipeline.jobs.render_request import Compute, FaceRequest, RenderRequest, only_plate, project_request
from pipeline.jobs.source_choice import SourceChoice
from pipeline.jobs.workbench import Workbench
from pipeline.media.plate_reader import PlateReader
from pipeline.media.plate_view import view_of
from pipeline.media.reader import open_plate
from pipeline.project.project import Quality
from pipeline.project.timebase import parse_range, timecode_of
from pipeline.quality.face_regions import face_rect
from pipeline.quality.film_measure import EVERY_FRAME, Stride, measure_closely
from pipeline.quality.frame_pairs import Span, check_pair
from pipeline.quality.lip_sound import lip_sound
from pipeline.quality.plate_reading import read_known_plate

PLACE_MARGIN = 0.3
"""Room around a face where it is shown, face widths."""


@dataclass(frozen=True, slots=True)
class MeasureRequest:
    """A plate and a result of it. `first`, `last`: the plate's frames that the result shows; None: all.

    `project` is the one that the result was rendered from, at `quality` (None: as it says); with it the sources are
    its own. `sources` are what the identity is measured against otherwise.
    """

    original: Path
    result: Path
    project: Path | None = None
    sources: tuple[SourceChoice, ...] = ()
    first: str | None = None
    last: str | None = None
    quality: Quality | None = None
    colour_space: str | None = None
    compute: Compute = field(default_factory=Compute)


@dataclass(frozen=True, slots=True, eq=False)
class MeasureReport:
    """What measuring found, face by face."""

    original: Path
    result: Path
    frames: range
    rate: Fraction
    faces: tuple[MeasuredFace, ...]
    colour_space: str | None = None
    """In which both films were read against their tags."""

    def values(self) -> dict[str, Any]:
        """As JSON values; docs/measuring.md says what each key means."""
        return {
            "original": str(self.original),
            "result": str(self.result),
            "first_frame": self.frames.start,
            "last_frame": self.frames.stop - 1,
            "rate": str(self.rate),
            "faces": [face.values() for face in self.faces],
        }


def measure(request: MeasureRequest, progress: ProgressSink, cancelled: CancelledCheck, note: Note) -> MeasureReport:
    """Measure a result against its plate.

    Raises MediaError, FaceError, RangeError, ProjectError as their names say; Cancelled.
    """
    rendered = None
    colour_space = request.colour_space
    if request.project is not None:
        rendered = project_request(
            request.project, request.result, note, first=request.first, last=request.last, quality=request.quality
        )
        colour_space = rendered.colour_space
    bench = Workbench(request.compute.provider)
    pool = bench.pool
    memory = request.compute.memory_bytes
    with (
        telling_of_compiling(progress),
        open_plate(request.original, cache_bytes=memory, colour_space=colour_space) as reader,
    ):
        info = reader.info
        frames = parse_range(request.first, request.last, info.frames, info.rate, info.first_timecode)
        with open_plate(request.result, colour_space=colour_space) as second:
            check_pair(reader, second, span_of(frames, colour_space))
        if request.project is not None and rendered is not None:
            faces = _project_faces(request.project, rendered, reader, frames, bench, progress, cancelled, note)
            with kept_analysis(rendered, reader, frames, cancelled) as store:
                heard = heard_in(reader, frames, store, pool, progress, cancelled)
        else:
            face, heard = found_face(reader, frames, bench, progress, cancelled)
            faces = [replace(face, photos=bench.photos(request.sources, cancelled) if request.sources else [])]
        measured = measure_faces(request.result, reader, frames, faces, heard, pool, progress, cancelled)
    return MeasureReport(request.original, request.result, frames, info.rate, measured, colour_space)


def measure_faces(
    result: Path,
    reader: PlateReader,
    frames: range,
    faces: Sequence[FaceToMeasure],
    heard: Heard,
    pool: SessionPool,
    progress: ProgressSink,
    cancelled: CancelledCheck,
    stride: Stride = EVERY_FRAME,
) -> tuple[MeasuredFace, ...]:
    """Measure `faces` of the plate in `frames`, which `result` shows; one pass over both films a face.

    Raises MediaError, NoFace, Cancelled.
    """
    return tuple(_measured(result, reader, frames, face, heard, pool, progress, cancelled, stride) for face in faces)


def span_of(frames: range, colour_space: str | None) -> Span:
    """Frames of a plate as what is compared."""
    return Span(frames.start, len(frames), colour_space)


def _measured(
    result: Path,
    reader: PlateReader,
    frames: range,
    face: FaceToMeasure,
    heard: Heard,
    pool: SessionPool,
    progress: ProgressSink,
    cancelled: CancelledCheck,
    stride: Stride,
) -> MeasuredFace:
    info, solve = reader.info, face.solve
    span = span_of(frames, info.colour_space)
    inside = [i for i, frame in enumerate(solve.frames) if int(frame) in frames]
    places_in_span = {i: int(solve.frames[i]) - frames.start for i in inside}
    steady = {at: face.landmarks(i) for i, at in places_in_span.items()}
    corrected = {at: way for i, at in places_in_span.items() if (way := face.corrected(i)) is not None}
    bridged = [frame for frame in solve.bridged if frame in frames]
    hidden = [int(solve.frames[i]) for i in inside if not solve.clear[i] and int(solve.frames[i]) not in bridged]

    def read(done: int, total: int) -> None:
        progress(Progress("reading the plate", done, total))

    plate = read_known_plate(info.path, steady, pool, span, read, cancelled, corrected)
    film = measure_closely(
        plate,
        result,
        pool,
        span=span,
        excluded=[frame - frames.start for frame in (*hidden, *bridged)],
        sources=face.photos,
        known=face.known,
        stride=stride,
        watch=lambda done, total: progress(Progress("measuring", done, total)),
        cancelled=cancelled,
    )
    sound, told = lip_sound(film.close.plate_lips, film.close.result_lips, heard.voice)
    marks = [
        MarkedFrame(each.frame, timecode_of(each.frame, info.rate, info.first_timecode), each.kind)
        for each in face.keyframes
        if each.frame in frames
    ]
    edges = [frames.start, *(cut for cut in heard.shots.begins if frames.start < cut < frames.stop), frames.stop]
    shots = [range(first, stop) for first, stop in pairwise(edges)]
    width, height = view_of(info).size
    places = {at + frames.start: face_rect(points, width, height, PLACE_MARGIN) for at, points in steady.items()}
    notes = face_notes(film, hidden, bridged, [told])
    return MeasuredFace(face.face, frames.start, film, hidden, bridged, marks, shots, sound, notes, places)


def _project_faces(
    project: Path,
    rendered: RenderRequest,
    reader: PlateReader,
    frames: range,
    bench: Workbench,
    progress: ProgressSink,
    cancelled: CancelledCheck,
    note: Note,
) -> list[FaceToMeasure]:
    """The faces of the project as its render draws them."""
    check_plate(reader, project, only_plate(open_for_reading(project, note), project))
    digests = digests_of(rendered, reader.info)
    faces = ready_faces(rendered, reader, frames, digests, progress, cancelled, StageClock(), note, bench)
    return [
        face_to_measure(face, asked, bench.photos(asked.sources, cancelled), reader)
        for face, asked in zip(faces, rendered.faces, strict=True)
    ]


def face_to_measure(
    face: MeshFace, asked: FaceRequest, photos: Sequence[SourcePhoto], reader: PlateReader
) -> FaceToMeasure:
    """A face that is ready to be drawn, as it was `asked` for."""
    known = known_face(face, view_of(reader.info))
    return FaceToMeasure(asked.id, face.prepared.solve, photos, known, asked.marks, asked.landmark_moves)
