"""Contact sheets: a plate and its result laid side by side the way we look at pictures before we sign them.

Five kinds of page: whole frames with their difference; the face at 1:1; features at 200 %; tone views; slices
through time. Figures did not see an orange mask or a doubled nose; these pages do.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.engines.session import SessionPool
from pipeline.errors import Cancelled, RangeError
from pipeline.imaging.arrays import ImageU8, Rect
from pipeline.imaging.face_measures import face_width
from pipeline.media.reader import open_plate
from pipeline.quality.face_regions import face_rect
from pipeline.quality.face_slices import SliceBuilder
from pipeline.quality.film_faces import FaceFollower
from pipeline.quality.frame_pairs import WHOLE, Span, check_pair, frame_pairs, picture, span_frames
from pipeline.quality.plate_motion import PlateMotion
from pipeline.quality.sheet_page import Tile, fitted, pages, row, stacked
from pipeline.quality.sheet_views import TONE_VIEWS, cropped, difference, enlarged

DEFAULT_FRAMES = 12
WHOLE_SIDE = 640
"""Longest side of a whole frame on a sheet."""
TONE_SIDE = 300
FEATURES: tuple[tuple[str, tuple[int, ...], float, float], ...] = (
    ("right eye", (33, 133), 0.46, 0.34),
    ("left eye", (263, 362), 0.46, 0.34),
    ("nose base", (2, 94), 0.42, 0.34),
    ("mouth", (13, 14, 61, 291), 0.56, 0.40),
    ("matte edge, right", (172,), 0.40, 0.40),
    ("matte edge, left", (397,), 0.40, 0.40),
    ("hairline", (10,), 0.60, 0.30),
)
"""(label, landmarks whose mean is the centre, width and height in face widths)."""

Watch = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, eq=False)
class SheetFrame:
    """Plate frame `frame` in both films, with the plate's landmarks where a face was found."""

    frame: int
    original: ImageU8
    result: ImageU8
    landmarks: NDArray[np.float32] | None


@dataclass(frozen=True, slots=True, eq=False)
class SheetPage:
    """One page: `name` such as `close-2`, and the picture (h, w, 3 RGB), no side over 2000 pixels."""

    name: str
    picture: ImageU8


def chosen_frames(asked: Sequence[int], frames: range) -> list[int]:
    """The plate's frames to show, in order: those asked for, else twelve spread over `frames`, which both films have.

    Raises RangeError for a frame that is not one of `frames`.
    """
    first, last = frames.start, frames.stop - 1
    beyond = [frame for frame in asked if frame not in frames]
    if beyond:
        raise RangeError(f"Frame {beyond[0]} can't be shown: both films have frames {first} to {last}.")
    spread = np.linspace(first, last, min(DEFAULT_FRAMES, len(frames))).round().astype(int).tolist()
    return sorted(set(asked)) if asked else sorted(set(spread))


def overview(original: Path, result: Path, frames: Sequence[int] = ()) -> list[ImageU8]:
    """Plate | result | difference × 8 of some frames, whole, on as few pages as hold them: no network is loaded."""
    with open_plate(original) as first, open_plate(result) as second:
        check_pair(first, second)
        wanted = chosen_frames(frames, range(first.info.frames))
        pictures = [(frame, picture(first, frame), picture(second, frame)) for frame in wanted]
    return pages([_whole(frame, plate, swapped)] for frame, plate, swapped in pictures)


def contact_sheet(
    original: Path,
    result: Path,
    pool: SessionPool,
    frames: Sequence[int] = (),
    *,
    span: Span = WHOLE,
    watch: Watch = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> list[SheetPage]:
    """Every page for the plate's frames asked for (none: twelve spread over the span), and slices over all of the span.

    `span` is the part of the original that the result shows.

    Raises
    ------
    MediaError
        A film cannot be read, or the films don't match.
    RangeError
        A frame the films don't have.
    Cancelled
    """
    with open_plate(original) as reader:
        wanted = set(chosen_frames(frames, span_frames(span, reader.info.frames)))
    follower, motion, shown = FaceFollower(pool), PlateMotion(), []
    for pair in frame_pairs(original, result, span):
        _stop_if(cancelled)
        landmarks = follower.add(pair.original)
        motion.add(pair.frame, pair.original, landmarks)
        frame = span.start + pair.frame
        if frame in wanted and pair.original is not None and pair.result is not None:
            shown.append(SheetFrame(frame, pair.original, pair.result, landmarks))
        watch(pair.frame + 1, 2 * pair.frames)
    slices = _slices(original, result, span, motion.smoothed(), watch, cancelled)
    return [
        *_numbered("frames", ([_whole(each.frame, each.original, each.result)] for each in shown)),
        *_numbered("face", [[block for each in shown for block in _face(each)]]),
        *_numbered("close", (_features(each) for each in shown)),
        *_numbered("tone", (_tones(each) for each in shown)),
        *_numbered("time", [slices]),
    ]


def _numbered(name: str, groups: Iterable[Iterable[ImageU8]]) -> list[SheetPage]:
    made = pages(groups)
    return [SheetPage(f"{name}-{number}" if len(made) > 1 else name, page) for number, page in enumerate(made, 1)]


def _whole(frame: int, plate: ImageU8, result: ImageU8) -> ImageU8:
    return row(
        [
            Tile(f"{frame} plate", fitted(plate, WHOLE_SIDE)),
            Tile("result", fitted(result, WHOLE_SIDE)),
            Tile("difference x8", fitted(difference(plate, result), WHOLE_SIDE)),
        ]
    )


def _face(frame: SheetFrame) -> Iterator[ImageU8]:
    """The face at 1:1."""
    if frame.landmarks is None:
        return
    height, width = frame.original.shape[:2]
    rect = face_rect(frame.landmarks, width, height, 0.15)
    plate, result = cropped(frame.original, rect), cropped(frame.result, rect)
    yield row([Tile(f"{frame.frame} plate 1:1", plate), Tile("result", result)])


def _features(frame: SheetFrame) -> Iterator[ImageU8]:
    """Eyes, nose base, mouth and matte edge at 200 %, plate above result above difference."""
    if frame.landmarks is None:
        return
    for label, centre, wide, high in FEATURES:
        rect = _around(frame.landmarks, centre, wide, high)
        plate, result = cropped(frame.original, rect), cropped(frame.result, rect)
        yield stacked(
            [
                Tile(f"{frame.frame} {label}", enlarged(plate, 2)),
                Tile("result", enlarged(result, 2)),
                Tile("difference x8", enlarged(difference(plate, result), 2)),
            ]
        )


def _tones(frame: SheetFrame) -> Iterator[ImageU8]:
    if frame.landmarks is None:
        return
    height, width = frame.original.shape[:2]
    rect = face_rect(frame.landmarks, width, height, 0.25)
    plate, result = cropped(frame.original, rect), cropped(frame.result, rect)
    for label, view in TONE_VIEWS:
        yield stacked(
            [
                Tile(f"{frame.frame} {label}", fitted(view(plate), TONE_SIDE)),
                Tile("result", fitted(view(result), TONE_SIDE)),
            ]
        )


def _slices(
    original: Path,
    result: Path,
    span: Span,
    smoothed: dict[int, NDArray[np.float64]],
    watch: Watch,
    cancelled: Callable[[], bool],
) -> list[ImageU8]:
    """Plate above result, one line of the face after the other."""
    builders = SliceBuilder(), SliceBuilder()
    for pair in frame_pairs(original, result, span):
        _stop_if(cancelled)
        landmarks = smoothed.get(pair.frame)
        builders[0].add(pair.original, landmarks)
        builders[1].add(pair.result, landmarks)
        watch(pair.frames + pair.frame + 1, 2 * pair.frames)
    own, new = builders[0].slices(), builders[1].slices()
    return [stacked([Tile(f"{label}, time to the right", own[label]), Tile("result", new[label])]) for label in own]


def _around(landmarks: NDArray[np.floating], centre: Sequence[int], wide: float, high: float) -> Rect:
    x, y = landmarks[list(centre), :2].mean(0)
    half = face_width(landmarks) * wide / 2, face_width(landmarks) * high / 2
    return Rect(round(x - half[0]), round(y - half[1]), round(x + half[0]), round(y + half[1]))


def _stop_if(cancelled: Callable[[], bool]) -> None:
    if cancelled():
        raise Cancelled("The contact sheet was stopped.")
