"""Compiled loops of structural similarity: window sums by sliding, and the index from two pictures' sums.

Sums are whole numbers, and every column keeps a sum of its own to the end: the result does not depend on how many
columns a processor takes at once.
"""

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
            for x in range(width):
                value = np.int32(picture[y - 7, x])
                column[x] -= value
                column_squares[x] -= value * value
        if y < 6:
            continue
        for x in range(width - 6):
            total = np.int32(0)
            total_squares = np.int32(0)
            for k in range(7):
                total += column[x + k]
                total_squares += column_squares[x + k]
            sums[y - 6, x] = total
            squares[y - 6, x] = total_squares


@kernel
def mean_similarity(
    first: NDArray[np.uint8],
    second: NDArray[np.uint8],
    first_sums: NDArray[np.int32],
    first_squares: NDArray[np.int32],
    second_sums: NDArray[np.int32],
    second_squares: NDArray[np.int32],
    counted: NDArray[np.uint8],
) -> float:
    """Mean SSIM of two pictures (h, w) over the windows where `counted` (h - 6, w - 6) is 1; 1 where none is.

    Wang, Bovik, Sheikh, Simoncelli 2004 with a uniform 7 x 7 window, sample covariance, K1 0.01, K2 0.03, range 255:
    the defaults of scikit-image. Numerator and denominator are taken times the fourth power of the window's 49 samples.
    """
    height, width = first.shape
    area = 49.0
    unbiased = area / (area - 1.0)
    c1 = (0.01 * 255.0) ** 2 * area * area
    c2 = (0.03 * 255.0) ** 2 * area * area
    column = np.zeros(width, np.int32)
    similarity = np.zeros(width - 6, np.float64)
    windows = 0
    for y in range(height):
        for x in range(width):
            column[x] += np.int32(first[y, x]) * np.int32(second[y, x])
        if y >= 7:
            for x in range(width):
                column[x] -= np.int32(first[y - 7, x]) * np.int32(second[y - 7, x])
        if y < 6:
            continue
        for x in range(width - 6):
            product = np.int32(0)
            for k in range(7):
                product += column[x + k]
            a = np.float64(first_sums[y - 6, x])
            b = np.float64(second_sums[y - 6, x])
            ab = a * b
            ends = a * a + b * b
            both = area * np.float64(first_squares[y - 6, x] + second_squares[y - 6, x])
            above = (2.0 * ab + c1) * (2.0 * unbiased * (area * product - ab) + c2)
            below = (ends + c1) * (unbiased * (both - ends) + c2)
            similarity[x] += counted[y - 6, x] * (above / below)
            windows += counted[y - 6, x]
    return similarity.sum() / windows if windows else 1.0
