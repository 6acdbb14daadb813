"""Does the skin move as the plate's does? Dense flow between two frames in the face's own chart, without the pose.

Both frames of a film are laid out in the chart by the mesh of the first one, carried to the second by the head's pose
alone: what then moves in the chart is expression. The flow comes from the pictures; landmarks only say where to look,
so that a loop which is closed on landmarks or scores has no hand in it.
"""

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.arrays import ImageU8, Mask
from pipeline.imaging.face_measures import face_width
from pipeline.imaging.mesh import BROW_LEFT, BROW_RIGHT, LIPS_OUTER, N_VERTICES
from pipeline.imaging.procrustes import Pose, repose, to_canonical
from pipeline.imaging.uv import chart

CHART = 256
"""Texels of the chart in which flow is taken."""
_BLUR = 1.0
"""Gaussian in texels before flow is taken: resampling is no motion."""
_GROW = {"mouth": 0.25, "brows": 0.35}
"""How far the regions reach beyond lips and brows, shares of their size: the skin that they draw along."""

ChartFlow = NDArray[np.float32]
"""(CHART, CHART, 2) motion in texels, x and y."""


@dataclass(frozen=True, slots=True, eq=False)
class PosedFrame:
    """One frame of a film: luma (h, w), landmarks read in it (≥ 468, 3) pixels, and the head's pose."""

    luma: ImageU8
    landmarks: NDArray[np.floating]
    pose: Pose


def expression_flow(first: PosedFrame, second: PosedFrame) -> ChartFlow:
    """Motion of the skin from the first frame to the second, the head's own taken out."""
    mesh = to_canonical(first.landmarks[:N_VERTICES], first.pose)
    before = laid_out(first.luma, first.landmarks[:N_VERTICES])
    return chart_flow(before, laid_out(second.luma, repose(mesh, second.pose)))


def chart_flow(before: ImageU8, after: ImageU8) -> ChartFlow:
    """Motion between two charts that `laid_out` made."""
    search = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)
    return np.asarray(search.calc(before, after, np.zeros((*before.shape, 2), np.float32)), np.float32)


def flow_error(plate: ChartFlow, result: ChartFlow) -> dict[str, float]:
    """Mean distance of two flows by region (`mouth`, `brows`), % of the face's width in the chart."""
    distance = np.linalg.norm(plate - result, axis=2) * per_cent()
    return {name: float(distance[region].mean()) for name, region in flow_regions().items()}


def per_cent() -> float:
    """A texel in % of the face's width."""
    return 100.0 / chart(CHART).face_width


@cache
def flow_regions() -> dict[str, Mask]:
    """Where motion is compared, by name."""
    uv = chart(CHART)
    mouth = uv.polygon(LIPS_OUTER, _GROW["mouth"])
    brows = sum(uv.polygon(_hull(brow), _GROW["brows"]) for brow in (BROW_RIGHT, BROW_LEFT))
    return {"mouth": uv.covered & (mouth > 0), "brows": uv.covered & (np.asarray(brows) > 0)}


def _hull(vertices: tuple[int, ...]) -> list[int]:
    """The vertices' outline in the chart, in order."""
    points = chart(CHART).points[list(vertices)]
    return [vertices[int(i)] for i in cv2.convexHull(points, returnPoints=False).ravel()]


def laid_out(luma: ImageU8, vertices: NDArray[np.floating]) -> ImageU8:
    """A luma (h, w) as seen at `vertices` (468, ≥ 2 pixels) in the chart (CHART, CHART).

    A face of more pixels than the chart has texels is averaged over boxes first.
    """
    box = round(face_width(vertices) / chart(CHART).face_width)
    even = cv2.blur(luma, (box, box)) if box > 1 else luma
    texture = chart(CHART).unwrap(even.astype(np.float32), np.asarray(vertices, np.float64))
    return np.asarray(np.clip(cv2.GaussianBlur(texture, (0, 0), _BLUR), 0, 255), np.uint8)
