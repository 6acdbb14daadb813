"""Drawing a triangle mesh into small grids: which triangle, where inside it, and values carried across it.

Two passes: `raster_triangles` settles visibility once, `interpolate` then reads any number of vertex values.
Both work on a band of rows, so a caller may hand bands to several threads; a band never touches another's rows.
Grid sample (row, column) stands at vertex coordinate (column, row).
"""

import math

import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.jit import fast_kernel, kernel


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
        low = max(row0, math.ceil(ay + min(0.0, by, cy)))
        high = min(row1 - 1, math.floor(ay + max(0.0, by, cy)))
        left = max(0, math.ceil(ax + min(0.0, bx, cx)))
        right = min(columns - 1, math.floor(ax + max(0.0, bx, cx)))
        inverse = 1.0 / area
        za = vertices[a, 2]
        zb = vertices[b, 2] - za
        zc = vertices[c, 2] - za
        for y in range(low, high + 1):
            dy = y - ay
            for x in range(left, right + 1):
                dx = x - ax
                wb = (dx * cy - dy * cx) * inverse
                wc = (bx * dy - by * dx) * inverse
                if wb < -1e-4 or wc < -1e-4 or wb + wc > 1.0001:
                    continue
                z = za + wb * zb + wc * zc
                if z < depth[y, x]:
                    depth[y, x] = z
                    index[y, x] = t
                    weights[y, x, 0] = wb
                    weights[y, x, 1] = wc


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
    count = values.shape[1]
    for y in range(row0, row1):
        for x in range(index.shape[1]):
            t = index[y, x]
            if t < 0:
                for k in range(count):
                    out[y, x, k] = 0.0
                continue
            a = triangles[t, 0]
            b = triangles[t, 1]
            c = triangles[t, 2]
            wb = weights[y, x, 0]
            wc = weights[y, x, 1]
            wa = np.float32(1.0) - wb - wc
            for k in range(count):
                out[y, x, k] = wa * values[a, k] + wb * values[b, k] + wc * values[c, k]
