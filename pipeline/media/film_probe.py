"""What a film is: frames, rate, size, format, colour, sound, from one demux and its first picture."""

from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import av
import av.error
from av.container import InputContainer
from av.video.stream import VideoStream

from pipeline.errors import MediaNotFound, MediaUnreadable, NoVideo
from pipeline.media.colour_tags import colour_tags
from pipeline.media.film_container import STRICT, film_stream, open_container, packets_of, pixel_aspect_of
from pipeline.media.film_index import FilmIndex, index_film
from pipeline.media.hdr_metadata import hdr_metadata
from pipeline.media.pixel_formats import pixel_format, planar_name
from pipeline.media.plate_info import AudioInfo, PlateInfo

_LEEWAY_SECONDS, _LEEWAY_SHARE = 0.5, 0.01
"""How much shorter than stated a film may be: headers are often a little wrong."""

_REMEMBERED = 16
"""Films whose index is kept: a render opens its plate several times."""

_TEXT_AS_PICTURES = frozenset({"tty", "bin", "xbin", "adf", "idf"})
"""Formats in which FFmpeg draws any text file as a terminal screen."""

_RESYNC_PACKETS = 256
"""Packets looked at for a first picture that can be decoded."""


def probe_film(path: Path) -> tuple[PlateInfo, FilmIndex]:
    """A film's description and its index, from one pass over the file, remembered until the file changes.

    Raises
    ------
    MediaNotFound, MediaUnreadable, NoVideo, UnsupportedFormat
    """
    if not path.exists():
        raise MediaNotFound(f"{path} does not exist; check the name and the folder.")
    state = path.stat()
    if path.is_file() and state.st_size == 0:
        raise MediaUnreadable(f"{path} is empty; copy it again from its source.")
    return _probed(path, state.st_size, state.st_mtime_ns)


@lru_cache(maxsize=_REMEMBERED)
def _probed(path: Path, size: int, changed_ns: int) -> tuple[PlateInfo, FilmIndex]:
    """`size` and `changed_ns` tell a file from what it was before."""
    try:
        strict = _first_picture(path, strict=True)
        lenient = strict if strict.picture and not strict.failures else _first_picture(path, strict=False)
        if lenient.picture is None:
            raise MediaUnreadable(f"{path} holds no frame that can be decoded; it is empty or damaged from its start.")
        with open_container(path) as container:
            stream = film_stream(container)
            index = index_film(container, stream, lenient.reorders)
            index = replace(index, strict=strict.picture is not None and strict.failures <= lenient.failures)
            _check_whole(path, container, stream, index)
            return _describe(path, container, stream, index, lenient.picture), index
    except (av.error.InvalidDataError, av.error.EOFError) as error:
        raise MediaUnreadable(
            f"{path} cannot be read as a film or picture: it is damaged, cut short, or not media at all."
        ) from error
    except av.error.FFmpegError as error:
        raise MediaUnreadable(f"{path} cannot be opened ({error}).") from error


def _stream_of(path: Path, container: InputContainer) -> VideoStream:
    if container.format.name in _TEXT_AS_PICTURES:
        raise MediaUnreadable(f"{path} is not a film or picture; choose another file.")
    try:
        return film_stream(container)
    except LookupError as error:
        if container.streams.audio:
            raise NoVideo(f"{path} has sound but no pictures; choose a film.") from error
        raise MediaUnreadable(f"{path} is not a film or picture; choose another file.") from error


class _First(NamedTuple):
    """The first picture that decodes (its tags say more than the container's), and what failed before it."""

    picture: av.VideoFrame | None
    failures: int
    reorders: bool


def _first_picture(path: Path, *, strict: bool) -> _First:
    failures = 0
    with open_container(path) as container:
        stream = _stream_of(path, container)
        if strict:
            stream.codec_context.options = STRICT
        for count, packet in enumerate(packets_of(container, stream)):
            try:
                pictures = packet.decode()
            except av.error.FFmpegError:
                failures += 1
                continue
            for picture in pictures:
                if isinstance(picture, av.VideoFrame):
                    return _First(picture, failures, bool(stream.codec_context.has_b_frames))
            if count > _RESYNC_PACKETS:
                break
    return _First(None, failures, False)


def _check_whole(path: Path, container: InputContainer, stream: VideoStream, index: FilmIndex) -> None:
    """Raises MediaUnreadable where no frame came, or the file ends well before its header says."""
    if len(index.pts) == 0:
        raise MediaUnreadable(f"{path} holds no frames; it is empty or was never finished.")
    if stream.duration and stream.time_base:
        promised = float(((stream.start_time or 0) + stream.duration) * stream.time_base)
    elif container.duration:
        promised = ((container.start_time or 0) + container.duration) / av.time_base
    else:
        return
    if index.end < promised - max(_LEEWAY_SECONDS, _LEEWAY_SHARE * promised):
        raise MediaUnreadable(
            f"{path} is cut short: it should last {promised:.1f} s, but ends after {index.end:.1f} s. "
            "Copy it again from its source, or repair it first."
        )


def _describe(
    path: Path, container: InputContainer, stream: VideoStream, index: FilmIndex, picture: av.VideoFrame
) -> PlateInfo:
    form = pixel_format(planar_name(picture.format.name))
    context = stream.codec_context
    rate, vfr = _rate(stream, index)
    codes = (
        int(picture.color_range or context.color_range),
        int(picture.colorspace),
        int(picture.color_trc),
        int(picture.color_primaries),
    )
    return PlateInfo(
        path=path,
        kind="film",
        frames=len(index.pts),
        rate=rate,
        time_base=index.time_base,
        vfr=vfr,
        width=picture.width,
        height=picture.height,
        rotation=-round(picture.rotation / 90) * 90 % 360,
        pixel_aspect=pixel_aspect_of(stream),
        format=form,
        colour=colour_tags(form, picture.width, picture.height, codes, "yuvj" in picture.format.name),
        interlaced=picture.interlaced_frame,
        first_timecode=_timecode(container, stream),
        codec=context.name,
        container=container.format.name,
        audio=tuple(
            AudioInfo(audio.index, audio.codec_context.name, audio.sample_rate, audio.channels, audio.language)
            for audio in container.streams.audio
        ),
        subtitles=len(container.streams.subtitles),
        chapters=len(container.chapters()),
        coded_format=picture.format.name,
        stream=stream.index,
        hdr=hdr_metadata(picture),
    )


def _rate(stream: VideoStream, index: FilmIndex) -> tuple[Fraction, bool]:
    """(frames a second, variable): the first of the stream's stated rates that its frames keep."""
    stated = [rate for rate in (stream.average_rate, stream.guessed_rate, stream.base_rate) if rate]
    for rate in stated:
        if index.counted or index.steady(rate):
            return rate, False
    mean = index.mean_rate()
    return mean or (stated[0] if stated else Fraction(25)), mean is not None


def _timecode(container: InputContainer, stream: VideoStream) -> str | None:
    for tags in (stream.metadata, *(other.metadata for other in container.streams), container.metadata):
        for name, value in tags.items():
            if name.lower() == "timecode":
                return value
    return None
