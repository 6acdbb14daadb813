"""The face's pixels: the plate moved, the identity on top.

All log light works as a gain on the moved plate, out = (plate + 0.03) · exp(change) - 0.03, so a pixel without
change keeps its value exactly and values over 1 or under 0 survive. A row is worked on in runs of pixels of one phase:
every `step`-th, which lie alike between the samples of the drawing. Each stage of a run is a plain loop over a small
working table whose layout is known to the compiler: that is what lets it use the processor's wide registers.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.jit import fast_kernel
from pipeline.imaging.lane_kernels import bilinear_four, cubic_rgb

Floats = NDArray[np.float32]
Whole = NDArray[np.int32]

U, V, ALPHA, TONE, GRAIN, MIDDLE, STEADY, GLOSS, PLANES = 0, 1, 2, 3, 6, 7, 8, 9, 10
"""Planes of the paint at the drawing's samples: place in the detail, in its texels; the detail's opacity; three of
change in log light under the detail; share of the plate's grain; the plate's luma without grain, and without what
moves on it; share of the plate's gloss."""

TILE = 128
"""Pixels in a run: the working table then stays in the fastest cache."""
COLOUR, LOG, PART, ALONG, DOWN, DETAIL, PAINT = (n * TILE for n in (0, 3, 6, 8, 12, 16, 19))
"""Where the working table keeps colour (3), log light or change (3), parts of a texel (2), the plate's weights along
(4) and down (4), detail (3), paint (10)."""
TABLE = PAINT + PLANES * TILE
PLACE, MOVED, INNER, EXPONENT = (n * TILE for n in range(4))
"""Whole numbers: place in the plate or in the detail, whether the pixel changes, whether its neighbours are all in the
crop, exponents (3)."""
WHOLE = EXPONENT + 3 * TILE

STILL = 2e-3
"""A pixel that would move by less, in pixels, keeps its value."""
LEAST = 1e-3
"""Opacity, or change in log light, that counts as none."""
OFFSET = 0.03
SQRT_HALF_BITS, MANTISSA = 0x3F3504F3, 23
LN2 = 0.6931471805599453


@fast_kernel
def compose_rows(
    crop: Floats,
    warp: Floats,
    step: int,
    paint: Floats,
    left: int,
    top: int,
    detail: Floats,
    scale: float,
    laid: Floats,
    offsets: Whole,
    grain_limit: float,
    row0: int,
    row1: int,
    colour: Floats,
    opacity: Floats,
    support: NDArray[np.bool_],
) -> None:
    """Rows [row0, row1) of a patch: `colour` (h, w, 3) whole; `opacity` and `support`, which come in as zeros.

    `warp` (2, ., .), pixels towards the plate's place in `crop`, stands every `step` pixels, `paint` (10, ., .)
    likewise, its corner at the drawing's sample (`left`, `top`). `detail` (size, size, 3) is sampled at the
    paint's u, v times `scale`; if `offsets` (n, 2: x, y) are given, the mean over them of `laid` (see `lay_detail`).
    """
    width = crop.shape[1]
    plate, result = crop.reshape(-1), colour.reshape(-1)
    texels = detail.reshape(-1)
    table, whole = np.zeros(TABLE, np.float32), np.zeros(WHOLE, np.int32)
    line = np.empty((2, warp.shape[2] + 2), np.float32)
    paint_line = np.empty((PLANES, paint.shape[2] + 2), np.float32)
    inverse_limit = np.float32(1.0 / grain_limit)
    for y in range(row0, row1):
        row = (np.float32(y) + np.float32(0.5)) / np.float32(step) - np.float32(0.5)
        _read_line(warp, row, line)
        first, last = _span(line, 0, 2, np.float32(STILL))
        painted, bare = 0, 0
        if top * step <= y < (top + paint.shape[1]) * step:
            _read_line(paint, row - np.float32(top), paint_line)
            painted, bare = _span(paint_line, ALPHA, 4, np.float32(0.0))
            painted, bare = painted + left, bare + left
            if painted < bare:
                first, last = min(first, painted), max(last, bare)
        last = max(first, last)
        _copy(plate, result, 3 * y * width, 3 * (y * width + min(max(first * step + step // 2 - step, 0), width)))
        _copy(plate, result, 3 * (y * width + min(max(last * step + step // 2 - step, 0), width)), 3 * (y + 1) * width)
        for phase in range(step):
            part = (np.float32(step // 2 + phase) + np.float32(0.5)) / np.float32(step) - np.float32(0.5)
            shift = step // 2 + phase - step
            begin, end = max(first, -(shift // step)), min(last, (width - 1 - shift) // step + 1)
            paint_begin = min(max(painted, begin), max(end, begin))
            paint_end = min(max(bare, paint_begin), max(end, begin))
            for run in range(3):
                start = begin if run == 0 else paint_begin if run == 1 else paint_end
                stop = paint_begin if run == 0 else paint_end if run == 1 else end
                while start < stop:
                    count = min(TILE, stop - start)
                    x = start * step + shift
                    cells = count + 1
                    _weigh(line[0, start : start + cells], line[1, start : start + cells], part, x, step, y,
                           crop.shape[1], crop.shape[0], table, whole)  # fmt: skip
                    _move(plate, crop.shape[1], crop.shape[0], count, table, whole)
                    if run == 1:
                        _spread(paint_line, 0, PLANES, start - left, count, part, table)
                        if len(offsets) > 0:
                            _take_smeared(laid, offsets, x - left * step, y - top * step, step, count, table)
                        else:
                            _take_detail(texels, detail.shape[0], np.float32(scale), count, table, whole)
                        _blend(count, inverse_limit, table, whole)
                        for i in range(count):
                            opacity[y, x + i * step] = table[PAINT + ALPHA * TILE + i]
                    for i in range(count):
                        at = np.uint64(3 * (y * width + x + i * step))
                        result[at] = table[COLOUR + i]
                        result[at + np.uint64(1)] = table[COLOUR + TILE + i]
                        result[at + np.uint64(2)] = table[COLOUR + 2 * TILE + i]
                        support[y, x + i * step] = whole[MOVED + i] != 0
                    start += count


@fast_kernel
def lay_detail(paint: Floats, step: int, detail: Floats, scale: float, row0: int, row1: int, laid: Floats) -> None:
    """`detail` as it lies in the picture: rows [row0, row1) of `laid` (3, h, w), pixels from the paint's corner on."""
    texels = detail.reshape(-1)
    table, whole = np.zeros(TABLE, np.float32), np.zeros(WHOLE, np.int32)
    line = np.empty((2, paint.shape[2] + 2), np.float32)
    width = laid.shape[2]
    for y in range(row0, row1):
        _read_line(paint, (np.float32(y) + np.float32(0.5)) / np.float32(step) - np.float32(0.5), line)
        for phase in range(step):
            part = (np.float32(step // 2 + phase) + np.float32(0.5)) / np.float32(step) - np.float32(0.5)
            shift = step // 2 + phase - step
            start, end = -(shift // step), (width - 1 - shift) // step + 1
            while start < end:
                count = min(TILE, end - start)
                _spread(line, 0, 2, start, count, part, table)
                _take_detail(texels, detail.shape[0], np.float32(scale), count, table, whole)
                for c in range(3):
                    for i in range(count):
                        laid[c, y, (start + i) * step + shift] = table[DETAIL + c * TILE + i]
                start += count


@fast_kernel
def _copy(source: Floats, target: Floats, begin: int, end: int) -> None:
    part, onto = source[begin:end], target[begin:end]
    for i in range(len(part)):
        onto[i] = part[i]


@fast_kernel
def _read_line(planes: Floats, row: Any, line: Floats) -> None:
    """The first planes at `row` of their samples: `line` (k, columns + 2), its ends repeated."""
    rows, columns = planes.shape[1], planes.shape[2]
    row = min(max(row, np.float32(0.0)), np.float32(rows - 1))
    upper = int(row)
    f = row - np.float32(upper)
    for c in range(len(line)):
        above, below = planes[c, upper], planes[c, min(upper + 1, rows - 1)]
        samples = line[c, 1 : columns + 1]
        for g in range(columns):
            samples[g] = above[g] + f * (below[g] - above[g])
        line[c, 0] = line[c, 1]
        line[c, columns + 1] = line[c, columns]


@fast_kernel
def _span(line: Floats, plane: int, count: int, least: Any) -> tuple[int, int]:
    """The cells [first, last) between samples of `line` outside of which `count` planes are at most `least`."""
    first, last = line.shape[1] - 1, 0
    for c in range(plane, plane + count):
        g = 0
        while g < first and abs(line[c, g]) <= least and abs(line[c, g + 1]) <= least:
            g += 1
        first = g
        g = line.shape[1] - 1
        while g > last and abs(line[c, g]) <= least and abs(line[c, g - 1]) <= least:
            g -= 1
        last = g
    return first, last


@fast_kernel
def _weigh(
    across: Floats, along: Floats, part: Any, x: int, step: int, y: int, width: int, height: int,
    table: Floats, whole: Whole,
) -> None:  # fmt: skip
    """Where a run's pixels come from, and Catmull and Rom's weights (1974) of the four samples around, both ways."""
    one, half, zero = np.float32(1.0), np.float32(0.5), np.float32(0.0)
    wide, wider = np.float32(1.5), np.float32(2.5)
    right, bottom = np.float32(width - 1), np.float32(height - 1)
    pitch, down, start, stride = np.int32(width), np.int32(height), np.int32(x), np.int32(step)
    next_across, next_along = across[1:], along[1:]
    for i in range(len(across) - 1):
        dx, dy = across[i] + part * (next_across[i] - across[i]), along[i] + part * (next_along[i] - along[i])
        moved = max(abs(dx), abs(dy)) > np.float32(STILL)
        sx = min(max(np.float32(start + np.int32(i) * stride) + (dx if moved else zero), zero), right)
        sy = min(max(np.float32(y) + (dy if moved else zero), zero), bottom)
        kx, ky = np.int32(sx), np.int32(sy)
        t = sx - np.float32(kx)
        table[ALONG + i] = ((one - half * t) * t - half) * t
        table[ALONG + TILE + i] = (wide * t - wider) * t * t + one
        table[ALONG + 2 * TILE + i] = ((np.float32(2.0) - wide * t) * t + half) * t
        table[ALONG + 3 * TILE + i] = (half * t - half) * t * t
        t = sy - np.float32(ky)
        table[DOWN + i] = ((one - half * t) * t - half) * t
        table[DOWN + TILE + i] = (wide * t - wider) * t * t + one
        table[DOWN + 2 * TILE + i] = ((np.float32(2.0) - wide * t) * t + half) * t
        table[DOWN + 3 * TILE + i] = (half * t - half) * t * t
        whole[PLACE + i] = ky * pitch + kx
        whole[MOVED + i] = np.int32(moved)
        inner = (kx > np.int32(0)) & (kx < pitch - np.int32(3)) & (ky > np.int32(0)) & (ky < down - np.int32(2))
        whole[INNER + i] = np.int32(inner)


@fast_kernel
def _move(plate: Floats, width: int, height: int, count: int, table: Floats, whole: Whole) -> None:
    """A run's colours out of the plate; overshoot at an edge makes nothing darker than black."""
    zero, pitch = np.float32(0.0), np.uint64(3 * width)
    one, two = np.uint64(1), np.uint64(2)
    for i in range(count):
        if whole[INNER + i] == 0:
            _move_at_edge(plate, width, height, i, table, whole)
            continue
        here = np.uint64(3 * whole[PLACE + i])
        along = (table[ALONG + i], table[ALONG + TILE + i], table[ALONG + 2 * TILE + i], table[ALONG + 3 * TILE + i])
        down = (table[DOWN + i], table[DOWN + TILE + i], table[DOWN + 2 * TILE + i], table[DOWN + 3 * TILE + i])
        red, green, blue = cubic_rgb(plate, here - pitch - np.uint64(3), pitch, along, down)
        table[COLOUR + i] = max(red, min(plate[here], zero))
        table[COLOUR + TILE + i] = max(green, min(plate[here + one], zero))
        table[COLOUR + 2 * TILE + i] = max(blue, min(plate[here + two], zero))


@fast_kernel
def _move_at_edge(plate: Floats, width: int, height: int, i: int, table: Floats, whole: Whole) -> None:
    """As `_move`, one pixel, beyond the crop's edges the nearest sample."""
    ky, kx = whole[PLACE + i] // width, whole[PLACE + i] % width
    for c in range(3):
        total = np.float32(0.0)
        for n in range(4):
            row = min(max(ky - 1 + n, 0), height - 1) * width
            for m in range(4):
                column = min(max(kx - 1 + m, 0), width - 1)
                total += table[DOWN + n * TILE + i] * table[ALONG + m * TILE + i] * plate[3 * (row + column) + c]
        table[COLOUR + c * TILE + i] = max(total, min(plate[3 * whole[PLACE + i] + c], np.float32(0.0)))


@fast_kernel
def _spread(line: Floats, plane: int, count_planes: int, start: int, count: int, part: Any, table: Floats) -> None:
    """The paint's planes at a run's pixels, `part` of the way between samples."""
    for c in range(plane, plane + count_planes):
        these, next_ones = line[c, start : start + count], line[c, start + 1 : start + count + 1]
        spread = table[PAINT + c * TILE : PAINT + c * TILE + count]
        for i in range(count):
            spread[i] = these[i] + part * (next_ones[i] - these[i])


@fast_kernel
def _take_detail(texels: Floats, size: int, scale: Any, count: int, table: Floats, whole: Whole) -> None:
    """The detail at a run's u, v, bilinear; beyond its edges the nearest texels'."""
    zero, pitch = np.float32(0.0), np.int32(size)
    right, bottom = np.float32(size) - np.float32(2.001), np.float32(size) - np.float32(1.001)
    for i in range(count):
        u = min(max(scale * table[PAINT + U * TILE + i], zero), right)
        v = min(max(scale * table[PAINT + V * TILE + i], zero), bottom)
        iu, iv = np.int32(u), np.int32(v)
        table[PART + i] = u - np.float32(iu)
        table[PART + TILE + i] = v - np.float32(iv)
        whole[PLACE + i] = np.int32(3) * (iv * pitch + iu)
    across, down = np.uint64(3), np.uint64(3 * size)
    for i in range(count):
        at = np.uint64(whole[PLACE + i])
        red, green, blue, _ = bilinear_four(texels, at, across, down, table[PART + i], table[PART + TILE + i])
        table[DETAIL + i] = red
        table[DETAIL + TILE + i] = green
        table[DETAIL + 2 * TILE + i] = blue


@fast_kernel
def _take_smeared(laid: Floats, offsets: Whole, x: int, y: int, step: int, count: int, table: Floats) -> None:
    """The mean of laid detail around a run's pixels; beyond its edges the nearest."""
    height, width = laid.shape[1], laid.shape[2]
    flat, plane = laid.reshape(-1), np.uint64(height * width)
    share = np.float32(1.0) / np.float32(len(offsets))
    for i in range(3 * TILE):
        table[DETAIL + i] = np.float32(0.0)
    for n in range(len(offsets)):
        row = min(max(y + offsets[n, 1], 0), height - 1) * width
        for i in range(count):
            at = np.uint64(row + min(max(x + i * step + offsets[n, 0], 0), width - 1))
            table[DETAIL + i] += share * flat[at]
            table[DETAIL + TILE + i] += share * flat[at + plane]
            table[DETAIL + 2 * TILE + i] += share * flat[at + plane + plane]


@fast_kernel
def _blend(count: int, inverse_limit: Any, table: Floats, whole: Whole) -> None:
    """The paint on a run's colours; leaves opacity in the paint's plane, and which pixels change.

    What lies under 0 has no logarithm and goes as the plate's share goes: film decoded from Y'CbCr is full of such
    values in lashes and folds, in one channel at a time, and each would be a coloured speck.
    """
    zero, one, offset, least = np.float32(0.0), np.float32(1.0), np.float32(OFFSET), np.float32(LEAST)
    _logarithms(table, whole)
    for i in range(count):
        red, green, blue = table[LOG + i], table[LOG + TILE + i], table[LOG + 2 * TILE + i]
        luma = (red + green + blue) * np.float32(1.0 / 3.0)
        fine = luma - table[PAINT + MIDDLE * TILE + i]
        excess = max(abs(fine) * inverse_limit, one)
        grainy = fine / (excess * excess) * table[PAINT + GRAIN * TILE + i]
        beyond = max(luma - table[PAINT + STEADY * TILE + i] - grainy, zero)
        bright = beyond * table[PAINT + GLOSS * TILE + i] + grainy
        tone0, tone1 = table[PAINT + TONE * TILE + i], table[PAINT + (TONE + 1) * TILE + i]
        tone2 = table[PAINT + (TONE + 2) * TILE + i]
        alpha = table[PAINT + ALPHA * TILE + i]
        shown = (alpha >= least) | (abs(tone0) + abs(tone1) + abs(tone2) >= least)
        alpha = min(alpha, one) if shown else zero
        table[LOG + i] = tone0 + alpha * (table[DETAIL + i] + bright - red)
        table[LOG + TILE + i] = tone1 + alpha * (table[DETAIL + TILE + i] + bright - green)
        table[LOG + 2 * TILE + i] = tone2 + alpha * (table[DETAIL + 2 * TILE + i] + bright - blue)
        table[PAINT + ALPHA * TILE + i] = alpha
        whole[INNER + i] = np.int32(shown)
        whole[MOVED + i] |= np.int32(shown)
    for c in range(3):
        for i in range(count):
            value = table[COLOUR + c * TILE + i]
            below = min(value, zero) * (one - table[PAINT + ALPHA * TILE + i])
            changed = (max(value, zero) + offset) * _exp(table[LOG + c * TILE + i]) - offset + below
            table[COLOUR + c * TILE + i] = changed if whole[INNER + i] != 0 else value


@fast_kernel
def _logarithms(table: Floats, whole: Whole) -> None:
    """ln(colour + 0.03) within 1e-6, negative colours counting as 0: the exponent apart, and for the mantissa m within
    √2 of 1 the series 2 (s + s³/3 + s⁵/5 + s⁷/7) of s = (m - 1) / (m + 1).
    """
    one, bits = np.float32(1.0), table.view(np.int32)
    for i in range(3 * TILE):
        table[LOG + i] = max(table[COLOUR + i], np.float32(0.0)) + np.float32(OFFSET)
    for i in range(3 * TILE):
        exponent = (bits[LOG + i] - np.int32(SQRT_HALF_BITS)) >> np.int32(MANTISSA)
        bits[LOG + i] -= exponent << np.int32(MANTISSA)
        whole[EXPONENT + i] = exponent
    for i in range(3 * TILE):
        s = (table[LOG + i] - one) / (table[LOG + i] + one)
        q = s * s
        series = np.float32(2.0) + q * (np.float32(2 / 3) + q * (np.float32(2 / 5) + q * np.float32(2 / 7)))
        table[LOG + i] = s * series + np.float32(whole[EXPONENT + i]) * np.float32(LN2)


@fast_kernel
def _exp(x: Any) -> Any:
    """e^x within 2e-5 for |x| ≤ 4: Taylor's series at x / 8, raised to the eighth power."""
    x = min(max(x, np.float32(-4.0)), np.float32(4.0)) * np.float32(0.125)
    series = np.float32(1 / 24) + x * (np.float32(1 / 120) + x * np.float32(1 / 720))
    series = np.float32(1.0) + x * (np.float32(1.0) + x * (np.float32(0.5) + x * (np.float32(1 / 6) + x * series)))
    square = series * series
    fourth = square * square
    return fourth * fourth
