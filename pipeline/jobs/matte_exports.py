"""The matte and the support of a render, written beside it: a pass of their own over the same frames.

They are films or frames like the result itself: exact to the frame, in segments, and finished by a later run where one
is stopped. No mark is on them and no credentials are in them, for they show no face; the export log knows them, and
names them where it names a result's credentials.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.comp.mark import Mark
from pipeline.errors import OutputNotWritable
from pipeline.imaging.planes import Planes
from pipeline.jobs.digests import Digests, result_paths, result_sha256
from pipeline.jobs.earlier_result import earlier_result, job_key
from pipeline.jobs.faces import MeshFace
from pipeline.jobs.finish import synthetic_metadata
from pipeline.jobs.frame_key import frame_key
from pipeline.jobs.progress import CancelledCheck, Progress, ProgressSink
from pipeline.jobs.render_request import RenderRequest
from pipeline.media.plate_info import PlateInfo
from pipeline.media.plate_reader import PlateReader
from pipeline.media.plate_view import view_of
from pipeline.media.presets import preset_for
from pipeline.provenance.export_log import ExportEntry, log_export
from pipeline.render.frame import FrameRenderer
from pipeline.render.mattes import MatteKind, matte_picture
from pipeline.render.sequence import SequenceProgress, SequenceRequest, check_sequence, render_sequence

LOSSLESS = ("ffv1", "png", "tiff", "exr")


@dataclass(frozen=True, slots=True)
class MatteExport:
    """One matte to be written. `finished`: an earlier run of this very job left it whole."""

    kind: MatteKind
    sequence: SequenceRequest
    job: str
    finished: bool
    notes: tuple[str, ...]


def matte_exports(
    request: RenderRequest, sequence: SequenceRequest, reader: PlateReader, frames: range, digests: Digests
) -> list[MatteExport]:
    """What a render is asked to export besides its result, refused here where it can't be written.

    Raises OutputError: a name that says no kind of file, that is taken, or an input or the result itself.
    """
    wanted: list[tuple[MatteKind, Path | None]] = [("matte", request.matte), ("support", request.support)]
    named = [(kind, path) for kind, path in wanted if path is not None]
    places = [request.output.resolve(), *(path.resolve() for _, path in named)]
    if len(set(places)) < len(places):
        raise OutputNotWritable("The result, its matte and its support go to files of their own; name each another.")
    return [_export(request, sequence, reader, frames, digests, kind, path) for kind, path in named]


def _export(
    request: RenderRequest,
    sequence: SequenceRequest,
    reader: PlateReader,
    frames: range,
    digests: Digests,
    kind: MatteKind,
    path: Path,
) -> MatteExport:
    preset = preset_for(path)
    work = (
        None if sequence.work_folder is None else sequence.work_folder.with_name(f"{sequence.work_folder.name}-{kind}")
    )
    metadata = synthetic_metadata(request.consent_sha256) | {"comment": f"The {kind} of a picture made by Likeness."}
    own = replace(sequence, output=path, preset=preset, metadata=metadata, gray=True, work_folder=work)
    notes = list(check_sequence(own, reader))
    if kind == "support" and preset.codec not in LOSSLESS:
        notes.append(f"{preset.name} is lossy, so the support's edge in {path.name} is not exact: .mkv, .png keep it.")
    asked = replace(request, output=path)
    job = hashlib.sha256(f"{job_key(request, preset, frames, digests)} {kind}".encode()).hexdigest()
    finished = earlier_result(asked, preset, reader.info, frames, job, work) is not None
    return MatteExport(kind, own, job, finished, tuple(notes))


def write_mattes(
    exports: Sequence[MatteExport],
    request: RenderRequest,
    info: PlateInfo,
    frames: range,
    faces: Sequence[MeshFace],
    mark: Mark,
    digests: Digests,
    progress: ProgressSink,
    cancelled: CancelledCheck,
) -> None:
    """Write what isn't finished, each in a pass over the frames, and enter it in the export log.

    Raises OutputError, MediaError. Cancelled: what is finished is kept for the next run.
    """
    view = view_of(info)
    renderer, key = FrameRenderer(view, faces, mark), frame_key(faces, mark, digests)
    for export in exports:
        kind, output = export.kind, export.sequence.output

        def gray(planes: Planes, kind: MatteKind = kind) -> Planes:
            return matte_picture(renderer, view, planes, kind)

        def told(state: SequenceProgress, kind: MatteKind = kind) -> None:
            progress(Progress(f"writing the {kind}", state.done, state.total))

        def keyed(frame: int, kind: MatteKind = kind) -> str:
            return f"{key(frame)} {kind}"

        render_sequence(export.sequence, gray, keyed, told, cancelled)
        log_export(
            ExportEntry(
                result=str(output.resolve()),
                result_sha256=result_sha256(output, export.sequence.preset, info, frames),
                plate_sha256=digests.plate,
                sources_sha256=digests.sources,
                consent_sha256=request.consent_sha256,
                credentials=str(result_paths(output, export.sequence.preset, info, frames)[0].resolve()),
                first_frame=frames.start,
                last_frame=frames.stop - 1,
                failed_frames=(),
                shows=export.kind,
                job=export.job,
            )
        )
