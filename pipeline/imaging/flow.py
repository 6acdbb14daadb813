"""Motion between neighbouring frames around a face: dense inverse search flow at a bounded working size.

Landmarks of single frames tremble by a pixel; the picture itself says how the skin moved. Sparse point tracking is
worse than no tracking here (skin has little texture, every point slides on its own), so the flow is dense and
smoothed over a patch of skin before it is read at the landmarks. The cost is bounded by working on the face region
at no more than `WORK_FACE_WIDTH` pixels of face width, whatever the size of the plate.
"""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.arrays import ImageU8, Rect

WORK_FACE_WIDTH = 208.0
"""Face width in pixels at which flow is computed, at most a sixth wider; a smaller face is not enlarged."""
WORK_SLACK = 7 / 6
REGION_MARGIN = 0.1
"""Margin of the region around the landmarks, in face widths: room for motion and for the flow's own borders."""
BLUR_PER_FACE = 3.0 / 200.0
"""Standard deviation of the flow's smoothing, in face widths."""

_THIN_SIGMA = 1.5
"""Smoothing, in working pixels, from which on every second sample of the field is enough."""

Field = NDArray[np.float32]
"""(h, w, 2) displacement x, y in plate pixels."""


@dataclass(frozen=True, slots=True)
class FlowRegion:
    """The part of the picture in which flow is computed, and its working scale (working pixels a plate pixel)."""

    rect: Rect
    scale: float

    @property
    def work_size(self) -> tuple[int, int]:
        """(width, height) of the working picture."""
        return max(16, round(self.rect.width * self.scale)), max(16, round(self.rect.height * self.scale))

    @property
    def pixels_per_step(self) -> NDArray[np.float32]:
        """(2,) plate pixels a working pixel, x and y."""
        width, height = self.work_size
        return np.array([self.rect.width / width, self.rect.height / height], np.float32)

    def to_work(self, points: NDArray[np.float32]) -> NDArray[np.float32]:
        """Plate pixel coordinates (n, 2) as coordinates of the working picture."""
        width, height = self.work_size
        ratio = np.array([width / self.rect.width, height / self.rect.height], np.float32)
        origin = np.array([self.rect.x0, self.rect.y0], np.float32)
        return (points - origin + np.float32(0.5)) * ratio - np.float32(0.5)

    def cut(self, gray: ImageU8) -> ImageU8:
        """The working picture: this region of a plate-size grey picture."""
        crop = gray[self.rect.y0 : self.rect.y1, self.rect.x0 : self.rect.x1]
        if self.work_size == (self.rect.width, self.rect.height):
            return np.ascontiguousarray(crop)
        return np.asarray(cv2.resize(crop, self.work_size, interpolation=cv2.INTER_AREA), np.uint8)


def face_width(landmarks_px: NDArray[np.floating]) -> float:
    """Horizontal extent of the landmarks (n, ≥2) in pixels, never under one."""
    return max(1.0, float(np.ptp(landmarks_px[:, 0])))


def face_region(
    landmarks_px: NDArray[np.floating], width: int, height: int, margin: float = REGION_MARGIN
) -> FlowRegion:
    """Region around the landmarks of one frame, cut to the picture of `width` × `height`.

    `margin` is in face widths. The region may be empty when the face lies wholly outside the picture.
    """
    face = face_width(landmarks_px)
    low = np.floor(landmarks_px[:, :2].min(0)).astype(int)
    high = np.ceil(landmarks_px[:, :2].max(0)).astype(int) + 1
    rect = Rect(int(low[0]), int(low[1]), int(high[0]), int(high[1])).grown(round(margin * face)).clipped(width, height)
    # Whole steps of reduction: averaging n x n samples costs a fifth of a resize by a fraction.
    step = max(1, math.ceil(face / (WORK_FACE_WIDTH * WORK_SLACK)))
    whole = Rect(rect.x0, rect.y0, rect.x1 - rect.width % step, rect.y1 - rect.height % step)
    return FlowRegion(whole, 1.0 / step)


def dense_flow(prev_work: ImageU8, next_work: ImageU8, region: FlowRegion) -> Field:
    """Displacement from one working picture to the other, (h, w, 2) at working resolution, in plate pixels.

    Dense inverse search (Kroeger et al. 2016) in OpenCV's fast preset, unsmoothed. Borders of the region are
    extrapolated by the method itself.
    """
    flow = _calc(cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_FAST), prev_work, next_work)
    flow *= region.pixels_per_step
    return flow


def _fine_search(prev_work: ImageU8, next_work: ImageU8) -> Field:
    """Displacement in working pixels, down to half the working size.

    One scale finer than the fast preset steadies the face's texture by half a decibel or more; fewer steps on sparser
    patches pay for it.
    """
    search = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_FAST)
    search.setFinestScale(1)
    search.setPatchStride(5)
    search.setGradientDescentIterations(5)
    search.setVariationalRefinementIterations(2)
    return _calc(search, prev_work, next_work)


def _coarse_search(prev_work: ImageU8, next_work: ImageU8) -> Field:
    """Displacement in working pixels, good enough to check another by.

    What it is sure of steadies the face more than a finer search to be checked: it is refined further than that one.
    """
    search = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_FAST)
    search.setGradientDescentIterations(8)
    search.setVariationalRefinementIterations(5)
    return _calc(search, prev_work, next_work)


def _calc(search: cv2.DISOpticalFlow, prev_work: ImageU8, next_work: ImageU8) -> Field:
    return np.asarray(search.calc(prev_work, next_work, None), np.float32)  # type: ignore[call-overload]


def sample(field: Field, points_work: NDArray[np.float32]) -> NDArray[np.float32]:
    """Bilinear values (n, 2) of a field at working coordinates (n, 2); the border value outside."""
    x = np.ascontiguousarray(points_work[None, :, 0])
    y = np.ascontiguousarray(points_work[None, :, 1])
    values: NDArray[np.float32] = cv2.remap(field, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)[0]
    return values


def vertex_flow(
    prev_gray: ImageU8, next_gray: ImageU8, landmarks_px: NDArray[np.floating]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """How each landmark's patch of picture moves from one frame to the next.

    Parameters
    ----------
    prev_gray, next_gray: (h, w) uint8, the whole display picture (luma).
    landmarks_px: (n, ≥2) landmarks in `prev_gray`, pixels.

    Returns
    -------
    flow (n, 2) in pixels and the forward-backward disagreement (n,) in pixels. A face outside the picture
    gives zero flow with infinite disagreement.
    """
    count = len(landmarks_px)
    height, width = prev_gray.shape[:2]
    region = face_region(landmarks_px, width, height)
    if region.rect.empty:
        return np.zeros((count, 2), np.float32), np.full(count, np.inf, np.float32)
    sigma = BLUR_PER_FACE * face_width(landmarks_px) * region.scale
    before, after = region.cut(prev_gray), region.cut(next_gray)
    points = np.asarray(landmarks_px[:, :2], np.float32)
    flow = _sample_smoothed(_fine_search(before, after), region.to_work(points), sigma) * region.pixels_per_step
    back = (
        _sample_smoothed(_coarse_search(after, before), region.to_work(points + flow), sigma) * region.pixels_per_step
    )
    return flow, np.asarray(np.linalg.norm(flow + back, axis=1), np.float32)


def _sample_smoothed(field: Field, points_work: NDArray[np.float32], sigma: float) -> NDArray[np.float32]:
    """Values (n, 2) of the smoothed field at working coordinates.

    The search leaves a field interpolated from every second sample or fewer: half of its samples are enough.
    """
    if sigma < _THIN_SIGMA:
        return sample(smoothed(field, sigma), points_work)
    return sample(smoothed(np.ascontiguousarray(field[::2, ::2]), sigma / 2), points_work * np.float32(0.5))


def smoothed(field: Field, sigma: float) -> Field:
    """The field under a Gaussian of `sigma` working pixels."""
    return np.asarray(cv2.GaussianBlur(field, (0, 0), max(sigma, 0.3)), np.float32)
