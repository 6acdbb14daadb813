"""Curves by table and gamuts by matrix, over many pixels in place."""

from typing import Any

import numpy as np

from pipeline.imaging.arrays import AnyArray
from pipeline.imaging.jit import fast_kernel


@fast_kernel
def look_up(values: AnyArray, table: AnyArray, first: float, last: float) -> None:
    """Each of `values` (n,) float32 through `table`, spaced evenly over first..last, in place.

    Linear between entries, and along the end segments beyond them.
    """
    count = table.shape[0]
    scale = np.float32((count - 1) / (last - first))
    start = np.float32(first)
    for i in range(values.shape[0]):
        place = (values[i] - start) * scale
        index = min(max(np.int32(np.floor(place)), 0), count - 2)
        share = place - np.float32(index)
        values[i] = table[index] + share * (table[index + 1] - table[index])


@fast_kernel
def _to_light(value: np.float32, table: AnyArray, scale: np.float32) -> Any:
    size = abs(value)
    index = min(np.int32(size * scale), table.shape[0] - 2)
    light = table[index] + (size * scale - np.float32(index)) * (table[index + 1] - table[index])
    return light if value >= 0 else -light


@fast_kernel
def _to_view(light: np.float32, table: AnyArray, scale: np.float32) -> Any:
    root = np.sqrt(abs(light)) * scale
    index = min(np.int32(root), table.shape[0] - 2)
    view = table[index] + (root - np.float32(index)) * (table[index + 1] - table[index])
    return view if light >= 0 else -view


@fast_kernel
def change_gamut(
    pixels: AnyArray, matrix: AnyArray, decode: AnyArray, decode_top: float, encode: AnyArray, encode_top: float
) -> None:
    """(n, 3) view values of one gamut to another's, in place: decode, 3×3 matrix on light, encode.

    decode is spaced evenly over 0..decode_top of the view, encode over 0..encode_top of the root of light;
    both are odd functions, and run on straight beyond their tops.
    """
    to_light = np.float32((decode.shape[0] - 1) / decode_top)
    to_view = np.float32((encode.shape[0] - 1) / encode_top)
    for i in range(pixels.shape[0]):
        red = _to_light(pixels[i, 0], decode, to_light)
        green = _to_light(pixels[i, 1], decode, to_light)
        blue = _to_light(pixels[i, 2], decode, to_light)
        for c in range(3):
            light = matrix[c, 0] * red + matrix[c, 1] * green + matrix[c, 2] * blue
            pixels[i, c] = _to_view(light, encode, to_view)


@fast_kernel
def encode_linear(values: AnyArray) -> None:
    """Scene-linear (n,) float32 to the view's curve (IEC 61966-2-1, odd, unbounded), in place."""
    power = np.float32(1.0 / 2.4)
    for i in range(values.shape[0]):
        size = abs(values[i])
        view = np.float32(12.92) * size
        if size > np.float32(0.0031308):
            view = np.float32(1.055) * size**power - np.float32(0.055)
        values[i] = view if values[i] >= 0 else -view


@fast_kernel
def decode_linear(values: AnyArray) -> None:
    """The inverse of `encode_linear`, in place."""
    power = np.float32(2.4)
    for i in range(values.shape[0]):
        size = abs(values[i])
        light = size / np.float32(12.92)
        if size > np.float32(0.04045):
            light = ((size + np.float32(0.055)) / np.float32(1.055)) ** power
        values[i] = light if values[i] >= 0 else -light
