"""Films read side by side, as the display pictures a viewer sees."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import FrameUnreadable, MediaUnreadable
from pipeline.imaging.arrays import ImageU8
from pipeline.imaging.planes import Planes
from pipeline.media.plate_reader import PlateReader
from pipeline.media.plate_view import view_of
from pipeline.media.reader import open_plate


@dataclass(frozen=True, slots=True, eq=False)
class FramePair:
    """Frame `frame` of `frames` of both films as (h, w, 3) RGB; None where a film's frame is damaged."""

    frame: int
    frames: int
    original: ImageU8 | None
    result: ImageU8 | None


@dataclass(frozen=True, slots=True, eq=False)
class FilmFrame:
    """Frame `frame` of `frames` of a film and of its results as (h, w, 3) RGB; None where one is damaged.

    `planes` are the film's samples that `original` shows.
    """

    frame: int
    frames: int
    original: ImageU8 | None
    results: tuple[ImageU8 | None, ...]
    planes: Planes | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """Which part of a film is compared: from frame `start` on, as many as `frames`; all of the rest where None.

    `colour_space` is a name of `imaging.colour_space` in which all films are read against their tags.
    """

    start: int = 0
    frames: int | None = None
    colour_space: str | None = None


WHOLE = Span()


def pictures(reader: PlateReader, start: int = 0, stop: int | None = None) -> Iterator[ImageU8 | None]:
    """Display pictures of frames start..stop-1 in order, None for a damaged one."""
    for _, shown in _shown(reader, start, stop):
        yield shown


def _shown(reader: PlateReader, start: int, stop: int | None) -> Iterator[tuple[Planes | None, ImageU8 | None]]:
    """Samples and display picture of frames in order."""
    view = view_of(reader.info)
    for planes in reader.frames(start, stop):
        yield (None, None) if isinstance(planes, FrameUnreadable) else (planes, view.rgb8(planes))


def picture(reader: PlateReader, frame: int) -> ImageU8:
    """The display picture of one frame."""
    return view_of(reader.info).rgb8(reader.read(frame))


def check_pair(original: PlateReader, result: PlateReader, span: Span = WHOLE) -> None:
    """Raise MediaUnreadable unless the result has as many frames as the original's span, and the same display size."""
    a, b = original.info, result.info
    wanted = _stop(span, a.frames) - span.start
    if wanted != b.frames:
        part = f"of {a.path} {'is' if wanted == 1 else 'are'} meant"
        has = f"{a.path} has {wanted}" if wanted == a.frames else f"{_counted(wanted)} {part}"
        raise MediaUnreadable(
            f"{b.path} has {_counted(b.frames)} and {has}: only films of equal length can be compared. "
            "Render the same range, or name the range that the result shows with --in and --out."
        )
    if view_of(a).size != view_of(b).size:
        raise MediaUnreadable(
            f"{b.path} shows {view_of(b).size} pixels and {a.path} {view_of(a).size}: films of different size can't "
            "be compared."
        )


def _counted(frames: int) -> str:
    return "1 frame" if frames == 1 else f"{frames} frames"


def film_frames(original: Path, results: Sequence[Path], span: Span = WHOLE) -> Iterator[FilmFrame]:
    """All frames of a film's span and of `results` of its length and size, in order, the film decoded once.

    Frames are counted from the span's first. A result that is the film itself is not decoded again: its picture is
    the very same array.

    Raises
    ------
    MediaError
        A film cannot be read, or they don't match.
    """
    with ExitStack() as opened:
        first = opened.enter_context(open_plate(original, colour_space=span.colour_space))
        apart = [path for path in results if path != original]
        others = [opened.enter_context(open_plate(path, colour_space=span.colour_space)) for path in apart]
        for other in others:
            check_pair(first, other, span)
        stop = _stop(span, first.info.frames)
        rows = zip(_shown(first, span.start, stop), *map(pictures, others), strict=True)
        for frame, ((planes, own), *made) in enumerate(rows):
            rest = iter(made)
            shown = tuple(own if path == original else next(rest) for path in results)
            yield FilmFrame(frame, stop - span.start, own, shown, planes)


def span_frames(span: Span, frames: int) -> range:
    """Which frames of a film of so many a span means."""
    return range(span.start, _stop(span, frames))


def _stop(span: Span, frames: int) -> int:
    return frames if span.frames is None else min(frames, span.start + span.frames)


def frame_pairs(original: Path, result: Path, span: Span = WHOLE) -> Iterator[FramePair]:
    """The same of a film's span and one result, pair by pair. Raises MediaError."""
    for each in film_frames(original, [result], span):
        yield FramePair(each.frame, each.frames, each.original, each.results[0])
