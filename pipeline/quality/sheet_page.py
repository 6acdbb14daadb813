"""Pages of labelled pictures, none larger than a viewer shows whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.imaging.arrays import ImageU8

PAGE = 2000
"""Longest side of a page, pixels."""
GAP = 6
LETTER_HEIGHT = 22
"""Height of a label's band, pixels."""
_FONT = cv2.FONT_HERSHEY_SIMPLEX
_BACKGROUND = 48


@dataclass(frozen=True, slots=True, eq=False)
class Tile:
    """A picture (h, w, 3 RGB) under its label."""

    label: str
    picture: ImageU8


def labelled(tile: Tile) -> ImageU8:
    """The picture with its label in a dark band above it; the band is widened where the words need it."""
    scale = 0.55
    words = cv2.getTextSize(tile.label, _FONT, scale, 1)[0][0] + 8
    height, width = tile.picture.shape[:2]
    out = np.full((height + LETTER_HEIGHT, max(width, words), 3), _BACKGROUND, np.uint8)
    out[LETTER_HEIGHT:, :width] = tile.picture
    cv2.putText(out, tile.label, (4, LETTER_HEIGHT - 6), _FONT, scale, (235, 235, 235), 1, cv2.LINE_AA)
    return out


def stacked(tiles: Sequence[Tile]) -> ImageU8:
    """Tiles one under the other, left edges aligned."""
    return _joined([labelled(tile) for tile in tiles], axis=0)


def row(tiles: Sequence[Tile]) -> ImageU8:
    """Tiles side by side, tops aligned."""
    return _joined([labelled(tile) for tile in tiles], axis=1)


def pages(groups: Iterable[Iterable[ImageU8]], page: int = PAGE) -> list[ImageU8]:
    """Blocks laid out left to right, top to bottom, on as many pages as they need; each group starts a new line.

    A block larger than a page is reduced to fit.
    """
    return _bound([line for group in groups for line in _lines(group, page)], page)


def _lines(blocks: Iterable[ImageU8], page: int) -> list[ImageU8]:
    """Blocks side by side, broken where a line is full."""
    lines: list[list[ImageU8]] = []
    for block in (fitted(each, page) for each in blocks):
        if not lines or _extent(lines[-1], 1) + GAP + block.shape[1] > page:
            lines.append([])
        lines[-1].append(block)
    return [_joined(line, axis=1) for line in lines]


def _bound(lines: Sequence[ImageU8], page: int) -> list[ImageU8]:
    """Lines one under the other, broken where a page is full."""
    sheets: list[list[ImageU8]] = []
    for line in lines:
        if not sheets or _extent(sheets[-1], 0) + GAP + line.shape[0] > page:
            sheets.append([])
        sheets[-1].append(line)
    return [_joined(sheet, axis=0) for sheet in sheets]


def fitted(picture: ImageU8, most: int) -> ImageU8:
    """The picture, reduced where a side is longer than `most`."""
    scale = most / max(picture.shape[:2])
    return picture if scale >= 1 else resized(picture, scale)


def resized(picture: ImageU8, scale: float) -> ImageU8:
    """The picture at another size, averaged where it shrinks."""
    size = max(1, round(picture.shape[1] * scale)), max(1, round(picture.shape[0] * scale))
    return np.asarray(
        cv2.resize(picture, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC), np.uint8
    )


def _extent(pictures: Sequence[ImageU8], axis: int) -> int:
    return sum(int(picture.shape[axis]) for picture in pictures) + GAP * (len(pictures) - 1)


def _joined(pictures: Sequence[ImageU8], axis: int) -> ImageU8:
    across = 1 - axis
    width = max(picture.shape[across] for picture in pictures)
    shape = [0, 0, 3]
    shape[axis], shape[across] = _extent(pictures, axis), width
    out = np.full(shape, _BACKGROUND, np.uint8)
    start = 0
    for picture in pictures:
        stop = start + picture.shape[axis]
        if axis == 0:
            out[start:stop, : picture.shape[1]] = picture
        else:
            out[: picture.shape[0], start:stop] = picture
        start = stop + GAP
    return out
