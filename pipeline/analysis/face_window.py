"""Where to look for what lies before a face: a window around it in every frame, on a grid of bounded size.

One track has one working grid, the plate reduced so that the face is at most `WORK_FACE_WIDTH` wide: windows of
neighbouring frames then differ by whole pixels. A hand may hide the face from the detector, so the window also
exists in frames between two sightings.
"""

import math
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.arrays import ImageU8, Rect
from pipeline.imaging.flow import WORK_FACE_WIDTH, WORK_SLACK

Pictures = Callable[[int, int], Iterator[Callable[[], ImageU8] | None]]
"""(start, stop) → for plate frames start..stop-1 in order what makes their display picture (h, w, 3 RGB), to be called
before the next is asked for; None where unreadable. Most frames of a plate are passed over without making one."""

REACH = 1.6
"""Half the window's side in face widths: the whole hand of a touched face fits."""
DROP = 0.3
"""The window's centre lies this far below the face's, in face widths: hands come from below."""


@dataclass(frozen=True, slots=True)
class WorkGrid:
    """The plate's picture of `width` × `height` with `step` × `step` samples averaged to one.

    What is left of a whole step at the right and lower edge is not on the grid.
    """

    width: int
    height: int
    step: int

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) of the reduced picture."""
        return max(1, self.width // self.step), max(1, self.height // self.step)

    def reduce(self, picture: ImageU8) -> ImageU8:
        """The plate's picture on the grid."""
        if self.step == 1:
            return picture
        width, height = self.size
        whole = picture[: height * self.step, : width * self.step]
        return np.asarray(cv2.resize(whole, self.size, interpolation=cv2.INTER_AREA), np.uint8)

    def to_grid(self, points: NDArray[np.floating]) -> NDArray[np.float64]:
        """Plate pixel coordinates (..., 2) on the grid."""
        return np.asarray((points + 0.5) / self.step - 0.5, np.float64)

    def joints_to_grid(self, joints: NDArray[np.float64]) -> NDArray[np.float64]:
        """Joints (n, 3) in plate pixels on the grid, depth on the scale of x."""
        return np.concatenate([self.to_grid(joints[:, :2]), joints[:, 2:] / self.step], axis=1)

    def to_plate(self, joints: NDArray[np.float64]) -> NDArray[np.float64]:
        """Joints (n, 3) on the grid in plate pixels, depth on the scale of x."""
        return np.concatenate([(joints[:, :2] + 0.5) * self.step - 0.5, joints[:, 2:] * self.step], axis=1)

    def plate_rect(self, rect: Rect) -> Rect:
        """The rectangle of the plate under a rectangle of the grid."""
        return Rect(rect.x0 * self.step, rect.y0 * self.step, rect.x1 * self.step, rect.y1 * self.step)


@dataclass(frozen=True, slots=True)
class FaceWindow:
    """One frame's window `rect` and the box of the `face` in it, both on the working grid; `rect` is cut to it."""

    rect: Rect
    face: Rect

    def cut(self, reduced: ImageU8) -> ImageU8:
        """The window's part of a picture on the grid."""
        return np.ascontiguousarray(reduced[self.rect.y0 : self.rect.y1, self.rect.x0 : self.rect.x1])


def work_grid(landmarks: NDArray[np.floating], width: int, height: int) -> WorkGrid:
    """The working grid of a track with landmarks (T, n, ≥2) in a plate of `width` × `height`."""
    face = float(np.median(np.ptp(landmarks[..., 0], axis=1)))
    return WorkGrid(width, height, max(1, math.ceil(face / (WORK_FACE_WIDTH * WORK_SLACK))))


def face_windows(frames: NDArray[np.int32], landmarks: NDArray[np.floating], grid: WorkGrid) -> dict[int, FaceWindow]:
    """Windows by plate frame from the first to the last sighting; between sightings the face's box is interpolated.

    A frame whose window lies wholly outside the picture has none.
    """
    if len(frames) == 0:
        return {}
    boxes = np.concatenate([grid.to_grid(landmarks[..., :2].min(1)), grid.to_grid(landmarks[..., :2].max(1))], axis=1)
    wanted = np.arange(int(frames[0]), int(frames[-1]) + 1)
    filled = np.stack([np.interp(wanted, frames, boxes[:, k]) for k in range(4)], axis=1)
    windows = {int(f): _window(box, grid) for f, box in zip(wanted, filled, strict=True)}
    return {frame: window for frame, window in windows.items() if not window.rect.empty}


def _window(box: NDArray[np.float64], grid: WorkGrid) -> FaceWindow:
    x0, y0, x1, y1 = (float(v) for v in box)
    face = Rect(int(np.floor(x0)), int(np.floor(y0)), int(np.ceil(x1)) + 1, int(np.ceil(y1)) + 1)
    span = x1 - x0
    x, y, reach = (x0 + x1) / 2, (y0 + y1) / 2 + DROP * span, REACH * span
    rect = Rect(int(x - reach), int(y - reach), int(x + reach) + 1, int(y + reach) + 1)
    return FaceWindow(rect.clipped(*grid.size), face)


class WorkPictures:
    """Working pictures around one face by plate frame; keeps the last few, reads blocks when walking backwards."""

    def __init__(self, pictures: Pictures, grid: WorkGrid, windows: dict[int, FaceWindow], block: int = 16) -> None:
        self._pictures = pictures
        self._grid = grid
        self._windows = windows
        self._block = block
        self._kept: OrderedDict[int, ImageU8 | None] = OrderedDict()

    def get(self, frame: int) -> ImageU8 | None:
        """The window's part of a frame on the grid; None where there is no window or the frame cannot be read."""
        if frame not in self._windows:
            return None
        if frame not in self._kept:
            self._read(max(frame // self._block * self._block, min(self._windows)))
        return self._kept.get(frame)

    def only(self, frames: Collection[int]) -> Iterator[tuple[int, ImageU8]]:
        """The readable ones of these frames that have a window, in one sequential reading from first to last."""
        wanted = {frame for frame in frames if frame in self._windows}
        if not wanted:
            return
        first, last = min(wanted), max(wanted)
        for frame, make in enumerate(self._pictures(first, last + 1), first):
            if frame in wanted and make is not None:
                yield frame, self._cut(frame, make)

    def _read(self, start: int) -> None:
        stop = min(start + self._block, max(self._windows) + 1)
        for frame, make in enumerate(self._pictures(start, stop), start):
            self._kept[frame] = None if make is None or frame not in self._windows else self._cut(frame, make)
        while len(self._kept) > 4 * self._block:
            self._kept.popitem(last=False)

    def _cut(self, frame: int, make: Callable[[], ImageU8]) -> ImageU8:
        return self._windows[frame].cut(self._grid.reduce(make()))
