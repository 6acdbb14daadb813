"""What a render knows of its own picture: where it drew, and where the plate's samples went."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.arrays import ImageU8, Matte, Rect
from pipeline.imaging.planes import Planes
from pipeline.quality.face_regions import polygon_inside
from pipeline.quality.kept_samples import INSIDE, OPENINGS, KeptSamples, iris_disc, is_open
from pipeline.quality.signal_noise import decibels, mean_squared_error


@dataclass(frozen=True, slots=True, eq=False)
class KnownFace:
    """One frame of one face, as its engine knows it.

    `matte` (h, w of the picture), 0..1: how far the face was replaced. `carried` (h, w of `rect`, 3 RGB): the plate's
    samples where the mesh's motion takes them, nothing painted over. `landmarks` (478, ≥ 2): the result's, pixels.
    """

    matte: Matte
    rect: Rect
    carried: ImageU8
    landmarks: NDArray[np.floating]


Known = Callable[[Planes], KnownFace | None]
"""What is known of a plate frame; None where the face is absent."""


def kept_as_known(known: KnownFace, result: ImageU8) -> KeptSamples:
    """PSNR of the result (h, w, 3 RGB) against the plate's carried samples inside its own eye rings and inner lips."""
    rect = known.rect
    shown = result[rect.y0 : rect.y1, rect.x0 : rect.x1]
    errors: dict[str, list[float]] = {"eye": [], "mouth": []}
    for opening in OPENINGS:
        corners = np.asarray(known.landmarks[list(opening.ring), :2], np.float64) - (rect.x0, rect.y0)
        inside = polygon_inside(corners, (rect.height, rect.width), INSIDE)
        inside &= ~iris_disc(known.landmarks, opening.iris, rect)
        if is_open(corners) and inside.any():
            errors[opening.kind].append(mean_squared_error(known.carried, shown, inside))
    eyes, mouth = (float(np.mean(each)) if each else float("nan") for each in errors.values())
    return KeptSamples(float(decibels(eyes)), float(decibels(mouth)))
