"""One frame of the plate parted into bands on a grid of about 200 samples a face, in the plate's own space."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.engines.faces import OcclusionMatte
from pipeline.engines.swappers.mesh.band_kernels import chart_on_plate, enlarge_low, pool_skin, reduce_light
from pipeline.engines.swappers.mesh.grid import Grid, draw
from pipeline.engines.swappers.mesh.rows import RowBands
from pipeline.imaging.arrays import ImageF32, Matte, Rect
from pipeline.imaging.bands import LOW_SIGMA, MID_SIGMA, gaussian, smoothstep
from pipeline.imaging.mesh import load_canonical

SAMPLES_A_FACE = 208
"""Grid samples across a face: the middle band's blur is then about three samples wide."""
TOP_HAT = 0.016
"""Radius of the largest gloss or tear that counts as small, in face widths."""
CHARTS, RIM = 4, 3
"""How many charts are laid on the face, and the one that says where the face ends."""
HAIR_FROM, HAIR_WHOLE = 0.18, 0.45
"""A rim darker than its surroundings by this (log light) starts to be, and is, hair before the face."""
DARK_MARGIN, DARK_TOLERANCE = 0.15, 0.35
"""Skin this much darker than the face's median still counts whole; past it, weight falls off (log light)."""


@dataclass(frozen=True, slots=True, eq=False)
class PlateBands:
    """`low` (h, w, 4) slow log light r, g, b and their mean; `middle` (h, w) luma detail without grain; `sparkle`
    (h, w) small marks brighter than the skin; `occluded` (h, w) what lies before the face, hair included; `charts`
    (h, w, 4) the charts as they lie on the face.
    """

    grid: Grid
    low: ImageF32
    middle: Matte
    sparkle: Matte
    occluded: Matte
    charts: ImageF32


def band_grid(vertices: NDArray[np.floating], rect: Rect, face_width: float) -> Grid:
    """The grid over the face at `vertices` (468, ≥ 2) inside `rect`, for a face of `face_width` pixels.

    A face outside `rect` gets the nearest two samples.
    """
    step = max(1, round(face_width / SAMPLES_A_FACE))
    low, high = np.floor(vertices[:, :2].min(0)).astype(int) - 2 * step, np.ceil(vertices[:, :2].max(0)).astype(int)
    x0 = min(max(int(low[0]), rect.x0), max(rect.x0, rect.x1 - 2 * step))
    y0 = min(max(int(low[1]), rect.y0), max(rect.y0, rect.y1 - 2 * step))
    x1 = min(max(int(high[0]) + 2 * step, x0 + 2 * step), rect.x1)
    y1 = min(max(int(high[1]) + 2 * step, y0 + 2 * step), rect.y1)
    return Grid(Rect(x0, y0, x1, y1), step)


def part_bands(
    crop: ImageF32,
    rect: Rect,
    vertices: NDArray[np.floating],
    charts: ImageF32,
    face_width: float,
    occlusion: OcclusionMatte | None,
    rows: RowBands,
) -> PlateBands:
    """Bands of the face at `vertices` (468, 3) in `crop` (the plate inside `rect`).

    `charts` (size, size, ≤ 4): what to lay on the face, the first is skin, where tone may be read
    (`PlatePack.charts`); those that lack are 0.
    """
    grid = band_grid(vertices, rect, face_width)
    width = face_width / grid.step
    occluded = occlusion_on(grid, occlusion, face_width)
    light, luma, least = _reduced(crop, rect, grid, rows)
    drawing = draw(grid, vertices, load_canonical().triangles)
    laid = np.empty((*grid.shape, CHARTS), np.float32)
    texels = np.ascontiguousarray(load_canonical().uv * (len(charts) - 1), np.float32)
    if charts.shape[2] < CHARTS:
        charts = np.ascontiguousarray(np.pad(charts, ((0, 0), (0, 0), (0, CHARTS - charts.shape[2]))))
    chart_on_plate(drawing.index, drawing.weights, drawing.triangles, texels, charts, laid)
    low, detail = _low_band(light, luma, laid[..., 0], occluded, LOW_SIGMA * width)
    middle = gaussian(detail, MID_SIGMA * width)
    hair = laid[..., RIM] * smoothstep(-middle, HAIR_FROM, HAIR_WHOLE)
    occluded = np.maximum(occluded, hair)
    sparkle = np.minimum(_top_hat(least, width), np.maximum(detail, 0))
    return PlateBands(grid, low, middle, sparkle, occluded, laid)


def _reduced(crop: ImageF32, rect: Rect, grid: Grid, rows: RowBands) -> tuple[ImageF32, Matte, Matte]:
    light = np.empty((*grid.shape, 3), np.float32)
    luma, least = np.empty(grid.shape, np.float32), np.empty(grid.shape, np.float32)
    crop, left, top = np.ascontiguousarray(crop), grid.rect.x0 - rect.x0, grid.rect.y0 - rect.y0
    rows.run(len(light), lambda a, b: reduce_light(crop, left, top, grid.step, a, b, light, luma, least))
    return light, luma, least


def _low_band(light: ImageF32, luma: Matte, skin: Matte, occluded: Matte, sigma: float) -> tuple[ImageF32, Matte]:
    """Slow light over skin (h, w, 4: r, g, b and their mean), and what `luma` has beyond that mean.

    A weighted Gaussian mean at the resolution it needs. Where no skin is near, a four times wider window answers.
    """
    height, width = skin.shape
    seen = light[::3, ::3, 1][skin[::3, ::3] > 0.5]
    usual = (float(np.median(seen)) if seen.size > 64 else 0.0) - DARK_MARGIN
    step = max(1, int(sigma / 2.5))
    pooled = np.empty((-(-height // step), -(-width // step), 4), np.float32)
    pool_skin(light, skin, occluded, usual, DARK_TOLERANCE, step, pooled)
    narrow = cv2.GaussianBlur(pooled, (0, 0), sigma / step)
    wide = cv2.GaussianBlur(pooled, (0, 0), 4 * sigma / step)
    mean = narrow + 0.02 * wide
    mean /= mean[..., 3:] + 1e-5
    mean[..., 3] = mean[..., :3].mean(2)
    low, detail = np.empty((height, width, 4), np.float32), np.empty((height, width), np.float32)
    enlarge_low(np.asarray(mean, np.float32), step, luma, low, detail)
    return low, detail


def occlusion_on(grid: Grid, matte: OcclusionMatte | None, face_width: float) -> Matte:
    """The occluder's coverage on the grid, small gaps closed and its edge grown softly."""
    if matte is None or not matte.coverage.any():
        return np.zeros(grid.shape, np.float32)
    rows, columns = grid.shape
    scale = float(grid.step)
    shift_x = grid.rect.x0 - matte.rect.x0 + 0.5 * (scale - 1)
    shift_y = grid.rect.y0 - matte.rect.y0 + 0.5 * (scale - 1)
    coverage = np.asarray(matte.coverage, np.float32) / np.float32(255)
    if grid.step > 1:
        coverage = np.asarray(cv2.blur(coverage, (grid.step, grid.step), borderType=cv2.BORDER_REPLICATE), np.float32)
    to_matte = np.array([[scale, 0, shift_x], [0, scale, shift_y]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    covered = cv2.warpAffine(coverage, to_matte, (columns, rows), flags=flags, borderValue=0)
    width = face_width / grid.step
    size = 2 * int(0.035 * width) + 1
    ellipse = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    closed = np.asarray(cv2.morphologyEx(covered, cv2.MORPH_CLOSE, ellipse), np.float32)
    return np.maximum(closed, smoothstep(gaussian(closed, 0.025 * width), 0.08, 0.6))


def _top_hat(least: Matte, width: float) -> Matte:
    """Bright marks smaller than `TOP_HAT` on all three channels alike: gloss is white, a lip's edge is not."""
    size = 2 * max(1, round(TOP_HAT * width)) + 1
    square = np.ones((size, size), np.uint8)
    return np.asarray(cv2.morphologyEx(least, cv2.MORPH_TOPHAT, square), np.float32)
