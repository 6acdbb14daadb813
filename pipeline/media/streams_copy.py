"""Sound, subtitles and chapters of a plate, packet for packet.

For a whole plate every packet is passed on as it is, with its times. For a range, plain PCM is cut to the
sample; a compressed packet cannot be cut, so those that reach into the range are passed on whole, and
what lies before the range's first frame is hidden by an edit list where the container has one.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

import av
import av.error
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from av.packet import Packet
from av.stream import Discard, Stream

from pipeline.errors import MediaUnreadable
from pipeline.media.plate_info import PlateInfo

AnyPacket: TypeAlias = "Packet[Stream]"

_CARRIED = ("audio", "subtitle")
_STALE_TAGS = {"encoder", "vendor_id", "duration", "timecode", "number_of_frames", "number_of_bytes", "bps"}
_FILE_TAGS = {"encoder", "major_brand", "minor_version", "compatible_brands", "timecode", "duration"}
_SEEK_MARGIN_SECONDS = 2
_MOST_DAMAGE = 1000
_DAMAGED = "Part of the plate's sound or subtitles is damaged and left out."
_INDEPENDENT = {"flac", "alac"}
"""Sound whose packets decode on their own; others need the one before to warm up (AAC's overlap, for one)."""


_MAC_LANGUAGES = {
    "deu": "ger", "nld": "dut", "zho": "chi", "ell": "gre", "isl": "ice", "eus": "baq", "cym": "wel", "fas": "per",
    "sqi": "alb", "mkd": "mac", "hye": "arm", "kat": "geo", "msa": "may", "mya": "bur", "bod": "tib", "swe": "sve",
    "fre": "fra", "rum": "ron", "slo": "slk", "cze": "ces",
}  # fmt: skip
"""Languages that FFmpeg's QuickTime muxer drops, and the code under which it knows them."""
_USUAL_LAYOUTS = {1: "mono", 2: "stereo"}


@dataclass(frozen=True, slots=True)
class Cut:
    """The part of a plate's time that a result covers, in seconds; `whole` passes every packet on."""

    start: Fraction
    stop: Fraction
    whole: bool


class PlateStreams:
    """What goes with a plate's pictures. Owns an open container; close it or use `with`."""

    def __init__(self, info: PlateInfo, cut: Cut, edit_lists: bool) -> None:
        self._path = info.path
        self._container: InputContainer = av.open(str(info.path))
        self._pictures = info.stream
        self._cut = cut
        self._edit_lists = edit_lists
        self._streams = [stream for stream in self._container.streams if stream.type in _CARRIED]
        self.notes: list[str] = self._left_out()

    def __enter__(self) -> "PlateStreams":
        return self

    def __exit__(self, *_: object) -> None:
        self._container.close()

    @property
    def streams(self) -> tuple[Stream, ...]:
        """Streams that are carried over, in the plate's order."""
        return tuple(self._streams)

    @property
    def metadata(self) -> dict[str, str]:
        """The plate's own file tags that still hold for the result."""
        return {key: value for key, value in self._container.metadata.items() if key.lower() not in _FILE_TAGS}

    def chapters(self) -> list[dict[str, object]]:
        """Chapters that touch the cut, shifted and cut to it."""
        if self._cut.whole:
            return [dict(each) for each in self._container.chapters()]
        kept: list[dict[str, object]] = []
        for each in self._container.chapters():
            base = each["time_base"] or Fraction(1, 1000)
            start, end = each["start"] * base - self._cut.start, each["end"] * base - self._cut.start
            length = self._cut.stop - self._cut.start
            if end > 0 and start < length:
                cut = {"start": round(max(start, Fraction(0)) / base), "end": round(min(end, length) / base)}
                kept.append({**each, **cut, "time_base": base})
        return kept

    def add_to(self, output: OutputContainer, stream: Stream) -> Stream:
        """A stream of `output` that takes the packets of `stream`. Raises ValueError: it cannot hold them."""
        added = output.add_stream_from_template(stream)
        added.time_base = _output_base(stream)
        added.disposition = stream.disposition
        if output.format.name == "mp4" and isinstance(stream, AudioStream) and isinstance(added, AudioStream):
            _name_channels(stream, added)
        for key, value in stream.metadata.items():
            if key.lower() not in _STALE_TAGS and not key.lower().startswith("_statistics"):
                mac = output.format.name == "mov" and key.lower() == "language"
                added.metadata[key] = _MAC_LANGUAGES.get(value, value) if mac else value
        return added

    def packets(self, targets: dict[int, Stream]) -> Iterator[AnyPacket]:
        """Packets in file order, timed for the result; `targets` maps the plate's stream index to its stream."""
        wanted = [stream for stream in self._streams if stream.index in targets]
        if not wanted:
            return
        for stream in self._container.streams:
            if stream.index not in targets:
                stream.discard = Discard.all
        carriers = {stream.index: self._carrier(stream) for stream in wanted}
        self._go_to_start(wanted)
        for packet in self._readable(wanted):
            for ready in carriers[packet.stream.index].take(packet):
                ready.stream = targets[packet.stream.index]
                yield ready
            if all(carrier.passed for carrier in carriers.values()):
                return

    def _readable(self, wanted: list[Stream]) -> Iterator[AnyPacket]:
        """What can be demuxed; damage is passed over and noted."""
        for _ in range(_MOST_DAMAGE):
            try:
                for packet in self._container.demux(wanted):
                    if packet.size and not (packet.pts is None and packet.dts is None):
                        yield packet
                return
            except av.error.InvalidDataError:
                if _DAMAGED not in self.notes:
                    self.notes.append(_DAMAGED)
            except OSError as error:
                raise MediaUnreadable(f"The sound of {self._path} cannot be read ({error.strerror}).") from error

    def _left_out(self) -> list[str]:
        pictures = [
            stream for stream in self._container.streams if stream.type == "video" and stream.index != self._pictures
        ]
        data = [
            stream
            for stream in self._container.streams
            if stream.type in ("data", "attachment") and not self._is_rebuilt(stream)
        ]
        notes = []
        if pictures:
            notes.append(
                f"{len(pictures)} further picture stream(s) of the plate (cover art, second angles) are left out."
            )
        if data:
            notes.append(f"{len(data)} data or attachment stream(s) of the plate are left out.")
        return notes

    def _is_rebuilt(self, stream: Stream) -> bool:
        """Whether a data stream is QuickTime's form of timecode or chapters, which the result gets anew."""
        chapters = bool(self._container.chapters()) and getattr(stream, "name", None) == "bin_data"
        return chapters or "timecode" in stream.metadata

    def _carrier(self, stream: Stream) -> "_Carrier":
        if self._cut.whole:
            return _Carrier(stream, lambda packet: [packet])
        if isinstance(stream, AudioStream) and _pcm_block(stream):
            return _PcmCarrier(stream, self._cut)
        return _CompressedCarrier(stream, self._cut, self._edit_lists, self.notes)

    def _go_to_start(self, wanted: list[Stream]) -> None:
        """Skip to shortly before the cut, unless sample positions can only be had by counting from the start."""
        start = self._cut.start - _SEEK_MARGIN_SECONDS
        coarse = any(
            isinstance(each, AudioStream) and _pcm_block(each) and (each.time_base or 1) * each.sample_rate > 1
            for each in wanted
        )
        if not self._cut.whole and start > 0 and not coarse:
            self._container.seek(int(start * 1_000_000), backward=True)


class _Carrier:
    """Passes packets of one stream on."""

    def __init__(self, stream: Stream, pick: Callable[[AnyPacket], list[AnyPacket]]) -> None:
        self._pick = pick
        self.base = stream.time_base or Fraction(1, 1000)
        self.passed = False

    def take(self, packet: AnyPacket) -> list[AnyPacket]:
        return self._pick(packet)


class _PcmCarrier(_Carrier):
    """Cuts plain PCM to the sample: those whose time lies in start ≤ t < stop."""

    def __init__(self, stream: AudioStream, cut: Cut) -> None:
        super().__init__(stream, self._cut_packet)
        self._rate: int = stream.sample_rate
        self._block = _pcm_block(stream)
        self._first = round(cut.start * self._rate)
        self._last = round(cut.stop * self._rate)
        self._next: int | None = None

    def _cut_packet(self, packet: AnyPacket) -> list[AnyPacket]:
        stated = round((packet.pts if packet.pts is not None else packet.dts or 0) * self.base * self._rate)
        rounding = int(self.base * self._rate) + 1
        if self._next is not None and abs(stated - self._next) <= rounding:
            stated = self._next
        count = packet.size // self._block
        self._next = stated + count
        self.passed = self._next >= self._last
        begin, end = max(stated, self._first), min(stated + count, self._last)
        if begin >= end:
            return []
        piece = Packet(bytes(packet)[(begin - stated) * self._block : (end - stated) * self._block])
        piece.time_base = Fraction(1, self._rate)
        piece.pts = piece.dts = begin - self._first
        piece.duration = end - begin
        piece.is_keyframe = True
        return [piece]


class _CompressedCarrier(_Carrier):
    """Passes on whole packets that reach into the cut, and says by how much the first one leads or lags."""

    def __init__(self, stream: Stream, cut: Cut, edit_lists: bool, notes: list[str]) -> None:
        super().__init__(stream, self._shift)
        self._stream = stream
        self._edit_lists = edit_lists
        self._notes = notes
        self._start = round(cut.start / self.base)
        self._stop = round(cut.stop / self.base)
        self._held: list[AnyPacket] = []
        self._begun = False

    def _shift(self, packet: AnyPacket) -> list[AnyPacket]:
        time = packet.pts if packet.pts is not None else packet.dts or 0
        end = time + (packet.duration or 0)
        if time >= self._stop:
            self.passed = True
            return []
        if self._stream.type == "subtitle":
            return self._subtitle(packet, time, end)
        if not self._begun and (end <= self._start if self._edit_lists else time < self._start):
            self._held = [] if self._stream.codec_context.name in _INDEPENDENT else [packet]
            return []
        ready = [packet]
        if not self._begun:
            self._begun = True
            ready = ([*self._held] if self._edit_lists else []) + ready
            self._report(ready[0])
        for each in ready:
            self._move(each)
        return ready

    def _move(self, packet: AnyPacket) -> None:
        packet.pts = None if packet.pts is None else packet.pts - self._start
        packet.dts = None if packet.dts is None else packet.dts - self._start

    def _subtitle(self, packet: AnyPacket, time: int, end: int) -> list[AnyPacket]:
        if end <= self._start:
            return []
        begin = max(time, self._start)
        packet.pts = packet.dts = begin - self._start
        packet.duration = min(end, self._stop) - begin
        return [packet]

    def _report(self, first: AnyPacket) -> None:
        offset = float(((first.pts if first.pts is not None else first.dts or 0) - self._start) * self.base) * 1000
        name = f"Sound stream {self._stream.index} ({self._stream.codec_context.name})"
        if offset < 0:
            self._notes.append(
                f"{name} is copied from {-offset:.1f} ms before the first frame; an edit list hides that part."
            )
        elif offset > 0:
            self._notes.append(f"{name} begins {offset:.1f} ms after the first frame.")


def last_duration(info: PlateInfo) -> int | None:
    """How long the plate's last picture is shown, in the time base of its picture stream, if stated."""
    with av.open(str(info.path)) as container:
        stream = container.streams[info.stream]
        length = stream.duration or 0
        container.seek((stream.start_time or 0) + length, stream=stream, backward=True)
        last = max(
            ((packet.pts, packet.duration or 0) for packet in container.demux(stream) if packet.pts is not None),
            default=(0, 0),
        )
    return last[1] or None


def _pcm_block(stream: AudioStream) -> int:
    """Bytes of one sample of all channels of plain interleaved PCM; 0 for any other sound."""
    name = stream.codec_context.name
    plain = name.startswith(("pcm_s", "pcm_u", "pcm_f")) and "planar" not in name and "daud" not in name
    digits = "".join(each for each in name[5:] if each.isdigit())
    return int(digits) // 8 * stream.channels if plain and digits else 0


def _name_channels(stream: AudioStream, added: AudioStream) -> None:
    """MP4 states what the channels of PCM are, which AVI and MXF leave open: one or two are what they usually are.

    Raises ValueError: there are more of them, and nobody says which is which.
    """
    if not stream.codec_context.name.startswith("pcm_") or not stream.layout.name.endswith(" channels"):
        return
    if stream.channels not in _USUAL_LAYOUTS:
        raise ValueError(f"{stream.channels} channels without names")
    added.codec_context.layout = _USUAL_LAYOUTS[stream.channels]


def _output_base(stream: Stream) -> Fraction:
    if isinstance(stream, AudioStream) and _pcm_block(stream):
        return Fraction(1, stream.sample_rate)
    return stream.time_base or Fraction(1, 1000)
