"""What lies before the face in one frame: as it was found, and as a person painted over it."""

import math
from dataclasses import dataclass, field

import cv2
import numpy as np

from pipeline.engines.faces import OcclusionMatte
from pipeline.engines.matte_strokes import PaintedMatte
from pipeline.engines.swappers.mesh.grid import Grid
from pipeline.imaging.arrays import Matte, Rect
from pipeline.imaging.bands import gaussian, ramp
from pipeline.project.plate_stages import BandSettings

BLURS = 4
"""Of a blur's sigma: farther away nothing of it is left."""


@dataclass(frozen=True, slots=True, eq=False)
class Covering:
    """`found` by analysis; `painted` over it, where a person did."""

    found: OcclusionMatte | None
    painted: PaintedMatte | None = None
    _shown: dict[Grid, Matte] = field(default_factory=dict)
    """By grid; bands and warp ask for it more than once."""

    @property
    def anything(self) -> bool:
        """Whether it covers any of the face."""
        return self.shows_plate or (self.found is not None and bool(self.found.coverage.any()))

    @property
    def shows_plate(self) -> bool:
        """Whether the plate is painted to show anywhere."""
        return self.painted is not None and self.painted.shows_plate

    def held_on(self, grid: Grid, face_width: float, settings: BandSettings) -> Matte:
        """(h, w) on the grid, what keeps the paint off: what was found, without what is taken back.

        Where the plate is painted to show the patch is led back to it as a whole, and not twice.
        """
        held = _found_on(grid, self.found, face_width, settings)
        return held * self.left_on(grid) if self.painted is not None and self.painted.shows_face else held

    def on(self, grid: Grid, face_width: float, settings: BandSettings) -> Matte:
        """(h, w) on the grid, what isn't the face's: of no say in its light, and not moved along with it."""
        held = self.held_on(grid, face_width, settings)
        return np.maximum(held, self.plate_on(grid, face_width, settings)) if self.shows_plate else held

    def plate_on(self, grid: Grid, face_width: float, settings: BandSettings) -> Matte:
        """(h, w) on the grid, where the plate is painted to show, as softly as what is found."""
        shown = self._shown.get(grid)
        if shown is None:
            shown = self._shown[grid] = np.zeros(grid.shape, np.float32)
            if self.painted is not None and self.painted.shows_plate:
                margin = math.ceil((2 * settings.occluder_gap + BLURS * settings.occluder_softness) * face_width)
                part, window = _around(grid, self.painted.rect.grown(margin + 2 * grid.step))
                plate = np.asarray(-np.minimum(self.painted.plane, 0), np.float32)
                if not part.rect.empty:
                    shown[window] = _grown(_on_grid(part, self.painted.rect, plate), part, face_width, settings)
        return shown

    def left_on(self, grid: Grid) -> Matte:
        """(h, w) on the grid: the share of what was found that isn't taken back."""
        if self.painted is None or not self.painted.shows_face:
            return np.ones(grid.shape, np.float32)
        return np.asarray(1 - _on_grid(grid, self.painted.rect, np.maximum(self.painted.plane, 0)), np.float32)


def _around(grid: Grid, rect: Rect) -> tuple[Grid, tuple[slice, slice]]:
    """What of a grid lies in `rect`, whole samples, and its rows and columns of it."""
    step, (left, top) = grid.step, grid.rect[:2]
    rows, columns = grid.shape
    x0, x1 = max((rect.x0 - left) // step, 0), min(-(-(rect.x1 - left) // step), columns)
    y0, y1 = max((rect.y0 - top) // step, 0), min(-(-(rect.y1 - top) // step), rows)
    right, bottom = min(left + x1 * step, grid.rect.x1), min(top + y1 * step, grid.rect.y1)
    return Grid(Rect(left + x0 * step, top + y0 * step, right, bottom), step), np.s_[y0:y1, x0:x1]


def _found_on(grid: Grid, matte: OcclusionMatte | None, face_width: float, settings: BandSettings) -> Matte:
    """The occluder's coverage on the grid, small gaps closed and its edge grown softly."""
    if matte is None or not matte.coverage.any():
        return np.zeros(grid.shape, np.float32)
    coverage = np.asarray(matte.coverage, np.float32) / np.float32(255)
    return _grown(_on_grid(grid, matte.rect, coverage), grid, face_width, settings)


def _on_grid(grid: Grid, rect: Rect, coverage: Matte) -> Matte:
    """What stands at the pixels of `rect`, 0 beside it, as means at the grid's samples."""
    rows, columns = grid.shape
    scale = float(grid.step)
    shift_x = grid.rect.x0 - rect.x0 + 0.5 * (scale - 1)
    shift_y = grid.rect.y0 - rect.y0 + 0.5 * (scale - 1)
    if grid.step > 1:
        coverage = np.asarray(cv2.blur(coverage, (grid.step, grid.step), borderType=cv2.BORDER_REPLICATE), np.float32)
    to_matte = np.array([[scale, 0, shift_x], [0, scale, shift_y]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpAffine(coverage, to_matte, (columns, rows), flags=flags, borderValue=0), np.float32)


def _grown(covered: Matte, grid: Grid, face_width: float, settings: BandSettings) -> Matte:
    width = face_width / grid.step
    size = 2 * int(settings.occluder_gap * width) + 1
    ellipse = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    closed = np.asarray(cv2.morphologyEx(covered, cv2.MORPH_CLOSE, ellipse), np.float32)
    start, end = settings.occluder_start, settings.occluder_end
    return np.maximum(closed, ramp(gaussian(closed, settings.occluder_softness * width), start, end))
