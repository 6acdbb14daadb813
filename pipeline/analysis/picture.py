"""One frame as the pass sees it."""

from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.imaging.arrays import ImageU8
from pipeline.imaging.planes import Planes
from pipeline.imaging.view import DisplayView


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """Display RGB (h, w, 3), and brightness (h, w) for flow, on a scale of its own."""

    frame: int
    rgb: ImageU8
    gray: ImageU8
    limited: bool = False
    """Whether brightness is coded with black at 16 and white at 235."""


def picture_of(planes: Planes, view: DisplayView) -> Picture:
    """A decoded frame as the networks and the flow see it."""
    rgb = view.rgb8(planes)
    luma = planes.data[0]
    shown_as_coded = luma.shape == rgb.shape[:2] and view.upright
    if planes.format.family != "rgb" and shown_as_coded and luma.dtype == np.uint8:
        # Luma is brightness already; its narrower range means nothing to the flow.
        return Picture(planes.frame, rgb, np.asarray(luma, np.uint8), planes.colour.range == "limited")
    return Picture(planes.frame, rgb, np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.uint8))
