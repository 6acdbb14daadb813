"""The irises' colour: the performer's eyes stay, their hue leans towards the identity's."""

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.engines.faces import FaceSolve, Patch
from pipeline.engines.swappers.mesh.covering import Covering
from pipeline.engines.swappers.mesh.geometry import FrameGeometry
from pipeline.engines.swappers.mesh.grid import Grid
from pipeline.imaging.arrays import ImageF32, Matte, Rect
from pipeline.imaging.bands import gaussian, ramp
from pipeline.imaging.mesh import EYE_LEFT, EYE_RIGHT, IRIS_LEFT, IRIS_RIGHT
from pipeline.project.frame_stages import EyeSettings
from pipeline.project.parameters import MeshSettings

LEAST_RADIUS = 2
"""Pixels: a smaller iris has no colour of its own left."""
LEAST_SHARE = 0.02
"""A tint weaker than this is not worth its time."""
MATTE_REACH = 1.3
"""Radii of an iris that its window holds at least."""
EDGE_BLUR = 0.7
"""Pixels: takes the steps out of the opening's edge, whatever the face's size."""


class Iris(NamedTuple):
    """One iris to tint: `window` (rows, columns) of the patch, and its matte there, 0..1."""

    window: tuple[slice, slice]
    matte: Matte


def seen_irises(
    solve: FaceSolve,
    frame: int,
    rect: Rect,
    geometry: FrameGeometry,
    covering: Covering,
    strength: float,
    settings: MeshSettings,
) -> list[Iris]:
    """What of both irises is seen inside `rect`, times `strength`; shut and covered eyes are left out."""
    eyes = settings.eyes
    i = solve.index_of(frame)
    if i is None or strength <= 0:
        return []
    found = []
    for disc, ring, blink in ((IRIS_RIGHT, EYE_RIGHT, 10), (IRIS_LEFT, EYE_LEFT, 9)):
        points = geometry.landmarks[list(disc), :2]
        centre = points[0]
        radius = float(np.linalg.norm(points[1:] - centre, axis=1).mean())
        opened = openness(geometry.meshes.plate[list(ring), :2], float(solve.scores[i, blink]), eyes)
        centre, gate = centre + opened * np.array(geometry.gaze), opened * strength
        if radius < LEAST_RADIUS or gate < LEAST_SHARE:
            continue
        reach = max(MATTE_REACH, eyes.iris_outer) * radius
        box = Rect(*(int(v) for v in (*np.floor(centre - reach - 2), *np.ceil(centre + reach + 3))))
        box = Rect(max(box.x0, rect.x0), max(box.y0, rect.y0), min(box.x1, rect.x1), min(box.y1, rect.y1))
        if box.width < 3 or box.height < 3:
            continue
        matte = _iris_matte(box, centre, radius, eyes, geometry.meshes.result[list(ring), :2])
        matte *= gate * (1 - covering.on(Grid(box, 1), solve.face_width_px, settings.bands))
        if matte.sum() >= 2:
            window = np.s_[box.y0 - rect.y0 : box.y1 - rect.y0, box.x0 - rect.x0 : box.x1 - rect.x0]
            found.append(Iris(window, matte))
    return found


def tint_irises(patch: Patch, irises: list[Iris], colour: NDArray[np.float64], eyes: EyeSettings) -> None:
    """Shift the irises of a fresh patch in place towards `colour` (CIELAB); highlights stay."""
    for window, matte in irises:
        _shift(patch.colour[window], matte, colour, eyes)
        patch.support[window] |= matte > 0


def openness(ring: NDArray[np.float64], blink: float, eyes: EyeSettings) -> float:
    """0 for a shut eye: from the aspect of its `ring` (16, 2) and the blink score."""
    height = float(np.ptp(ring[:, 1]))
    width = float(np.linalg.norm(ring[0] - ring[8])) + 1e-6
    awake = 1 - ramp(blink, eyes.iris_blink_start, eyes.iris_blink_end)
    return float(awake * ramp(height / width, eyes.iris_shut, eyes.iris_open))


def _iris_matte(
    box: Rect, centre: NDArray[np.float64], radius: float, eyes: EyeSettings, ring: NDArray[np.float64]
) -> Matte:
    x = np.arange(box.x0, box.x1, dtype=np.float32)[None]
    y = np.arange(box.y0, box.y1, dtype=np.float32)[:, None]
    disc = 1 - ramp(np.hypot(x - centre[0], y - centre[1]), radius * eyes.iris_inner, radius * eyes.iris_outer)
    return disc * opening_matte(disc.shape, ring - (box.x0, box.y0), EDGE_BLUR)


def opening_matte(shape: tuple[int, ...], ring: NDArray[np.float64], blur: float) -> Matte:
    """(h, w) 1 inside the lids' `ring` (16, 2: x, y), its edge blurred by `blur` pixels."""
    opening = np.zeros(shape, np.float32)
    cv2.fillPoly(opening, [np.rint(ring * 16).astype(np.int32)], 1.0, cv2.LINE_AA, 4)
    return gaussian(opening, blur)


def _shift(pixels: ImageF32, matte: Matte, iris: NDArray[np.float64], eyes: EyeSettings) -> None:
    lab = cv2.cvtColor(np.clip(pixels, 0, 1), cv2.COLOR_RGB2LAB)
    mean = (lab * matte[..., None]).sum((0, 1)) / matte.sum()
    # Colour fades with the light: what a lit eye may gain would glow in the dark.
    lit = min(1.0, float(mean[0]) / max(eyes.iris_dark, 1e-3))
    limits = np.array([eyes.iris_light, eyes.iris_red, eyes.iris_yellow], np.float32) * np.float32(lit)
    shift = np.clip(iris.astype(np.float32) * np.float32(lit) - mean, -limits, limits)
    dark = 1 - ramp(lab[..., :1], eyes.iris_bright_start, eyes.iris_bright_end)
    shifted = cv2.cvtColor(lab + shift * matte[..., None] * dark, cv2.COLOR_LAB2RGB)
    unshifted = cv2.cvtColor(lab, cv2.COLOR_LAB2RGB)
    pixels += np.where(matte[..., None] > 0, shifted - unshifted, 0)
