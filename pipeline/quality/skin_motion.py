"""How the skin moves in plate and result: a second opinion on expression, which no network gives.

The skin's motion over a quarter of a second is taken in both films by dense flow, laid out at the plate's mesh with the
head's own motion taken out. The pictures say what moves; the plate's landmarks only say where to look, in both films
alike, and no loop of the engine is closed on it. Both are brought to one contrast first: flow finds less motion in skin
that shows less.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.arrays import ImageU8, Mask
from pipeline.imaging.mesh import LIPS_OUTER, N_VERTICES, load_canonical
from pipeline.imaging.procrustes import canonicalise, repose
from pipeline.imaging.uv import chart
from pipeline.quality.expression_flow import CHART, ChartFlow, chart_flow, flow_regions, laid_out, per_cent
from pipeline.quality.measures import Series

AHEAD = 6
"""Frames over which motion is taken."""
SAME_SHOT = 0.5
"""Least correlation of the plate's chart with that AHEAD frames before: under it, a cut lies between them."""
AROUND, GREY, SPREAD, LEAST_SPREAD = 65, 128.0, 40.0, 3.0
"""Texels of the box in which contrast is evened; mean and standard deviation that it gets, and what is added to its own
standard deviation, so that noise stays small; code values."""
LEAST_MOTION = 0.2
"""Root mean square of the plate's motion from which its agreement says anything, % of the face's width."""
LEAST_PAIRS = 4

MOTION_REGIONS = ("mouth", "brows")
LIPS_GROWN, SKIN_GROWN = 0.05, 0.7
"""The skin around the mouth lies between the lips and what they draw along, both grown about their centre by so much:
lips that part show what was not there before, which flow can't follow."""


@dataclass(frozen=True, slots=True)
class SkinMotion:
    """Motion in one region between two frames, over its texels, in % of the face's width (squared where squares are).

    `own`, `made`: mean squares of plate and result. `both`: mean product. `error`: mean distance.
    """

    own: float
    made: float
    both: float
    error: float


@dataclass(frozen=True, slots=True, eq=False)
class MotionSeries:
    """The values of `SkinMotion` by frame (T,), that of the later of two frames; NaN where none were taken."""

    own: Series
    made: Series
    both: Series
    error: Series

    def at(self, frames: slice | NDArray[np.int64]) -> "MotionSeries":
        """Some of the frames."""
        return MotionSeries(*(getattr(self, each.name)[frames] for each in fields(self)))


@dataclass(frozen=True, slots=True)
class MotionAgreement:
    """How the result's motion agrees with the plate's: `correlation` about no motion, and `gain`, the slope on it.

    NaN where the plate hardly moves, or too little was taken.
    """

    correlation: float
    gain: float


@dataclass(frozen=True, slots=True, eq=False)
class _Begun:
    """The frame that a motion begins at: the plate's mesh (468, 3) without its pose, and both charts."""

    mesh: NDArray[np.float64]
    plate: ImageU8
    result: ImageU8


Taken = Mapping[str, SkinMotion]


class MotionMeter:
    """Fed with both films' frames in order; begins at one frame in `every` and ends AHEAD frames later."""

    def __init__(self, every: int) -> None:
        self._every = every
        self._begun: dict[int, _Begun] = {}

    def add(
        self,
        at: int,
        plate: ImageU8 | None,
        result: ImageU8 | None,
        landmarks: NDArray[np.floating] | None,
    ) -> Taken | None:
        """The motion that ends in frame `at`, by region; None where none does.

        `plate`, `result`: (h, w, 3) RGB. `landmarks` (≥ 468, 3): the plate's smoothed ones; None where the face isn't
        clear.
        """
        begun = self._begun.pop(at - AHEAD, None)
        begins = at % self._every == 0
        if plate is None or result is None or landmarks is None or not (begins or begun is not None):
            return None
        canonical, lumas = (
            load_canonical(),
            [np.asarray(cv2.cvtColor(each, cv2.COLOR_RGB2GRAY), np.uint8) for each in (plate, result)],
        )
        mesh, pose = canonicalise(landmarks, canonical.vertices, canonical.procrustes_weights)
        if begins:
            self._begun[at] = _Begun(mesh, *(_even(luma, landmarks[:N_VERTICES]) for luma in lumas))
        if begun is None:
            return None
        charts = [_even(luma, repose(begun.mesh, pose)) for luma in lumas]
        if _likeness(begun.plate, charts[0]) < SAME_SHOT:
            return None
        return skin_motion(chart_flow(begun.plate, charts[0]), chart_flow(begun.result, charts[1]))


def skin_motion(plate: ChartFlow, result: ChartFlow) -> Taken:
    """Two motions compared, by region."""
    own, made = plate * per_cent(), result * per_cent()

    def within(region: NDArray[np.bool_]) -> SkinMotion:
        a, b = own[region].astype(np.float64), made[region].astype(np.float64)
        return SkinMotion(
            own=float((a * a).sum(axis=1).mean()),
            made=float((b * b).sum(axis=1).mean()),
            both=float((a * b).sum(axis=1).mean()),
            error=float(np.linalg.norm(a - b, axis=1).mean()),
        )

    return {name: within(region) for name, region in motion_regions().items()}


@cache
def motion_regions() -> Mapping[str, Mask]:
    """Where motion is compared, in the chart, by name."""
    uv = chart(CHART)
    lips, around = (uv.polygon(LIPS_OUTER, grown) > 0 for grown in (LIPS_GROWN, SKIN_GROWN))
    return {"mouth": uv.covered & around & ~lips, "brows": flow_regions()["brows"]}


def motion_series(taken: Sequence[Taken | None]) -> dict[str, MotionSeries]:
    """What a film's frames gave, by region."""
    unmoved = SkinMotion(math.nan, math.nan, math.nan, math.nan)

    def series(region: str) -> MotionSeries:
        found = [unmoved if each is None else each[region] for each in taken]
        return MotionSeries(
            *(np.array([getattr(each, name.name) for each in found], np.float64) for name in fields(SkinMotion))
        )

    return {region: series(region) for region in MOTION_REGIONS}


def motion_agreement(series: MotionSeries) -> MotionAgreement:
    """Of all frames that have a motion together, so that what moves most counts most."""
    taken = np.isfinite(series.own)
    own, made, both = (float(each[taken].sum()) for each in (series.own, series.made, series.both))
    if taken.sum() < LEAST_PAIRS or math.sqrt(own / taken.sum()) < LEAST_MOTION:
        return MotionAgreement(math.nan, math.nan)
    return MotionAgreement(both / math.sqrt(max(own * made, 1e-12)), both / own)


def _even(luma: ImageU8, vertices: NDArray[np.floating]) -> ImageU8:
    """A luma (h, w) in the chart, with one contrast everywhere."""
    texture = laid_out(luma, vertices).astype(np.float32)
    detail = texture - cv2.blur(texture, (AROUND, AROUND))
    spread = np.sqrt(cv2.blur(detail * detail, (AROUND, AROUND))) + LEAST_SPREAD
    return np.asarray(np.clip(GREY + SPREAD * detail / spread, 0, 255), np.uint8)


def _likeness(one: ImageU8, other: ImageU8) -> float:
    """Correlation of two charts on the face."""
    covered = chart(CHART).covered
    a, b = one[covered].astype(np.float64), other[covered].astype(np.float64)
    if a.std() < 1e-6 or b.std() < 1e-6:
        return 0.0
    return float(np.corrcoef(a, b)[0, 1])
