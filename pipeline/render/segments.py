"""A film encoded in segments of fixed length, each a file of its own until all are there.

Boundaries are counted from the range's first frame, and each segment has its own encoder run: so a segment's
bytes follow from its frames and the pins alone, whether or not the render was interrupted before it.
One encoder is alive at a time, since each holds dozens of pictures: it is drained and closed before the next one
opens. What is left then, bringing the file to the disk, happens in another thread while the next run begins.
"""

import hashlib
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import av.error
import numpy as np
from numpy.typing import NDArray

from pipeline.errors import MediaUnreadable, OutputNotWritable, UnsupportedFormat
from pipeline.media.encoder import EncoderSettings, VideoEncoder, VideoPacket
from pipeline.media.film_muxer import reorder_depth
from pipeline.media.output_file import PendingFile, output_error
from pipeline.media.packet_file import PacketFileWriter, StoredPacket, read_packets
from pipeline.render.frame_feed import FedFrame
from pipeline.render.ledger import FailedFrame, Ledger, PieceRecord


@dataclass(frozen=True, slots=True)
class Segment:
    """Frames first..stop-1 of the plate; the `number`-th segment of the render."""

    number: int
    first: int
    stop: int

    @property
    def file_name(self) -> str:
        return f"segment-{self.number:06}.packets"


def plan_segments(start: int, stop: int, length: int) -> tuple[Segment, ...]:
    """Segments of `length` frames (the last may be shorter) that cover frames start..stop-1."""
    firsts = range(start, stop, length)
    return tuple(Segment(number, first, min(first + length, stop)) for number, first in enumerate(firsts))


def is_finished(segment: Segment, record: PieceRecord | None, keys: Sequence[str], start: int, folder: Path) -> bool:
    """Whether a segment of an earlier run can be used: same frame keys, file whole. `keys` begin at frame `start`."""
    if record is None or record.keys != tuple(keys[segment.first - start : segment.stop - start]):
        return False
    for frame, key in record.borrowed:
        if not 0 <= frame - start < len(keys) or keys[frame - start] != key:
            return False
    path = folder / record.file
    return path.is_file() and path.stat().st_size == record.size and _digest(path) == record.sha256


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class SegmentRun:
    """The encoder run of one segment."""

    def __init__(
        self, segment: Segment, settings: EncoderSettings, pts: NDArray[np.int64], start: int, folder: Path
    ) -> None:
        self.segment = segment
        self._positions = {int(each): number for number, each in enumerate(pts, segment.first - start)}
        self._pts = pts
        self._encoder: VideoEncoder | None = VideoEncoder(settings)
        self._pending = PendingFile(folder / segment.file_name)
        self._file = _HashedFile(self._pending.file)
        self._writer: PacketFileWriter | None = None
        self._order: list[int] = []
        self.failed: list[FailedFrame] = []

    def add(self, fed: FedFrame) -> None:
        """Encode the segment's next frame."""
        assert self._encoder is not None
        if fed.failure is not None:
            self.failed.append(fed.failure)
        try:
            packets = self._encoder.encode(fed.picture, int(self._pts[fed.frame - self.segment.first]))
        except av.error.FFmpegError as error:
            raise UnsupportedFormat(
                f"The encoder gave up at frame {fed.frame} ({error}); choose another preset."
            ) from error
        self._store(packets, self._encoder.extradata)

    def drain(self) -> None:
        """Take the packets that the encoder still holds back, and let go of it."""
        assert self._encoder is not None
        encoder, self._encoder = self._encoder, None
        self._store(encoder.finish(), encoder.extradata)

    def finish(self, keys: Sequence[str], start: int) -> PieceRecord:
        """Make the drained run's file final. `keys` of the whole render, which begins at frame `start`."""
        segment = self.segment
        if sorted(self._order) != list(range(segment.first - start, segment.stop - start)):
            self._pending.discard()
            raise OutputNotWritable(
                f"The encoder returned {len(self._order)} pictures for frames {segment.first} to {segment.stop - 1}; "
                "choose another preset."
            )
        self._pending.commit()
        outside = {each.shown for each in self.failed} - set(range(segment.first, segment.stop))
        return PieceRecord(
            first=segment.first,
            keys=tuple(keys[segment.first - start : segment.stop - start]),
            file=segment.file_name,
            size=self._file.size,
            sha256=self._file.sha256,
            reorder=reorder_depth(self._order),
            failed=tuple(self.failed),
            borrowed=tuple((each, keys[each - start]) for each in sorted(outside) if 0 <= each - start < len(keys)),
        )

    def discard(self) -> None:
        """Drop what was written."""
        self._pending.discard()

    def _store(self, packets: list[VideoPacket], extradata: bytes) -> None:
        try:
            if self._writer is None:
                self._writer = PacketFileWriter(self._file, extradata)
            for packet in packets:
                position = self._positions[packet.pts or 0]
                self._order.append(position)
                self._writer.write(StoredPacket(position, packet.is_keyframe, bytes(packet)))
        except OSError as error:
            self._pending.discard()
            raise output_error(error, self._pending.path) from error


class _HashedFile:
    """Counts and digests what goes through to a file."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._hash = hashlib.sha256()
        self.size = 0

    def write(self, data: bytes) -> int:
        self._hash.update(data)
        self.size += len(data)
        return self._file.write(data)

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()


class SegmentEncoder:
    """Encodes frames as they come into segment files, and notes each in the ledger. Use as a context manager."""

    def __init__(
        self,
        settings: EncoderSettings,
        pts: NDArray[np.int64],
        keys: Sequence[str],
        start: int,
        folder: Path,
        ledger: Ledger,
    ) -> None:
        self._settings = settings
        self._pts = pts
        self._keys = keys
        self._start = start
        self._folder = folder
        self._ledger = ledger
        self._run: SegmentRun | None = None
        self._closing: Future[None] | None = None
        self._closer = ThreadPoolExecutor(1, thread_name_prefix="segment-end")

    def __enter__(self) -> "SegmentEncoder":
        return self

    def __exit__(self, *_: object) -> None:
        if self._run is not None:
            self._run.discard()
        self._closer.shutdown(wait=True)

    def encode(self, segment: Segment, frames: Iterator[FedFrame]) -> Iterator[FedFrame]:
        """Encode the frames of `segment`; each is yielded again once the encoder has it."""
        pts = self._times(segment)
        self._run = SegmentRun(segment, self._settings, pts, self._start, self._folder)
        for _ in range(segment.first, segment.stop):
            fed = next(frames, None)
            if fed is None:
                raise MediaUnreadable(f"The plate ends before frame {segment.stop - 1}; it was changed, or is damaged.")
            self._run.add(fed)
            yield fed
        self._run.drain()
        self.wait()
        self._closing = self._closer.submit(self._close, self._run)
        self._run = None

    def wait(self) -> None:
        """Until no segment is on its way to the disk; raises what went wrong there."""
        if self._closing is not None:
            closing, self._closing = self._closing, None
            closing.result()

    def _close(self, run: SegmentRun) -> None:
        self._ledger.add(run.finish(self._keys, self._start))

    def _times(self, segment: Segment) -> NDArray[np.int64]:
        """Times of the segment's frames in the encoder's time base, from 0."""
        if self._settings.time_base * self._settings.rate == 1:
            return np.arange(segment.stop - segment.first, dtype=np.int64)
        own = self._pts[segment.first : segment.stop]
        return np.asarray(own - own[0], np.int64)


def stored_packets(records: Sequence[PieceRecord], folder: Path) -> Iterator[StoredPacket]:
    """The packets of all segments, in order."""
    for record in records:
        yield from read_packets(folder / record.file)
