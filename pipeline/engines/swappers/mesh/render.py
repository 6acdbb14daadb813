"""One frame: bands, light, mattes, pixels."""

import math
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.engines.faces import FaceSample, FaceSolve, Patch
from pipeline.engines.matte_strokes import PaintedMatte, show_plate
from pipeline.engines.swappers.mesh.compose_kernels import PLANES, compose_rows, lay_detail
from pipeline.engines.swappers.mesh.covering import Covering
from pipeline.engines.swappers.mesh.edges import soft_edges
from pipeline.engines.swappers.mesh.frown import frown_kept
from pipeline.engines.swappers.mesh.geometry import FrameGeometry
from pipeline.engines.swappers.mesh.grade import Textures, grade_strength
from pipeline.engines.swappers.mesh.grid import ONE, Drawing, Grid, draw
from pipeline.engines.swappers.mesh.iris import Iris, seen_irises, tint_irises
from pipeline.engines.swappers.mesh.nose_edges import edges_kept, nothing_laid_under
from pipeline.engines.swappers.mesh.paint_kernels import find_tears, lay_chart, paint_face
from pipeline.engines.swappers.mesh.plate import STATIC_SIZE, PlatePack
from pipeline.engines.swappers.mesh.plate_bands import PlateBands, part_bands, reduce_frame
from pipeline.engines.swappers.mesh.relight import tone_shift
from pipeline.engines.swappers.mesh.rings import ringed_triangles, ringed_uv
from pipeline.engines.swappers.mesh.rows import RowBands
from pipeline.engines.swappers.mesh.turned_eyes import turned_eyes
from pipeline.imaging.arrays import ImageF32, Matte, Rect
from pipeline.imaging.bands import gaussian, ramp
from pipeline.imaging.mesh import EYE_LEFT, EYE_RIGHT, LIPS_INNER, N_VERTICES, NOSE, load_canonical, vertex_neighbours
from pipeline.imaging.uv import chart
from pipeline.project.frame_stages import PaintingSettings
from pipeline.project.parameters import MeshSettings

PIXELS_A_SAMPLE = 300
"""The drawing has one sample a pixel up to a face of this width, then one every two, three… pixels."""
GLOSS_BLUR = 0.7
"""Samples: takes the steps out of the gloss's edge, whatever the face's size."""
NOTHING = np.zeros((2, 2, 3), np.float32)
NO_DETAIL = np.zeros((3, 0, 0), np.float32)
LEAST_SOFTNESS = 0.6
"""Samples: an edge drawn harder would show their steps."""
NEIGHBOURS = np.ones((3, 3), np.uint8)


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """The result's mesh on its grid; `warp` (2, h, w: x, y) leads from a sample to the plate's pixel, in pixels."""

    grid: Grid
    drawing: Drawing
    warp: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Paint:
    """What the face gets: `planes` (10, h, w) of `paint_face`, their corner at the drawing's sample (left, top)."""

    planes: NDArray[np.float32]
    left: int
    top: int


BARE = Paint(np.zeros((PLANES, 0, 0), np.float32), 0, 0)


def render_patch(
    solve: FaceSolve,
    sample: FaceSample,
    geometry: FrameGeometry,
    plate: PlatePack,
    textures: Textures,
    iris: NDArray[np.float64] | None,
    settings: MeshSettings,
    rows: RowBands,
    painted: PaintedMatte | None = None,
) -> Patch:
    """The patch of one sample with the identity's textures; `iris` is the colour of its eyes (CIELAB), where known.

    `painted` over the face's matte inside the sample's rectangle.
    """
    crop = np.ascontiguousarray(sample.crop, np.float32)
    face_width = solve.face_width_px
    vertices, covering = geometry.meshes.plate[:N_VERTICES], Covering(solve.occlusion.get(sample.frame), painted)
    turned = turned_eyes(solve, sample.frame, sample.rect, crop, geometry, covering, settings)

    def read_plate() -> tuple[PlateBands, Matte, NDArray[np.float32]]:
        reduced = reduce_frame(crop, sample.rect, vertices, face_width, ONE)
        bands = part_bands(reduced, vertices, plate.charts, face_width, covering, settings.bands)
        skin = chart(STATIC_SIZE).sample(plate.skin)
        shift = tone_shift(bands, geometry, skin, textures.uneven, settings)
        return bands, gloss_kept(bands, settings), shift

    def draw_face() -> tuple[Drawn, Paint, NDArray[np.uint8], list[Iris]]:
        drawn = draw_result(sample.rect, geometry, face_width, covering, settings, ONE)
        paint = _empty_paint(drawn.grid, geometry)
        strength = 0.0 if iris is None else settings.iris * geometry.presence * settings.likeness
        strength *= 1 - grade_strength(plate.shade, settings)
        irises = seen_irises(solve, sample.frame, sample.rect, geometry, covering, strength, settings)
        return drawn, paint, _shown(drawn, geometry, paint, face_width, settings.painting), irises

    read, (drawn, paint, shown, irises) = rows.both(read_plate, draw_face)
    _paint(drawn, paint, shown, *read, plate.shade, textures, geometry, face_width, settings, rows)
    smear = (settings.motion_blur * geometry.motion[0], settings.motion_blur * geometry.motion[1])
    limit = settings.painting.grain_limit * plate.texture.usual
    patch = _compose(sample.rect, turned, drawn, paint, textures.detail, smear, limit, rows)
    _mark_turned(patch, crop, turned)
    if iris is not None:
        tint_irises(patch, irises, iris, settings.eyes)
    return _with_plate(patch, crop, painted)


def render_warp(
    solve: FaceSolve,
    sample: FaceSample,
    geometry: FrameGeometry,
    settings: MeshSettings,
    rows: RowBands,
    painted: PaintedMatte | None = None,
) -> Patch:
    """The performer's own face with the geometry's expression: the plate's pixels, moved."""
    crop = np.ascontiguousarray(sample.crop, np.float32)
    covering = Covering(solve.occlusion.get(sample.frame), painted)
    turned = turned_eyes(solve, sample.frame, sample.rect, crop, geometry, covering, settings)
    drawn = draw_result(sample.rect, geometry, solve.face_width_px, covering, settings, rows)
    patch = _compose(sample.rect, turned, drawn, BARE, NOTHING, (0.0, 0.0), 1.0, rows)
    _mark_turned(patch, crop, turned)
    return _with_plate(patch, crop, painted)


def _with_plate(patch: Patch, crop: ImageF32, painted: PaintedMatte | None) -> Patch:
    """A fresh patch, led back to the plate where that is painted to show."""
    if painted is not None:
        show_plate(patch, crop, painted)
    return patch


def _mark_turned(patch: Patch, crop: ImageF32, turned: ImageF32) -> None:
    """Turned eyes are part of what the patch changes, also where nothing moves them along."""
    if turned is not crop:
        patch.support[(turned != crop).any(2)] = True


def gloss_kept(bands: PlateBands, settings: MeshSettings) -> Matte:
    """(h, w) on the bands' grid: how much of the plate's small bright marks is kept, where it glistens."""
    beyond = bands.sparkle - bands.charts[..., 2]
    start, end = settings.painting.gloss_start, settings.painting.gloss_end
    gloss = ramp(cv2.dilate(beyond, NEIGHBOURS), start, end) * settings.sparkle
    return gaussian(gloss, GLOSS_BLUR)


def draw_result(
    rect: Rect,
    geometry: FrameGeometry,
    face_width: float,
    covering: Covering,
    settings: MeshSettings,
    rows: RowBands,
) -> Drawn:
    """The result's mesh with its rings, and the warp back to the plate: smooth, and none of what lies before the face.

    A hand is not the face's: moved along, its fingers would bend and its edge would come off the matte.
    """
    grid = Grid(rect, max(1, math.ceil(face_width / PIXELS_A_SAMPLE)))
    plate, result = geometry.meshes
    drawing = draw(grid, result, ringed_triangles(), rows=rows)
    warp = np.ascontiguousarray(drawing.carry(plate[:, :2] - result[:, :2]).transpose(2, 0, 1))
    size = 2 * max(1, int(settings.painting.warp_blur * face_width / grid.step)) + 1
    for plane in warp:
        for _ in range(2):
            cv2.blur(plane, (size, size), dst=plane, borderType=cv2.BORDER_REPLICATE)
    if covering.anything:
        half = Grid(grid.rect, 2 * grid.step)
        held: Matte = _finer(covering.on(half, face_width, settings.bands), grid)
        if covering.shows_plate:
            shown = _finer(covering.plate_on(half, face_width, settings.bands), grid)
            held = np.asarray(np.maximum(held, _taken_along(shown, warp, grid.step)), np.float32)
        warp *= 1 - held
    return Drawn(grid, drawing, warp)


def _finer(covered: Matte, grid: Grid) -> Matte:
    """(h, w) on the grid, what every second sample of it tells: the edge of what is covered is soft."""
    rows, columns = grid.shape
    return np.asarray(cv2.resize(covered, None, fx=2, fy=2)[:rows, :columns], np.float32)


def _taken_along(shown: Matte, warp: NDArray[np.float32], step: int) -> Matte:
    """(h, w) on the grid: where the warp would lead to what isn't the face's, and lay a second one of it beside it."""
    rows, columns = (np.arange(n, dtype=np.float32) for n in shown.shape)
    x, y = columns[None] + warp[0] / np.float32(step), rows[:, None] + warp[1] / np.float32(step)
    return np.asarray(cv2.remap(shown, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.float32)


def _paint(
    drawn: Drawn,
    paint: Paint,
    shown: NDArray[np.uint8],
    bands: PlateBands,
    gloss: Matte,
    shift: NDArray[np.float32],
    shade: NDArray[np.float32],
    textures: Textures,
    geometry: FrameGeometry,
    face_width: float,
    settings: MeshSettings,
    rows: RowBands,
) -> None:
    grid, drawing = drawn.grid, drawn.drawing
    vertices = np.empty((N_VERTICES, 6), np.float32)
    vertices[:, :3] = shift
    vertices[:, 3] = facing_share(geometry.normals, settings.painting)
    band_x, band_y = bands.grid.rect.x0 - grid.rect.x0, bands.grid.rect.y0 - grid.rect.y0
    edges = soft_edges(
        drawing, (paint.left, paint.top), paint.planes[:2], _chart_scale(textures.detail), shown[3], vertices[:, 3],
        textures.detail, grid.places(geometry.meshes.result[list(NOSE)])[:, :2] - (paint.left, paint.top),
        face_width / grid.step, settings.painting.edge_softness,
    )  # fmt: skip
    strength, share = geometry.presence * settings.likeness, settings.painting.broad_share
    gains = np.array([strength, settings.grain, settings.wrinkles, share], np.float32)
    blinks = np.array(geometry.blink, np.float32)
    limits = paint_limits(settings.painting)
    calm = np.ascontiguousarray(bands.charts[..., 1])
    small = np.asarray(cv2.merge([bands.middle, calm, gloss, bands.held]), np.float32)
    seen = small if bands.held is bands.occluded else cv2.merge([bands.middle, calm, gloss, bands.occluded])
    frown = frown_kept(
        np.asarray(seen, np.float32), bands.grid.places(geometry.meshes.plate[:N_VERTICES]), settings.painting
    )
    vertices[:, 5] = nothing_laid_under(settings.painting)
    vertices[:, 4] = np.maximum(edges_kept(textures.nose, geometry.view, settings.painting), frown)

    def work(row0: int, row1: int) -> None:
        paint_face(
            drawing.index, drawing.weights, drawing.triangles, vertices, paint.left, paint.top, drawn.warp, grid.step,
            shown, textures.mattes, textures.paint.broad, bands.low, small, band_x, band_y, bands.grid.step,
            *edges, shade, blinks, gains, limits, row0, row1, paint.planes,
        )  # fmt: skip

    rows.run(paint.planes.shape[1], work)


@lru_cache(8)
def paint_limits(painting: PaintingSettings) -> NDArray[np.float32]:
    """(13,) the limits of `paint_kernels` in their order; no edge ends before it starts."""
    starts = (painting.cover_start, painting.eye_start, painting.mouth_start, painting.tone_start, painting.fold_start)
    low = np.array(starts, np.float32)
    high = np.array([1.0, painting.eye_end, painting.mouth_end, painting.tone_end, painting.fold_end], np.float32)
    pace = 1 / np.maximum(high - low, np.float32(1e-3))
    slight = max(painting.slight_fold**2, 1e-9)
    folds = np.array([painting.deepest_fold, painting.brightest_fold, slight], np.float32)
    return np.concatenate([folds, np.stack([low, pace], axis=1).ravel()])


def facing_share(normals: NDArray[np.floating], painting: PaintingSettings) -> NDArray[np.float32]:
    """(468,) share of the identity's detail: 0 on skin seen on edge, and beside it, lest the share step there."""
    share = ramp(normals[:, 2], painting.grazing_start, painting.grazing_end)
    return np.asarray(0.5 * (share + share[vertex_neighbours()].min(1)), np.float32)


def _chart_scale(detail: ImageF32) -> float:
    """Texels of the detail a texel of the paint's u, v."""
    return (len(detail) - 1) / (STATIC_SIZE - 1)


def _empty_paint(grid: Grid, geometry: FrameGeometry) -> Paint:
    """Nothing yet, at the drawing's samples that can show the face."""
    points = grid.places(geometry.meshes.result[:N_VERTICES])
    rows, columns = grid.shape
    left, top = (int(v) - 1 for v in np.floor(points[:, :2].min(0)))
    right, bottom = (int(v) + 2 for v in np.ceil(points[:, :2].max(0)))
    left, top = min(max(left, 0), columns - 1), min(max(top, 0), rows - 1)
    right, bottom = min(max(right, left + 1), columns), min(max(bottom, top + 1), rows)
    return Paint(np.zeros((PLANES, bottom - top, right - left), np.float32), left, top)


def _shown(
    drawn: Drawn, geometry: FrameGeometry, paint: Paint, face_width: float, painting: PaintingSettings
) -> NDArray[np.uint8]:
    """(4, h, w) soft mattes 0..255 of the silhouette, a hundredth of the face inside it, of eyes, mouth and tears.

    Openings are drawn as polygons: a shut mouth is then an even line, not slivers of triangles. Where the nose hides a
    cheek the chart is torn: what is read from one sample to the next means nothing there. Lays u, v into the paint.
    """
    width = face_width / drawn.grid.step
    shown = np.zeros((4, *paint.planes.shape[1:]), np.uint8)
    drawing, count = drawn.drawing, len(load_canonical().triangles)
    places = ringed_uv() * np.float32(STATIC_SIZE - 1)

    lay_chart(
        drawing.index, drawing.weights, drawing.triangles, places, count, paint.left, paint.top,
        0, paint.planes.shape[1], paint.planes, shown[0],
    )  # fmt: skip
    reach = max(1, int(painting.outline_inset * width))
    size = 2 * int(painting.outline_softness * width) + 1
    cv2.blur(cv2.erode(shown[0], np.ones((2 * reach + 1,) * 2, np.uint8)), (size, size), dst=shown[0])
    points = drawn.grid.places(geometry.meshes.result[:N_VERTICES])[:, :2] - (paint.left, paint.top)
    for plane, rings in ((shown[1], (EYE_RIGHT, EYE_LEFT)), (shown[2], (LIPS_INNER,))):
        for ring in rings:
            _show_opening(plane, points[list(ring)], max(LEAST_SOFTNESS, painting.opening_softness * width))
    find_tears(
        paint.planes, shown, 255 * painting.cover_start, 255 * painting.eye_end, 255 * painting.mouth_end,
        painting.tear_jump * chart(STATIC_SIZE).face_width / width, shown[3],
    )  # fmt: skip
    if shown[3].any():
        cv2.GaussianBlur(cv2.dilate(shown[3], NEIGHBOURS), (5, 5), 0, dst=shown[3])
    return shown


def _show_opening(plane: NDArray[np.uint8], ring: NDArray[np.float64], sigma: float) -> None:
    """Draw the polygon `ring` (n, 2: x, y) into `plane` (h, w), softly."""
    margin = math.ceil(4 * sigma) + 2
    low, high = np.floor(ring.min(0)).astype(int) - margin, np.ceil(ring.max(0)).astype(int) + margin + 1
    x0, y0 = (max(0, int(v)) for v in low)
    box = plane[y0 : max(y0, int(high[1])), x0 : max(x0, int(high[0]))]
    if not box.size:
        return
    opening = np.zeros(box.shape, np.uint8)
    cv2.fillPoly(opening, [np.rint((ring - (x0, y0)) * 16).astype(np.int32)], 255.0, cv2.LINE_AA, 4)
    np.maximum(box, cv2.GaussianBlur(opening, (0, 0), sigma), out=box)


def _compose(
    rect: Rect,
    crop: ImageF32,
    drawn: Drawn,
    paint: Paint,
    detail: ImageF32,
    smear: tuple[float, float],
    grain_limit: float,
    rows: RowBands,
) -> Patch:
    """The patch; `smear` (x, y) pixels is how far the face moves while the shutter is open."""
    colour = np.empty_like(crop)
    opacity = np.zeros(crop.shape[:2], np.float32)
    support = np.zeros(crop.shape[:2], np.bool_)
    step, scale = drawn.grid.step, _chart_scale(detail)
    offsets, laid = smear_offsets(smear), NO_DETAIL
    height, width = paint.planes.shape[1] * step, paint.planes.shape[2] * step
    if len(offsets) and height:
        laid = np.empty((3, height, width), np.float32)
        rows.run(height, lambda row0, row1: lay_detail(paint.planes, step, detail, scale, row0, row1, laid))

    def work(row0: int, row1: int) -> None:
        compose_rows(
            crop, drawn.warp, step, paint.planes, paint.left, paint.top, detail, scale, laid, offsets, grain_limit,
            row0, row1, colour, opacity, support,
        )  # fmt: skip

    rows.run(len(crop), work)
    return Patch(rect, colour, opacity, support)


def smear_offsets(smear: tuple[float, float]) -> NDArray[np.int32]:
    """(n, 2: x, y) pixels to take the mean over, at most nine of them; none for a smear of at most a pixel."""
    length = math.hypot(*smear)
    if length <= 1:
        return np.empty((0, 2), np.int32)
    taps = min(9, 2 * int(length / 2) + 3)
    along = np.linspace(-0.5, 0.5, taps)
    return np.rint(along[:, None] * smear).astype(np.int32)
