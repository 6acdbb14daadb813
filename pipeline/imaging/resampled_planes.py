"""A picture's samples read at other places, still as coded: small parts of large plates before any colour is made.

A network looks at a few thousand pixels, whatever the plate's size. Planes are resampled each on its own grid, where
its samples truly lie, and only what comes out is converted: a plate in high definition costs little more than a small
one. The result has chroma at full resolution.
"""

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.arrays import AnyArray
from pipeline.imaging.planes import PixelFormat, Plane, Planes
from pipeline.imaging.yuv import sitings

Matrix = NDArray[np.float64]
"""(3, 3) projective map of homogeneous pixel coordinates (x, y, 1)."""


def full_chroma(form: PixelFormat) -> PixelFormat:
    """The format with a chroma sample a pixel."""
    return replace(form, log2_chroma_w=0, log2_chroma_h=0)


def warped(planes: Planes, matrix: Matrix, width: int, height: int, replicate: bool) -> Planes:
    """The picture under `matrix`, from its coded pixels to those of a picture of `width` × `height`; bilinear.

    Outside lies the picture's nearest border sample, or black.
    """
    border = cv2.BORDER_REPLICATE if replicate else cv2.BORDER_CONSTANT
    data: list[AnyArray] = []
    for number, plane in enumerate(_colours(planes)):
        black = _black(planes, number)
        cut = cv2.warpPerspective(
            plane,
            matrix @ _to_pixels(planes, number),
            (width, height),
            flags=cv2.INTER_LINEAR,
            borderMode=border,
            borderValue=black,
        )
        data.append(np.asarray(cut, plane.dtype))
    return replace(planes, format=full_chroma(planes.format), width=width, height=height, data=tuple(data))


def thinned(planes: Planes, step: int) -> Planes:
    """Every `step`-th pixel of the coded picture in both directions, with the chroma sample nearest before it."""
    rows, columns = np.arange(0, planes.height, step), np.arange(0, planes.width, step)
    data: list[AnyArray] = []
    for number, plane in enumerate(_colours(planes)):
        x, y = _shifts(planes, number)
        if step % (1 << x) == 0 and step % (1 << y) == 0:
            data.append(np.ascontiguousarray(plane[:: step >> y, :: step >> x]))
        else:
            data.append(plane[(rows >> y)[:, None], columns >> x])
    return replace(planes, format=full_chroma(planes.format), width=len(columns), height=len(rows), data=tuple(data))


def _colours(planes: Planes) -> tuple[Plane, ...]:
    """The planes without alpha."""
    return planes.data[:-1] if planes.format.alpha else planes.data


def _shifts(planes: Planes, number: int) -> tuple[int, int]:
    chroma = planes.format.family == "yuv" and number > 0
    return (planes.format.log2_chroma_w, planes.format.log2_chroma_h) if chroma else (0, 0)


def _to_pixels(planes: Planes, number: int) -> Matrix:
    """From the samples of one of the planes to pixels of the picture."""
    x, y = _shifts(planes, number)
    if not x and not y:
        return np.eye(3)
    across, down = sitings(planes.format, planes.colour.siting)
    # `tap[0]`: how far, in chroma samples, the first pixel of a group lies before its chroma sample.
    wide, high = float(1 << x), float(1 << y)
    return np.array([[wide, 0.0, wide * across.tap[0]], [0.0, high, high * down.tap[0]], [0.0, 0.0, 1.0]])


def _black(planes: Planes, number: int) -> float:
    form = planes.format
    if form.is_float:
        return 0.0
    unit = float(1 << (form.depth - 8))
    if form.family == "yuv" and number > 0:
        return 128.0 * unit
    return 0.0 if planes.colour.range == "full" else 16.0 * unit
