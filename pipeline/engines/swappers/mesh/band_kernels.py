"""A frame's log light on the band grid, and its pooling into slow light, each in one pass."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.jit import fast_kernel

TABLE_STEPS = 4096
TABLE_TOP = 1.25
"""Logarithms up to this value come from a table of `TABLE_STEPS` a unit, linearly interpolated (error < 1e-5)."""


def log_table(offset: float) -> NDArray[np.float32]:
    """ln(v + offset) for v = 0 … TABLE_TOP."""
    values = np.arange(int(TABLE_TOP * TABLE_STEPS) + 2, dtype=np.float64) / TABLE_STEPS
    return np.log(values + offset).astype(np.float32)


@fast_kernel
def reduce_light(
    crop: NDArray[np.float32],
    left: int,
    top: int,
    step: int,
    table: NDArray[np.float32],
    row0: int,
    row1: int,
    light: NDArray[np.float32],
    luma: NDArray[np.float32],
    least: NDArray[np.float32],
) -> None:
    """Log light of the means of step × step blocks of `crop` (h, w, 3), the first block at (`left`, `top`).

    Writes rows [row0, row1) of `light` (., ., 3), of `luma`, the channels' mean, and of `least`, the darkest channel.
    Blocks cut by the edge average what is there; negative means count as 0.
    """
    height, width = crop.shape[0], crop.shape[1]
    for gy in range(row0, row1):
        y0 = top + gy * step
        y1 = min(height, y0 + step)
        for gx in range(light.shape[1]):
            x0 = left + gx * step
            x1 = min(width, x0 + step)
            red = np.float32(0)
            green = np.float32(0)
            blue = np.float32(0)
            for y in range(y0, y1):
                for x in range(x0, x1):
                    red += crop[y, x, 0]
                    green += crop[y, x, 1]
                    blue += crop[y, x, 2]
            share = np.float32(1.0) / np.float32((y1 - y0) * (x1 - x0))
            red = _log(red * share, table)
            green = _log(green * share, table)
            blue = _log(blue * share, table)
            light[gy, gx, 0] = red
            light[gy, gx, 1] = green
            light[gy, gx, 2] = blue
            luma[gy, gx] = (red + green + blue) * np.float32(1.0 / 3.0)
            least[gy, gx] = min(red, green, blue)


@fast_kernel
def chart_on_plate(
    index: NDArray[np.int32],
    weights: NDArray[np.float32],
    triangles: NDArray[np.int32],
    texels: NDArray[np.float32],
    chart: NDArray[np.float32],
    out: NDArray[np.float32],
) -> None:
    """`chart` (size, size, k) seen through a drawn mesh (`texels`: its vertices' u, v in the chart) → `out` (h, w, k).

    0 where nothing is drawn.
    """
    size, count = chart.shape[0], chart.shape[2]
    for y in range(index.shape[0]):
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
            u = wa * texels[a, 0] + wb * texels[b, 0] + wc * texels[c, 0]
            v = wa * texels[a, 1] + wb * texels[b, 1] + wc * texels[c, 1]
            iu = min(max(int(u), 0), size - 2)
            iv = min(max(int(v), 0), size - 2)
            fu = u - np.float32(iu)
            fv = v - np.float32(iv)
            for k in range(count):
                upper = chart[iv, iu, k] + fu * (chart[iv, iu + 1, k] - chart[iv, iu, k])
                lower = chart[iv + 1, iu, k] + fu * (chart[iv + 1, iu + 1, k] - chart[iv + 1, iu, k])
                out[y, x, k] = upper + fv * (lower - upper)


@fast_kernel
def pool_skin(
    light: NDArray[np.float32],
    skin: NDArray[np.float32],
    occluded: NDArray[np.float32],
    usual: float,
    tolerance: float,
    step: int,
    out: NDArray[np.float32],
) -> None:
    """Sums over step × step blocks of weight · light and weight → `out` (⌈h/step⌉, ⌈w/step⌉, 4).

    A sample's weight is its skin (h, w), less what is `occluded`, less where green is darker than `usual` by much
    more than `tolerance`: hair and beard must not pull the tone down.
    """
    height, width = skin.shape
    share = np.float32(1.0 / (step * step))
    for gy in range(out.shape[0]):
        for gx in range(out.shape[1]):
            red = np.float32(0)
            green = np.float32(0)
            blue = np.float32(0)
            total = np.float32(0)
            for y in range(gy * step, min(height, (gy + 1) * step)):
                for x in range(gx * step, min(width, (gx + 1) * step)):
                    weight = skin[y, x] * (np.float32(1.0) - occluded[y, x])
                    if weight <= np.float32(0.0):
                        continue
                    dark = min(light[y, x, 1] - np.float32(usual), np.float32(0.0)) / np.float32(tolerance)
                    weight /= np.float32(1.0) + dark * dark
                    red += weight * light[y, x, 0]
                    green += weight * light[y, x, 1]
                    blue += weight * light[y, x, 2]
                    total += weight
            out[gy, gx, 0] = red * share
            out[gy, gx, 1] = green * share
            out[gy, gx, 2] = blue * share
            out[gy, gx, 3] = total * share


@fast_kernel
def _log(value: Any, table: NDArray[np.float32]) -> Any:
    place = value * np.float32(4096.0)
    if place <= np.float32(0.0):
        return table[0]
    if place >= np.float32(table.shape[0] - 1):
        return np.float32(math.log(value + np.float32(0.03)))
    i = int(place)
    f = place - np.float32(i)
    return table[i] + f * (table[i + 1] - table[i])
