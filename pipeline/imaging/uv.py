"""The face as a picture of its own: the canonical mesh's texture chart at one size.

The chart is where a face holds still: what is made there follows the face through the shot. It is square,
`size` texels wide, v downwards, texel (row, column) at uv = (column, row) / (size - 1).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.arrays import AnyArray, ImageF32, Mask, Matte, Vertices
from pipeline.imaging.mesh import CHEEK_LEFT, CHEEK_RIGHT, OVAL, CanonicalMesh, load_canonical
from pipeline.imaging.raster_kernels import interpolate, raster_triangles

Indices = Sequence[int]


@dataclass(frozen=True, slots=True, eq=False)
class UvChart:
    """`covered` (size, size): inside the mesh. `points` (468, 2) float32: vertices in texels."""

    size: int
    covered: Mask
    points: NDArray[np.float32]
    triangle: NDArray[np.int32]
    weights: NDArray[np.float32]

    @property
    def face_width(self) -> float:
        """Distance of the cheek vertices 234 and 454, in texels."""
        return float(abs(self.points[CHEEK_LEFT, 0] - self.points[CHEEK_RIGHT, 0]))

    def spread(self, values: NDArray[np.floating]) -> NDArray[np.float32]:
        """Per-vertex values (468, k) → (size, size, k), 0 outside the mesh."""
        vertex = np.ascontiguousarray(values, np.float32).reshape(len(values), -1)
        out = np.empty((self.size, self.size, vertex.shape[1]), np.float32)
        interpolate(self.triangle, self.weights, load_canonical().triangles, vertex, 0, self.size, out)
        return out

    def unwrap(
        self, image: AnyArray, vertices: Vertices | NDArray[np.float64], interpolation: int = cv2.INTER_LINEAR
    ) -> ImageF32:
        """`image` (h, w[, k]) as seen at `vertices` (≥ 468, ≥ 2: x, y in its pixels), laid out in the chart."""
        where = self.spread(np.asarray(vertices, np.float32)[: len(self.points), :2])
        x, y = where[..., 0], where[..., 1]
        unwrapped = cv2.remap(image, x, y, interpolation, borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(unwrapped, np.float32)

    def polygon(self, vertices: Indices, grow: float = 0.0, blur: float = 0.0) -> Matte:
        """The polygon of `vertices`, grown about its centre by the factor 1 + `grow`, blurred by `blur` · size."""
        matte = np.zeros((self.size, self.size), np.float32)
        points = self.points[list(vertices)]
        centre = points.mean(0)
        points = centre + (points - centre) * (1 + grow)
        cv2.fillPoly(matte, [np.rint(points * 16).astype(np.int32)], 1.0, shift=4)
        return np.asarray(cv2.GaussianBlur(matte, (0, 0), blur * self.size) if blur else matte, np.float32)

    def sample(self, texture: ImageF32) -> NDArray[np.float32]:
        """`texture` (size, size[, k]) at the 468 vertices → (468[, k])."""
        x, y = self.points[None, :, 0], self.points[None, :, 1]
        values: NDArray[np.float32] = cv2.remap(texture, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)[0]
        return values

    def boundary_distance(self) -> Matte:
        """Distance from the oval inwards, in units of 0.30 face widths; 0 outside."""
        inside = np.zeros((self.size, self.size), np.uint8)
        cv2.fillPoly(inside, [np.rint(self.points[list(OVAL)]).astype(np.int32)], 1)
        distance = cv2.distanceTransform(inside, cv2.DIST_L2, 5)
        return np.asarray(distance / (0.30 * self.face_width), np.float32)


@cache
def chart(size: int) -> UvChart:
    """The chart at `size` texels; built once."""
    mesh: CanonicalMesh = load_canonical()
    points = mesh.uv * (size - 1)
    flat = np.column_stack([points, np.zeros(len(points))])
    triangle = np.empty((size, size), np.int32)
    weights = np.zeros((size, size, 2), np.float32)
    raster_triangles(flat, mesh.triangles, 0, 0, size, triangle, weights, np.empty((size, size), np.float32))
    return UvChart(size, triangle >= 0, points.astype(np.float32), triangle, weights)
