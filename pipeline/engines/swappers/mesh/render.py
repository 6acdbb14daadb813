"""One frame: bands, light, mattes, pixels."""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.engines.faces import FaceSample, FaceSolve, Patch
from pipeline.engines.swappers.mesh.compose_kernels import paint_face, paint_pixels, show_face, warp_pixels
from pipeline.engines.swappers.mesh.geometry import FrameGeometry
from pipeline.engines.swappers.mesh.grade import Textures
from pipeline.engines.swappers.mesh.grid import Drawing, Grid, draw
from pipeline.engines.swappers.mesh.plate import STATIC_SIZE, PlatePack
from pipeline.engines.swappers.mesh.plate_bands import LOGARITHMS, PlateBands, part_bands
from pipeline.engines.swappers.mesh.relight import tone_shift
from pipeline.engines.swappers.mesh.rings import ringed_triangles, ringed_uv
from pipeline.engines.swappers.mesh.rows import RowBands
from pipeline.imaging.arrays import ImageF32, Rect
from pipeline.imaging.bands import gaussian, smoothstep
from pipeline.imaging.mesh import EYE_LEFT, EYE_RIGHT, LIPS_INNER, N_VERTICES, load_canonical
from pipeline.imaging.uv import chart
from pipeline.project.parameters import MeshSettings

PIXELS_A_SAMPLE = 300
"""The drawing has one sample a pixel up to a face of this width, then one every two, three… pixels."""
WARP_BLUR = 0.006
"""Radius of the blur that takes the mesh's creases out of the warp, in face widths."""
GLOSS_FROM, GLOSS_WHOLE = 0.04, 0.12
"""How far a small bright mark must exceed its calm state to be kept, and to be kept whole (log light)."""

GRAIN_LIMIT = 4.0
"""Fine detail over so many times the skin's usual amplitude is a contour, not grain."""
NOTHING = np.zeros((2, 2, 3), np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """The result's mesh on its grid; `warp` (h, w, 2) leads from a sample to the plate's pixel, in pixels."""

    grid: Grid
    drawing: Drawing
    warp: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Paint:
    """What the face gets (see `paint_face`), its corner at the drawing's sample (left, top)."""

    values: ImageF32
    left: int
    top: int


def render_patch(
    solve: FaceSolve,
    sample: FaceSample,
    geometry: FrameGeometry,
    plate: PlatePack,
    textures: Textures,
    settings: MeshSettings,
    rows: RowBands,
) -> Patch:
    """The patch of one sample with the identity's textures."""
    crop = np.ascontiguousarray(sample.crop, np.float32)
    face_width = solve.face_width_px
    vertices = geometry.meshes.plate[:N_VERTICES]
    occlusion = solve.occlusion.get(sample.frame)
    bands = part_bands(crop, sample.rect, vertices, plate.charts, face_width, occlusion, rows)
    skin = chart(STATIC_SIZE).sample(plate.skin)
    shift = tone_shift(bands, geometry, skin, textures.uneven, settings.plate_light)
    drawn = draw_result(sample.rect, geometry, face_width, rows)
    paint = _paint(drawn, bands, shift, textures, geometry, settings, face_width, rows)
    added = performance_detail(bands, settings)
    limit = GRAIN_LIMIT * plate.texture.usual
    return _compose(
        sample.rect, crop, drawn, paint, bands.grid, added, textures.detail, geometry, settings, limit, rows
    )


def render_warp(solve: FaceSolve, sample: FaceSample, geometry: FrameGeometry, rows: RowBands) -> Patch:
    """The performer's own face with the geometry's expression: the plate's pixels, moved."""
    crop = np.ascontiguousarray(sample.crop, np.float32)
    drawn = draw_result(sample.rect, geometry, solve.face_width_px, rows)
    empty = Paint(np.zeros((0, 0, 9), np.float32), 0, 0)
    grid = Grid(sample.rect, 1)
    added = np.zeros((2, 2, 6), np.float32)
    return _compose(sample.rect, crop, drawn, empty, grid, added, NOTHING, geometry, MeshSettings(), 1.0, rows)


def performance_detail(bands: PlateBands, settings: MeshSettings) -> ImageF32:
    """(h, w, 6) for `paint_pixels`: slow light, middle luma now and calm, and where the plate glistens."""
    beyond = bands.sparkle - bands.charts[..., 2]
    gloss = smoothstep(cv2.dilate(beyond, np.ones((3, 3), np.uint8)), GLOSS_FROM, GLOSS_WHOLE) * settings.sparkle
    out = np.empty((*bands.grid.shape, 6), np.float32)
    out[..., :3] = bands.low[..., :3]
    out[..., 3] = bands.middle
    out[..., 4] = bands.charts[..., 1]
    out[..., 5] = gaussian(gloss, 0.7)
    return out


def draw_result(rect: Rect, geometry: FrameGeometry, face_width: float, rows: RowBands) -> Drawn:
    """The result's mesh with its rings, and the smooth warp back to the plate."""
    grid = Grid(rect, max(1, math.ceil(face_width / PIXELS_A_SAMPLE)))
    plate, result = geometry.meshes
    drawing = draw(grid, result, ringed_triangles(), rows=rows)
    warp = drawing.carry(plate[:, :2] - result[:, :2])
    size = 2 * max(1, int(WARP_BLUR * face_width / grid.step)) + 1
    for _ in range(2):
        warp = np.asarray(cv2.blur(warp, (size, size), borderType=cv2.BORDER_REPLICATE), np.float32)
    return Drawn(grid, drawing, warp)


def _paint(
    drawn: Drawn,
    bands: PlateBands,
    shift: NDArray[np.float32],
    textures: Textures,
    geometry: FrameGeometry,
    settings: MeshSettings,
    face_width: float,
    rows: RowBands,
) -> Paint:
    grid = drawn.grid
    left, top, right, bottom = _face_window(grid, geometry)
    shown = _shown(drawn, geometry, left, top, (bottom - top, right - left), face_width)
    vertices = np.zeros((len(geometry.meshes.result), 5), np.float32)
    vertices[:, :2] = ringed_uv() * (STATIC_SIZE - 1)
    vertices[:N_VERTICES, 2:] = shift
    values = np.empty((bottom - top, right - left, 9), np.float32)
    origin_x, origin_y = bands.grid.rect.x0 - grid.rect.x0, bands.grid.rect.y0 - grid.rect.y0
    presence = geometry.presence * settings.likeness
    blink_right, blink_left = geometry.blink
    drawing = drawn.drawing

    def work(row0: int, row1: int) -> None:
        paint_face(
            drawing.index, drawing.weights, drawing.triangles, vertices, drawn.warp, left, top, shown, textures.mattes,
            bands.occluded, origin_x, origin_y, grid.step, bands.grid.step, blink_right, blink_left, presence,
            row0, row1, values,
        )  # fmt: skip

    rows.run(len(values), work)
    return Paint(values, left, top)


def _face_window(grid: Grid, geometry: FrameGeometry) -> tuple[int, int, int, int]:
    """The drawing's samples that can show the face: left, top, right, bottom (the last two exclusive)."""
    points = grid.places(geometry.meshes.result[:N_VERTICES])
    rows, columns = grid.shape
    left, top = (int(v) - 1 for v in np.floor(points[:, :2].min(0)))
    right, bottom = (int(v) + 2 for v in np.ceil(points[:, :2].max(0)))
    left, top = min(max(left, 0), columns - 1), min(max(top, 0), rows - 1)
    return left, top, min(max(right, left + 1), columns), min(max(bottom, top + 1), rows)


def _shown(
    drawn: Drawn, geometry: FrameGeometry, left: int, top: int, shape: tuple[int, int], face_width: float
) -> NDArray[np.uint8]:
    """(3, h, w) soft mattes 0..255 of the silhouette, a hundredth of the face inside it, of eyes and of the mouth.

    Openings are drawn as polygons: a shut mouth is then an even line, not slivers of triangles.
    """
    width = face_width / drawn.grid.step
    planes = np.zeros((3, *shape), np.uint8)
    show_face(drawn.drawing.index, len(load_canonical().triangles), left, top, planes[0])
    reach = max(1, int(0.010 * width))
    size = 2 * int(0.02 * width) + 1
    planes[0] = cv2.blur(cv2.erode(planes[0], np.ones((2 * reach + 1,) * 2, np.uint8)), (size, size))
    points = drawn.grid.places(geometry.meshes.result[:N_VERTICES])[:, :2] - (left, top)
    for plane, rings in ((planes[1], (EYE_RIGHT, EYE_LEFT)), (planes[2], (LIPS_INNER,))):
        for ring in rings:
            cv2.fillPoly(plane, [np.rint(points[list(ring)] * 16).astype(np.int32)], 255.0, cv2.LINE_AA, 4)
        cv2.GaussianBlur(plane, (0, 0), max(0.6, 0.006 * width), dst=plane)
    return planes


def _compose(
    rect: Rect,
    crop: ImageF32,
    drawn: Drawn,
    paint: Paint,
    band_grid: Grid,
    added: ImageF32,
    detail: ImageF32,
    geometry: FrameGeometry,
    settings: MeshSettings,
    grain_limit: float,
    rows: RowBands,
) -> Patch:
    colour = np.empty_like(crop)
    opacity = np.zeros(crop.shape[:2], np.float32)
    support = np.empty(crop.shape[:2], np.bool_)
    uv_scale = (len(detail) - 1) / (STATIC_SIZE - 1)
    smear_x, smear_y = (settings.motion_blur * v for v in geometry.motion)
    length = math.hypot(smear_x, smear_y)
    taps = 1 if length <= 1 else min(9, 2 * int(length / 2) + 3)
    band_x, band_y = band_grid.rect.x0 - rect.x0, band_grid.rect.y0 - rect.y0
    step = drawn.grid.step

    def work(row0: int, row1: int) -> None:
        warp_pixels(crop, drawn.warp, step, row0, row1, colour, support)
        if len(paint.values):
            paint_pixels(
                paint.values, paint.left, paint.top, drawn.warp, step, added, band_grid.step, band_x, band_y, detail,
                uv_scale, LOGARITHMS, settings.grain, grain_limit, settings.wrinkles, smear_x, smear_y, taps,
                row0, row1, colour, opacity, support,
            )  # fmt: skip

    rows.run(len(crop), work)
    return Patch(rect, colour, opacity, support)
