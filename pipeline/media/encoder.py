"""One video encoder, pinned: the same settings and pictures give the same bytes on every run.

x264's output depends on its thread count, so the count is part of the settings and never "as many as there
are". Every encoder instance starts with a sync frame and never refers past its end, so what two
instances wrote can be joined.
"""

import platform
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

import av
from av.codec.codec import UnknownCodecError
from av.codec.context import Flags
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext
from av.video.stream import VideoStream

from pipeline.errors import UnsupportedFormat
from pipeline.imaging.planes import ColourTags
from pipeline.media.frame_packing import new_encoder_context, tag_context
from pipeline.media.hdr_metadata import HdrMetadata, x265_options
from pipeline.media.output_format import OutputFormat
from pipeline.media.plate_info import PlateInfo
from pipeline.media.presets import Preset

VideoPacket: TypeAlias = "Packet[VideoStream]"

_CHROMA_LOCATION = {"left": 0, "center": 1, "topleft": 2}
_SMALLEST_CUT = 64
_LARGE_PICTURE = 1_500_000


def encoder_build() -> str:
    """Which libraries encode here; another build may write other bytes from the same pictures."""
    return f"PyAV {av.__version__}, FFmpeg {av.ffmpeg_version_info}"


@dataclass(frozen=True, slots=True)
class EncoderSettings:
    """All that decides an encoder's bytes, besides its build and the pictures.

    `time_base` is one frame for constant rate, and the plate's own for variable rate.
    """

    codec: str
    target: OutputFormat
    width: int
    height: int
    pixel_aspect: Fraction
    rate: Fraction
    time_base: Fraction
    threads: int
    options: tuple[tuple[str, str], ...]

    def pins(self) -> dict[str, str]:
        """The settings as text, to be compared with those of an earlier run."""
        return {
            "codec": self.codec,
            "format": self.target.name,
            "colour": repr(self.target.colour),
            "size": f"{self.width}x{self.height}",
            "pixel_aspect": str(self.pixel_aspect),
            "rate": str(self.rate),
            "time_base": str(self.time_base),
            "threads": str(self.threads),
            "options": repr(self.options),
        }


def encoder_settings(preset: Preset, target: OutputFormat, info: PlateInfo, threads: int) -> EncoderSettings:
    """Settings for a result of `info`'s size and rate, for `threads` ≥ 1 cores (x264 gets half as many more)."""
    size, aspect = (info.width, info.height), info.pixel_aspect
    if target.turned % 180:
        size, aspect = size[::-1], 1 / aspect
    return EncoderSettings(
        codec=preset.codec,
        target=target,
        width=size[0],
        height=size[1],
        pixel_aspect=aspect,
        rate=info.rate,
        time_base=info.time_base if info.vfr else 1 / info.rate,
        threads=threads * 3 // 2 if preset.codec == "libx264" else threads,
        options=tuple(sorted({**preset.options, **_pinned(preset, target.colour, size, threads, info.hdr)}.items())),
    )


def _pinned(
    preset: Preset, colour: ColourTags, size: tuple[int, int], threads: int, hdr: HdrMetadata | None
) -> dict[str, str]:
    """Options that close groups of pictures, pin what else would follow the machine, and state chroma siting and what
    is known of the mastering display."""
    siting = [] if "siting" in colour.assumed else [f"chromaloc={_CHROMA_LOCATION[colour.siting]}"]
    if preset.codec == "libx264":
        return {"x264-params": _joined(preset.options.get("x264-params"), *siting, *_repeatable_x264(), "open-gop=0")}
    if preset.codec == "libx265":
        pools = (f"pools={threads}", f"frame-threads={min(threads, 3)}", "open-gop=0", "log-level=error")
        return {"x265-params": _joined(preset.options.get("x265-params"), *siting, *x265_options(hdr), *pools)}
    if preset.codec == "ffv1":
        return {"slices": _slices(*size)}
    return {}


def _repeatable_x264() -> tuple[str, ...]:
    """x264 without its AVX-512 loops, whose macroblock tree reads memory that nobody wrote: the same pictures gave
    other bytes from run to run. These loops cost no time that can be measured and give one result on every x86."""
    return ("asm=SSE4.2",) if platform.machine().lower() in {"x86_64", "amd64"} else ()


def _joined(*words: str | None) -> str:
    return ":".join(word for word in words if word)


def _slices(width: int, height: int) -> str:
    """FFV1's slices a picture: what may be coded side by side; tiny pictures cannot be cut."""
    if min(width, height) < _SMALLEST_CUT:
        return "1"
    return "16" if width * height >= _LARGE_PICTURE else "4"


def open_context(settings: EncoderSettings) -> VideoCodecContext:
    """An encoder with these settings, open.

    Raises UnsupportedFormat: the encoder is not in this build, or refuses the settings.
    """
    try:
        context = new_encoder_context(settings.codec)
    except UnknownCodecError as error:
        raise UnsupportedFormat(
            f"The encoder {settings.codec} is not in this build of FFmpeg. Choose another preset."
        ) from error
    configure(context, settings)
    try:
        context.open()
    except (av.FFmpegError, OSError, ValueError) as error:
        raise UnsupportedFormat(
            f"The encoder {settings.codec} does not take a picture of {settings.width} × {settings.height} in "
            f"{settings.target.name} ({_reason(error)}). Choose another preset: ffv1-lossless and png-16 take any size."
        ) from error
    return context


def configure(context: VideoCodecContext, settings: EncoderSettings) -> None:
    """Write the settings on an encoder that is not open yet."""
    context.width, context.height = settings.width, settings.height
    context.pix_fmt = settings.target.name
    context.time_base = settings.time_base
    context.framerate = settings.rate
    context.sample_aspect_ratio = settings.pixel_aspect
    context.thread_count = settings.threads
    context.thread_type = "AUTO"
    context.flags |= Flags.global_header | Flags.bitexact
    tag_context(context, settings.target.colour)
    context.options = dict(settings.options)


def _reason(error: Exception) -> str:
    text = getattr(error, "strerror", None) or str(error)
    return text.split(":")[0].strip().lower() or "no reason given"


class VideoEncoder:
    """One run of an encoder over consecutive frames. Not for several threads at once."""

    def __init__(self, settings: EncoderSettings) -> None:
        self._context = open_context(settings)

    @property
    def extradata(self) -> bytes:
        """Parameter sets that a container stores once; the same for all runs with the same settings."""
        return self._context.extradata or b""

    def encode(self, picture: av.VideoFrame, pts: int) -> list[VideoPacket]:
        """Packets that are ready after this picture (of `PlaneConverter`); `pts` in the settings' time base, rising."""
        picture.pts = pts
        picture.time_base = self._context.time_base
        return self._context.encode(picture)

    def finish(self) -> list[VideoPacket]:
        """The packets still held back; the encoder is of no use afterwards."""
        return self._context.encode(None)
