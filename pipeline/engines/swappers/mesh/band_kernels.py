"""A frame's log light on the band grid, and its pooling into slow light, each in one pass."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.bands import LOG_OFFSET
from pipeline.imaging.jit import fast_kernel
from pipeline.imaging.lane_kernels import bilinear_four

SQRT_HALF_BITS, MANTISSA = 0x3F3504F3, 23
LN2 = 0.6931471805599453


@fast_kernel
def reduce_light(
    crop: NDArray[np.float32],
    left: int,
    top: int,
    step: int,
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
    columns = light.shape[1]
    pixels, lines, bits = crop.reshape(-1), light.reshape(-1), light.view(np.int32).reshape(-1)
    exponents = np.empty(3 * columns, np.int32)
    for gy in range(row0, row1):
        begin, end = 3 * gy * columns, 3 * (gy + 1) * columns
        if step == 1:
            first = 3 * ((top + gy) * crop.shape[1] + left)
            lines[begin:end] = pixels[first : first + 3 * columns]
        else:
            _average(crop, left, top + gy * step, step, light[gy])
        _logarithms(lines[begin:end], bits[begin:end], exponents)
        for gx in range(columns):
            red, green, blue = light[gy, gx, 0], light[gy, gx, 1], light[gy, gx, 2]
            luma[gy, gx] = (red + green + blue) * np.float32(1.0 / 3.0)
            least[gy, gx] = min(red, green, blue)


@fast_kernel
def _average(crop: NDArray[np.float32], left: int, top: int, step: int, line: NDArray[np.float32]) -> None:
    """The means of a row of blocks → `line` (., 3)."""
    height, width = crop.shape[0], crop.shape[1]
    bottom = min(height, top + step)
    for gx in range(len(line)):
        x0 = left + gx * step
        x1 = min(width, x0 + step)
        red = np.float32(0)
        green = np.float32(0)
        blue = np.float32(0)
        for y in range(top, bottom):
            for x in range(x0, x1):
                red += crop[y, x, 0]
                green += crop[y, x, 1]
                blue += crop[y, x, 2]
        share = np.float32(1.0) / np.float32((bottom - top) * (x1 - x0))
        line[gx, 0] = red * share
        line[gx, 1] = green * share
        line[gx, 2] = blue * share


@fast_kernel
def _logarithms(line: NDArray[np.float32], bits: NDArray[np.int32], exponents: NDArray[np.int32]) -> None:
    """ln(value + offset) of `line` in place, negative values counting as 0; `bits` are the same floats' bits.

    Within 1e-6: the exponent apart, and for the mantissa m within √2 of 1 the series 2 (s + s³/3 + s⁵/5 + s⁷/7) of
    s = (m - 1) / (m + 1).
    """
    one = np.float32(1.0)
    for i in range(len(line)):
        line[i] = max(line[i], np.float32(0.0)) + np.float32(LOG_OFFSET)
    for i in range(len(line)):
        exponent = (bits[i] - np.int32(SQRT_HALF_BITS)) >> np.int32(MANTISSA)
        bits[i] -= exponent << np.int32(MANTISSA)
        exponents[i] = exponent
    for i in range(len(line)):
        s = (line[i] - one) / (line[i] + one)
        q = s * s
        series = np.float32(2.0) + q * (np.float32(2 / 3) + q * (np.float32(2 / 5) + q * np.float32(2 / 7)))
        line[i] = s * series + np.float32(exponents[i]) * np.float32(LN2)


@fast_kernel
def chart_on_plate(
    index: NDArray[np.int32],
    weights: NDArray[np.float32],
    triangles: NDArray[np.int32],
    texels: NDArray[np.float32],
    chart: NDArray[np.float32],
    out: NDArray[np.float32],
) -> None:
    """`chart` (size, size, 4) seen through a drawn mesh (`texels`: its vertices' u, v in the chart) → `out` (h, w, 4).

    0 where nothing is drawn.
    """
    size, flat, onto = len(chart), chart.reshape(-1), out.reshape(-1)
    none, last = np.int32(0), np.int32(size - 2)
    zero, four, down = np.float32(0.0), np.uint64(4), np.uint64(4 * size)
    for y in range(index.shape[0]):
        for x in range(index.shape[1]):
            t = index[y, x]
            values = (zero, zero, zero, zero)
            if t >= 0:
                corner = np.uint64(t)
                a, b, c = (
                    np.uint64(triangles[corner, 0]),
                    np.uint64(triangles[corner, 1]),
                    np.uint64(triangles[corner, 2]),
                )
                wb, wc = weights[y, x, 0], weights[y, x, 1]
                wa = np.float32(1.0) - wb - wc
                u = wa * texels[a, 0] + wb * texels[b, 0] + wc * texels[c, 0]
                v = wa * texels[a, 1] + wb * texels[b, 1] + wc * texels[c, 1]
                i, j = min(max(np.int32(u), none), last), min(max(np.int32(v), none), last)
                at = np.uint64(4 * (j * size + i))
                values = bilinear_four(flat, at, four, down, u - np.float32(i), v - np.float32(j))
            place = np.uint64(4 * (y * index.shape[1] + x))
            for k in range(4):
                onto[place + np.uint64(k)] = values[k]


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
def enlarge_low(
    pooled: NDArray[np.float32],
    step: int,
    luma: NDArray[np.float32],
    low: NDArray[np.float32],
    fine: NDArray[np.float32],
) -> None:
    """`pooled` (⌈h/step⌉, ⌈w/step⌉, 4) at every sample → `low` (h, w, 4); what `luma` has beyond its last → `fine`.

    Cubic (Keys 1981, a = -0.75) between blocks' middles, the nearest block beyond the edges'.
    """
    rows, columns, width = pooled.shape[0], pooled.shape[1], low.shape[1]
    blocks, flat = pooled.reshape(-1), low.reshape(-1)
    wide = np.empty((rows, 4 * width), np.float32)
    for x in range(width):
        first, w0, w1, w2, w3 = _cubic(x, step)
        p0, p1, p2, p3 = _inside(first, columns, 4)
        for g in range(rows):
            row, onto = np.uint64(4 * g * columns), wide[g, 4 * x : 4 * x + 4]
            for c in range(4):
                at = row + np.uint64(c)
                onto[c] = w0 * blocks[at + p0] + w1 * blocks[at + p1] + w2 * blocks[at + p2] + w3 * blocks[at + p3]
    for y in range(len(low)):
        first, w0, w1, w2, w3 = _cubic(y, step)
        p0, p1, p2, p3 = _inside(first, rows, 1)
        onto = flat[4 * y * width : 4 * (y + 1) * width]
        r0, r1, r2, r3 = wide[p0], wide[p1], wide[p2], wide[p3]
        for i in range(4 * width):
            onto[i] = w0 * r0[i] + w1 * r1[i] + w2 * r2[i] + w3 * r3[i]
        for x in range(width):
            fine[y, x] = luma[y, x] - onto[4 * x + 3]


@fast_kernel
def _cubic(sample: int, step: int) -> Any:
    """The first of the four blocks around a sample, and their weights."""
    place = (sample + 0.5) / step - 0.5
    block = math.floor(place)
    t, a = place - block, -0.75
    before, after = t + 1.0, 2.0 - t
    first = ((a * before - 5.0 * a) * before + 8.0 * a) * before - 4.0 * a
    second = ((a + 2.0) * t - (a + 3.0)) * t * t + 1.0
    last = ((a * after - 5.0 * a) * after + 8.0 * a) * after - 4.0 * a
    third = 1.0 - first - second - last
    return block - 1, np.float32(first), np.float32(second), np.float32(third), np.float32(last)


@fast_kernel
def _inside(first: int, count: int, pitch: int) -> Any:
    """The places of four blocks of `count`, beyond the edges the nearest."""
    last = count - 1
    return (
        np.uint64(pitch * min(max(first, 0), last)),
        np.uint64(pitch * min(max(first + 1, 0), last)),
        np.uint64(pitch * min(max(first + 2, 0), last)),
        np.uint64(pitch * min(max(first + 3, 0), last)),
    )
