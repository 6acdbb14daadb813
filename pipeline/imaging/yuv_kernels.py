"""Y'CbCr planes to R'G'B' pixels and R'G'B' changes back to Y'CbCr samples, for one rectangle.

Chroma is brought up by linear interpolation at the samples' true places. On the way back only *changes*
are brought down, by the tent or box that fits the siting, so a pixel that did not change alters no sample.

`tap` arrays hold the interpolation for a subsampled axis: (even, odd), where an even position takes
`even` of the sample before its own and an odd one `odd` of the sample after.
"""

import numpy as np

from pipeline.imaging.arrays import AnyArray
from pipeline.imaging.jit import fast_kernel


@fast_kernel
def _blend_rows(
    chroma: AnyArray, position: int, shift: int, tap: AnyArray, first_row: int, offset: np.float32, line: AnyArray
) -> None:
    """Interpolate between chroma rows for luma row `position` into `line[1:-1]`, ends repeated."""
    rows, columns = chroma.shape
    own = min(max((position >> shift) - first_row, 0), rows - 1)
    other = own
    weight = np.float32(0.0)
    if shift == 1:
        if position & 1:
            other = min(own + 1, rows - 1)
            weight = tap[1]
        else:
            other = max(own - 1, 0)
            weight = tap[0]
    if other == own or weight == 0.0:
        for i in range(columns):
            line[i + 1] = np.float32(chroma[own, i]) - offset
    else:
        keep = np.float32(1.0) - weight
        for i in range(columns):
            line[i + 1] = keep * np.float32(chroma[own, i]) + weight * np.float32(chroma[other, i]) - offset
    line[0] = line[1]
    line[columns + 1] = line[columns]


@fast_kernel
def _spread_row(line: AnyArray, shift: int, tap: AnyArray, full: AnyArray) -> None:
    """Interpolate `line` (with one repeated sample at each end) along x: full[0] lies on line[1]."""
    count = line.shape[0] - 2
    if shift == 0:
        for i in range(count):
            full[i] = line[i + 1]
    elif shift == 1:
        before, after = tap[0], tap[1]
        stay_even, stay_odd = np.float32(1.0) - before, np.float32(1.0) - after
        for i in range(count):
            full[2 * i] = before * line[i] + stay_even * line[i + 1]
            full[2 * i + 1] = stay_odd * line[i + 1] + after * line[i + 2]
    else:
        step = 1 << shift
        for i in range(count):
            for k in range(step):
                share = np.float32(k) / np.float32(step)
                full[step * i + k] = line[i + 1] + share * (line[i + 2] - line[i + 1])


@fast_kernel
def yuv_to_rgb(
    luma: AnyArray,
    blue: AnyArray,
    red: AnyArray,
    out: AnyArray,
    origin: AnyArray,
    window: AnyArray,
    shifts: AnyArray,
    tap_x: AnyArray,
    tap_y: AnyArray,
    levels: AnyArray,
    matrix: AnyArray,
) -> None:
    """Fill `out` (h, w, 3) float32.

    luma (h, w) samples of the rectangle; blue, red windows of the chroma planes around it.
    origin (x, y) of the rectangle; window (x, y) of the chroma windows, in chroma samples.
    levels (luma gain, luma offset, chroma offset); matrix (R from Cr, G from Cb, G from Cr, B from Cb).
    """
    height, width = luma.shape
    columns = blue.shape[1]
    gain, base, centre = levels[0], levels[1], levels[2]
    line_b = np.empty(columns + 2, np.float32)
    line_r = np.empty(columns + 2, np.float32)
    full_b = np.empty(columns << shifts[0], np.float32)
    full_r = np.empty(columns << shifts[0], np.float32)
    skip = origin[0] - (window[0] << shifts[0])
    r_from_r, g_from_b, g_from_r, b_from_b = matrix[0], matrix[1], matrix[2], matrix[3]
    for j in range(height):
        row = origin[1] + j
        _blend_rows(blue, row, shifts[1], tap_y, window[1], centre, line_b)
        _blend_rows(red, row, shifts[1], tap_y, window[1], centre, line_r)
        _spread_row(line_b, shifts[0], tap_x, full_b)
        _spread_row(line_r, shifts[0], tap_x, full_r)
        row_y, row_b, row_r, pixels = luma[j], full_b[skip:], full_r[skip:], out[j]
        for i in range(width):
            y = np.float32(row_y[i]) * gain + base
            b = row_b[i]
            r = row_r[i]
            pixels[i, 0] = y + r_from_r * r
            pixels[i, 1] = y + g_from_b * b + g_from_r * r
            pixels[i, 2] = y + b_from_b * b


@fast_kernel
def yuv_to_rgb8(
    luma: AnyArray,
    blue: AnyArray,
    red: AnyArray,
    out: AnyArray,
    origin: AnyArray,
    window: AnyArray,
    shifts: AnyArray,
    tap_x: AnyArray,
    tap_y: AnyArray,
    levels: AnyArray,
    matrix: AnyArray,
) -> None:
    """As `yuv_to_rgb`, for `out` (3, h, w) uint8, one plane a colour; levels and matrix are scaled to 0..255.

    Planes, because three interleaved bytes a pixel keep the compiler from using vector stores.
    """
    height, width = luma.shape
    columns = blue.shape[1]
    gain, base, centre = levels[0], levels[1] + np.float32(0.5), levels[2]
    line_b = np.empty(columns + 2, np.float32)
    line_r = np.empty(columns + 2, np.float32)
    full_b = np.empty(columns << shifts[0], np.float32)
    full_r = np.empty(columns << shifts[0], np.float32)
    skip = origin[0] - (window[0] << shifts[0])
    low, high = np.float32(0.0), np.float32(255.0)
    r_from_r, g_from_b, g_from_r, b_from_b = matrix[0], matrix[1], matrix[2], matrix[3]
    for j in range(height):
        row = origin[1] + j
        _blend_rows(blue, row, shifts[1], tap_y, window[1], centre, line_b)
        _blend_rows(red, row, shifts[1], tap_y, window[1], centre, line_r)
        _spread_row(line_b, shifts[0], tap_x, full_b)
        _spread_row(line_r, shifts[0], tap_x, full_r)
        row_y, row_b, row_r = luma[j], full_b[skip:], full_r[skip:]
        out_r, out_g, out_b = out[0, j], out[1, j], out[2, j]
        for i in range(width):
            y = np.float32(row_y[i]) * gain + base
            b = row_b[i]
            r = row_r[i]
            out_r[i] = np.uint8(np.int32(min(max(y + r_from_r * r, low), high)))
            out_g[i] = np.uint8(np.int32(min(max(y + g_from_b * b + g_from_r * r, low), high)))
            out_b[i] = np.uint8(np.int32(min(max(y + b_from_b * b, low), high)))


PAD = 8
"""Room at each end of a line of changes, so that taps past the rectangle read zeros."""


@fast_kernel
def _has_any(support: AnyArray) -> bool:
    count = 0
    for i in range(support.shape[0]):
        count += support[i]
    return count > 0


@fast_kernel
def _change_lines(after: AnyArray, before: AnyArray, support: AnyArray, weights: AnyArray, lines: AnyArray) -> None:
    """Changes of one row in code values (Y, Cb, Cr), 0 outside the support."""
    line_y, line_b, line_r = lines[0, PAD:], lines[1, PAD:], lines[2, PAD:]
    y_red, y_green, y_blue = weights[0, 0], weights[0, 1], weights[0, 2]
    b_red, b_green, b_blue = weights[1, 0], weights[1, 1], weights[1, 2]
    r_red, r_green, r_blue = weights[2, 0], weights[2, 1], weights[2, 2]
    zero = np.float32(0.0)
    for i in range(support.shape[0]):
        keep = support[i]
        red = after[i, 0] - before[i, 0]
        green = after[i, 1] - before[i, 1]
        blue = after[i, 2] - before[i, 2]
        y = y_red * red + y_green * green + y_blue * blue
        b = b_red * red + b_green * green + b_blue * blue
        r = r_red * red + r_green * green + r_blue * blue
        line_y[i] = y if keep else zero
        line_b[i] = b if keep else zero
        line_r[i] = r if keep else zero


@fast_kernel
def add_row(samples: AnyArray, changes: AnyArray, top: int) -> None:
    """Add rounded changes to one row of integer samples."""
    half = np.float32(0.5)
    for i in range(samples.shape[0]):
        old = np.int32(samples[i])
        new = min(max(old + np.int32(np.floor(changes[i] + half)), 0), top)
        samples[i] = new if changes[i] != 0.0 else old


@fast_kernel
def _add_line(total: AnyArray, line: AnyArray, share: np.float32) -> None:
    for i in range(total.shape[0]):
        total[i] += share * line[i]


@fast_kernel
def _filter_across(source: AnyArray, shift: int, reach: AnyArray, share: AnyArray, out: AnyArray) -> None:
    """Chroma samples from a line of pixel changes; source[0] is the first position of out[0]'s own group,
    less `reach[0]`."""
    count = out.shape[0]
    if shift == 0:
        for c in range(count):
            out[c] = source[c]
    elif shift == 1 and reach[1] == 2:
        a, b = share[0], share[1]
        for c in range(count):
            out[c] = a * source[2 * c] + b * source[2 * c + 1]
    elif shift == 1:
        a, b, d = share[0], share[1], share[2]
        for c in range(count):
            out[c] = a * source[2 * c] + b * source[2 * c + 1] + d * source[2 * c + 2]
    else:
        for c in range(count):
            total = np.float32(0.0)
            for t in range(reach[1]):
                total += share[t] * source[(c << shift) + t]
            out[c] = total


@fast_kernel
def change_yuv(
    luma: AnyArray,
    blue: AnyArray,
    red: AnyArray,
    after: AnyArray,
    before: AnyArray,
    support: AnyArray,
    origin: AnyArray,
    reach_x: AnyArray,
    share_x: AnyArray,
    reach_y: AnyArray,
    share_y: AnyArray,
    shifts: AnyArray,
    weights: AnyArray,
    top: int,
) -> None:
    """Add after − before, as changes of code values, to whole planes at the rectangle of `support` (h, w).

    after, before (h, w, 3) R'G'B' 0..1. origin (x, y) of the rectangle. reach (first, taps) and share
    (taps,) of an axis: the luma positions, relative to its own first one, whose mean a chroma sample is.
    weights (3, 3): Y, Cb, Cr code values a unit of R, G, B. Samples whose change is 0 keep their value,
    legal or not.
    """
    height, width = support.shape
    rows, columns = blue.shape
    x0, y0 = origin[0], origin[1]
    first_row = max((y0 - reach_y[0] - reach_y[1] + 1) >> shifts[1], 0)
    last_row = min((y0 + height - 1 - reach_y[0]) >> shifts[1], rows - 1)
    first = max((x0 - reach_x[0] - reach_x[1] + 1) >> shifts[0], 0)
    last = min((x0 + width - 1 - reach_x[0]) >> shifts[0], columns - 1)
    offset = PAD + (first << shifts[0]) - x0 + reach_x[0]
    lines = np.zeros((3, width + 2 * PAD), np.float32)
    sums = np.zeros((2, width + 2 * PAD), np.float32)
    chroma = np.zeros(last + 1 - first, np.float32)
    held, held_found = -1, False
    for k in range(first_row, last_row + 1):
        found = False
        for t in range(reach_y[1]):
            j = (k << shifts[1]) + reach_y[0] + t - y0
            if j < 0 or j >= height:
                continue
            if j != held:
                held = j
                held_found = _has_any(support[j])
                if held_found:
                    _change_lines(after[j], before[j], support[j], weights, lines)
                    add_row(luma[y0 + j, x0 : x0 + width], lines[0, PAD:], top)
            if not held_found:
                continue
            if not found:
                sums[:] = 0.0
                found = True
            _add_line(sums[0], lines[1], share_y[t])
            _add_line(sums[1], lines[2], share_y[t])
        if found:
            _filter_across(sums[0, offset:], shifts[0], reach_x, share_x, chroma)
            add_row(blue[k, first : last + 1], chroma, top)
            _filter_across(sums[1, offset:], shifts[0], reach_x, share_x, chroma)
            add_row(red[k, first : last + 1], chroma, top)
