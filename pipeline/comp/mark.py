"""The visible mark: what tells a viewer that the picture is made.

Without consent on record the mark says that this is a draft and can't be overlooked; with it a small
one stays. It is drawn like any other change, inside its own support, so the rest of the plate stays as it was.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

import cv2
import numpy as np

from pipeline.imaging.arrays import ImageF32, Mask, Matte, Rect
from pipeline.project.project import MarkPlace

MarkKind = Literal["draft", "small"]
PLACES: tuple[MarkPlace, ...] = get_args(MarkPlace)
"""Where a mark may stand, the default first."""

_FONT = cv2.FONT_HERSHEY_SIMPLEX
_SUPERSAMPLE = 4


@dataclass(frozen=True, slots=True)
class _Style:
    """`height` is that of the capitals as a part of the picture's height; strengths are opacities 0..1."""

    text: str
    height: float
    least_px: int
    ink: float
    ground: float


_STYLES: dict[MarkKind, _Style] = {
    "draft": _Style("AI-generated, draft", 0.040, 11, 1.0, 0.62),
    "small": _Style("AI-generated", 0.018, 8, 0.80, 0.35),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """Which mark a render carries, and in which corner."""

    kind: MarkKind
    place: MarkPlace = "bottom-left"


@dataclass(frozen=True, slots=True, eq=False)
class MarkStamp:
    """A mark drawn for one picture size: in `rect`, `light` (h, w) is the letters' opacity, `dark` the ground's."""

    rect: Rect
    light: Matte
    dark: Matte

    @property
    def support(self) -> Mask:
        return (self.light > 0) | (self.dark > 0)

    def over(self, crop: ImageF32) -> ImageF32:
        """`crop` (h, w, 3) of `rect` with the mark on it: white letters on a darkened ground."""
        grounded = crop * (1.0 - self.dark)[..., None]
        return np.asarray(grounded + (1.0 - grounded) * self.light[..., None], np.float32)


@lru_cache(maxsize=8)
def stamp(mark: Mark, width: int, height: int) -> MarkStamp:
    """The mark as it stands in a picture of `width` × `height` display pixels; shrunk to fit a small one."""
    style = _STYLES[mark.kind]
    capitals = max(style.least_px, round(style.height * min(height, width * 9 / 16)))
    letters = _letters(style.text, capitals, max_width=max(1, int(width * 0.94)), max_height=max(1, int(height * 0.5)))
    pad = max(0, min(letters.shape[0] // 2, (width - letters.shape[1]) // 2, (height - letters.shape[0]) // 2))
    light = np.pad(letters, pad) * np.float32(style.ink)
    dark = np.full(light.shape, style.ground, np.float32)
    return MarkStamp(_placed(mark.place, light.shape[1], light.shape[0], width, height), light, dark)


def _letters(text: str, capitals_px: int, max_width: int, max_height: int) -> Matte:
    """Antialiased coverage of a line of text whose capitals are `capitals_px` high, reduced to fit."""
    big = capitals_px * _SUPERSAMPLE
    scale = cv2.getFontScaleFromHeight(_FONT, big, 1)
    thickness = max(1, round(big / 7))
    (text_width, text_height), baseline = cv2.getTextSize(text, _FONT, scale, thickness)
    margin = thickness
    canvas = np.zeros((text_height + baseline + 2 * margin, text_width + 2 * margin), np.uint8)
    cv2.putText(canvas, text, (margin, margin + text_height), _FONT, scale, 255, thickness, cv2.LINE_AA)
    ratio = min(1.0 / _SUPERSAMPLE, max_width / canvas.shape[1], max_height / canvas.shape[0])
    size = (max(1, int(canvas.shape[1] * ratio)), max(1, int(canvas.shape[0] * ratio)))
    reduced = cv2.resize(canvas, size, interpolation=cv2.INTER_AREA)
    return np.asarray(reduced, np.float32) / np.float32(255)


def _placed(place: MarkPlace, mark_width: int, mark_height: int, width: int, height: int) -> Rect:
    """The mark's rectangle, a fortieth of the picture's shorter side away from the edges where there is room."""
    inset = min(width, height) // 40
    x = min(inset, (width - mark_width) // 2)
    y = min(inset, (height - mark_height) // 2)
    x0 = x if place.endswith("left") else width - mark_width - x
    y0 = y if place.startswith("top") else height - mark_height - y
    return Rect(x0, y0, x0 + mark_width, y0 + mark_height)
