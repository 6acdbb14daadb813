"""Rendering into one film: encode what is missing, join it with the plate's sound, rename it into place."""

import hashlib
import os
from contextlib import ExitStack
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av.error
import numpy as np

from pipeline.errors import ContainerLimit, OutputNotWritable
from pipeline.media.encoder import EncoderSettings, encoder_build, encoder_settings, open_context
from pipeline.media.film_muxer import (
    FilmLayout,
    FilmMuxer,
    check_container,
    container_format,
    has_edit_lists,
)
from pipeline.media.mxf_identity import MxfIdentityFile
from pipeline.media.output_file import check_output, writing
from pipeline.media.output_format import OutputFormat, output_format
from pipeline.media.packet_file import read_extradata
from pipeline.media.plate_info import PlateInfo
from pipeline.media.plate_reader import PlateReader
from pipeline.media.streams_copy import Cut, PlateStreams, last_duration
from pipeline.project.timebase import format_timecode, parse_timecode
from pipeline.render.frame_feed import FrameFeed, RenderFrame
from pipeline.render.ledger import Ledger, PieceRecord, read_ledger
from pipeline.render.progress import FrameCount
from pipeline.render.request import FrameKey, IsCancelled, OnProgress, SequenceReport, SequenceRequest
from pipeline.render.segments import Segment, SegmentEncoder, is_finished, plan_segments, stored_packets
from pipeline.render.work_folder import WorkFolder


@dataclass(frozen=True, slots=True)
class _FilmPlan:
    """All that is settled before the first frame."""

    request: SequenceRequest
    stop: int
    target: OutputFormat
    cores: int
    settings: EncoderSettings
    layout: FilmLayout
    notes: tuple[str, ...]


def render_film(
    request: SequenceRequest,
    reader: PlateReader,
    stop: int,
    render_frame: RenderFrame,
    frame_key: FrameKey,
    progress: OnProgress,
    cancelled: IsCancelled,
) -> SequenceReport:
    """Render frames request.start..stop-1 into the film `request.output`; see `sequence.render_sequence`."""
    check_output(request.output, (request.plate, *reader.info.members, *request.inputs))
    with ExitStack() as stack:
        streams = _plate_streams(request, reader, stop)
        if streams is not None:
            stack.enter_context(streams)
        folder = WorkFolder(request.output, request.work_folder)
        plan = _plan(request, reader, stop, streams, _pinned_threads(request, folder))
        stack.enter_context(folder)
        return _render(plan, reader, folder, streams, render_frame, frame_key, progress, cancelled)


def check_film(request: SequenceRequest, reader: PlateReader, stop: int) -> tuple[str, ...]:
    """Raise what `render_film` would refuse before its first frame; what the film won't keep of the plate, in words."""
    check_output(request.output, (request.plate, *reader.info.members, *request.inputs))
    with ExitStack() as stack:
        streams = _plate_streams(request, reader, stop)
        if streams is not None:
            stack.enter_context(streams)
        return _plan(request, reader, stop, streams, threads=1).notes


def _render(
    plan: _FilmPlan,
    reader: PlateReader,
    folder: WorkFolder,
    streams: PlateStreams | None,
    render_frame: RenderFrame,
    frame_key: FrameKey,
    progress: OnProgress,
    cancelled: IsCancelled,
) -> SequenceReport:
    request, start = plan.request, plan.request.start
    keys = [frame_key(frame) for frame in range(start, plan.stop)]
    segments = plan_segments(start, plan.stop, request.segment_frames)
    pins = _pins(plan, reader.info)
    found_pins, found = read_ledger(folder.ledger)
    earlier = {record.first: record for record in found} if found_pins == pins else {}
    finished = {each.first for each in segments if is_finished(each, earlier.get(each.first), keys, start, folder.path)}
    ledger = Ledger(folder.ledger, pins, [earlier[first] for first in sorted(finished)])
    missing = [each for each in segments if each.first not in finished]
    reused = plan.stop - start - sum(each.stop - each.first for each in missing)
    count = FrameCount(plan.stop - start, reused, progress, cancelled)
    count.begin()
    with (
        FrameFeed(reader, render_frame, plan.target, request.render_threads) as feed,
        SegmentEncoder(plan.settings, reader.pts, keys, start, folder.path, ledger) as encoder,
    ):
        _encode_missing(missing, feed, encoder, count)
    count.joining()
    records = [ledger.records[each.first] for each in segments]
    _join(plan, records, folder.path, streams)
    folder.done()
    return SequenceReport(
        output=request.output,
        frames=plan.stop - start,
        rendered=count.rendered,
        reused=reused,
        failed=tuple(failure for record in records for failure in record.failed),
        notes=(*plan.notes, *(streams.notes if streams else ())),
        pins=pins,
        seconds=count.seconds,
    )


def _encode_missing(missing: list[Segment], feed: FrameFeed, encoder: SegmentEncoder, count: FrameCount) -> None:
    """Encode segments in order; those that follow each other are decoded in one run."""
    place = 0
    while place < len(missing):
        last = place
        while last + 1 < len(missing) and missing[last + 1].first == missing[last].stop:
            last += 1
        frames = feed.run(missing[place].first, missing[last].stop)
        try:
            for segment in missing[place : last + 1]:
                for _ in encoder.encode(segment, frames):
                    count.frame_done()
        finally:
            frames.close()
        place = last + 1
    encoder.wait()


def _join(plan: _FilmPlan, records: list[PieceRecord], folder: Path, streams: PlateStreams | None) -> None:
    output = plan.request.output
    name = container_format(output)
    digest = hashlib.sha256("".join(record.sha256 for record in records).encode()).digest()
    with writing(output) as file:
        target = MxfIdentityFile(file, digest) if name == "mxf" else file
        muxer = FilmMuxer(target, name, plan.settings, plan.layout, streams)
        try:
            _check_parameter_sets(muxer.begin(), records, folder)
            muxer.write(stored_packets(records, folder), max(record.reorder for record in records))
            muxer.finish()
            target.flush()
        except av.error.FFmpegError as error:
            muxer.abandon()
            if isinstance(error, OSError):
                raise
            raise ContainerLimit(f"{output} refuses what was rendered ({error}); choose another ending.") from error
        except BaseException:
            muxer.abandon()
            raise


def _check_parameter_sets(stated: bytes, records: list[PieceRecord], folder: Path) -> None:
    """A film has one set for all segments; another would show nothing but garbage."""
    for record in records:
        if read_extradata(folder / record.file) != stated:
            raise OutputNotWritable(
                f"{folder / record.file} was encoded with other settings. Delete {folder} and render again."
            )


def _plate_streams(request: SequenceRequest, reader: PlateReader, stop: int) -> PlateStreams | None:
    info = reader.info
    if info.kind != "film" or request.gray:
        return None
    base, pts = info.time_base, reader.pts
    end = int(pts[stop]) * base if stop < info.frames else int(pts[-1]) * base + 1 / info.rate
    whole = request.start == 0 and stop == info.frames
    cut = Cut(int(pts[request.start]) * base, end, whole)
    return PlateStreams(info, cut, has_edit_lists(container_format(request.output)))


def _plan(
    request: SequenceRequest, reader: PlateReader, stop: int, streams: PlateStreams | None, threads: int
) -> _FilmPlan:
    info = reader.info
    if request.output.suffix.lower() not in request.preset.extensions:
        raise OutputNotWritable(
            f"{request.preset.name} is not written as {request.output.suffix or 'a file without ending'}; "
            f"end the name in {', '.join(request.preset.extensions)}."
        )
    target = output_format(request.preset, info)
    settings = encoder_settings(request.preset, target, info, threads)
    open_context(settings)
    layout = _layout(request, reader, stop)
    notes = check_container(request.output, settings, layout, streams)
    return _FilmPlan(request, stop, target, threads, settings, layout, (*target.notes, *notes))


def _layout(request: SequenceRequest, reader: PlateReader, stop: int) -> FilmLayout:
    info, pts = reader.info, reader.pts
    whole = request.start == 0 and stop == info.frames
    own = pts[request.start : stop]
    usual = max(1, round(1 / (info.rate * info.time_base)))
    if stop < info.frames:
        last = int(pts[stop] - pts[stop - 1])
    else:
        last = (last_duration(info) if info.kind == "film" else None) or usual
    return FilmLayout(
        pts=own if whole else np.asarray(own - own[0], np.int64),
        time_base=info.time_base,
        last_duration=last,
        vfr=info.vfr,
        rotation=info.rotation,
        timecode=_timecode_at(info.first_timecode, request.start, info.rate),
        metadata=request.metadata,
    )


def _timecode_at(first: str | None, frame: int, rate: Fraction) -> str | None:
    if first is None or frame == 0:
        return first
    return format_timecode(parse_timecode(first, rate) + frame, rate, drop=first[-3] in ";,.")


def _pinned_threads(request: SequenceRequest, folder: WorkFolder) -> int:
    """How many cores the encoder may use: asked for, else those of the interrupted run, else the machine's."""
    if request.encoder_threads is not None:
        return max(1, request.encoder_threads)
    earlier = read_ledger(folder.ledger)[0].get("cores", "")
    return int(earlier) if earlier.isdecimal() else max(1, min(16, os.cpu_count() or 1))


def _pins(plan: _FilmPlan, info: PlateInfo) -> dict[str, str]:
    request = plan.request
    return {
        "build": encoder_build(),
        "cores": str(plan.cores),
        **plan.settings.pins(),
        "plate": _identity(info),
        "start": str(request.start),
        "segment_frames": str(request.segment_frames),
    }


def _identity(info: PlateInfo) -> str:
    """The plate's files as they are now: names, sizes, times of change; a number of a sequence may have no file."""
    digest = hashlib.sha256()
    for path in info.members or (info.path,):
        try:
            status = path.stat()
            state = f"{status.st_size} {status.st_mtime_ns}"
        except FileNotFoundError:
            state = "missing"
        digest.update(f"{path.resolve()} {state}\n".encode())
    return digest.hexdigest()
