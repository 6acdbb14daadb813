"""The render job, whole: gate, faces, frames, encode, sign, log, measure.

Everything that can be refused is refused before the first frame is analysed.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.comp.mark import Mark
from pipeline.imaging.planes import Planes
from pipeline.jobs.digests import Digests, digests_of
from pipeline.jobs.earlier_result import earlier_result, job_key
from pipeline.jobs.faces import MeshFace
from pipeline.jobs.finish import sign_and_log, synthetic_metadata
from pipeline.jobs.frame_key import frame_key
from pipeline.jobs.matte_exports import matte_exports, write_mattes
from pipeline.jobs.measure_render import measure_render
from pipeline.jobs.measured_face import MeasuredFace
from pipeline.jobs.plate_notes import plate_notes
from pipeline.jobs.progress import (
    CancelledCheck,
    Note,
    Pace,
    Progress,
    ProgressSink,
    StageClock,
    no_pace,
    telling_of_compiling,
)
from pipeline.jobs.ready_faces import ready_faces
from pipeline.jobs.render_request import RenderRequest
from pipeline.jobs.workbench import Workbench
from pipeline.media.output_file import check_output
from pipeline.media.plate_info import PlateInfo
from pipeline.media.plate_view import view_of
from pipeline.media.presets import Preset, load_preset, preset_for
from pipeline.media.reader import open_plate
from pipeline.project.timebase import parse_range
from pipeline.provenance.credentials import Signed
from pipeline.provenance.export_log import ExportEntry
from pipeline.render.frame import FrameRenderer
from pipeline.render.sequence import SequenceProgress, SequenceReport, SequenceRequest, check_sequence, render_sequence


@dataclass(frozen=True, slots=True)
class RenderReport:
    """What came of a render. `first` and `last` are plate frames, inclusive; `seconds` by stage."""

    output: Path
    first: int
    last: int
    rendered: int
    reused: int
    failed: tuple[tuple[int, str], ...]
    faces: int
    mark: Mark
    preset: str
    credentials: Signed
    notes: tuple[str, ...]
    seconds: dict[str, float]
    measured: tuple[MeasuredFace, ...] = ()
    """Face by face, what measuring found; () where it was not asked for, or nothing was made anew."""
    matte: Path | None = None
    support: Path | None = None

    def values(self) -> dict[str, Any]:
        """The report as JSON values."""
        return {
            "output": str(self.output),
            "matte": None if self.matte is None else str(self.matte),
            "support": None if self.support is None else str(self.support),
            "frames": {"first": self.first, "last": self.last, "count": self.last - self.first + 1},
            "rendered": self.rendered,
            "reused": self.reused,
            "failed": [{"frame": frame, "reason": reason} for frame, reason in self.failed],
            "faces": self.faces,
            "mark": {"kind": self.mark.kind, "place": self.mark.place},
            "preset": self.preset,
            "credentials": {"place": self.credentials.place, "path": str(self.credentials.path)},
            "notes": list(self.notes),
            "seconds": {stage: round(value, 3) for stage, value in self.seconds.items()},
            "measured": [face.brief() for face in self.measured],
        }


def render(
    request: RenderRequest,
    progress: ProgressSink,
    cancelled: CancelledCheck,
    note: Note,
    bench: Workbench | None = None,
    pace: Pace = no_pace,
) -> RenderReport:
    """Render one result. `bench` is what other jobs left; `pace` is called before each frame is drawn, and may wait.

    Raises MediaError, FaceError, OutputError, RangeError, ModelError as their names say; Cancelled when the user stops.
    """
    preset = load_preset(request.preset) if request.preset else preset_for(request.output)
    if preset.kind == "film":
        check_output(request.output, request.inputs)
    clock = StageClock()
    memory = request.compute.memory_bytes
    with (
        telling_of_compiling(progress),
        open_plate(request.plate, cache_bytes=memory, colour_space=request.colour_space) as reader,
    ):
        info = reader.info
        frames = parse_range(request.first, request.last, info.frames, info.rate, info.first_timecode)
        sequence = _sequence(request, preset, frames)
        expected = check_sequence(sequence, reader)
        for each in (*plate_notes(info), *expected):
            note(each)
        digests = digests_of(request, info)
        job = job_key(request, preset, frames, digests)
        earlier = earlier_result(request, preset, info, frames, job, sequence.work_folder)
        exports = matte_exports(request, sequence, reader, frames, digests)
        missing = [export for export in exports if not export.finished]
        for export in missing:
            for told in export.notes:
                note(told)
        if earlier is not None and not missing:
            return _finished_before(request, preset, frames, earlier)
        bench = bench or Workbench(request.compute.provider)
        with bench.busy:
            faces = ready_faces(request, reader, frames, digests, progress, cancelled, clock, note, bench)
        mark = request.mark
        if earlier is not None:
            write_mattes(missing, request, info, frames, faces, mark, digests, progress, cancelled)
            return _finished_before(request, preset, frames, earlier)
        report = _render_frames(sequence, info, faces, mark, digests, progress, cancelled, pace)
        for each in report.notes:
            if each not in expected:
                note(each)
        clock.lap("render")
        signed = sign_and_log(request, info, preset, frames, digests, report, job)
        clock.lap("sign")
        if missing:
            write_mattes(missing, request, info, frames, faces, mark, digests, progress, cancelled)
            clock.lap("mattes")
        measured: tuple[MeasuredFace, ...] = ()
        if request.measured:

            def stopped() -> bool:
                pace()
                return cancelled()

            measured = measure_render(request, reader, frames, faces, bench, progress, stopped, note)
            clock.lap("measure")
    return RenderReport(
        output=request.output,
        first=frames.start,
        last=frames.stop - 1,
        rendered=report.rendered,
        reused=report.reused,
        failed=tuple((each.frame, each.reason) for each in report.failed),
        faces=len(faces),
        mark=request.mark,
        preset=preset.name,
        credentials=signed,
        notes=report.notes,
        seconds=clock.laps,
        measured=measured,
        matte=request.matte,
        support=request.support,
    )


def _finished_before(request: RenderRequest, preset: Preset, frames: range, earlier: ExportEntry) -> RenderReport:
    """The report on a result that an earlier run of the same job left whole."""
    path = Path(earlier.credentials)
    return RenderReport(
        output=request.output,
        first=frames.start,
        last=frames.stop - 1,
        rendered=0,
        reused=len(frames),
        failed=tuple((frame, "it failed when this result was made.") for frame in earlier.failed_frames),
        faces=len(request.faces),
        mark=request.mark,
        preset=preset.name,
        credentials=Signed("embedded" if path == request.output.resolve() else "sidecar", path),
        notes=(),
        seconds={},
        matte=request.matte,
        support=request.support,
    )


def _sequence(request: RenderRequest, preset: Preset, frames: range) -> SequenceRequest:
    return SequenceRequest(
        plate=request.plate,
        output=request.output,
        preset=preset,
        start=frames.start,
        stop=frames.stop,
        inputs=tuple(request.inputs),
        metadata=synthetic_metadata(request.consent_sha256),
        encoder_threads=request.compute.threads,
        render_threads=request.compute.threads,
        memory_bytes=request.compute.memory_bytes,
        segment_frames=request.segment_frames,
        work_folder=None if request.project_folder is None else _kept_pieces(request.project_folder, request.output),
    )


def _kept_pieces(project_folder: Path, output: Path) -> Path:
    """Where a project keeps the finished pieces of a result: after a key is changed, only those it touches are made."""
    place = hashlib.sha256(output.resolve().as_posix().encode()).hexdigest()[:12]
    return project_folder / ".likeness" / "renders" / f"{output.name}-{place}"


def _render_frames(
    sequence: SequenceRequest,
    info: PlateInfo,
    faces: Sequence[MeshFace],
    mark: Mark,
    digests: Digests,
    progress: ProgressSink,
    cancelled: CancelledCheck,
    pace: Pace,
) -> SequenceReport:
    renderer = FrameRenderer(view_of(info), faces, mark)

    def finished(planes: Planes) -> Planes:
        pace()
        return renderer.render(planes).planes

    def told(state: SequenceProgress) -> None:
        progress(Progress("rendering" if state.stage == "render" else "writing", state.done, state.total))

    return render_sequence(sequence, finished, frame_key(faces, mark, digests), told, cancelled)
