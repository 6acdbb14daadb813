"""Can the edge be seen? Colour steps across the outline of what was replaced that the plate doesn't have there.

The outline is the matte's where a render can give one, else the mesh's oval. Colour is read along short lines across
it, and on each the largest step over a short way counts. A plate has steps of its own there (jaw against neck, cheek
against hair), and a result may move them: what the plate shows on the line or beside it is taken off.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter1d
from skimage.color import deltaE_ciede2000

from pipeline.imaging.arrays import ImageF32, ImageU8, Matte, Rect
from pipeline.imaging.mesh import OVAL
from pipeline.quality.skin_tone import lab_of

PLACES = 108
"""Places along the outline."""
OUTSIDE, INSIDE = 0.06, 0.14
"""How far the lines reach outwards and inwards, face widths: over a soft edge, not into brows and eyes."""
APART = 0.01
"""Distance of the points on a line, face widths."""
WAY = 4
"""A step is taken over so many points: a twenty-fifth of the face's width."""
BESIDE = 3
"""Places on either side whose steps in the plate count as its own there."""
BLUR = 0.012
"""Gaussian in face widths before colours are read: a pore is no seam."""
STARTS = 0.02
"""Value of a matte where a replacement begins."""
WORST = 95.0
"""Percentile of the places that stands for the worst of them: one stray hair is no seam."""

Points = NDArray[np.float64]
"""(n, 2) pixels."""


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """`places` (n, 2) along an outline, pixels, and the unit normals `inwards` (n, 2) there."""

    places: Points
    inwards: Points


@dataclass(frozen=True, slots=True)
class SeamStep:
    """ΔE2000 by which the result's steps across the outline exceed the plate's: mean, and the worst 5 % of places."""

    mean: float
    worst: float


def mesh_outline(landmarks: NDArray[np.floating]) -> Outline:
    """The outline of the face's oval; `landmarks` (≥ 468, ≥ 2), pixels."""
    return _along(np.asarray(landmarks[list(OVAL), :2], np.float64))


def matte_outline(matte: Matte) -> Outline | None:
    """The outer outline of a matte (h, w), 0..1; None where there is hardly any."""
    inside = (matte > STARTS).astype(np.uint8)
    contours, _ = cv2.findContours(inside, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not contours:
        return None
    largest = np.asarray(max(contours, key=len), np.float64)[:, 0]
    if len(largest) < PLACES:
        return None
    return _along(_closed_blur(largest, len(largest) / PLACES))


def seam_step(plate: ImageU8, result: ImageU8, outline: Outline, face_width: float) -> SeamStep:
    """Steps of two pictures (h, w, 3 RGB) of one size; NaN where no line lies in the picture."""
    offsets = np.arange(-OUTSIDE, INSIDE + APART / 2, APART) * face_width
    lines = outline.places[:, None] + offsets[None, :, None] * outline.inwards[:, None]
    height, width = plate.shape[:2]
    shown = ((lines >= 0) & (lines <= (width - 1, height - 1))).all((1, 2))
    if not shown.any():
        return SeamStep(float("nan"), float("nan"))
    own, new = (_largest_steps(each, lines, face_width) for each in (plate, result))
    around = maximum_filter1d(np.where(shown, own, 0.0), 2 * BESIDE + 1, mode="wrap")
    beyond = np.maximum(new - around, 0.0)[shown]
    return SeamStep(float(beyond.mean()), float(np.percentile(beyond, WORST)))


def _largest_steps(picture: ImageU8, lines: NDArray[np.float64], face_width: float) -> NDArray[np.float64]:
    """Of each line (n, m, 2) the largest ΔE2000 over `WAY` points."""
    points = lines.reshape(-1, 2)
    low, high = np.floor(points.min(0)).astype(int), np.ceil(points.max(0)).astype(int) + 1
    height, width = picture.shape[:2]
    rect = Rect(int(low[0]), int(low[1]), int(high[0]), int(high[1])).grown(8).clipped(width, height)
    lab = lab_of(picture[rect.y0 : rect.y1, rect.x0 : rect.x1])
    smooth = np.asarray(cv2.GaussianBlur(lab, (0, 0), max(0.8, BLUR * face_width)), np.float32)
    colours = _read(smooth, points - (rect.x0, rect.y0)).reshape(*lines.shape[:2], 3)
    steps = deltaE_ciede2000(colours[:, WAY:], colours[:, :-WAY])  # type: ignore[no-untyped-call]
    return np.asarray(steps.max(1), np.float64)


def _along(outline: Points) -> Outline:
    """Evenly spaced places along a closed outline."""
    closed = np.concatenate([outline, outline[:1]])
    way = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(closed, axis=0), axis=1))])
    at = np.linspace(0.0, way[-1], PLACES, endpoint=False)
    places = np.stack([np.interp(at, way, closed[:, k]) for k in (0, 1)], axis=1)
    ahead, behind = np.roll(places, -1, axis=0), np.roll(places, 1, axis=0)
    tangent = ahead - behind
    normal = np.stack([-tangent[:, 1], tangent[:, 0]], axis=1)
    normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-9)
    area = float((places[:, 0] * ahead[:, 1] - ahead[:, 0] * places[:, 1]).sum())
    return Outline(places, normal if area > 0 else -normal)


def _closed_blur(outline: Points, sigma: float) -> Points:
    """A closed outline under a Gaussian along itself, so that its normals don't follow single pixels."""
    reach = max(1, round(3 * sigma))
    offsets = np.arange(-reach, reach + 1)
    weights = np.exp(-0.5 * (offsets / sigma) ** 2)
    padded = np.concatenate([outline[-reach:], outline, outline[:reach]])
    return np.stack([np.convolve(padded[:, k], weights / weights.sum(), "valid") for k in (0, 1)], axis=1)


def _read(picture: ImageF32, points: Points) -> NDArray[np.float64]:
    """Bilinear values (n, k) of a picture (h, w, k) at points (n, 2)."""
    x, y = (np.ascontiguousarray(points[None, :, k], np.float32) for k in (0, 1))
    values = cv2.remap(picture, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(values, np.float64).reshape(len(points), -1)
