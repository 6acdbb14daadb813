"""The engine's passes over pixels: mattes on the drawing's grid, the plate moved, the identity on top.

All log light works as a gain on the warped plate, out = (plate + 0.03) · exp(change) - 0.03, so a pixel without
change keeps its value exactly and values over 1 or under 0 survive. The passes work on bands of rows.
"""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.jit import fast_kernel

DEEPEST_FOLD, BRIGHTEST_FOLD = -0.5, 0.12
"""Limits of a fold: it may darken freely, but a brighter middle band is mostly light that moved."""
FOLD_RED, FOLD_BLUE = 0.88, 1.12
"""A fold's colour in log light, green being 1: skin in shade turns warmer. Measured on the smiles and frowns of two
performers, alike within 0.03."""


@fast_kernel
def show_face(index: NDArray[np.int32], count: int, left: int, top: int, out: NDArray[np.uint8]) -> None:
    """255 where the drawing shows one of the first `count` triangles: `out` (h, w), its corner at (left, top)."""
    for y in range(out.shape[0]):
        for x in range(out.shape[1]):
            t = index[top + y, left + x]
            out[y, x] = 255 if 0 <= t < count else 0


@fast_kernel
def paint_face(
    index: NDArray[np.int32],
    weights: NDArray[np.float32],
    triangles: NDArray[np.int32],
    vertices: NDArray[np.float32],
    warp: NDArray[np.float32],
    left: int,
    top: int,
    shown: NDArray[np.uint8],
    mattes: NDArray[np.float32],
    occluded: NDArray[np.float32],
    origin_x: float,
    origin_y: float,
    step: float,
    band_step: float,
    blink_right: float,
    blink_left: float,
    presence: float,
    row0: int,
    row1: int,
    out: NDArray[np.float32],
) -> None:
    """What the face gets at the drawing's samples, rows [row0, row1) of `out` (h, w, 9), its corner at (left, top).

    `vertices` (n, 5): u, v in texels of `mattes`, tone shift r, g, b. `shown` (3, h, w): soft mattes of silhouette,
    eyes and mouth. `occluded` stands every `band_step` pixels from (`origin_x`, `origin_y`), the drawing every
    `step`, both in pixels of the crop. Writes u, v, opacity, tone shift r, g, b, tone matte, fold matte, grain matte.
    """
    texels = mattes.shape[0]
    rows, columns = occluded.shape
    for y in range(row0, row1):
        for x in range(out.shape[1]):
            for c in range(9):
                out[y, x, c] = 0.0
            t = index[top + y, left + x]
            if t < 0:
                continue
            a = triangles[t, 0]
            b = triangles[t, 1]
            c0 = triangles[t, 2]
            wb = weights[top + y, left + x, 0]
            wc = weights[top + y, left + x, 1]
            wa = np.float32(1.0) - wb - wc
            u = wa * vertices[a, 0] + wb * vertices[b, 0] + wc * vertices[c0, 0]
            v = wa * vertices[a, 1] + wb * vertices[b, 1] + wc * vertices[c0, 1]
            out[y, x, 0] = u
            out[y, x, 1] = v
            cover = _smoothstep(shown[0, y, x] * np.float32(1 / 255), np.float32(0.35), np.float32(1.0))
            if cover <= 0.0 or u < 0.0 or v < 0.0 or u > texels - 1 or v > texels - 1:
                continue
            iu = min(int(u), texels - 2)
            iv = min(int(v), texels - 2)
            fu = u - np.float32(iu)
            fv = v - np.float32(iv)
            w00 = (1 - fu) * (1 - fv)
            w01 = fu * (1 - fv)
            w10 = (1 - fu) * fv
            w11 = fu * fv
            matte = mattes[iv, iu, 0] * w00 + mattes[iv, iu + 1, 0] * w01
            matte += mattes[iv + 1, iu, 0] * w10 + mattes[iv + 1, iu + 1, 0] * w11
            if matte <= 0.0:
                continue
            right = mattes[iv, iu, 1] * w00 + mattes[iv, iu + 1, 1] * w01
            right += mattes[iv + 1, iu, 1] * w10 + mattes[iv + 1, iu + 1, 1] * w11
            left_lid = mattes[iv, iu, 2] * w00 + mattes[iv, iu + 1, 2] * w01
            left_lid += mattes[iv + 1, iu, 2] * w10 + mattes[iv + 1, iu + 1, 2] * w11
            folds = mattes[iv, iu, 3] * w00 + mattes[iv, iu + 1, 3] * w01
            folds += mattes[iv + 1, iu, 3] * w10 + mattes[iv + 1, iu + 1, 3] * w11
            grain = mattes[iv, iu, 4] * w00 + mattes[iv, iu + 1, 4] * w01
            grain += mattes[iv + 1, iu, 4] * w10 + mattes[iv + 1, iu + 1, 4] * w11
            ox = ((left + x + 0.5) * step + warp[top + y, left + x, 0] - origin_x) / band_step - 0.5
            oy = ((top + y + 0.5) * step + warp[top + y, left + x, 1] - origin_y) / band_step - 0.5
            jx = min(max(int(ox), 0), columns - 2)
            jy = min(max(int(oy), 0), rows - 2)
            gx = min(max(ox - jx, 0.0), 1.0)
            gy = min(max(oy - jy, 0.0), 1.0)
            before = (occluded[jy, jx] * (1 - gx) + occluded[jy, jx + 1] * gx) * (1 - gy)
            before += (occluded[jy + 1, jx] * (1 - gx) + occluded[jy + 1, jx + 1] * gx) * gy
            eye = _smoothstep(shown[1, y, x] * np.float32(1 / 255), np.float32(0.15), np.float32(0.75))
            mouth = _smoothstep(shown[2, y, x] * np.float32(1 / 255), np.float32(0.10), np.float32(0.60))
            free = cover * (1 - before) * (1 - eye) * (1 - mouth) * presence
            tone = _smoothstep(matte, np.float32(0.1), np.float32(0.9)) * free
            out[y, x, 2] = matte * free * (1 - blink_right * right) * (1 - blink_left * left_lid)
            for c in range(3):
                shift = wa * vertices[a, 2 + c] + wb * vertices[b, 2 + c] + wc * vertices[c0, 2 + c]
                out[y, x, 3 + c] = shift * tone
            out[y, x, 6] = tone
            out[y, x, 7] = folds
            out[y, x, 8] = grain


@fast_kernel
def warp_pixels(
    crop: NDArray[np.float32],
    warp: NDArray[np.float32],
    step: int,
    row0: int,
    row1: int,
    colour: NDArray[np.float32],
    support: NDArray[np.bool_],
) -> None:
    """The plate moved: rows [row0, row1) of `colour` and of `support`, where it moved.

    `warp` (., ., 2), pixels, stands every `step` pixels of `crop` (h, w, 3). Catmull-Rom interpolation; a pixel that
    does not move keeps its value exactly.
    """
    height, width = crop.shape[0], crop.shape[1]
    grid_rows, grid_columns = warp.shape[0], warp.shape[1]
    inverse = np.float32(1.0) / np.float32(step)
    half = np.float32(0.5)
    one = np.float32(1.0)
    zero = np.float32(0.0)
    still = np.float32(2e-3)
    line = np.empty((grid_columns, 2), np.float32)
    for y in range(row0, row1):
        py = min(max((np.float32(y) + half) * inverse - half, zero), np.float32(grid_rows - 1))
        iy = int(py)
        fy = py - np.float32(iy)
        iy1 = min(iy + 1, grid_rows - 1)
        for g in range(grid_columns):
            line[g, 0] = warp[iy, g, 0] + fy * (warp[iy1, g, 0] - warp[iy, g, 0])
            line[g, 1] = warp[iy, g, 1] + fy * (warp[iy1, g, 1] - warp[iy, g, 1])
        for x in range(width):
            if step == 1:
                dx = line[x, 0]
                dy = line[x, 1]
            else:
                px = min(max((np.float32(x) + half) * inverse - half, zero), np.float32(grid_columns - 1))
                ix = int(px)
                fx = px - np.float32(ix)
                ix1 = min(ix + 1, grid_columns - 1)
                dx = line[ix, 0] + fx * (line[ix1, 0] - line[ix, 0])
                dy = line[ix, 1] + fx * (line[ix1, 1] - line[ix, 1])
            if abs(dx) <= still and abs(dy) <= still:
                colour[y, x, 0] = crop[y, x, 0]
                colour[y, x, 1] = crop[y, x, 1]
                colour[y, x, 2] = crop[y, x, 2]
                support[y, x] = False
                continue
            support[y, x] = True
            sx = min(max(np.float32(x) + dx, zero), np.float32(width - 1))
            sy = min(max(np.float32(y) + dy, zero), np.float32(height - 1))
            kx = int(sx)
            ky = int(sy)
            tx = sx - np.float32(kx)
            ty = sy - np.float32(ky)
            x0 = max(kx - 1, 0)
            x2 = min(kx + 1, width - 1)
            x3 = min(kx + 2, width - 1)
            p0 = ((-half * tx + one) * tx - half) * tx
            p1 = (np.float32(1.5) * tx - np.float32(2.5)) * tx * tx + one
            p2 = ((np.float32(-1.5) * tx + np.float32(2.0)) * tx + half) * tx
            p3 = (half * tx - half) * tx * tx
            q0 = ((-half * ty + one) * ty - half) * ty
            q1 = (np.float32(1.5) * ty - np.float32(2.5)) * ty * ty + one
            q2 = ((np.float32(-1.5) * ty + np.float32(2.0)) * ty + half) * ty
            q3 = (half * ty - half) * ty * ty
            red = zero
            green = zero
            blue = zero
            for n in range(4):
                row = min(max(ky - 1 + n, 0), height - 1)
                q = q0 if n == 0 else (q1 if n == 1 else (q2 if n == 2 else q3))
                red += q * (
                    p0 * crop[row, x0, 0] + p1 * crop[row, kx, 0] + p2 * crop[row, x2, 0] + p3 * crop[row, x3, 0]
                )
                green += q * (
                    p0 * crop[row, x0, 1] + p1 * crop[row, kx, 1] + p2 * crop[row, x2, 1] + p3 * crop[row, x3, 1]
                )
                blue += q * (
                    p0 * crop[row, x0, 2] + p1 * crop[row, kx, 2] + p2 * crop[row, x2, 2] + p3 * crop[row, x3, 2]
                )
            colour[y, x, 0] = red
            colour[y, x, 1] = green
            colour[y, x, 2] = blue


@fast_kernel
def paint_pixels(
    paint: NDArray[np.float32],
    paint_left: int,
    paint_top: int,
    warp: NDArray[np.float32],
    step: int,
    bands: NDArray[np.float32],
    band_step: int,
    band_x: float,
    band_y: float,
    detail: NDArray[np.float32],
    uv_scale: float,
    logarithms: NDArray[np.float32],
    grain: float,
    wrinkles: float,
    smear_x: float,
    smear_y: float,
    taps: int,
    row0: int,
    row1: int,
    colour: NDArray[np.float32],
    opacity: NDArray[np.float32],
    support: NDArray[np.bool_],
) -> None:
    """The identity on the moved plate, in place: rows [row0, row1) of `colour`, as far as `paint` covers them.

    `paint` (see `paint_face`) and `warp` stand every `step` pixels, paint's corner at drawing sample (`paint_left`,
    `paint_top`). `bands` (., ., 6) stand every `band_step` pixels from (`band_x`, `band_y`) of the crop: slow light
    r, g, b, middle luma, its calm state, gloss. A fold is the middle band beyond calm, inside the fold matte; gloss
    lets the plate's bright marks through whole. `detail` is sampled at u, v
    times `uv_scale`, `taps` times along the smear (pixels).
    """
    width = colour.shape[1]
    paint_rows, paint_columns = paint.shape[0], paint.shape[1]
    grid_rows = warp.shape[0]
    band_rows, band_columns = bands.shape[0], bands.shape[1]
    last_texel = np.float32(detail.shape[0]) - np.float32(1.001)
    inverse = np.float32(1.0) / np.float32(step)
    band_inverse = np.float32(1.0) / np.float32(band_step)
    half = np.float32(0.5)
    one = np.float32(1.0)
    zero = np.float32(0.0)
    least = np.float32(1e-3)
    offset = np.float32(0.03)
    deepest = np.float32(DEEPEST_FOLD)
    brightest = np.float32(BRIGHTEST_FOLD)
    tint0 = np.float32(FOLD_RED)
    tint2 = np.float32(FOLD_BLUE)
    line = np.empty((paint_columns, 11), np.float32)
    x_end = min(width, (paint_left + paint_columns) * step)
    for y in range(max(row0, paint_top * step), min(row1, (paint_top + paint_rows) * step)):
        py = min(max((np.float32(y) + half) * inverse - half, zero), np.float32(grid_rows - 1))
        gy = int(py)
        fy = py - np.float32(gy)
        iy = min(max(gy - paint_top, 0), paint_rows - 1)
        iy1 = min(max(gy + 1 - paint_top, 0), paint_rows - 1)
        gy1 = min(gy + 1, grid_rows - 1)
        for g in range(paint_columns):
            for c in range(9):
                line[g, c] = paint[iy, g, c] + fy * (paint[iy1, g, c] - paint[iy, g, c])
            for c in range(2):
                upper = warp[gy, paint_left + g, c]
                line[g, 9 + c] = upper + fy * (warp[gy1, paint_left + g, c] - upper)
        for x in range(paint_left * step, x_end):
            ix = x - paint_left
            ix1 = ix
            fx = zero
            if step > 1:
                px = max((np.float32(x) + half) * inverse - half, zero)
                ix = int(px)
                fx = px - np.float32(ix)
                ix = min(max(ix - paint_left, 0), paint_columns - 1)
                ix1 = min(ix + 1, paint_columns - 1)
            alpha = line[ix, 2] + fx * (line[ix1, 2] - line[ix, 2])
            tone = line[ix, 6] + fx * (line[ix1, 6] - line[ix, 6])
            if alpha < least and tone < least:
                continue
            shift0 = line[ix, 3] + fx * (line[ix1, 3] - line[ix, 3])
            shift1 = line[ix, 4] + fx * (line[ix1, 4] - line[ix, 4])
            shift2 = line[ix, 5] + fx * (line[ix1, 5] - line[ix, 5])
            red = colour[y, x, 0]
            green = colour[y, x, 1]
            blue = colour[y, x, 2]
            if alpha >= least:
                dx = line[ix, 9] + fx * (line[ix1, 9] - line[ix, 9])
                dy = line[ix, 10] + fx * (line[ix1, 10] - line[ix, 10])
                folds = (line[ix, 7] + fx * (line[ix1, 7] - line[ix, 7])) * np.float32(wrinkles)
                kept = (line[ix, 8] + fx * (line[ix1, 8] - line[ix, 8])) * np.float32(grain)
                bx = (np.float32(x) + dx + half - np.float32(band_x)) * band_inverse - half
                by = (np.float32(y) + dy + half - np.float32(band_y)) * band_inverse - half
                bx = min(max(bx, zero), np.float32(band_columns) - np.float32(1.001))
                by = min(max(by, zero), np.float32(band_rows) - np.float32(1.001))
                jx = int(bx)
                jy = int(by)
                ex = bx - np.float32(jx)
                ey = by - np.float32(jy)
                b00 = (one - ex) * (one - ey)
                b01 = ex * (one - ey)
                b10 = (one - ex) * ey
                b11 = ex * ey
                upper = bands[jy, jx, 0] * b00 + bands[jy, jx + 1, 0] * b01
                low0 = upper + bands[jy + 1, jx, 0] * b10 + bands[jy + 1, jx + 1, 0] * b11
                upper = bands[jy, jx, 1] * b00 + bands[jy, jx + 1, 1] * b01
                low1 = upper + bands[jy + 1, jx, 1] * b10 + bands[jy + 1, jx + 1, 1] * b11
                upper = bands[jy, jx, 2] * b00 + bands[jy, jx + 1, 2] * b01
                low2 = upper + bands[jy + 1, jx, 2] * b10 + bands[jy + 1, jx + 1, 2] * b11
                upper = bands[jy, jx, 3] * b00 + bands[jy, jx + 1, 3] * b01
                middle = upper + bands[jy + 1, jx, 3] * b10 + bands[jy + 1, jx + 1, 3] * b11
                upper = bands[jy, jx, 4] * b00 + bands[jy, jx + 1, 4] * b01
                calm = upper + bands[jy + 1, jx, 4] * b10 + bands[jy + 1, jx + 1, 4] * b11
                upper = bands[jy, jx, 5] * b00 + bands[jy, jx + 1, 5] * b01
                glossy = upper + bands[jy + 1, jx, 5] * b10 + bands[jy + 1, jx + 1, 5] * b11
                d0 = zero
                d1 = zero
                d2 = zero
                u = (line[ix, 0] + fx * (line[ix1, 0] - line[ix, 0])) * np.float32(uv_scale)
                v = (line[ix, 1] + fx * (line[ix1, 1] - line[ix, 1])) * np.float32(uv_scale)
                for n in range(taps):
                    if taps > 1:
                        along = (np.float32(n) / np.float32(taps - 1) - half) * inverse
                        sx = int((np.float32(x) + half) * inverse + along * np.float32(smear_x)) - paint_left
                        sy = int((np.float32(y) + half) * inverse + along * np.float32(smear_y)) - paint_top
                        sx = min(max(sx, 0), paint_columns - 1)
                        sy = min(max(sy, 0), paint_rows - 1)
                        u = paint[sy, sx, 0] * np.float32(uv_scale)
                        v = paint[sy, sx, 1] * np.float32(uv_scale)
                    u = min(max(u, zero), last_texel)
                    v = min(max(v, zero), last_texel)
                    iu = int(u)
                    iv = int(v)
                    fu = u - np.float32(iu)
                    fv = v - np.float32(iv)
                    c00 = (one - fu) * (one - fv)
                    c01 = fu * (one - fv)
                    c10 = (one - fu) * fv
                    c11 = fu * fv
                    d0 += detail[iv, iu, 0] * c00 + detail[iv, iu + 1, 0] * c01
                    d0 += detail[iv + 1, iu, 0] * c10 + detail[iv + 1, iu + 1, 0] * c11
                    d1 += detail[iv, iu, 1] * c00 + detail[iv, iu + 1, 1] * c01
                    d1 += detail[iv + 1, iu, 1] * c10 + detail[iv + 1, iu + 1, 1] * c11
                    d2 += detail[iv, iu, 2] * c00 + detail[iv, iu + 1, 2] * c01
                    d2 += detail[iv + 1, iu, 2] * c10 + detail[iv + 1, iu + 1, 2] * c11
                share = one / np.float32(taps)
                own0 = _log(red, logarithms) - low0
                own1 = _log(green, logarithms) - low1
                own2 = _log(blue, logarithms) - low2
                luma = (own0 + own1 + own2) * np.float32(1.0 / 3.0)
                fold = min(max(middle - calm, deepest), brightest) * folds
                grainy = (luma - middle) * kept
                glint = max(luma - max(calm, zero) - fold - grainy, zero) * glossy + grainy
                shift0 += alpha * (d0 * share + fold * tint0 + glint - own0)
                shift1 += alpha * (d1 * share + fold + glint - own1)
                shift2 += alpha * (d2 * share + fold * tint2 + glint - own2)
            colour[y, x, 0] = (red + offset) * _exp(shift0) - offset
            colour[y, x, 1] = (green + offset) * _exp(shift1) - offset
            colour[y, x, 2] = (blue + offset) * _exp(shift2) - offset
            opacity[y, x] = alpha
            support[y, x] = True


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


@fast_kernel
def _exp(x: np.float32) -> np.float32:
    """e^x within 2e-5 for |x| ≤ 4: Taylor's series at x / 8, raised to the eighth power."""
    x = min(max(x, np.float32(-4.0)), np.float32(4.0)) * np.float32(0.125)
    series = np.float32(1 / 24) + x * (np.float32(1 / 120) + x * np.float32(1 / 720))
    series = np.float32(1.0) + x * (np.float32(1.0) + x * (np.float32(0.5) + x * (np.float32(1 / 6) + x * series)))
    square = series * series
    fourth = square * square
    return fourth * fourth


@fast_kernel
def _smoothstep(x: np.float32, low: np.float32, high: np.float32) -> np.float32:
    t = min(max((x - low) / (high - low), np.float32(0.0)), np.float32(1.0))
    return t * t * (np.float32(3.0) - np.float32(2.0) * t)
