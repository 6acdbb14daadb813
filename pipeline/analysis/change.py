"""How much the picture, and the face in it, changed from the frame before: 1 - SSIM.

Of the whole picture: grey, decimated to 128 x 128, structural similarity of consecutive frames; 0.15 and more is a
change by the classic rule. The decimation belongs to the threshold: bilinear between the four nearest samples, never
averaged. Of the face: the same of its texture chart, so that neither a moving camera nor a moving head counts, only
what happens on the skin.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import cv2
import msgspec
import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.change_kernels import WINDOW, mean_similarity, window_sums
from pipeline.analysis.face_rows import FaceRow
from pipeline.analysis.picture import Picture
from pipeline.imaging.arrays import ImageU8
from pipeline.imaging.flow import face_width
from pipeline.imaging.mesh import OVAL
from pipeline.imaging.uv import chart

SIDE = 128
"""Width and height of the decimated picture."""
CHART_SIDE = 64
"""Texels of the face's chart."""
CHART_FACE_PX = 64.0
"""A wider face is averaged over boxes of as many pixels as this goes into its width, before it is laid out."""
CHANGED_FROM = 0.15
"""Change of the whole picture from which the classic rule proposes a frame."""

_BLACK, _WHITE = 16.0, 235.0
_OUTLINE = np.array(OVAL)


@dataclass(frozen=True, slots=True, eq=False)
class Grey:
    """A small grey picture (h, w) with its window sums (h - 6, w - 6), computed once."""

    picture: ImageU8
    sums: NDArray[np.int32]
    squares: NDArray[np.int32]


def grey(picture: ImageU8) -> Grey:
    """A picture (h, w), at least 7 x 7, with its window sums."""
    content = np.ascontiguousarray(picture)
    shape = (content.shape[0] - WINDOW + 1, content.shape[1] - WINDOW + 1)
    sums, squares = np.empty(shape, np.int32), np.empty(shape, np.int32)
    window_sums(content, sums, squares)
    return Grey(content, sums, squares)


def change_between(first: Grey, second: Grey, counted: NDArray[np.uint8] | None = None) -> float:
    """1 - SSIM, 0 for equal pictures up to 2; over the windows where `counted` (h - 6, w - 6) is 1, all where None."""
    windows = np.ones(first.sums.shape, np.uint8) if counted is None else counted
    return 1.0 - mean_similarity(
        first.picture, second.picture, first.sums, first.squares, second.sums, second.squares, windows
    )


def decimated(gray: ImageU8, limited: bool) -> Grey:
    """A grey picture (h, w) at 128 x 128; `limited`: it is coded luma, black at 16 and white at 235."""
    small = np.asarray(cv2.resize(gray, (SIDE, SIDE), interpolation=cv2.INTER_LINEAR), np.uint8)
    return grey(np.asarray(cv2.LUT(small, _full_range()), np.uint8) if limited else small)


@cache
def _full_range() -> NDArray[np.uint8]:
    codes = np.arange(256, dtype=np.float64)
    return np.rint(np.clip((codes - _BLACK) * 255.0 / (_WHITE - _BLACK), 0, 255)).astype(np.uint8)


def unwrapped(gray: ImageU8, landmarks: NDArray[np.floating]) -> Grey | None:
    """The face at `landmarks` (≥ 468, ≥ 2 pixels) laid out in its chart, 0 outside it; None outside the picture."""
    height, width = gray.shape
    box = max(1, round(face_width(landmarks) / CHART_FACE_PX))
    outline = landmarks[_OUTLINE, :2]
    (left, top), (right, bottom) = outline.min(axis=0).tolist(), outline.max(axis=0).tolist()
    x0, y0 = max(0, math.floor(left) - box), max(0, math.floor(top) - box)
    x1, y1 = min(width, math.ceil(right) + box + 1), min(height, math.ceil(bottom) + box + 1)
    if min(x1 - x0, y1 - y0) < 2:
        return None
    face = gray[y0:y1, x0:x1]
    if box > 1:
        face = np.asarray(cv2.blur(face, (box, box)), np.uint8)
    flat = chart(CHART_SIDE)
    where = flat.spread(np.asarray(landmarks[: len(flat.points), :2], np.float32) - np.array([x0, y0], np.float32))
    laid = cv2.remap(face, where, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)  # type: ignore[call-overload]
    return grey(np.where(flat.covered, laid, np.uint8(0)))


@cache
def chart_windows() -> NDArray[np.uint8]:
    """(58, 58) 1 where a window of the chart lies wholly on the face."""
    covered = chart(CHART_SIDE).covered.astype(np.uint8)
    inside = cv2.erode(covered, np.ones((WINDOW, WINDOW), np.uint8), borderType=cv2.BORDER_CONSTANT, borderValue=0)
    edge = WINDOW // 2
    return np.ascontiguousarray(inside[edge:-edge, edge:-edge], np.uint8)


class _State(msgspec.Struct, array_like=True, frozen=True):
    """Samples of the last decimated picture (empty: none) and of the last charts, by tracklet number."""

    picture: bytes
    charts: tuple[tuple[int, bytes], ...]


class ChangeMeter:
    """Compares every frame of a pass with the one before. What it remembers can be taken out and given to another."""

    def __init__(self, state: bytes | None = None) -> None:
        """A meter that has seen nothing, or goes on from `state`."""
        self._picture: Grey | None = None
        self._charts: dict[int, Grey] = {}
        if state is not None:
            kept = msgspec.msgpack.decode(state, type=_State)
            self._picture = grey(_square(kept.picture, SIDE)) if kept.picture else None
            self._charts = {number: grey(_square(content, CHART_SIDE)) for number, content in kept.charts}

    @property
    def state(self) -> bytes:
        """All that is remembered."""
        picture = b"" if self._picture is None else self._picture.picture.tobytes()
        charts = tuple((number, each.picture.tobytes()) for number, each in sorted(self._charts.items()))
        return msgspec.msgpack.encode(_State(picture, charts))

    def forget(self) -> None:
        """The next frame does not follow the last one: a frame between could not be read."""
        self._picture, self._charts = None, {}

    def of_picture(self, picture: Picture) -> float:
        """Change 0..2 of the whole picture from the frame before; NaN where there is none."""
        present = decimated(picture.gray, picture.limited)
        before, self._picture = self._picture, present
        return math.nan if before is None else change_between(before, present)

    def with_change(self, picture: Picture, rows: Sequence[tuple[int, FaceRow]]) -> list[tuple[int, FaceRow]]:
        """The picture's rows, by tracklet number, with the change of their faces from the frame before.

        A row of an earlier frame (a face that was followed back) stays as it is.
        """
        before, self._charts = self._charts, {}
        return [(number, self._changed(picture, number, row, before.get(number))) for number, row in rows]

    def _changed(self, picture: Picture, number: int, row: FaceRow, before: Grey | None) -> FaceRow:
        present = unwrapped(picture.gray, row.landmarks) if row.frame == picture.frame else None
        if present is None:
            return row
        self._charts[number] = present
        if before is None:
            return row
        return replace(row, change=float(np.float16(change_between(before, present, chart_windows()))))


def _square(content: bytes, side: int) -> ImageU8:
    return np.frombuffer(content, np.uint8).reshape(side, side)
