"""What a person painted over a face's matte, as pixels of one frame: what every engine that draws the face keeps to.

A patch shows the plate where the strokes say so, and its engine takes such pixels for what lies before the face;
what it found to lie before the face it takes back where the strokes show the face.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.engines.faces import Patch
from pipeline.engines.matte_stroke_kernels import lay_strokes, lead_back
from pipeline.imaging.arrays import ImageF32, Matte, Rect
from pipeline.project.matte_stroke import LaidStroke, Shows
from pipeline.project.stroke_points import pixels_of

_LEADS_TO: dict[Shows, float] = {"plate": -1.0, "found": 0.0, "face": 1.0}
_EDGE = 1.0
"""Pixels over which the hardest brush fades."""


@dataclass(frozen=True, slots=True, eq=False)
class PaintedMatte:
    """Inside `rect` of the plate, `plane` (h, w): -1 the plate shows, 0 as it was found, 1 the face shows whatever was
    found before it. Outside it is as it was found."""

    rect: Rect
    plane: Matte

    @property
    def shows_plate(self) -> bool:
        """Whether the plate shows anywhere."""
        return bool(self.plane.min() < 0)

    @property
    def shows_face(self) -> bool:
        """Whether anything that was found is taken back."""
        return bool(self.plane.max() > 0)


def painted_matte(
    landmarks: NDArray[np.floating],
    rotation: NDArray[np.floating],
    scale: float,
    strokes: Sequence[LaidStroke],
    rect: Rect,
) -> PaintedMatte | None:
    """The strokes inside `rect` of the plate, laid in their order; None where they leave everything as it was found.

    The face: `landmarks` (≥ 468, 3) in pixels as the document corrects them, `rotation` (3, 3) and `scale` (pixels a
    centimetre) of its pose. A brush is round in the picture.
    """
    if not strokes or rect.empty:
        return None
    places = [pixels_of(landmarks, rotation, scale, each.brush.points) for each in strokes]
    brushes = np.array([_brush(each, scale) for each in strokes], np.float32)
    reach = np.repeat(brushes[:, 1], [len(each) for each in places])[:, None]
    points = np.concatenate(places)
    low, high = np.floor((points - reach).min(0)).astype(int), np.ceil((points + reach).max(0)).astype(int) + 1
    x0, y0 = max(int(low[0]), rect.x0), max(int(low[1]), rect.y0)
    box = Rect(x0, y0, min(int(high[0]), rect.x1), min(int(high[1]), rect.y1))
    if box.empty:
        return None
    plane = np.zeros((box.height, box.width), np.float32)
    starts = np.cumsum([0, *(len(each) for each in places)])
    lay_strokes(np.asarray(points - (box.x0, box.y0), np.float32), starts, brushes, np.empty_like(plane), plane)
    return PaintedMatte(box, plane) if plane.any() else None


def _brush(stroke: LaidStroke, scale: float) -> tuple[float, float, float, float]:
    """A row of the kernel's brushes."""
    brush = stroke.brush
    radius = brush.radius * scale
    fade = brush.softness * radius
    outer = radius + 0.5 * max(0.0, _EDGE - fade)
    return outer - max(fade, _EDGE), outer, stroke.amount, _LEADS_TO[brush.shows]


def show_plate(patch: Patch, crop: ImageF32, painted: PaintedMatte) -> None:
    """Lead a fresh patch in place back to its sample's `crop` where the plate is to show; the rest of it stays."""
    if painted.shows_plate:
        left, top = painted.rect.x0 - patch.rect.x0, painted.rect.y0 - patch.rect.y0
        lead_back(painted.plane, left, top, crop, patch.colour, patch.alpha, patch.support)
