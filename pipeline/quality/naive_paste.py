"""The cheapest face replacement there is: the photo itself, bent onto the face and feathered. A yardstick.

Every table of figures has a row of it, so that a reader sees which figures tell a good replacement from a bad one.
It knows nothing of light, expression, hands or hair.
"""

from collections.abc import Mapping

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.engines.faces import FaceSample, Patch, SourcePhoto
from pipeline.imaging.arrays import Rect
from pipeline.imaging.face_measures import face_width
from pipeline.imaging.mesh import OVAL

FEATHER = 0.05
"""Gaussian of the matte's edge, in face widths."""
N_POINTS = 468


class NaivePaste:
    """Pastes one photo on one face. `landmarks` gives (478, 3) pixels by plate frame; absent frames are left alone."""

    def __init__(self, photo: SourcePhoto, landmarks: Mapping[int, NDArray[np.floating]]) -> None:
        self._photo = photo
        self._landmarks = landmarks

    def region(self, frame: int) -> Rect | None:
        """The pixels the paste needs at a plate frame, uncut; None where the face is absent."""
        points = self._landmarks.get(frame)
        if points is None:
            return None
        margin = 4 * FEATHER * face_width(points)
        low, high = points[:, :2].min(0) - margin, points[:, :2].max(0) + margin
        return Rect(*np.floor(low).astype(int).tolist(), *(np.ceil(high).astype(int) + 1).tolist())

    def swap(self, sample: FaceSample) -> Patch:
        """The photo under the best affine map onto the frame's landmarks, inside the oval with a soft edge."""
        rect = sample.rect
        points = np.asarray(self._landmarks[sample.frame], np.float64)[:N_POINTS, :2] - (rect.x0, rect.y0)
        pasted = cv2.warpAffine(
            self._photo.image.astype(np.float32) / 255.0,
            affine(self._photo.mesh.landmarks[:N_POINTS, :2], points),
            (rect.width, rect.height),
            flags=cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        )
        alpha = self._matte(points, (rect.height, rect.width))
        colour = sample.crop + alpha[..., None] * (pasted - sample.crop)
        return Patch(rect, colour.astype(np.float32), alpha, alpha > 0)

    def _matte(self, points: NDArray[np.float64], shape: tuple[int, int]) -> NDArray[np.float32]:
        matte = np.zeros(shape, np.float32)
        cv2.fillPoly(matte, [np.rint(points[list(OVAL)] * 16).astype(np.int32)], 1.0, shift=4)
        soft = np.asarray(cv2.GaussianBlur(matte, (0, 0), max(0.5, FEATHER * face_width(points))), np.float32)
        soft[soft < 1 / 512] = 0
        return soft


def affine(source: NDArray[np.floating], target: NDArray[np.floating]) -> NDArray[np.float64]:
    """The (2, 3) affine map that takes points (n, 2) onto others with the least squared error."""
    design = np.column_stack([np.asarray(source, np.float64), np.ones(len(source))])
    solution, *_ = np.linalg.lstsq(design, np.asarray(target, np.float64), rcond=None)
    return np.ascontiguousarray(solution.T)
