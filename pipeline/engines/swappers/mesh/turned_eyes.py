"""The gaze's weight: the performer's irises moved inside the open lids.

An iris is lifted off its eye and laid down again somewhere else: what it uncovers is filled from the white around it,
what the lids hid of it is taken from the rest of its rings. Lids, lashes and the corners stay, and so does the white's
shading. It is done to the plate's pixels before the face is moved, so that whatever carries the eye carries it too.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.engines.faces import FaceSolve
from pipeline.engines.swappers.mesh.covering import Covering
from pipeline.engines.swappers.mesh.gaze import EYES
from pipeline.engines.swappers.mesh.geometry import FrameGeometry
from pipeline.engines.swappers.mesh.grid import Grid
from pipeline.engines.swappers.mesh.iris import EDGE_BLUR, LEAST_RADIUS, opening_matte, openness
from pipeline.imaging.arrays import ImageF32, Matte, Rect
from pipeline.imaging.bands import gaussian, luma_of, normalised_blur, ramp
from pipeline.project.frame_stages import GazeSettings
from pipeline.project.parameters import MeshSettings

Floats = NDArray[np.float64]

LEAST_TURN = 0.02
"""Pixels: a shorter way is not seen."""
PROFILE_STEPS = 24
"""Rings of an iris whose colour is read, from its middle to its edge."""
LEAST_SEEN = 0.05
"""Pixels of a ring, or of the white, that say its colour."""
SOUGHT = (-0.24, -0.16, -0.08, 0.0, 0.08, 0.16, 0.24)
"""Radii beside its landmark where the middle of an iris is looked for."""
INSIDE, AROUND = 0.95, (1.1, 1.4)
"""Radii of the disc and of the white around it that are compared."""
FARTHER = 0.05
"""Contrast that a place a radius away must have more."""


def turned_eyes(
    solve: FaceSolve,
    frame: int,
    rect: Rect,
    crop: ImageF32,
    geometry: FrameGeometry,
    covering: Covering,
    settings: MeshSettings,
) -> ImageF32:
    """The crop (h, w, 3) of `rect` with the irises of `frame` moved by the gaze; itself where none is moved."""
    i, turn = solve.index_of(frame), geometry.gaze
    if i is None or np.hypot(*turn) < LEAST_TURN:
        return crop
    landmarks = geometry.landmarks[:, :2]
    turned = crop.copy()
    for disc, lids, blink in EYES:
        points, ring = landmarks[list(disc)], landmarks[list(lids)]
        radius = float(np.linalg.norm(points[1:] - points[0], axis=1).mean())
        # A lid that falls drags the landmarks of the iris along: there the plate's own iris is the better one.
        way = openness(ring, float(solve.scores[i, blink]), settings.eyes) * np.array(turn)
        box = _box(ring, radius, rect)
        if radius < LEAST_RADIUS or np.hypot(*way) < LEAST_TURN or box.empty:
            continue
        window = np.s_[box.y0 - rect.y0 : box.y1 - rect.y0, box.x0 - rect.x0 : box.x1 - rect.x0]
        corner, eye = (box.x0, box.y0), crop[window]
        covered = covering.on(Grid(box, 1), solve.face_width_px, settings.bands)
        moved = _moved_iris(eye, ring - corner, points[0] - corner, radius, way, settings.gaze)
        turned[window] = eye + (1 - covered[..., None]) * (moved - eye)
    return turned


def _box(ring: Floats, radius: float, rect: Rect) -> Rect:
    """The pixels of `rect` that hold an eye with its lids' edges."""
    x0, y0 = (int(v) for v in np.floor(ring.min(0) - radius / 2 - 3))
    x1, y1 = (int(v) for v in np.ceil(ring.max(0) + radius / 2 + 4))
    return Rect(max(x0, rect.x0), max(y0, rect.y0), min(x1, rect.x1), min(y1, rect.y1))


def _moved_iris(
    eye: ImageF32, ring: Floats, centre: Floats, radius: float, way: Floats, gaze: GazeSettings
) -> ImageF32:
    """The eye (h, w, 3) with its iris moved; `ring` (16, 2) and `centre` (2,) in its pixels."""
    x = np.arange(eye.shape[1], dtype=np.float32)[None]
    y = np.arange(eye.shape[0], dtype=np.float32)[:, None]
    opening = opening_matte(eye.shape[:2], ring, max(EDGE_BLUR, gaze.gaze_lid_softness * radius))
    seen = np.clip(2 * opening - 1, 0, 1)
    away = _away(luma_of(eye), seen, (x - centre[0]) / radius, (y - centre[1]) / radius)
    clear = ramp(away, gaze.gaze_edge + 0.5 * gaze.gaze_rim, gaze.gaze_edge + 2 * gaze.gaze_rim)
    white = _white(eye, opening, seen * clear, radius, gaze)
    iris = seen[..., None] * eye + (1 - seen[..., None]) * _rings(eye, away, seen * seen, gaze)
    disc = 1 - ramp(away, gaze.gaze_edge - gaze.gaze_rim, gaze.gaze_edge)
    bare = white + clear[..., None] * (eye - white)
    to_x, to_y = (np.broadcast_to(v, disc.shape).astype(np.float32) for v in (x - way[0], y - way[1]))
    laid = cv2.remap(np.dstack([iris, disc]), to_x, to_y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    alpha = np.clip(laid[..., 3:], 0, 1)
    turned = bare + alpha * (laid[..., :3] - bare)
    share = opening * ramp(np.hypot(*way), 0.0, gaze.gaze_onset * radius)
    return np.asarray(eye + share[..., None] * (turned - eye), np.float32)


def _away(light: Matte, seen: Matte, x: Floats, y: Floats) -> Matte:
    """(h, w) radii from the middle of the iris: of places near (0, 0) the one whose disc is the darkest against the
    white around it. Landmarks stand some tenths of a radius beside it.
    """
    found = []
    for across in SOUGHT:
        for down in SOUGHT[1:-1]:
            away = np.hypot(x - across, y - down).astype(np.float32)
            inside, around = seen * (away < INSIDE), seen * ((away > AROUND[0]) & (away < AROUND[1]))
            if inside.sum() < 1 or around.sum() < 1:
                continue
            contrast = float((light * around).sum() / around.sum() - (light * inside).sum() / inside.sum())
            found.append((contrast - FARTHER * float(np.hypot(across, down)), away))
    if not found:
        return np.hypot(x, y).astype(np.float32)
    return max(found, key=lambda each: each[0])[1]


def _white(eye: ImageF32, opening: Matte, seen: Matte, radius: float, gaze: GazeSettings) -> ImageF32:
    """(h, w, 3) the white of an eye everywhere, from where `seen` (h, w) says it is and it is bright: between lids and
    lashes it isn't. Darker towards the lids, which shade it.
    """
    light = luma_of(eye)
    if seen.sum() < LEAST_SEEN:
        return eye
    bright = float(np.quantile(light[seen > 0.5 * seen.max()], gaze.gaze_bright))
    trusted = seen * ramp(light, gaze.gaze_lashes * bright, gaze.gaze_white * bright) + np.float32(1e-4) * seen
    white = normalised_blur(np.minimum(eye, bright * gaze.gaze_glint), trusted, gaze.gaze_fill * radius)
    open_sky = gaussian(opening, gaze.gaze_shade_reach * radius)
    usual = float((open_sky * trusted).sum() / trusted.sum())
    shade = np.minimum(open_sky / usual, 1) ** np.float32(gaze.gaze_shade)
    return np.asarray(white * shade[..., None], np.float32)


def _rings(eye: ImageF32, away: Matte, weights: Matte, gaze: GazeSettings) -> ImageF32:
    """(h, w, 3) each pixel as the iris's ring it lies on, the mean of what `weights` (h, w) say is seen of it."""
    place = np.minimum(away / np.float32(gaze.gaze_edge), 1) * (PROFILE_STEPS - 1)
    ring = np.rint(place).astype(np.int64).ravel()
    sums = [np.bincount(ring, (weights * eye[..., k]).ravel(), PROFILE_STEPS) for k in range(3)]
    stacked = np.column_stack([*sums, np.bincount(ring, weights.ravel(), PROFILE_STEPS)])
    smooth = cv2.GaussianBlur(stacked, (1, 5), 0, borderType=cv2.BORDER_REPLICATE)
    known = np.flatnonzero(smooth[:, 3] > LEAST_SEEN)
    if not len(known):
        return eye
    colours = smooth[known, :3] / smooth[known, 3:]
    return np.dstack([np.interp(place, known, colours[:, k]) for k in range(3)]).astype(np.float32)
