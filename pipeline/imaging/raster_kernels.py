"""Drawing a triangle mesh into small grids: which triangle, where inside it, and values carried across it.

Two passes: `raster_triangles` settles visibility once, `interpolate` then reads any number of vertex values.
Both work on a band of rows, so a caller may hand bands to several threads; a band never touches another's rows.
Grid sample (row, column) stands at vertex coordinate (column, row).
"""

import math

import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.jit import fast_kernel, kernel

EDGE = 1e-4
"""A sample's weight may fall below 0 by this much: no sample is lost between neighbours."""


@kernel
def raster_triangles(
    vertices: NDArray[np.float64],
    triangles: NDArray[np.int32],
    keep_sign: int,
    row0: int,
    row1: int,
    index: NDArray[np.int32],
    weights: NDArray[np.float32],
    depth: NDArray[np.float32],
) -> None:
    """Nearest triangle of every grid sample in rows [row0, row1).

    `vertices` (n, 3): x, y in grid samples, smaller z is nearer. `keep_sign` ±1 draws only triangles whose signed
    area has that sign, 0 draws both. Writes `index` (h, w), -1 where nothing is drawn; `weights` (h, w, 2), the
    barycentric weights of a triangle's second and third corner; `depth` (h, w) is scratch. Of equal depths the
    triangle that comes first stays.
    """
    columns = index.shape[1]
    for y in range(row0, row1):
        for x in range(columns):
            index[y, x] = -1
            depth[y, x] = 1e30
    for t in range(triangles.shape[0]):
        a = triangles[t, 0]
        b = triangles[t, 1]
        c = triangles[t, 2]
        ax = vertices[a, 0]
        ay = vertices[a, 1]
        bx = vertices[b, 0] - ax
        by = vertices[b, 1] - ay
        cx = vertices[c, 0] - ax
        cy = vertices[c, 1] - ay
        area = bx * cy - by * cx
        if abs(area) < 1e-9 or area * keep_sign < 0:
            continue
        inverse = 1.0 / area
        along_b, along_c = cy * inverse, -by * inverse
        along_a = -along_b - along_c
        crossing_a, crossing_b, crossing_c = -1.0 / along_a, -1.0 / along_b, -1.0 / along_c
        low = max(row0, math.ceil(ay + min(0.0, by, cy)))
        high = min(row1 - 1, math.floor(ay + max(0.0, by, cy)))
        left = max(0, math.ceil(ax + min(0.0, bx, cx)))
        right = min(columns - 1, math.floor(ax + max(0.0, bx, cx)))
        za = vertices[a, 2]
        zb = vertices[b, 2] - za
        zc = vertices[c, 2] - za
        for y in range(low, high + 1):
            from_b = -(y - ay) * cx * inverse - ax * along_b
            from_c = bx * (y - ay) * inverse - ax * along_c
            start, end = _narrow(from_b + EDGE, along_b, crossing_b, float(left), float(right))
            start, end = _narrow(from_c + EDGE, along_c, crossing_c, start, end)
            start, end = _narrow(1.0 + EDGE - from_b - from_c, along_a, crossing_a, start, end)
            for x in range(math.ceil(start), math.floor(end) + 1):
                wb = from_b + x * along_b
                wc = from_c + x * along_c
                z = np.float32(za + wb * zb + wc * zc)
                if z < depth[y, x]:
                    depth[y, x] = z
                    index[y, x] = t
                    weights[y, x, 0] = wb
                    weights[y, x, 1] = wc


@kernel
def _narrow(value: float, along: float, crossing: float, start: float, end: float) -> tuple[float, float]:
    """The part of [start, end] where value + x · along ≥ 0; `crossing` is -1 / along."""
    if along > 0.0:
        return max(start, value * crossing), end
    if along < 0.0:
        return start, min(end, value * crossing)
    return (start, end) if value >= 0.0 else (start, start - 1.0)


@fast_kernel
def interpolate(
    index: NDArray[np.int32],
    weights: NDArray[np.float32],
    triangles: NDArray[np.int32],
    values: NDArray[np.float32],
    row0: int,
    row1: int,
    out: NDArray[np.float32],
) -> None:
    """Vertex `values` (n, k) carried across the drawn triangles into `out` (h, w, ≥ k); 0 where nothing is drawn."""
    flat, onto = values.reshape(-1), out.reshape(-1)
    count, pitch = values.shape[1], out.shape[2]
    for y in range(row0, row1):
        for x in range(index.shape[1]):
            t = index[y, x]
            at = np.uint64((y * index.shape[1] + x) * pitch)
            if t < 0:
                for k in range(count):
                    onto[at + np.uint64(k)] = 0.0
                continue
            a = np.uint64(triangles[t, 0] * count)
            b = np.uint64(triangles[t, 1] * count)
            c = np.uint64(triangles[t, 2] * count)
            wb = weights[y, x, 0]
            wc = weights[y, x, 1]
            wa = np.float32(1.0) - wb - wc
            for k in range(count):
                n = np.uint64(k)
                onto[at + n] = wa * flat[a + n] + wb * flat[b + n] + wc * flat[c + n]
