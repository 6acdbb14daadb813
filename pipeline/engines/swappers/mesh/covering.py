"""What lies before the face in one frame: as it was found, and as a person painted over it."""

from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.engines.faces import OcclusionMatte
from pipeline.engines.matte_strokes import PaintedMatte
from pipeline.engines.swappers.mesh.grid import Grid
from pipeline.imaging.arrays import Matte, Rect
from pipeline.imaging.bands import gaussian, ramp
from pipeline.project.plate_stages import BandSettings


@dataclass(frozen=True, slots=True, eq=False)
class Covering:
    """`found` by analysis; `painted` over it, where a person did."""

    found: OcclusionMatte | None
    painted: PaintedMatte | None = None

    @property
    def anything(self) -> bool:
        """Whether it covers any of the face."""
        found = self.found is not None and bool(self.found.coverage.any())
        return found or (self.painted is not None and self.painted.shows_plate)

    def held_on(self, grid: Grid, face_width: float, settings: BandSettings) -> Matte:
        """(h, w) on the grid, what keeps the paint off: what was found, without what is taken back.

        Where the plate is painted to show the patch is led back to it as a whole, and not twice.
        """
        held = _found_on(grid, self.found, face_width, settings)
        return held * self.left_on(grid) if self.painted is not None and self.painted.shows_face else held

    def on(self, grid: Grid, face_width: float, settings: BandSettings) -> Matte:
        """(h, w) on the grid, what isn't the face's: of no say in its light, and not moved along with it."""
        held = self.held_on(grid, face_width, settings)
        if self.painted is None or not self.painted.shows_plate:
            return held
        plate = np.asarray(-np.minimum(self.painted.plane, 0), np.float32)
        return np.maximum(held, _grown(_on_grid(grid, self.painted.rect, plate), grid, face_width, settings))

    def left_on(self, grid: Grid) -> Matte:
        """(h, w) on the grid: the share of what was found that isn't taken back."""
        if self.painted is None or not self.painted.shows_face:
            return np.ones(grid.shape, np.float32)
        return np.asarray(1 - _on_grid(grid, self.painted.rect, np.maximum(self.painted.plane, 0)), np.float32)


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
