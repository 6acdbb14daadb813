"""Measuring inside a render: the finished result against its plate, with the faces that were just drawn.

What moves is measured on every frame; what single frames say (skin, seam, openings, identity) on some of them and on
the keyframes, so that measuring stays a part of the render's time. What goes wrong here never costs the result.
"""

from collections.abc import Sequence
from pathlib import Path

from pipeline.errors import Cancelled, FaceError, MediaError
from pipeline.jobs.faces import MeshFace
from pipeline.jobs.kept_quality import KeptQuality, keep_quality
from pipeline.jobs.measure import face_to_measure, measure_faces
from pipeline.jobs.measured_face import MeasuredFace
from pipeline.jobs.measured_plate import heard_in, kept_analysis
from pipeline.jobs.progress import CancelledCheck, Note, ProgressSink
from pipeline.jobs.render_request import RenderRequest
from pipeline.jobs.workbench import Workbench
from pipeline.media.plate_reader import PlateReader
from pipeline.quality.film_measure import Stride

LEAST_FRAMES = 12
"""A shorter result says nothing about motion."""
STILL_EVERY, KNOWN_EVERY, IDENTITY_EVERY, MOTION_EVERY = 3, 24, 24, 6


def measure_render(
    request: RenderRequest,
    reader: PlateReader,
    frames: range,
    faces: Sequence[MeshFace],
    bench: Workbench,
    progress: ProgressSink,
    cancelled: CancelledCheck,
    note: Note,
) -> tuple[MeasuredFace, ...]:
    """Measure the finished result of `request`, and keep what was found where it is a project's; () where it can't be.

    Why it can't be is told as a note.
    """
    if len(frames) < LEAST_FRAMES:
        too_few = "one frame is" if len(frames) == 1 else f"{len(frames)} frames are"
        note(f"Not measured: {too_few} too few to say anything about motion. `measure` says the rest.")
        return ()
    marked = [mark.frame for face in request.faces for mark in face.marks]
    named = {frame - frames.start for frame in marked if frame in frames}
    stride = Stride(STILL_EVERY, KNOWN_EVERY, IDENTITY_EVERY, MOTION_EVERY, frozenset(named))
    try:
        with bench.busy, kept_analysis(request, reader, frames, cancelled) as store:
            meant = [
                face_to_measure(face, asked, bench.photos(asked.sources, cancelled), reader)
                for face, asked in zip(faces, request.faces, strict=True)
            ]
            heard = heard_in(reader, frames, store, bench.pool, progress, cancelled)
        measured = measure_faces(request.output, reader, frames, meant, heard, bench.pool, progress, cancelled, stride)
        if request.project_folder is not None:
            with bench.busy, kept_analysis(request, reader, frames, cancelled) as store:
                for face in measured:
                    keep_quality(store, str(face.face), _kept(face, request.output))
    except Cancelled:
        note("Measuring was stopped. The result is whole; `measure` takes it up again.")
        return ()
    except (MediaError, FaceError) as error:
        note(f"Not measured: {error}")
        return ()
    return measured


def _kept(face: MeasuredFace, result: Path) -> KeptQuality:
    values = face.values()
    return KeptQuality(
        result=str(result.resolve()),
        first=face.first,
        count=face.film.measures.frames,
        figures=values["figures"],
        floors={name: floor["passed"] for name, floor in values["floors"].items()},
        keyframes={mark["frame"]: mark["values"] for mark in values["keyframes"]},
        worst_frames=[each["frame"] for each in values["worst_frames"]],
        packed={name: each.astype("<f4").tobytes() for name, each in face.series.items()},
    )
