"""One picture stream and what goes with it, into a film file.

Times of pictures come from the plate, by frame number. Decoding times are worked out here, over the whole film,
and not taken from the encoder: at the join of two encoder runs its own would step back where pictures are
reordered and the rate varies.
"""

import heapq
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO

import av
import av.error
import numpy as np
from av.container import OutputContainer
from av.packet import Packet
from av.stream import Stream
from av.video.stream import VideoStream
from numpy.typing import NDArray

from pipeline.errors import ContainerLimit, OutputNotWritable
from pipeline.media.encoder import EncoderSettings, configure
from pipeline.media.mxf_identity import MxfIdentityFile
from pipeline.media.packet_file import StoredPacket
from pipeline.media.streams_copy import AnyPacket, PlateStreams

_FORMATS = {".mp4": "mp4", ".mov": "mov", ".mkv": "matroska", ".mxf": "mxf"}
_CHAPTERS = {"mp4", "mov", "matroska"}
_ROTATION = {"mp4", "mov", "matroska"}
_EDIT_LISTS = {"mp4", "mov"}
_MXF_RATES = {*map(Fraction, (24, 25, 30, 48, 50, 60)), *(Fraction(each * 1000, 1001) for each in (24, 30, 48, 60))}
_BUFFER = 1 << 20
_FINEST_UNIT = 1_000_000


@dataclass(frozen=True, slots=True, eq=False)
class FilmLayout:
    """When each picture is shown, and what the file says of itself.

    `pts` (frames,) in `time_base`; `last_duration` of the last picture in the same unit. `rotation` degrees
    clockwise to display. `vfr`: the pictures keep no constant rate.
    """

    pts: NDArray[np.int64]
    time_base: Fraction
    last_duration: int
    vfr: bool = False
    rotation: int = 0
    timecode: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)


def container_format(path: Path) -> str:
    """FFmpeg's name for the container of a film file. Raises ContainerLimit: not one that is written here."""
    name = _FORMATS.get(path.suffix.lower())
    if name is None:
        raise ContainerLimit(f"{path.name} is not a film that can be written here: end it in {', '.join(_FORMATS)}.")
    return name


def has_edit_lists(format_name: str) -> bool:
    """Whether the container can hide sound that lies before the first picture."""
    return format_name in _EDIT_LISTS


def check_container(
    path: Path, settings: EncoderSettings, layout: FilmLayout, streams: PlateStreams | None
) -> tuple[str, ...]:
    """See, before anything is rendered, that the container at `path` holds all of this; returns notes.

    Raises ContainerLimit: it doesn't; the message lists everything it cannot hold.
    """
    name = container_format(path)
    limits = []
    if layout.rotation and name not in _ROTATION:
        limits.append(f"the picture's rotation by {layout.rotation}°")
    if name == "mxf" and (layout.vfr or settings.rate not in _MXF_RATES):
        limits.append("a variable frame rate" if layout.vfr else f"{float(settings.rate):.5g} frames a second")
        settings = replace(settings, rate=Fraction(25), time_base=Fraction(1, 25))
    if streams is not None and name not in _CHAPTERS and streams.chapters():
        limits.append("chapters")
    limits.extend(_refused(name, settings, layout, streams))
    if limits:
        others = " or ".join(each for each in (".mov", ".mkv") if each != path.suffix.lower())
        raise ContainerLimit(
            f"A {path.suffix} file cannot hold {_listed(limits)}. Nothing was rendered. "
            f"Choose another ending, {others} for instance."
        )
    coarse = name == "matroska" and any(
        (int(each) * layout.time_base * 1000).denominator != 1 for each in layout.pts[:50]
    )
    return ("A .mkv keeps times to the millisecond; frame times are rounded to that.",) if coarse else ()


def _refused(name: str, settings: EncoderSettings, layout: FilmLayout, streams: PlateStreams | None) -> list[str]:
    """What the container's own header refuses, found by writing it into memory."""
    if _takes(name, settings, layout, streams, streams.streams if streams else ()):
        return []
    if not _takes(name, settings, layout, streams, ()):
        return [f"pictures of the encoder {settings.codec} in {settings.target.name}"]
    return [
        f"the plate's {stream.type} stream {stream.index} ({stream.codec_context.name})"
        for stream in (streams.streams if streams else ())
        if not _takes(name, settings, layout, streams, (stream,))
    ]


def _takes(
    name: str,
    settings: EncoderSettings,
    layout: FilmLayout,
    streams: PlateStreams | None,
    carried: tuple[Stream, ...],
) -> bool:
    muxer = None
    try:
        muxer = FilmMuxer(io.BytesIO(), name, settings, layout, streams, carried)
        muxer.begin()
    except (ValueError, av.error.FFmpegError):
        return False
    finally:
        if muxer is not None:
            muxer.abandon()
    return True


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]


class FilmMuxer:
    """Writes one film into an open file. `carried`: which of the plate's other streams go along; None: all."""

    def __init__(
        self,
        file: BinaryIO | MxfIdentityFile,
        format_name: str,
        settings: EncoderSettings,
        layout: FilmLayout,
        streams: PlateStreams | None,
        carried: tuple[Stream, ...] | None = None,
    ) -> None:
        self._layout = layout
        self._streams = streams
        self._output: OutputContainer = av.open(
            file,
            "w",
            format=format_name,
            container_options=_muxer_options(format_name, layout.time_base),
            buffer_size=_BUFFER,
        )
        self._video = self._add_video(settings)
        self._targets: dict[int, Stream] = {}
        if streams is not None:
            wanted = streams.streams if carried is None else carried
            self._targets = {each.index: streams.add_to(self._output, each) for each in wanted}
            self._output.metadata.update(streams.metadata)
            if chapters := streams.chapters():
                self._output.set_chapters(chapters)  # type: ignore[arg-type]
        self._output.metadata.update(_named_for(format_name, layout.metadata))

    def begin(self) -> bytes:
        """Write the header; returns the parameter sets it carries."""
        self._output.start_encoding()
        return self._video.codec_context.extradata or b""

    def write(self, packets: Iterable[StoredPacket], reorder: int) -> None:
        """All pictures, in decoding order, merged by time with what goes with them.

        `reorder`: by how many places at most a picture is decoded before its turn (`reorder_depth`).
        """
        pictures = self._timed(packets, reorder)
        others = self._streams.packets(self._targets) if self._streams else iter(())
        for packet in heapq.merge(pictures, others, key=_seconds):
            self._output.mux_one(packet)

    def finish(self) -> None:
        """Write the trailer."""
        self._output.close()

    def abandon(self) -> None:
        """Close without a result; the file is of no use."""
        try:
            self._output.close()
        except (ValueError, OSError, av.error.FFmpegError):
            return

    def _add_video(self, settings: EncoderSettings) -> VideoStream:
        video = self._output.add_stream(settings.codec, rate=settings.rate)
        if not isinstance(video, VideoStream):
            raise ValueError(f"{settings.codec} is not a picture encoder")
        configure(video.codec_context, settings)
        if settings.codec == "libx265" and self._output.format.name in ("mp4", "mov"):
            video.codec_context.codec_tag = "hvc1"
        video.time_base = self._layout.time_base
        if self._layout.rotation:
            video.set_display_rotation(-self._layout.rotation)
        if self._layout.timecode:
            video.metadata["timecode"] = self._layout.timecode
        return video

    def _timed(self, packets: Iterable[StoredPacket], reorder: int) -> "Iterator[AnyPacket]":
        pts = self._layout.pts
        lead = _lead_times(pts, reorder)
        for order, stored in enumerate(packets):
            if stored.position >= len(pts):
                raise OutputNotWritable("The unfinished render has more frames than were asked for; render again.")
            packet: AnyPacket = Packet(stored.data)
            packet.stream = self._video
            packet.time_base = self._layout.time_base
            packet.pts = int(pts[stored.position])
            packet.dts = int(lead[order] if order < reorder else pts[order - reorder])
            packet.duration = self._duration(stored.position)
            packet.is_keyframe = stored.is_sync
            yield packet

    def _duration(self, position: int) -> int:
        pts = self._layout.pts
        return int(pts[position + 1] - pts[position]) if position + 1 < len(pts) else self._layout.last_duration


def _seconds(packet: AnyPacket) -> float:
    """When a packet is due, for interleaving."""
    return float((packet.dts if packet.dts is not None else packet.pts or 0) * (packet.time_base or 1))


def _lead_times(pts: NDArray[np.int64], reorder: int) -> NDArray[np.int64]:
    """Decoding times of the first `reorder` pictures: before the first is shown, spaced as the film begins."""
    if len(pts) <= reorder or reorder == 0:
        return np.asarray(pts[:1] - np.arange(reorder, 0, -1), np.int64)
    step = max(1, int(pts[reorder] - pts[0]) // reorder)
    return np.asarray(pts[0] - step * np.arange(reorder, 0, -1), np.int64)


def reorder_depth(positions: Iterable[int]) -> int:
    """How many places before its turn a picture is decoded at most; `positions` in decoding order, a closed run."""
    order = list(positions)
    first = min(order, default=0)
    return max((place - (position - first) for place, position in enumerate(order)), default=0)


def _named_for(format_name: str, metadata: Mapping[str, str]) -> dict[str, str]:
    """Tags under names that FFmpeg's muxer writes. In MXF those are user comments (SMPTE ST 377-1, Tagged Value)."""
    prefix = "comment_" if format_name == "mxf" else ""
    return {prefix + name: value for name, value in metadata.items()}


def _muxer_options(format_name: str, time_base: Fraction) -> dict[str, str]:
    """Bit-exact: no clock, no random identifiers, so the same packets make the same file.

    QuickTime's edit lists and lengths count in a unit of the film, by default too coarse for its frames.
    Sound that begins before the first picture (a codec's warm-up) must not push the pictures back in a .mkv.
    """
    options = {"fflags": "+bitexact"}
    if format_name in ("mp4", "mov"):
        options["movflags"] = "+write_colr"
        unit = time_base.denominator
        options["movie_timescale"] = str(unit * -(-1000 // unit) if unit <= _FINEST_UNIT else 1000)
    if format_name == "matroska":
        options["avoid_negative_ts"] = "disabled"
    return options
