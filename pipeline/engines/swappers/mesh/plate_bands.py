"""One frame of the plate parted into bands on a grid of about 200 samples a face, in the plate's own space."""

from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.engines.swappers.mesh.band_kernels import chart_on_plate, enlarge_low, pool_skin, reduce_light
from pipeline.engines.swappers.mesh.covering import Covering
from pipeline.engines.swappers.mesh.grid import Grid, draw
from pipeline.engines.swappers.mesh.rows import RowBands
from pipeline.imaging.arrays import ImageF32, Matte, Rect
from pipeline.imaging.bands import gaussian, luma_of, ramp
from pipeline.imaging.mesh import load_canonical
from pipeline.project.plate_stages import BandSettings

SAMPLES_A_FACE = 208
"""Grid samples across a face: the middle band's blur is then about three samples wide."""
POOLED_SIGMA = 2.5
"""The low band is blurred on blocks so wide that its spread is still so many of them."""
FAR_WEIGHT = 0.02
"""Weight of the wide window in which skin answers for what has none near."""
CHARTS, RIM = 4, 3
"""How many charts are laid on the face, and the one that says where the face ends."""

LEAST_BARE, UNTOUCHED = 1e-3, 0.999
"""Of a blur's weight: what counts as none, and from which on nothing is missing."""


class ReducedFrame(NamedTuple):
    """A frame on its grid, in log light: `light` (h, w, 3), `luma` and the darkest channel, `least` (h, w)."""

    grid: Grid
    light: ImageF32
    luma: Matte
    least: Matte


@dataclass(frozen=True, slots=True, eq=False)
class PlateBands:
    """`low` (h, w, 4) slow log light r, g, b and their mean; `middle` (h, w) luma detail without grain; `sparkle`
    (h, w) small marks brighter than the skin; `occluded` (h, w) what lies before the face, hair included; `held` (h, w)
    that of it which keeps the paint off; `charts` (h, w, 4) the charts as they lie on the face.
    """

    grid: Grid
    low: ImageF32
    middle: Matte
    sparkle: Matte
    occluded: Matte
    held: Matte
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
    reduced: ReducedFrame,
    vertices: NDArray[np.floating],
    charts: ImageF32,
    face_width: float,
    covering: Covering,
    settings: BandSettings,
) -> PlateBands:
    """Bands of the face at `vertices` (468, 3).

    `charts` (size, size, ≤ 4): what to lay on the face, the first is skin, where tone may be read
    (`PlatePack.charts`); those that lack are 0.
    """
    grid, light, luma, least = reduced
    width = face_width / grid.step
    occluded = covering.on(grid, face_width, settings)
    drawing = draw(grid, vertices, load_canonical().triangles)
    laid = np.empty((*grid.shape, CHARTS), np.float32)
    texels = np.ascontiguousarray(load_canonical().uv * (len(charts) - 1), np.float32)
    if charts.shape[2] < CHARTS:
        charts = np.ascontiguousarray(np.pad(charts, ((0, 0), (0, 0), (0, CHARTS - charts.shape[2]))))
    chart_on_plate(drawing.index, drawing.weights, drawing.triangles, texels, charts, laid)
    low, detail = _low_band(light, luma, laid[..., 0], occluded, settings.low_reach * width, settings)
    middle = gaussian(detail, settings.middle_reach * width)
    if covering.shows_plate:
        middle = _bare_middle(middle, detail, covering.plate_on(grid, face_width, settings), settings, width)
    hair = laid[..., RIM] * ramp(-middle, settings.strand_start, settings.strand_end)
    if covering.painted is not None:
        hair = hair * covering.left_on(grid)
    held = occluded = np.maximum(occluded, hair)
    if covering.painted is not None:
        held = np.maximum(covering.held_on(grid, face_width, settings), hair)
    sparkle = np.minimum(_top_hat(least, settings.mark_size * width), np.maximum(detail, 0))
    return PlateBands(grid, low, middle, sparkle, occluded, held, laid)


def _bare_middle(middle: Matte, detail: Matte, shown: Matte, settings: BandSettings, width: float) -> Matte:
    """The middle band of `detail` where the plate isn't `shown`: a strand that is would be a fold beside it."""
    sigma = settings.middle_reach * width
    weights = gaussian(1 - shown, sigma)
    bare = gaussian(detail * (1 - shown), sigma) / (weights + LEAST_BARE)
    return np.asarray(np.where(weights < UNTOUCHED, bare, middle), np.float32)


def reduce_frame(
    crop: ImageF32, rect: Rect, vertices: NDArray[np.floating], face_width: float, rows: RowBands
) -> ReducedFrame:
    """`crop` (the plate inside `rect`) on the grid over the face at `vertices` (468, ≥ 2)."""
    grid = band_grid(vertices, rect, face_width)
    light = np.empty((*grid.shape, 3), np.float32)
    luma, least = np.empty(grid.shape, np.float32), np.empty(grid.shape, np.float32)
    crop, left, top = np.ascontiguousarray(crop), grid.rect.x0 - rect.x0, grid.rect.y0 - rect.y0
    rows.run(len(light), lambda a, b: reduce_light(crop, left, top, grid.step, a, b, light, luma, least))
    return ReducedFrame(grid, light, luma, least)


def _low_band(
    light: ImageF32, luma: Matte, skin: Matte, occluded: Matte, sigma: float, settings: BandSettings
) -> tuple[ImageF32, Matte]:
    """Slow light over skin (h, w, 4: r, g, b and their mean), and what `luma` has beyond that mean.

    A weighted Gaussian mean at the resolution it needs. Where no skin is near, a four times wider window answers.
    """
    height, width = skin.shape
    seen = light[::3, ::3, 1][skin[::3, ::3] > 0.5]
    usual = (float(np.median(seen)) if seen.size > 64 else 0.0) - settings.dark_margin
    step = max(1, int(sigma / POOLED_SIGMA))
    pooled = np.empty((-(-height // step), -(-width // step), 4), np.float32)
    pool_skin(light, skin, occluded, usual, settings.dark_tolerance, step, pooled)
    narrow = cv2.GaussianBlur(pooled, (0, 0), sigma / step)
    wide = cv2.GaussianBlur(pooled, (0, 0), 4 * sigma / step)
    mean = narrow + FAR_WEIGHT * wide
    mean /= mean[..., 3:] + 1e-5
    mean[..., 3] = luma_of(mean)
    low, detail = np.empty((height, width, 4), np.float32), np.empty((height, width), np.float32)
    enlarge_low(np.asarray(mean, np.float32), step, luma, low, detail)
    return low, detail


def _top_hat(least: Matte, radius: float) -> Matte:
    """Bright marks smaller than `radius` samples on all channels alike: gloss is white, a lip's edge is not."""
    size = 2 * max(1, round(radius)) + 1
    square = np.ones((size, size), np.uint8)
    return np.asarray(cv2.morphologyEx(least, cv2.MORPH_TOPHAT, square), np.float32)
