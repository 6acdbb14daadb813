"""A decoder standing at a place in a film: the one owner of a container.

Pictures are told apart by their presentation time, so a frame that does not come out of the decoder is
noticed as missing and never shifts those after it.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import av
import av.error
from av.packet import Packet
from av.video.stream import VideoStream

from pipeline.errors import Cancelled, FrameUnreadable, MediaUnreadable, SizeChanged, UnsupportedFormat
from pipeline.imaging.planes import Planes
from pipeline.media.film_container import STRICT, film_stream, open_container, packets_of
from pipeline.media.film_damage import Damage
from pipeline.media.film_index import FilmIndex
from pipeline.media.frame_planes import planes_of
from pipeline.media.nal_units import is_referenced
from pipeline.media.plate_info import PlateInfo

ROLL_FORWARD = 4
"""Frames it is cheaper to decode than to seek over."""

_SKIPPABLE = "h264"
"""The codec whose pictures that no other refers to are known as such for certain; HEVC's may be referred to by layers
above their own."""
_DEMUX_RETRIES = 8


def _wanted_still() -> bool:
    """For who waits for a frame however long it takes."""
    return False


class _Decoded(NamedTuple):
    number: int
    picture: av.VideoFrame


class FilmCursor:
    """Decodes frames of one film by number. Not shared between threads.

    The decoder is told to report errors instead of concealing them: a frame whose data, or whose
    references, are damaged is an error here, not a smear.
    """

    def __init__(self, info: PlateInfo, index: FilmIndex, threads: int) -> None:
        self._info = info
        self._index = index
        self._threads = threads
        self._damage = Damage(index)
        self._pending: _Decoded | None = None
        self._position = 0
        """The lowest frame that can still come out without a seek."""
        self._started_at = 0
        """The sync frame last sought."""
        self._first_seen = info.frames
        """The lowest frame that has come out since."""
        self._fresh = True
        """Whether the container was opened, not sought, to stand here."""
        self._next_counted = 0
        self._hurry_to = 0
        """Frames below it may be left out where no other refers to them."""
        self._passed: Callable[[Planes], None] | None = None
        self._given_up: Callable[[], bool] = _wanted_still
        self._open()

    def _open(self) -> None:
        """Open the container at the film's start. Raises MediaUnreadable where the file has gone or changed."""
        try:
            self._container = open_container(self._info.path)
            self._stream: VideoStream = film_stream(self._container)
        except (av.error.FFmpegError, OSError, LookupError) as error:
            raise MediaUnreadable(f"{self._info.path} can no longer be opened; it was moved or changed.") from error
        context = self._stream.codec_context
        self._stream.thread_type = "AUTO" if self._threads > 1 else "NONE"
        context.thread_count = self._threads
        if self._index.strict:
            context.options = STRICT
        self._decoded = self._run()
        self._stand_at(0, fresh=True)

    def close(self) -> None:
        # The run holds this cursor: without letting go of it, the decoder and its pictures would wait for the
        # garbage collector.
        self._decoded, self._pending = iter(()), None
        self._container.close()

    def fetch(
        self,
        frame: int,
        passed: Callable[[Planes], None] | None = None,
        given_up: Callable[[], bool] = _wanted_still,
    ) -> Planes:
        """The picture of `frame`; those decoded on the way there go to `passed`. `given_up` is asked between two
        frames on the way.

        Raises FrameUnreadable, SizeChanged, UnsupportedFormat. Cancelled: it was given up; the next frame may be
        fetched as ever.
        """
        self._passed, self._given_up = passed, given_up
        if not self._reachable(frame):
            self._seek(self._index.sync_before(frame))
        if passed is None:
            self._hurry_to = frame
        found = self._find(frame)
        if self._damage and self._threads > 1:
            # Several threads report an error late; one tells exactly which packet it was.
            self._threads = 1
            self._restart()
            found = self._find(frame)
        if found is None or self._doubtful(found):
            raise FrameUnreadable(f"Frame {frame} of {self._info.path} cannot be decoded; its data are damaged.", frame)
        return self._planes(found)

    def _doubtful(self, decoded: _Decoded) -> bool:
        return decoded.picture.is_corrupt or self._damage.covers(decoded.number)

    def _find(self, frame: int) -> _Decoded | None:
        found = self._advance_to(frame)
        while found is None and self._restarted_late(frame):
            found = self._advance_to(frame)
        return found

    def _reachable(self, frame: int) -> bool:
        """Whether rolling forward is right: the frame is still to come and no seek would be cheaper."""
        if frame < max(self._position, self._hurry_to):
            return False
        return self._index.sync_before(frame) - self._position <= ROLL_FORWARD

    def _advance_to(self, frame: int) -> _Decoded | None:
        """Decode up to `frame`; None where the decoder goes past it or ends."""
        while True:
            decoded = self._pending or next(self._decoded, None)
            self._pending = None
            if decoded is None:
                self._position = self._info.frames
                return None
            self._first_seen = min(self._first_seen, decoded.number)
            if decoded.number > frame:
                self._pending = decoded
                self._position = frame + 1
                return None
            self._position = decoded.number + 1
            if decoded.number == frame:
                return decoded
            if self._passed is not None and not self._doubtful(decoded):
                self._passed(self._planes(decoded))
            if self._given_up():
                raise Cancelled(f"Frame {frame} of {self._info.path} is wanted no more.")

    def _restarted_late(self, frame: int) -> bool:
        """Start earlier where the last seek came out after `frame`; False once the film's start was tried."""
        if self._first_seen <= frame or self._fresh:
            return False
        if self._started_at == 0:
            self._restart()
        else:
            self._seek(self._index.sync_before(self._started_at - 1))
        return True

    def _seek(self, sync: int) -> None:
        """Stand at a sync frame, or before it: containers without an index land where they can."""
        if self._index.counted:
            self._restart()
            return
        try:
            self._container.seek(int(self._index.pts[sync]), stream=self._stream, backward=True)
        except av.error.FFmpegError:
            self._restart()
            return
        self._decoded = self._run()
        self._stand_at(sync, fresh=False)

    def _restart(self) -> None:
        self.close()
        self._open()

    def _stand_at(self, sync: int, *, fresh: bool) -> None:
        self._damage.clear()
        self._pending = None
        self._position = sync
        self._started_at = sync
        self._first_seen = self._info.frames
        self._fresh = fresh
        self._next_counted = 0
        self._hurry_to = 0

    def _run(self) -> Iterator[_Decoded]:
        """Pictures as the decoder gives them; damaged packets are noted and stepped over."""
        for packet in self._packets():
            try:
                self._hurry(packet)
                pictures = packet.decode()
            except av.error.FFmpegError:
                self._note_damage(packet)
                continue
            for picture in pictures:
                if isinstance(picture, av.VideoFrame):
                    number = self._number_of(picture)
                    if number is not None:
                        yield _Decoded(number, picture)

    def _hurry(self, packet: "Packet[VideoStream]") -> None:
        """Leave out a picture on the way that no other refers to: a third of the work in a usual film."""
        context = self._stream.codec_context
        if context.name == _SKIPPABLE and not self._index.counted:
            early = packet.pts is not None and packet.pts < self._index.pts[self._hurry_to]
            context.skip_frame = "NONREF" if early else "DEFAULT"

    def _packets(self) -> "Iterator[Packet[VideoStream]]":
        failures = 0
        while True:
            try:
                yield from packets_of(self._container, self._stream)
                return
            except av.error.FFmpegError:
                failures += 1
                if failures > _DEMUX_RETRIES:
                    return

    def _note_damage(self, packet: "Packet[VideoStream]") -> None:
        number = None if packet.pts is None else self._index.number_of(packet.pts)
        if number is not None:
            context = self._stream.codec_context
            self._damage.add(number, referenced=is_referenced(context.name, context.extradata, bytes(packet)))

    def _number_of(self, picture: av.VideoFrame) -> int | None:
        if self._index.counted:
            self._next_counted += 1
            return self._next_counted - 1
        return None if picture.pts is None else self._index.number_of(picture.pts)

    def _planes(self, found: _Decoded) -> Planes:
        info, picture, number = self._info, found.picture, found.number
        if (picture.width, picture.height) != (info.width, info.height):
            raise SizeChanged(
                f"{info.path} changes size at frame {number}: {info.width}x{info.height} becomes "
                f"{picture.width}x{picture.height}. Cut the film there and work on each part alone."
            )
        planes = planes_of(picture, info.colour, number, int(self._index.pts[number]), info.time_base)
        if planes.format != info.format:
            raise UnsupportedFormat(
                f"{info.path} changes its pixel format at frame {number}: {info.format.name} becomes "
                f"{planes.format.name}. Convert the film to one format first."
            )
        return planes
