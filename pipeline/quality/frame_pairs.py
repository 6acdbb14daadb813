"""Films read side by side, as the display pictures a viewer sees."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import FrameUnreadable, MediaUnreadable
from pipeline.imaging.arrays import ImageU8
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
    """Frame `frame` of `frames` of a film and of its results as (h, w, 3) RGB; None where one is damaged."""

    frame: int
    frames: int
    original: ImageU8 | None
    results: tuple[ImageU8 | None, ...]


def pictures(reader: PlateReader, start: int = 0, stop: int | None = None) -> Iterator[ImageU8 | None]:
    """Display pictures of frames start..stop-1 in order, None for a damaged one."""
    view = view_of(reader.info)
    for planes in reader.frames(start, stop):
        yield None if isinstance(planes, FrameUnreadable) else view.rgb8(planes)


def picture(reader: PlateReader, frame: int) -> ImageU8:
    """The display picture of one frame."""
    return view_of(reader.info).rgb8(reader.read(frame))


def check_pair(original: PlateReader, result: PlateReader) -> None:
    """Raise MediaUnreadable unless both films have the same number of frames and the same display size."""
    a, b = original.info, result.info
    if a.frames != b.frames:
        raise MediaUnreadable(
            f"{b.path} has {b.frames} frames and {a.path} has {a.frames}: only films of equal length can be compared. "
            "Render the same range."
        )
    if view_of(a).size != view_of(b).size:
        raise MediaUnreadable(
            f"{b.path} shows {view_of(b).size} pixels and {a.path} {view_of(a).size}: films of different size can't "
            "be compared."
        )


def film_frames(original: Path, results: Sequence[Path]) -> Iterator[FilmFrame]:
    """All frames of a film and of `results` of equal length and size, in order, the film decoded once.

    A result that is the film itself is not decoded again: its picture is the very same array.

    Raises
    ------
    MediaError
        A film cannot be read, or they don't match.
    """
    with ExitStack() as opened:
        first = opened.enter_context(open_plate(original))
        others = [opened.enter_context(open_plate(path)) for path in results if path != original]
        for other in others:
            check_pair(first, other)
        for frame, (own, *made) in enumerate(zip(pictures(first), *map(pictures, others), strict=True)):
            rest = iter(made)
            shown = tuple(own if path == original else next(rest) for path in results)
            yield FilmFrame(frame, first.info.frames, own, shown)


def frame_pairs(original: Path, result: Path) -> Iterator[FramePair]:
    """The same of a film and one result, pair by pair. Raises MediaError."""
    for each in film_frames(original, [result]):
        yield FramePair(each.frame, each.frames, each.original, each.results[0])
