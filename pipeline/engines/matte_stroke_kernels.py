"""Strokes over a matte as pixels, and a patch led back to the plate under them."""

import math

import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.jit import kernel

Floats = NDArray[np.float32]

INNER, OUTER, AMOUNT, SHOWN = range(4)
"""Columns of the brushes: pixels from the middle up to which a stroke counts whole, and from which on not at all; how
far it counts; what it leads to, -1 the plate, 1 the face, 0 what was found."""


@kernel
def lay_strokes(points: Floats, starts: NDArray[np.int64], brushes: Floats, near: Floats, plane: Floats) -> None:
    """Strokes in their order onto `plane` (h, w) of -1..1.

    Stroke k goes through `points[starts[k] : starts[k + 1]]` (x, y in the plane's pixels) with `brushes[k]`. Between
    its two distances a stroke's weight falls as a smoothstep does. `near` (h, w) is room to work in.
    """
    height, width = plane.shape
    one, zero = np.float32(1.0), np.float32(0.0)
    for k in range(len(brushes)):
        outer, inner = brushes[k, OUTER], brushes[k, INNER]
        amount, shown = brushes[k, AMOUNT], brushes[k, SHOWN]
        first, last = starts[k], starts[k + 1]
        left, right, top, bottom = width, 0, height, 0
        for n in range(first, last):
            left = min(left, math.floor(points[n, 0] - outer))
            right = max(right, math.ceil(points[n, 0] + outer) + 1)
            top = min(top, math.floor(points[n, 1] - outer))
            bottom = max(bottom, math.ceil(points[n, 1] + outer) + 1)
        left, right, top, bottom = max(left, 0), min(right, width), max(top, 0), min(bottom, height)
        if left >= right or top >= bottom:
            continue
        for y in range(top, bottom):
            for x in range(left, right):
                near[y, x] = outer * outer
        for n in range(first, max(first + 1, last - 1)):
            _approach(points[n], points[min(n + 1, last - 1)], outer, near)
        pace = one / (outer - inner)
        for y in range(top, bottom):
            for x in range(left, right):
                away = near[y, x]
                if away >= outer * outer:
                    continue
                t = min(max((outer - np.float32(math.sqrt(away))) * pace, zero), one)
                share = t * t * (np.float32(3.0) - np.float32(2.0) * t) * amount
                plane[y, x] = shown if share >= one else plane[y, x] + share * (shown - plane[y, x])


@kernel
def _approach(start: Floats, end: Floats, reach: float, near: Floats) -> None:
    """Squared distances from the line between two points into `near` (h, w), where they are less and within reach."""
    height, width = near.shape
    zero, one = np.float32(0.0), np.float32(1.0)
    ax, ay = start[0], start[1]
    dx, dy = end[0] - ax, end[1] - ay
    length = dx * dx + dy * dy
    inverse = one / length if length > zero else zero
    left = max(math.floor(min(ax, end[0]) - reach), 0)
    right = min(math.ceil(max(ax, end[0]) + reach) + 1, width)
    top = max(math.floor(min(ay, end[1]) - reach), 0)
    bottom = min(math.ceil(max(ay, end[1]) + reach) + 1, height)
    if left >= right:
        return
    first = np.float32(left) - ax
    for y in range(top, bottom):
        down = np.float32(y) - ay
        line = near[y, left:right]
        # Counted in 32 bits, because only then whole registers of places are made into numbers.
        for x in range(np.int32(len(line))):
            across = first + np.float32(np.int32(x))
            t = min(max((across * dx + down * dy) * inverse, zero), one)
            ex, ey = across - t * dx, down - t * dy
            line[x] = min(line[x], ex * ex + ey * ey)


@kernel
def lead_back(
    plane: Floats, left: int, top: int, crop: Floats, colour: Floats, alpha: Floats, support: NDArray[np.bool_]
) -> None:
    """A patch (`colour` (h, w, 3), `alpha`, `support` (h, w)) back to its `crop` where `plane` is under 0.

    The plane's corner lies at (`left`, `top`) of the patch, all of it inside. Elsewhere nothing changes.
    """
    for y in range(plane.shape[0]):
        for x in range(plane.shape[1]):
            shown = plane[y, x]
            if shown >= np.float32(0.0):
                continue
            row, column = top + y, left + x
            kept = max(np.float32(1.0) + shown, np.float32(0.0))
            alpha[row, column] *= kept
            if kept == np.float32(0.0):
                support[row, column] = False
                for c in range(3):
                    colour[row, column, c] = crop[row, column, c]
            else:
                for c in range(3):
                    plate = crop[row, column, c]
                    colour[row, column, c] = plate + kept * (colour[row, column, c] - plate)
