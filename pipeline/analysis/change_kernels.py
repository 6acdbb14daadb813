"""Compiled loops of structural similarity: window sums by sliding, and the index from two pictures' sums."""

import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.jit import kernel

WINDOW = 7
"""Side of the square window, pixels."""


@kernel
def window_sums(picture: NDArray[np.uint8], sums: NDArray[np.int32], squares: NDArray[np.int32]) -> None:
    """Sums of `picture` (h, w) and of its squares over every whole window, into two arrays (h - 6, w - 6)."""
    height, width = picture.shape
    column = np.zeros(width, np.int32)
    column_squares = np.zeros(width, np.int32)
    for y in range(height):
        for x in range(width):
            value = np.int32(picture[y, x])
            column[x] += value
            column_squares[x] += value * value
            if y >= 7:
                old = np.int32(picture[y - 7, x])
                column[x] -= old
                column_squares[x] -= old * old
        if y < 6:
            continue
        total = np.int32(0)
        total_squares = np.int32(0)
        for x in range(width):
            total += column[x]
            total_squares += column_squares[x]
            if x >= 7:
                total -= column[x - 7]
                total_squares -= column_squares[x - 7]
            if x >= 6:
                sums[y - 6, x - 6] = total
                squares[y - 6, x - 6] = total_squares


@kernel
def mean_similarity(
    first: NDArray[np.uint8],
    second: NDArray[np.uint8],
    first_sums: NDArray[np.int32],
    first_squares: NDArray[np.int32],
    second_sums: NDArray[np.int32],
    second_squares: NDArray[np.int32],
    counted: NDArray[np.bool_],
) -> float:
    """Mean SSIM of two pictures (h, w) over the windows `counted` (h - 6, w - 6); 1 where none is.

    Wang, Bovik, Sheikh, Simoncelli 2004 with a uniform 7 x 7 window, sample covariance, K1 0.01, K2 0.03, range 255:
    the defaults of scikit-image.
    """
    height, width = first.shape
    area = 49.0
    unbiased = area / (area - 1.0)
    c1 = (0.01 * 255.0) ** 2
    c2 = (0.03 * 255.0) ** 2
    column = np.zeros(width, np.int32)
    similarity = 0.0
    windows = 0
    for y in range(height):
        for x in range(width):
            column[x] += np.int32(first[y, x]) * np.int32(second[y, x])
            if y >= 7:
                column[x] -= np.int32(first[y - 7, x]) * np.int32(second[y - 7, x])
        if y < 6:
            continue
        product = np.int32(0)
        for x in range(width):
            product += column[x]
            if x >= 7:
                product -= column[x - 7]
            if x < 6 or not counted[y - 6, x - 6]:
                continue
            a = first_sums[y - 6, x - 6] / area
            b = second_sums[y - 6, x - 6] / area
            aa = unbiased * (first_squares[y - 6, x - 6] / area - a * a)
            bb = unbiased * (second_squares[y - 6, x - 6] / area - b * b)
            ab = unbiased * (product / area - a * b)
            similarity += ((2.0 * a * b + c1) * (2.0 * ab + c2)) / ((a * a + b * b + c1) * (aa + bb + c2))
            windows += 1
    return similarity / windows if windows else 1.0
