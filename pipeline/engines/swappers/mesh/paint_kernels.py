"""The paint: what the face gets, at the samples of the drawing."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.jit import fast_kernel
from pipeline.imaging.lane_kernels import bilinear_four

Floats = NDArray[np.float32]

DEEPEST_FOLD, BRIGHTEST_FOLD, SLIGHT_FOLD, COVER, EYE, MOUTH, TONE, DEEP_FOLD = 0, 1, 2, 3, 5, 7, 9, 11
"""Places in `limits` of `paint_face`: what a fold may do, and the square of what is hardly one; then pairs, from where
on, and at what pace, the soft mattes of silhouette, eyes and mouth count, the edge's matte for tone, and a fold's
depth for showing the performer's own skin."""


@fast_kernel
def lay_chart(
    index: NDArray[np.int32],
    weights: Floats,
    triangles: NDArray[np.int32],
    places: Floats,
    count: int,
    left: int,
    top: int,
    row0: int,
    row1: int,
    chart: Floats,
    shown: NDArray[np.uint8],
) -> None:
    """The drawing's first `count` triangles: rows [row0, row1) of `chart` (≥ 2, h, w), their corner at (left, top).

    Writes the u, v of the vertices' `places` (n, 2), 0 where nothing is shown, and `shown` (h, w), 255 or 0.
    """
    for y in range(row0, row1):
        for x in range(shown.shape[1]):
            t = index[top + y, left + x]
            if t < 0 or t >= count:
                chart[0, y, x] = 0.0
                chart[1, y, x] = 0.0
                shown[y, x] = 0
                continue
            corner = np.uint64(t)
            a, b, c = np.uint64(triangles[corner, 0]), np.uint64(triangles[corner, 1]), np.uint64(triangles[corner, 2])
            wb, wc = weights[top + y, left + x, 0], weights[top + y, left + x, 1]
            wa = np.float32(1.0) - wb - wc
            chart[0, y, x] = wa * places[a, 0] + wb * places[b, 0] + wc * places[c, 0]
            chart[1, y, x] = wa * places[a, 1] + wb * places[b, 1] + wc * places[c, 1]
            shown[y, x] = 255


@fast_kernel
def find_tears(
    chart: Floats, shown: NDArray[np.uint8], cover: float, eye: float, mouth: float, jump: float,
    out: NDArray[np.uint8],
) -> None:  # fmt: skip
    """255 where one part of the face is shown beside another, else 0: `out` (h, w), which comes in as zeros.

    Between neighbouring samples of one surface u, v of `chart` (≥ 2, h, w) change by less than `jump`. Looked for
    where `shown` (3, h, w), soft mattes of silhouette, eyes and mouth, lets the face be painted: above `cover`, below
    `eye` and `mouth`, of 255.
    """
    limit = np.float32(jump)
    rows, columns = out.shape
    for y in range(rows - 1):
        for x in range(columns - 1):
            if shown[0, y, x] <= cover:
                continue
            u, v = chart[0, y, x], chart[1, y, x]
            across = abs(chart[0, y, x + 1] - u) + abs(chart[1, y, x + 1] - v) > limit
            down = abs(chart[0, y + 1, x] - u) + abs(chart[1, y + 1, x] - v) > limit
            if not (across or down) or shown[1, y, x] >= eye or shown[2, y, x] >= mouth:
                continue
            out[y, x] = 255
            if across:
                out[y, x + 1] = 255
            if down:
                out[y + 1, x] = 255


@fast_kernel
def paint_face(
    index: NDArray[np.int32], weights: Floats, triangles: NDArray[np.int32], vertices: Floats,
    left: int, top: int, warp: Floats, step: int,
    shown: NDArray[np.uint8], mattes: Floats, broad: Floats,
    low: Floats, small: Floats, band_x: int, band_y: int, band_step: int,
    edges: Floats, edges_left: int, edges_top: int,
    shade: Floats, blinks: Floats, gains: Floats, limits: Floats,
    row0: int, row1: int, out: Floats,
) -> None:  # fmt: skip
    """Rows [row0, row1) of the paint `out` (10, h, w), planes as `compose_kernels` names them, corner at (left, top).

    `vertices` (n, 6): tone shift r, g, b, share that faces the camera, share that is the performer's, share that is
    nothing but theirs. `shown` (4, h, w): soft mattes of silhouette, eyes, mouth and tears. `mattes` (size, size, 6) as
    `Textures` has them and `broad` (size, size, 4) as `Paint`, at the u, v that stand in `out`. The bands (`low` of
    `PlateBands`; `small` (h, w, 4): the middle band, its calm state, the gloss kept, what is occluded) stand every
    `band_step` pixels from (`band_x`, `band_y`) of the crop, the drawing every `step`, and `warp` (2, ., .)
    leads there, in pixels. `edges` (h, w, 3), from the paint's (`edges_left`, `edges_top`) on: detail where none can
    be read (`soft_edges`). `shade` (3,): a fold's colour; `blinks` (2,): right, left; `gains` (4,): of all, of grain,
    of folds, of `broad`; `limits` by their names above. Writes what is not zero.
    """
    one, zero, half = np.float32(1.0), np.float32(0.0), np.float32(0.5)
    byte = np.float32(1 / 255)
    cover_from, cover_pace, eye_from, eye_pace = limits[COVER], limits[COVER + 1], limits[EYE], limits[EYE + 1]
    mouth_from, mouth_pace, tone_from, tone_pace = limits[MOUTH], limits[MOUTH + 1], limits[TONE], limits[TONE + 1]
    texels, wide, slow, quick = mattes.reshape(-1), broad.reshape(-1), low.reshape(-1), small.reshape(-1)
    size, six, columns, four = np.uint64(len(mattes)), np.uint64(6), np.uint64(low.shape[1]), np.uint64(4)
    end = np.float32(len(mattes) - 1)
    inverse, pitch = one / np.float32(band_step), np.float32(step)
    right, bottom = np.float32(low.shape[1]) - np.float32(1.001), np.float32(low.shape[0]) - np.float32(1.001)
    for y in range(row0, row1):
        for x in range(out.shape[2]):
            cover = _smoothstep(np.float32(shown[0, y, x]) * byte, cover_from, cover_pace)
            u, v = out[0, y, x], out[1, y, x]
            if cover <= zero or u < zero or v < zero or u > end or v > end:
                continue
            i, j, fx, fy = _place(min(u, end - np.float32(0.001)), min(v, end - np.float32(0.001)))
            at = (j * size + i) * six
            matte, lid, known, folds = bilinear_four(texels, at, six, size * six, fx, fy)
            t = index[top + y, left + x]
            if matte <= zero or t < 0:
                continue
            bx = ((np.float32(left + x) + half) * pitch + warp[0, top + y, left + x] - np.float32(band_x)) * inverse
            by = ((np.float32(top + y) + half) * pitch + warp[1, top + y, left + x] - np.float32(band_y)) * inverse
            p, q, px, py = _place(min(max(bx - half, zero), right), min(max(by - half, zero), bottom))
            there = (q * columns + p) * four
            now, calm, gloss, occluded = bilinear_four(quick, there, four, columns * four, px, py)
            eye = _smoothstep(np.float32(shown[1, y, x]) * byte, eye_from, eye_pace)
            mouth = _smoothstep(np.float32(shown[2, y, x]) * byte, mouth_from, mouth_pace)
            free = cover * (one - occluded) * (one - eye) * (one - mouth) * gains[0]
            tone, whole = _smoothstep(matte, tone_from, tone_pace) * free, matte * known * free
            corner = np.uint64(t)
            a, b, c0 = np.uint64(triangles[corner, 0]), np.uint64(triangles[corner, 1]), np.uint64(triangles[corner, 2])
            wb, wc = weights[top + y, left + x, 0], weights[top + y, left + x, 1]
            wa = one - wb - wc
            _, _, grain, opened = bilinear_four(texels, at + np.uint64(2), six, size * six, fx, fy)
            alpha = (one - blinks[0] * max(lid, zero)) * (one - blinks[1] * max(-lid, zero))
            alpha *= one - (wa * vertices[a, 4] + wb * vertices[b, 4] + wc * vertices[c0, 4])
            read = wa * vertices[a, 3] + wb * vertices[b, 3] + wc * vertices[c0, 3]
            read *= one - np.float32(shown[3, y, x]) * byte
            fold = _fold(now - calm, folds * gains[2], limits)
            alpha *= one - opened * _smoothstep(-fold, limits[DEEP_FOLD], limits[DEEP_FOLD + 1])
            under = (one - alpha) * (one - (wa * vertices[a, 5] + wb * vertices[b, 5] + wc * vertices[c0, 5]))
            under, alpha = under * whole * gains[3], alpha * whole
            ex, ey = x - edges_left, y - edges_top
            at_edge = 0 <= ex < edges.shape[1] and 0 <= ey < edges.shape[0]
            soft, alpha = alpha * (one - read) if at_edge else zero, alpha * read
            levels = bilinear_four(slow, there, four, columns * four, px, py)
            for c in range(3):
                shift = wa * vertices[a, c] + wb * vertices[b, c] + wc * vertices[c0, c]
                out[3 + c, y, x] = shift * tone + alpha * (fold * shade[c] + levels[c])
            if soft > zero:
                for c in range(3):
                    out[3 + c, y, x] += soft * (edges[ey, ex, c] + fold * shade[c] - now)
            if under > zero:
                _lay_under(bilinear_four(wide, (j * size + i) * four, four, size * four, fx, fy), under, out[:, y, x])
            out[2, y, x] = alpha
            out[6, y, x] = grain * gains[1]
            out[7, y, x] = levels[3] + now
            out[8, y, x] = levels[3] + max(calm, zero) + fold
            out[9, y, x] = gloss


@fast_kernel
def _fold(change: Any, strength: Any, limits: Floats) -> Any:
    """What of a change of shading is a fold."""
    fold = min(max(change, limits[DEEPEST_FOLD]), limits[BRIGHTEST_FOLD]) * strength
    return fold * (fold * fold / (fold * fold + limits[SLIGHT_FOLD]))


@fast_kernel
def _lay_under(broad: Any, share: Any, paint: Floats) -> None:
    """A share of `broad` (r, g, b, 0) onto the change that the paint of one sample makes."""
    paint[3] += share * broad[0]
    paint[4] += share * broad[1]
    paint[5] += share * broad[2]


@fast_kernel
def _place(x: Any, y: Any) -> Any:
    """Where (x, y) ≥ 0 lies between samples: column, row, and how far beyond them."""
    i, j = np.int32(x), np.int32(y)
    return np.uint64(i), np.uint64(j), x - np.float32(i), y - np.float32(j)


@fast_kernel
def _smoothstep(x: Any, low: Any, pace: Any) -> Any:
    """0 below `low`, 1 from `low` + 1 / `pace` on."""
    t = min(max((x - low) * pace, np.float32(0.0)), np.float32(1.0))
    return t * t * (np.float32(3.0) - np.float32(2.0) * t)
