"""A coarser grid over a crop of the plate, and meshes drawn into it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.engines.swappers.mesh.rows import RowBands
from pipeline.imaging.arrays import ImageF32, Rect
from pipeline.imaging.raster_kernels import interpolate, raster_triangles

ONE = RowBands(1)


@dataclass(frozen=True, slots=True)
class Grid:
    """Samples every `step` pixels over `rect`; grid sample g stands in the middle of its block."""

    rect: Rect
    step: int

    @property
    def shape(self) -> tuple[int, int]:
        return -(-self.rect.height // self.step), -(-self.rect.width // self.step)

    def places(self, points: NDArray[np.floating]) -> NDArray[np.float64]:
        """Pixel points (n, ≥ 2) of the plate as grid coordinates; further columns are kept."""
        placed = np.array(points, np.float64)
        placed[:, 0] = (placed[:, 0] - self.rect.x0 + 0.5) / self.step - 0.5
        placed[:, 1] = (placed[:, 1] - self.rect.y0 + 0.5) / self.step - 0.5
        return placed


@dataclass(frozen=True, slots=True, eq=False)
class Drawing:
    """A mesh drawn into a grid: which triangle each sample shows (-1: none) and the weights inside it."""

    triangles: NDArray[np.int32]
    index: NDArray[np.int32]
    weights: NDArray[np.float32]

    def carry(self, values: NDArray[np.floating]) -> ImageF32:
        """Per-vertex values (n, k) at every sample (h, w, k), 0 where nothing is drawn."""
        vertex = np.ascontiguousarray(values, np.float32)
        out = np.empty((*self.index.shape, vertex.shape[1]), np.float32)
        interpolate(self.index, self.weights, self.triangles, vertex, 0, len(out), out)
        return out


def draw(
    grid: Grid, vertices: NDArray[np.floating], triangles: NDArray[np.int32], keep_sign: int = 0, rows: RowBands = ONE
) -> Drawing:
    """Draw `vertices` (n, 3: plate pixels and depth) into the grid."""
    placed = np.ascontiguousarray(grid.places(vertices))
    index = np.empty(grid.shape, np.int32)
    weights = np.zeros((*grid.shape, 2), np.float32)
    depth = np.empty(grid.shape, np.float32)
    rows.run(grid.shape[0], lambda a, b: raster_triangles(placed, triangles, keep_sign, a, b, index, weights, depth))
    return Drawing(triangles, index, weights)
