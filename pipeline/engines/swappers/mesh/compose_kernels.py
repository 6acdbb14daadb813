"""The engine's two passes over pixels: mattes on the drawing's grid, then one fused pass over the crop.

All log light works as a gain on the warped plate, out = (plate + 0.03) · exp(change) - 0.03, so a pixel without
change keeps its value exactly and values over 1 or under 0 survive. Both passes work on a band of rows.
"""

import math

import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.jit import fast_kernel

LOG_STEPS = 4096
LOG_TOP = 1.25
"""Logarithms up to this value come from a table of `LOG_STEPS` a unit, linearly interpolated (error < 1e-5)."""


def log_table(offset: float) -> NDArray[np.float32]:
    """ln(v + offset) for v = 0 … LOG_TOP."""
    values = np.arange(int(LOG_TOP * LOG_STEPS) + 2, dtype=np.float64) / LOG_STEPS
    return np.log(values + offset).astype(np.float32)


@fast_kernel
def blend_mattes(
    attributes: NDArray[np.float32],
    inside: NDArray[np.float32],
    occluded: NDArray[np.float32],
    mattes: NDArray[np.float32],
    origin_x: float,
    origin_y: float,
    scale: float,
    blink_right: float,
    blink_left: float,
    presence: float,
    row0: int,
    row1: int,
    out: NDArray[np.float32],
) -> None:
    """Mattes at the drawing's samples, rows [row0, row1).

    `attributes` (h, w, 7): u, v in texels of `mattes`, the warp (dx, dy) in pixels, tone shift r, g, b. `inside`
    (h, w): face silhouette without eyes and mouth. `occluded`: on the band grid; sample (x, y) of the drawing lies there at
    (origin + x · scale) plus the warp in its units. Writes `out` (h, w, 6): opacity, tone shift r, g, b, tone
    matte, fold matte.
    """
    texels = mattes.shape[0]
    rows, columns = occluded.shape
    for y in range(row0, row1):
        for x in range(attributes.shape[1]):
            for c in range(6):
                out[y, x, c] = 0.0
            cover = inside[y, x]
            u = attributes[y, x, 0]
            v = attributes[y, x, 1]
            if cover <= 0.0 or u < 0.0 or v < 0.0 or u > texels - 1 or v > texels - 1:
                continue
            iu = min(int(u), texels - 2)
            iv = min(int(v), texels - 2)
            fu = u - iu
            fv = v - iv
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
            left = mattes[iv, iu, 2] * w00 + mattes[iv, iu + 1, 2] * w01
            left += mattes[iv + 1, iu, 2] * w10 + mattes[iv + 1, iu + 1, 2] * w11
            folds = mattes[iv, iu, 3] * w00 + mattes[iv, iu + 1, 3] * w01
            folds += mattes[iv + 1, iu, 3] * w10 + mattes[iv + 1, iu + 1, 3] * w11
            ox = origin_x + x * scale + attributes[y, x, 2] * scale
            oy = origin_y + y * scale + attributes[y, x, 3] * scale
            jx = min(max(int(ox), 0), columns - 2)
            jy = min(max(int(oy), 0), rows - 2)
            gx = min(max(ox - jx, 0.0), 1.0)
            gy = min(max(oy - jy, 0.0), 1.0)
            before = (occluded[jy, jx] * (1 - gx) + occluded[jy, jx + 1] * gx) * (1 - gy)
            before += (occluded[jy + 1, jx] * (1 - gx) + occluded[jy + 1, jx + 1] * gx) * gy
            free = cover * (1 - before) * presence
            t = min(max((matte - 0.1) / 0.8, 0.0), 1.0)
            tone = t * t * (3 - 2 * t) * free
            out[y, x, 0] = matte * free * (1 - blink_right * right) * (1 - blink_left * left)
            out[y, x, 1] = attributes[y, x, 4] * tone
            out[y, x, 2] = attributes[y, x, 5] * tone
            out[y, x, 3] = attributes[y, x, 6] * tone
            out[y, x, 4] = tone
            out[y, x, 5] = folds


@fast_kernel
def compose(
    crop: NDArray[np.float32],
    attributes: NDArray[np.float32],
    blends: NDArray[np.float32],
    step: int,
    bands: NDArray[np.float32],
    band_step: int,
    detail: NDArray[np.float32],
    uv_scale: float,
    logarithms: NDArray[np.float32],
    grain: float,
    smear_x: float,
    smear_y: float,
    taps: int,
    row0: int,
    row1: int,
    colour: NDArray[np.float32],
    opacity: NDArray[np.float32],
    support: NDArray[np.bool_],
) -> None:
    """The result's pixels, rows [row0, row1).

    `crop` (h, w, 3). `attributes` and `blends` stand every `step` pixels (see `blend_mattes`). `bands` (., ., 6)
    stand every `band_step` pixels of the plate: slow light r, g, b, middle luma, what the performance adds to the
    detail inside and outside the fold matte. `detail` is sampled at u, v times `uv_scale`, `taps` times along the
    smear (pixels).
    """
    height, width = crop.shape[0], crop.shape[1]
    grid_rows, grid_columns = attributes.shape[0], attributes.shape[1]
    band_rows, band_columns = bands.shape[0], bands.shape[1]
    texels = detail.shape[0]
    inverse = np.float32(1.0 / step)
    band_inverse = np.float32(1.0 / band_step)
    half = np.float32(0.5)
    one = np.float32(1.0)
    zero = np.float32(0.0)
    offset = np.float32(0.03)
    for y in range(row0, row1):
        py = (np.float32(y) + half) * inverse - half
        py = min(max(py, zero), np.float32(grid_rows - 1))
        iy = min(int(py), max(grid_rows - 2, 0))
        fy = py - np.float32(iy)
        iy1 = min(iy + 1, grid_rows - 1)
        for x in range(width):
            px = (np.float32(x) + half) * inverse - half
            px = min(max(px, zero), np.float32(grid_columns - 1))
            ix = min(int(px), max(grid_columns - 2, 0))
            fx = px - np.float32(ix)
            ix1 = min(ix + 1, grid_columns - 1)
            a00 = (one - fx) * (one - fy)
            a01 = fx * (one - fy)
            a10 = (one - fx) * fy
            a11 = fx * fy
            dx = attributes[iy, ix, 2] * a00 + attributes[iy, ix1, 2] * a01
            dx += attributes[iy1, ix, 2] * a10 + attributes[iy1, ix1, 2] * a11
            dy = attributes[iy, ix, 3] * a00 + attributes[iy, ix1, 3] * a01
            dy += attributes[iy1, ix, 3] * a10 + attributes[iy1, ix1, 3] * a11
            alpha = blends[iy, ix, 0] * a00 + blends[iy, ix1, 0] * a01
            alpha += blends[iy1, ix, 0] * a10 + blends[iy1, ix1, 0] * a11
            tone = blends[iy, ix, 4] * a00 + blends[iy, ix1, 4] * a01
            tone += blends[iy1, ix, 4] * a10 + blends[iy1, ix1, 4] * a11
            moved = abs(dx) > 2e-3 or abs(dy) > 2e-3
            opacity[y, x] = alpha
            if not moved and alpha < 1e-3 and tone < 1e-3:
                for c in range(3):
                    colour[y, x, c] = crop[y, x, c]
                opacity[y, x] = 0.0
                support[y, x] = False
                continue
            support[y, x] = True
            red = crop[y, x, 0]
            green = crop[y, x, 1]
            blue = crop[y, x, 2]
            if moved:
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
            if alpha < 1e-3 and tone < 1e-3:
                colour[y, x, 0] = red
                colour[y, x, 1] = green
                colour[y, x, 2] = blue
                continue
            shift0 = blends[iy, ix, 1] * a00 + blends[iy, ix1, 1] * a01
            shift0 += blends[iy1, ix, 1] * a10 + blends[iy1, ix1, 1] * a11
            shift1 = blends[iy, ix, 2] * a00 + blends[iy, ix1, 2] * a01
            shift1 += blends[iy1, ix, 2] * a10 + blends[iy1, ix1, 2] * a11
            shift2 = blends[iy, ix, 3] * a00 + blends[iy, ix1, 3] * a01
            shift2 += blends[iy1, ix, 3] * a10 + blends[iy1, ix1, 3] * a11
            if alpha >= 1e-3:
                folds = blends[iy, ix, 5] * a00 + blends[iy, ix1, 5] * a01
                folds += blends[iy1, ix, 5] * a10 + blends[iy1, ix1, 5] * a11
                bx = (np.float32(x) + dx + half) * band_inverse - half
                by = (np.float32(y) + dy + half) * band_inverse - half
                bx = min(max(bx, zero), np.float32(band_columns - 1))
                by = min(max(by, zero), np.float32(band_rows - 1))
                jx = min(int(bx), max(band_columns - 2, 0))
                jy = min(int(by), max(band_rows - 2, 0))
                gx = bx - np.float32(jx)
                gy = by - np.float32(jy)
                jx1 = min(jx + 1, band_columns - 1)
                jy1 = min(jy + 1, band_rows - 1)
                b00 = (one - gx) * (one - gy)
                b01 = gx * (one - gy)
                b10 = (one - gx) * gy
                b11 = gx * gy
                low0 = bands[jy, jx, 0] * b00 + bands[jy, jx1, 0] * b01
                low0 += bands[jy1, jx, 0] * b10 + bands[jy1, jx1, 0] * b11
                low1 = bands[jy, jx, 1] * b00 + bands[jy, jx1, 1] * b01
                low1 += bands[jy1, jx, 1] * b10 + bands[jy1, jx1, 1] * b11
                low2 = bands[jy, jx, 2] * b00 + bands[jy, jx1, 2] * b01
                low2 += bands[jy1, jx, 2] * b10 + bands[jy1, jx1, 2] * b11
                middle = bands[jy, jx, 3] * b00 + bands[jy, jx1, 3] * b01
                middle += bands[jy1, jx, 3] * b10 + bands[jy1, jx1, 3] * b11
                fold = bands[jy, jx, 4] * b00 + bands[jy, jx1, 4] * b01
                fold += bands[jy1, jx, 4] * b10 + bands[jy1, jx1, 4] * b11
                spark = bands[jy, jx, 5] * b00 + bands[jy, jx1, 5] * b01
                spark += bands[jy1, jx, 5] * b10 + bands[jy1, jx1, 5] * b11
                d0 = zero
                d1 = zero
                d2 = zero
                for n in range(taps):
                    u = zero
                    v = zero
                    if taps == 1:
                        u = attributes[iy, ix, 0] * a00 + attributes[iy, ix1, 0] * a01
                        u += attributes[iy1, ix, 0] * a10 + attributes[iy1, ix1, 0] * a11
                        v = attributes[iy, ix, 1] * a00 + attributes[iy, ix1, 1] * a01
                        v += attributes[iy1, ix, 1] * a10 + attributes[iy1, ix1, 1] * a11
                    else:
                        along = np.float32(n) / np.float32(taps - 1) - half
                        mx = min(max(px + along * np.float32(smear_x) * inverse, zero), np.float32(grid_columns - 1))
                        my = min(max(py + along * np.float32(smear_y) * inverse, zero), np.float32(grid_rows - 1))
                        hx = min(int(mx), max(grid_columns - 2, 0))
                        hy = min(int(my), max(grid_rows - 2, 0))
                        ex = mx - np.float32(hx)
                        ey = my - np.float32(hy)
                        hx1 = min(hx + 1, grid_columns - 1)
                        hy1 = min(hy + 1, grid_rows - 1)
                        u = (attributes[hy, hx, 0] * (one - ex) + attributes[hy, hx1, 0] * ex) * (one - ey)
                        u += (attributes[hy1, hx, 0] * (one - ex) + attributes[hy1, hx1, 0] * ex) * ey
                        v = (attributes[hy, hx, 1] * (one - ex) + attributes[hy, hx1, 1] * ex) * (one - ey)
                        v += (attributes[hy1, hx, 1] * (one - ex) + attributes[hy1, hx1, 1] * ex) * ey
                    u = min(max(u * np.float32(uv_scale), zero), np.float32(texels - 1.001))
                    v = min(max(v * np.float32(uv_scale), zero), np.float32(texels - 1.001))
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
                added = (fold + (luma - middle) * np.float32(grain)) * folds + spark
                shift0 += alpha * (d0 * share + added - own0)
                shift1 += alpha * (d1 * share + added - own1)
                shift2 += alpha * (d2 * share + added - own2)
            colour[y, x, 0] = (red + offset) * math.exp(shift0) - offset
            colour[y, x, 1] = (green + offset) * math.exp(shift1) - offset
            colour[y, x, 2] = (blue + offset) * math.exp(shift2) - offset


@fast_kernel
def _log(value: np.float32, table: NDArray[np.float32]) -> np.float32:
    place = value * np.float32(4096.0)
    if place <= np.float32(0.0):
        return table[0]
    if place >= np.float32(table.shape[0] - 1):
        return np.float32(math.log(value + np.float32(0.03)))
    i = int(place)
    f = place - np.float32(i)
    return table[i] + f * (table[i + 1] - table[i])
