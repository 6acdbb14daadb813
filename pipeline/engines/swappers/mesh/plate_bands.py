"""One frame of the plate parted into bands on a grid of about 200 samples a face, in the plate's own space."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.engines.faces import OcclusionMatte
from pipeline.engines.swappers.mesh.band_kernels import log_reduced
from pipeline.engines.swappers.mesh.grid import Drawing, Grid, draw
from pipeline.imaging.arrays import ImageF32, Matte, Rect
from pipeline.imaging.bands import LOG_OFFSET, LOW_SIGMA, MID_SIGMA, gaussian, normalised_blur, smoothstep
from pipeline.imaging.mesh import load_canonical

SAMPLES_A_FACE = 208
"""Grid samples across a face: the middle band's blur is then about three samples wide."""
TOP_HAT = 0.016
"""Radius of the largest gloss or tear that counts as small, in face widths."""


def band_grid(rect: Rect, face_width: float) -> Grid:
    """The grid for a face of `face_width` pixels."""
    return Grid(rect, max(1, round(face_width / SAMPLES_A_FACE)))


@dataclass(frozen=True, slots=True, eq=False)
class PlateBands:
    """`low` (h, w, 3) slow log light; `middle` (h, w) luma detail without grain; `sparkle` (h, w) small bright marks;
    `occluded` (h, w) what lies before the face; `face` (h, w, 2) chart coordinates, `drawing` the mesh on the grid."""

    grid: Grid
    low: ImageF32
    middle: Matte
    sparkle: Matte
    occluded: Matte
    uv: ImageF32
    drawing: Drawing


def reduced_light(crop: ImageF32, grid: Grid) -> ImageF32:
    """Log light of the crop at the grid's samples (h, w, 3)."""
    light = np.empty((*grid.shape, 3), np.float32)
    log_reduced(crop, grid.step, LOG_OFFSET, 0, grid.shape[0], light)
    return light


def part_bands(
    light: ImageF32, grid: Grid, vertices: NDArray[np.floating], skin: Matte, face_width: float, occluded: Matte
) -> PlateBands:
    """Bands of `light` (on `grid`) for the face at `vertices` (468, 3); `skin` is its chart matte."""
    width = face_width / grid.step
    drawing = draw(grid, vertices, load_canonical().triangles)
    uv = drawing.carry(load_canonical().uv * (len(skin) - 1))
    weight = cv2.remap(skin, uv[..., 0], uv[..., 1], cv2.INTER_LINEAR) * (drawing.index >= 0) * (1 - occluded)
    weight = weight * _not_dark(light[..., 1], weight, width)
    low = normalised_blur(light, weight, LOW_SIGMA * width)
    luma = (light - low).mean(2, dtype=np.float32)
    return PlateBands(grid, low, gaussian(luma, MID_SIGMA * width), _top_hat(light, width), occluded, uv, drawing)


def occlusion_on(grid: Grid, matte: OcclusionMatte | None, face_width: float) -> Matte:
    """The occluder's coverage on the grid, small gaps closed and its edge grown softly."""
    covered = np.zeros(grid.shape, np.float32)
    if matte is None or not matte.coverage.any():
        return covered
    rows, columns = grid.shape
    scale = float(grid.step)
    shift_x = grid.rect.x0 - matte.rect.x0 + 0.5 * (scale - 1)
    shift_y = grid.rect.y0 - matte.rect.y0 + 0.5 * (scale - 1)
    coverage = matte.coverage
    if grid.step > 1:
        coverage = cv2.blur(coverage, (grid.step, grid.step), borderType=cv2.BORDER_REPLICATE)
    to_matte = np.array([[scale, 0, shift_x], [0, scale, shift_y]])
    covered = cv2.warpAffine(
        coverage, to_matte, (columns, rows), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderValue=0
    ).astype(np.float32) / np.float32(255)
    width = face_width / grid.step
    size = 2 * int(0.035 * width) + 1
    ellipse = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    closed = np.asarray(cv2.morphologyEx(covered, cv2.MORPH_CLOSE, ellipse), np.float32)
    return np.maximum(closed, smoothstep(gaussian(closed, 0.025 * width), 0.08, 0.6))


def _not_dark(green: Matte, weight: Matte, width: float) -> Matte:
    """Weight of skin that is no darker than the face's usual: hair and beard must not pull the tone down."""
    seen = green[weight > 0.5]
    usual = float(np.median(seen[::7])) - 0.15 if seen.size > 64 else 0.0
    size = 2 * max(1, int(0.01 * width)) + 1
    dark = np.minimum(cv2.blur(green, (size, size), borderType=cv2.BORDER_REPLICATE) - usual, 0)
    return np.asarray(1 / (1 + (dark / 0.35) ** 2), np.float32)


def _top_hat(light: ImageF32, width: float) -> Matte:
    """Bright marks smaller than `TOP_HAT` on all three channels alike: gloss is white, a lip's edge is not."""
    size = 2 * max(1, round(TOP_HAT * width)) + 1
    ellipse = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    least = light.min(2)
    return np.asarray(cv2.morphologyEx(least, cv2.MORPH_TOPHAT, ellipse), np.float32)
