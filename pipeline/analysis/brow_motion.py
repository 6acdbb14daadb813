"""Brows followed in the pictures: the network's landmarks hardly see how a frown draws them together.

On the plates this was made with, brows' heads come up to 2 % of the face's width nearer to each other than their
landmarks say. So each frame's brows, laid out in the face's chart, are laid onto those of the calm frames by dense
flow; where that shows the calm brows again, the vertices go along. The calm face, and with it the neutral, stays.
"""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.coverage import landmarks_covered
from pipeline.analysis.neutral import NeutralSettings, ridge_basis
from pipeline.analysis.quantised import grid_exponent
from pipeline.analysis.smoothing import gaussian_over_time
from pipeline.engines.faces import N_VERTICES, FaceSolve
from pipeline.imaging.arrays import ImageU8, Matte
from pipeline.imaging.bands import gaussian, ramp
from pipeline.imaging.face_measures import face_width
from pipeline.imaging.mesh import load_canonical
from pipeline.imaging.procrustes import Pose, repose, to_canonical
from pipeline.imaging.raster_kernels import interpolate
from pipeline.imaging.uv import chart

BROWS_VERSION = 1
"""Counts changes that give other brows."""
CHART = 256
"""Texels of the chart that brows are followed in."""
LED = (107, 55, 66, 65, 105, 52, 336, 285, 296, 295, 334, 282, 9, 8)
"""Vertices of the inner two thirds of both brows, and between them: brows' tails often lie under hair."""
MARGIN = 12
"""Texels around what follows: room for motion and for the flow's own borders."""
GREY, SPREAD, LEAST_SPREAD = 128.0, 40.0, 3.0
"""Mean and standard deviation that a strip of chart gets everywhere, and what is added to its own, code values."""

Floats = NDArray[np.float64]
LumasOf = Callable[[Sequence[int]], Iterable[ImageU8 | None]]
"""The lumas (h, w) of plate frames, which ascend; None where one can't be read."""


@dataclass(frozen=True, slots=True)
class BrowSettings:
    """How brows are followed. Texels are those of a chart of 256."""

    calm_frames: int = 9
    """So many of the calmest clear frames are the brows at rest: their median."""
    least_frames: int = 12
    """A face seen in fewer frames shows no motion to follow."""
    reach_cm: float = 0.5
    """Standard deviation of how far skin goes with the brows."""
    contrast_window: int = 33
    """Texels of the box in which contrast is evened: light changes, brows stay."""
    blur: float = 2.5
    """Gaussian over the flow, texels."""
    window: float = 6.0
    """Gaussian in which likeness is told, texels."""
    likeness_start: float = 0.6
    """Correlation with the calm brows, once laid onto them, from which on the flow starts to be believed."""
    likeness_end: float = 0.85
    farthest: float = 8.0
    """A motion farther than this is not believed, texels; 1 % of a face's width is about 2 of them."""
    sigma: float = 1.5
    """Gaussian over time, frames."""
    hold_sigma: float = 12.0
    """The same where no frame nearby is believed: what was seen before and after."""
    hold_weight: float = 0.05
    """Weight of that over what is seen nearby."""


@dataclass(frozen=True, slots=True, eq=False)
class _Strip:
    """The part of the chart around what follows: `triangle`, `weights` as in `UvChart`; `vertices` (n,) that follow,
    `share` (n,) how far, `points` (n, 2) where they lie in it, texels.
    """

    triangle: NDArray[np.int32]
    weights: NDArray[np.float32]
    vertices: NDArray[np.int64]
    share: Floats
    points: NDArray[np.float32]

    def spread(self, values: NDArray[np.floating]) -> NDArray[np.float32]:
        """Per-vertex values (468, k) → (h, w, k)."""
        vertex = np.ascontiguousarray(values, np.float32)
        out = np.empty((*self.triangle.shape, vertex.shape[1]), np.float32)
        interpolate(self.triangle, self.weights, load_canonical().triangles, vertex, 0, len(out), out)
        return out


def follow_brows(solve: FaceSolve, lumas_of: LumasOf, cuts: Collection[int], settings: BrowSettings) -> FaceSolve:
    """The solve with landmarks, canonical vertices and basis that follow the brows; nothing bleeds over `cuts`."""
    key = hashlib.sha256(f"{solve.key} {BROWS_VERSION} {settings!r}".encode()).hexdigest()
    calm = _calm_brows(solve, lumas_of, settings)
    if calm is None:
        return replace(solve, key=key)
    strip, count = _strip(settings.reach_cm), len(solve.frames)
    motion = np.zeros((count, len(strip.vertices), 2))
    trust = np.zeros((count, len(strip.vertices)))
    for i, luma in enumerate(lumas_of(solve.frames.tolist())):
        if luma is None:
            continue
        motion[i], likeness = _motion(calm, _laid_out(luma, solve.landmarks[i], settings), settings)
        near = np.linalg.norm(motion[i], axis=1) <= settings.farthest
        seen = near & ~_hidden(solve, i)[strip.vertices]
        trust[i] = ramp(likeness, settings.likeness_start, settings.likeness_end) * seen
    followed = np.concatenate([_steady(motion[run], trust[run], settings) for run in _runs(solve.frames, cuts)])
    return _moved(solve, followed * strip.share[:, None], settings, key)


@cache
def _strip(reach: float) -> _Strip:
    mesh, whole = load_canonical(), chart(CHART)
    places = mesh.vertices[:, :2]
    distance = ((places[:, None] - places[None, list(LED)]) ** 2).sum(2).min(1)
    share = np.exp(-distance / (2 * reach**2))
    vertices = np.nonzero(share > 0.02)[0]
    points = whole.points[vertices]
    left, top = (int(v) for v in np.floor(points.min(0)) - MARGIN)
    right, bottom = (int(v) for v in np.ceil(points.max(0)) + MARGIN + 1)
    box = np.s_[top:bottom, left:right]
    return _Strip(
        np.ascontiguousarray(whole.triangle[box]),
        np.ascontiguousarray(whole.weights[box]),
        vertices,
        share[vertices],
        np.asarray(points - (left, top), np.float32),
    )


def _calm_brows(solve: FaceSolve, lumas_of: LumasOf, settings: BrowSettings) -> ImageU8 | None:
    """The brows at rest; None where too little of the face is seen to tell."""
    calm = [int(i) for i in solve.neutral_frames if solve.clear[i]][: settings.calm_frames]
    if len(solve.frames) < settings.least_frames or not calm:
        return None
    calm.sort()
    lumas = zip(calm, lumas_of([int(solve.frames[i]) for i in calm]), strict=True)
    laid = [_laid_out(luma, solve.landmarks[i], settings) for i, luma in lumas if luma is not None]
    return np.median(np.stack(laid), axis=0).astype(np.uint8) if laid else None


def _laid_out(luma: ImageU8, landmarks: NDArray[np.floating], settings: BrowSettings) -> ImageU8:
    """The strip of a frame with one contrast everywhere; a face wider than the chart is averaged over boxes first."""
    strip = _strip(settings.reach_cm)
    where = strip.spread(landmarks[:N_VERTICES, :2])
    step = max(1, round(face_width(landmarks) / chart(CHART).face_width))
    height, width = luma.shape
    low = np.clip(np.floor(where.min((0, 1))).astype(int) - 2 * step, 0, (width - 1, height - 1))
    high = np.clip(np.ceil(where.max((0, 1))).astype(int) + 2 * step, low + 1, (width, height))
    cut = luma[low[1] : high[1], low[0] : high[0]]
    where -= low.astype(np.float32)
    if step > 1:
        cut = np.asarray(cv2.blur(cut, (step, step)), np.uint8)
    laid = cv2.remap(cut, where[..., 0], where[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    texture = gaussian(laid.astype(np.float32), 1.0)
    box = (settings.contrast_window,) * 2
    detail = texture - cv2.blur(texture, box)
    spread = np.sqrt(cv2.blur(detail * detail, box)) + LEAST_SPREAD
    return np.asarray(np.clip(GREY + SPREAD * detail / spread, 0, 255), np.uint8)


def _motion(calm: ImageU8, now: ImageU8, settings: BrowSettings) -> tuple[Floats, Floats]:
    """Motion (n, 2) of the vertices from `calm` to `now`, texels, and how like the calm brows it shows them (n,)."""
    search = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)
    flow = gaussian(search.calc(calm, now, np.zeros((*calm.shape, 2), np.float32)), settings.blur)
    rows, columns = np.indices(calm.shape, np.float32)
    back = cv2.remap(now, columns + flow[..., 0], rows + flow[..., 1], cv2.INTER_LINEAR)
    likeness = _likeness(calm.astype(np.float32), back.astype(np.float32), settings.window)
    points = _strip(settings.reach_cm).points
    return _read(flow, points).astype(np.float64), _read(likeness, points).astype(np.float64)


def _likeness(one: Matte, other: Matte, sigma: float) -> Matte:
    """Correlation of two pictures (h, w) in a Gaussian window around every texel."""
    mean, mean_other = gaussian(one, sigma), gaussian(other, sigma)
    both = gaussian(one * other, sigma) - mean * mean_other
    own = gaussian(one * one, sigma) - mean * mean
    others = gaussian(other * other, sigma) - mean_other * mean_other
    return np.asarray(both / np.sqrt(np.maximum(own, 1.0) * np.maximum(others, 1.0)), np.float32)


def _hidden(solve: FaceSolve, i: int) -> NDArray[np.bool_]:
    matte, landmarks = solve.occlusion.get(int(solve.frames[i])), solve.landmarks[i]
    if matte is None:
        return np.zeros(len(landmarks), np.bool_)
    return landmarks_covered(matte, landmarks, face_width(landmarks))


def _runs(frames: NDArray[np.int32], cuts: Collection[int]) -> Iterator[slice]:
    """Index ranges of frames that follow each other in one shot."""
    starts = [0, *(i for i in range(1, len(frames)) if frames[i] != frames[i - 1] + 1 or int(frames[i]) in cuts)]
    return (slice(a, b) for a, b in zip(starts, [*starts[1:], len(frames)], strict=True))


def _steady(motion: Floats, trust: Floats, settings: BrowSettings) -> Floats:
    """Motion (T, n, 2) smoothed over time by what is believed of it; none where nothing is."""
    weighted = motion * trust[..., None]
    total = gaussian_over_time(weighted, settings.sigma)
    total = total + settings.hold_weight * gaussian_over_time(weighted, settings.hold_sigma)
    weight = gaussian_over_time(trust, settings.sigma)
    weight = weight + settings.hold_weight * gaussian_over_time(trust, settings.hold_sigma)
    steady: Floats = total / (weight + 0.1 * settings.hold_weight)[..., None]
    return steady


def _moved(solve: FaceSolve, motion: Floats, settings: BrowSettings, key: str) -> FaceSolve:
    """The solve with its vertices moved along the face's surface by `motion` (T, n, 2) texels."""
    strip, step = _strip(settings.reach_cm), 2.0 ** grid_exponent(solve.landmarks)
    landmarks, canonical = solve.landmarks.copy(), solve.canonical.copy()
    for i in range(len(landmarks)):
        surface = strip.spread(solve.canonical[i])
        there, here = (_read(surface, points) for points in (strip.points + motion[i], strip.points))
        pose = Pose(solve.scale[i], solve.rotation[i], solve.translation[i])
        moved = repose(solve.canonical[i, strip.vertices] + (there - here), pose)
        landmarks[i, strip.vertices] = np.rint(moved / step) * step
        canonical[i] = to_canonical(landmarks[i, :N_VERTICES], pose)
    basis = solve.basis.copy()
    basis[:, strip.vertices] += _basis_of((canonical - solve.canonical)[:, strip.vertices], solve)
    return replace(solve, landmarks=landmarks, canonical=canonical, basis=basis, key=key)


def _read(surface: NDArray[np.float32], points: NDArray[np.floating]) -> NDArray[np.float32]:
    """`surface` (h, w[, k]) at `points` (n, 2) texels."""
    x, y = np.asarray(points, np.float32).T
    return np.asarray(cv2.remap(surface, x[None], y[None], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)[0])


def _basis_of(displacement: NDArray[np.float32], solve: FaceSolve) -> NDArray[np.float32]:
    """(52, n, 3) what a unit of each score adds to a displacement (T, n, 3): the fit of a sum is the sum of fits."""
    fit, fine = solve.clear, NeutralSettings()
    steady = gaussian_over_time(solve.scores.astype(np.float64), fine.score_sigma)
    return ridge_basis(displacement[fit].astype(np.float64), steady[fit], fine.ridge).astype(np.float32)
