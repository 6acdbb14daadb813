"""One frame: bands, light, mattes, pixels."""

import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.engines.faces import FaceSample, FaceSolve, Patch
from pipeline.engines.swappers.mesh.compose_kernels import blend_mattes, compose, log_table
from pipeline.engines.swappers.mesh.geometry import FrameGeometry
from pipeline.engines.swappers.mesh.grade import Textures
from pipeline.engines.swappers.mesh.grid import Drawing, Grid, draw
from pipeline.engines.swappers.mesh.plate import STATIC_SIZE, PlatePack
from pipeline.engines.swappers.mesh.plate_bands import PlateBands, band_grid, occlusion_on, part_bands, reduced_light
from pipeline.engines.swappers.mesh.relight import tone_shift
from pipeline.engines.swappers.mesh.rings import ringed_triangles, ringed_uv
from pipeline.imaging.arrays import ImageF32, Matte
from pipeline.imaging.bands import LOG_OFFSET, gaussian, smoothstep
from pipeline.imaging.mesh import CLASS_EYE, CLASS_MOUTH, N_VERTICES, load_canonical
from pipeline.imaging.uv import chart
from pipeline.project.parameters import MeshSettings

RowWork = Callable[[int, int], None]

LOGARITHMS = log_table(LOG_OFFSET)
PIXELS_A_SAMPLE = 300
"""The drawing has one sample a pixel up to a face of this width, then one every two, three… pixels."""


class RowBands:
    """Runs row-wise kernels on bands of rows; the kernels release the interpreter's lock."""

    def __init__(self, threads: int) -> None:
        self._threads = max(1, threads)
        self._pool = ThreadPoolExecutor(self._threads - 1, "mesh-rows") if self._threads > 1 else None

    def run(self, rows: int, work: RowWork) -> None:
        """Call `work(row0, row1)` until [0, rows) is covered; returns when all are done."""
        if self._pool is None or rows < 64:
            work(0, rows)
            return
        edges = [rows * n // self._threads for n in range(self._threads + 1)]
        others = [self._pool.submit(work, a, b) for a, b in zip(edges[1:-1], edges[2:], strict=True)]
        work(edges[0], edges[1])
        for other in others:
            other.result()


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """The result's mesh on its grid: `attributes` (h, w, 7) as `blend_mattes` reads them, `inside` its silhouette."""

    grid: Grid
    attributes: ImageF32
    inside: Matte


def render_patch(
    solve: FaceSolve,
    i: int,
    sample: FaceSample,
    geometry: FrameGeometry,
    plate: PlatePack,
    textures: Textures | None,
    settings: MeshSettings,
    rows: RowBands,
) -> Patch:
    """The patch of one sample; `textures` None warps the performer's own face only."""
    crop = np.ascontiguousarray(sample.crop, np.float32)
    face_width = solve.face_width_px
    light_grid = band_grid(sample.rect, face_width)
    occluded = occlusion_on(light_grid, solve.occlusion.get(sample.frame), face_width)
    shift = np.zeros((N_VERTICES, 3), np.float32)
    added = np.zeros((*light_grid.shape, 6), np.float32)
    if textures is not None:
        light = reduced_light(crop, light_grid)
        vertices = geometry.meshes.plate[:N_VERTICES]
        bands = part_bands(light, light_grid, vertices, plate.skin, face_width, occluded)
        skin = chart(STATIC_SIZE).sample(plate.skin)
        shift = tone_shift(bands, geometry, skin, textures.uneven, settings.plate_light)
        added = performance_detail(bands, plate, settings)
    drawn = _draw_result(sample, geometry, shift, face_width)
    blends = np.zeros((*drawn.grid.shape, 6), np.float32)
    if textures is not None:
        _blend(drawn, light_grid, occluded, textures, geometry, settings, rows, blends)
    detail = textures.detail if textures is not None else np.zeros((2, 2, 3), np.float32)
    return _compose(sample, crop, drawn, blends, added, light_grid.step, detail, geometry, settings, rows)


def performance_detail(bands: PlateBands, plate: PlatePack, settings: MeshSettings) -> ImageF32:
    """(h, w, 6) for `compose`: slow light, middle luma, folds the performance makes, gloss it makes."""
    x, y = bands.uv[..., 0], bands.uv[..., 1]
    calm = cv2.remap(plate.calm_middle, x, y, cv2.INTER_LINEAR)
    calm_sparkle = cv2.remap(plate.calm_sparkle, x, y, cv2.INTER_LINEAR)
    out = np.empty((*bands.grid.shape, 6), np.float32)
    out[..., :3] = bands.low
    out[..., 3] = bands.middle
    out[..., 4] = np.clip(bands.middle - calm, -0.5, 0.12) * settings.wrinkles
    out[..., 5] = 0 * np.maximum(bands.sparkle - calm_sparkle, 0) * settings.sparkle
    return out


def _draw_result(sample: FaceSample, geometry: FrameGeometry, shift: NDArray[np.float32], face_width: float) -> Drawn:
    grid = Grid(sample.rect, max(1, math.ceil(face_width / PIXELS_A_SAMPLE)))
    plate, result = geometry.meshes
    values = np.zeros((len(result), 7), np.float32)
    values[:, :2] = ringed_uv() * (STATIC_SIZE - 1)
    values[:, 2:4] = plate[:, :2] - result[:, :2]
    values[:N_VERTICES, 4:] = shift
    drawing = draw(grid, result, ringed_triangles())
    attributes = drawing.carry(values)
    attributes[drawing.index < 0, :2] = -1
    size = 2 * int(0.006 * face_width / grid.step) + 1
    if size > 1:
        warp = np.ascontiguousarray(attributes[..., 2:4])
        for _ in range(2):
            warp = cv2.blur(warp, (size, size), borderType=cv2.BORDER_REPLICATE)
        attributes[..., 2:4] = warp
    width = face_width / grid.step
    return Drawn(grid, attributes, _silhouette(drawing, width) * _unopened(drawing, width))


def _silhouette(drawing: Drawing, width: float) -> Matte:
    """Soft matte of the mesh's visible outline, inside it by a hundredth of the face."""
    face = ((drawing.index >= 0) & (drawing.index < len(load_canonical().triangles))).astype(np.float32)
    steps = max(1, int(0.010 * width))
    size = 2 * int(0.02 * width) + 1
    eroded = cv2.erode(face, np.ones((3, 3), np.uint8), iterations=steps)
    return smoothstep(cv2.blur(eroded, (size, size)), 0.35, 1.0) * face


def _unopened(drawing: Drawing, width: float) -> Matte:
    """0 in eyes and mouth, whose pixels always stay the plate's, with a soft edge."""
    classes = np.append(load_canonical().triangle_class, np.zeros(len(ringed_triangles()), np.int8))
    shown = classes[drawing.index]
    opened = np.dstack([shown == CLASS_EYE, shown == CLASS_MOUTH]).astype(np.float32)
    soft = gaussian(opened, max(0.6, 0.006 * width))
    return (1 - smoothstep(soft[..., 0], 0.15, 0.75)) * (1 - smoothstep(soft[..., 1], 0.10, 0.60))


def _blend(
    drawn: Drawn,
    light_grid: Grid,
    occluded: Matte,
    textures: Textures,
    geometry: FrameGeometry,
    settings: MeshSettings,
    rows: RowBands,
    out: ImageF32,
) -> None:
    scale = drawn.grid.step / light_grid.step
    origin = 0.5 * scale - 0.5
    warp = drawn.attributes.copy() if drawn.grid.step > 1 else drawn.attributes
    if drawn.grid.step > 1:
        warp[..., 2:4] /= drawn.grid.step
    presence = geometry.presence * settings.likeness
    right, left = geometry.blink

    def work(row0: int, row1: int) -> None:
        blend_mattes(
            warp, drawn.inside, occluded, textures.mattes, origin, origin, scale, right, left, presence, row0, row1, out
        )

    rows.run(len(out), work)


def _compose(
    sample: FaceSample,
    crop: ImageF32,
    drawn: Drawn,
    blends: ImageF32,
    added: ImageF32,
    band_step: int,
    detail: ImageF32,
    geometry: FrameGeometry,
    settings: MeshSettings,
    rows: RowBands,
) -> Patch:
    colour = np.empty_like(crop)
    opacity = np.empty(crop.shape[:2], np.float32)
    support = np.empty(crop.shape[:2], np.bool_)
    uv_scale = (len(detail) - 1) / (STATIC_SIZE - 1)
    smear_x, smear_y = (settings.motion_blur * v for v in geometry.motion)
    length = math.hypot(smear_x, smear_y)
    taps = 1 if length <= 1 else min(9, 2 * int(length / 2) + 3)

    def work(row0: int, row1: int) -> None:
        compose(
            crop, drawn.attributes, blends, drawn.grid.step, added, band_step, detail, uv_scale, LOGARITHMS,
            settings.grain, smear_x, smear_y, taps, row0, row1, colour, opacity, support,
        )  # fmt: skip

    rows.run(len(crop), work)
    return Patch(sample.rect, colour, opacity, support)
