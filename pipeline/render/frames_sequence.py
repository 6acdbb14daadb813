"""Rendering into one file a frame: an image sequence, or a still.

Files are encoded side by side, each written under a temporary name and renamed, and noted in a ledger; a later
run skips those whose key is the same and whose file is as it was left.
"""

import hashlib
import os
from collections import deque
from collections.abc import Generator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from pipeline.media.encoder import EncoderSettings, encoder_build, encoder_settings, open_context
from pipeline.media.frame_file import encode_file
from pipeline.media.frame_names import FrameNames, check_frames_are_not_inputs, frame_names
from pipeline.media.output_file import writing
from pipeline.media.output_format import OutputFormat, output_format
from pipeline.media.plate_reader import PlateReader
from pipeline.render.frame_feed import FedFrame, FrameFeed, RenderFrame
from pipeline.render.ledger import Ledger, PieceRecord, read_ledger
from pipeline.render.progress import FrameCount
from pipeline.render.request import FrameKey, IsCancelled, OnProgress, SequenceReport, SequenceRequest
from pipeline.render.work_folder import WorkFolder


def check_frames(request: SequenceRequest, reader: PlateReader, stop: int) -> tuple[str, ...]:
    """Raise what `render_frames` would refuse before its first frame; what the files won't keep, in words."""
    _plan(request, reader, stop)
    return _notes(output_format(request.preset, reader.info), reader)


def render_frames(
    request: SequenceRequest,
    reader: PlateReader,
    stop: int,
    render_frame: RenderFrame,
    frame_key: FrameKey,
    progress: OnProgress,
    cancelled: IsCancelled,
) -> SequenceReport:
    """Render frames request.start..stop-1 into files of their own; see `sequence.render_sequence`."""
    info = reader.info
    names, target, settings = _plan(request, reader, stop)
    names.prepare()
    with WorkFolder(request.output, request.work_folder) as folder:
        keys = {frame: frame_key(frame) for frame in range(request.start, stop)}
        pins = {"build": encoder_build(), **settings.pins(), "folder": str(names.folder.resolve())}
        pins |= {"metadata": repr(sorted(request.metadata.items()))}
        found_pins, found = read_ledger(folder.ledger)
        earlier = [each for each in found if found_pins == pins and _is_finished(each, keys, names)]
        ledger = Ledger(folder.ledger, pins, earlier)
        missing = [frame for frame in keys if frame not in ledger.records]
        count = FrameCount(len(keys), len(keys) - len(missing), progress, cancelled)
        count.begin()
        threads = request.encoder_threads or max(1, min(16, os.cpu_count() or 1))
        with (
            FrameFeed(reader, render_frame, target, request.render_threads) as feed,
            _FileWriter(names, settings, info.icc, request.metadata, keys, ledger, threads) as writer,
        ):
            for first, last in _runs(missing):
                _write_run(feed.run(first, last), writer, count)
        folder.done()
        return SequenceReport(
            output=request.output,
            frames=len(keys),
            rendered=count.rendered,
            reused=count.reused,
            failed=tuple(failure for frame in keys for failure in ledger.records[frame].failed),
            notes=_notes(target, reader),
            pins=pins,
            seconds=count.seconds,
        )


def _plan(request: SequenceRequest, reader: PlateReader, stop: int) -> tuple[FrameNames, OutputFormat, EncoderSettings]:
    """All that is settled, and may be refused, before the first frame."""
    info = reader.info
    names = frame_names(request.output, request.preset, info, range(request.start, stop))
    check_frames_are_not_inputs(names, (request.plate, *info.members, *request.inputs))
    target = output_format(request.preset, info)
    settings = encoder_settings(request.preset, target, info, 1)
    open_context(settings)
    return names, target, settings


def _write_run(frames: Generator[FedFrame, None, None], writer: "_FileWriter", count: FrameCount) -> None:
    try:
        for fed in frames:
            for _ in range(writer.add(fed)):
                count.frame_done()
    finally:
        frames.close()
    for _ in range(writer.flush()):
        count.frame_done()


def _runs(frames: list[int]) -> list[tuple[int, int]]:
    """Frames that follow each other, as (first, stop)."""
    runs: list[tuple[int, int]] = []
    for frame in frames:
        if runs and runs[-1][1] == frame:
            runs[-1] = (runs[-1][0], frame + 1)
        else:
            runs.append((frame, frame + 1))
    return runs


def _is_finished(record: PieceRecord, keys: dict[int, str], names: FrameNames) -> bool:
    if record.keys != (keys.get(record.first),) or names.names.get(record.first) != record.file:
        return False
    if any(keys.get(frame) != key for frame, key in record.borrowed):
        return False
    path = names.path(record.first)
    return path.is_file() and path.stat().st_size == record.size and path.stat().st_mtime_ns == record.modified


def _notes(target: OutputFormat, reader: PlateReader) -> tuple[str, ...]:
    sound = reader.info.audio
    return (*target.notes, "Frames carry no sound; take it from the plate.") if sound else target.notes


@dataclass(frozen=True, slots=True)
class _Written:
    """One file on its way."""

    fed: FedFrame
    done: Future[tuple[int, str, int]]


class _FileWriter:
    """Encodes and writes files in `threads` threads; notes them in order. Use as a context manager."""

    def __init__(
        self,
        names: FrameNames,
        settings: EncoderSettings,
        icc: bytes | None,
        metadata: Mapping[str, str],
        keys: dict[int, str],
        ledger: Ledger,
        threads: int,
    ) -> None:
        self._names = names
        self._settings = settings
        self._icc = icc
        self._metadata = metadata
        self._keys = keys
        self._ledger = ledger
        self._window = threads + 1
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="frame-file")
        self._pending: deque[_Written] = deque()

    def __enter__(self) -> "_FileWriter":
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    def add(self, fed: FedFrame) -> int:
        """Begin to write a frame; returns how many were finished meanwhile."""
        path = self._names.path(fed.frame)
        self._pending.append(_Written(fed, self._pool.submit(self._write, fed, path)))
        return self._note_until(self._window)

    def flush(self) -> int:
        """Wait for all files; returns how many that were."""
        return self._note_until(0)

    def _note_until(self, left: int) -> int:
        noted = 0
        while len(self._pending) > left:
            written = self._pending.popleft()
            self._ledger.add(self._record(written.fed, *written.done.result()), lasting=False)
            noted += 1
        return noted

    def _write(self, fed: FedFrame, path: Path) -> tuple[int, str, int]:
        data = encode_file(fed.picture, self._settings, self._icc, self._metadata)
        with writing(path) as file:
            file.write(data)
        return len(data), hashlib.sha256(data).hexdigest(), path.stat().st_mtime_ns

    def _record(self, fed: FedFrame, size: int, sha256: str, modified: int) -> PieceRecord:
        shown = fed.failure.shown if fed.failure else fed.frame
        return PieceRecord(
            first=fed.frame,
            keys=(self._keys[fed.frame],),
            file=self._names.names[fed.frame],
            size=size,
            sha256=sha256,
            modified=modified,
            failed=(fed.failure,) if fed.failure else (),
            borrowed=((shown, self._keys[shown]),) if shown != fed.frame and shown in self._keys else (),
        )
