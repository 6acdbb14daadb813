"""How much of a face lies under a matte: by landmark, and as a share of the face's chart."""

from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.engines.faces import OcclusionMatte
from pipeline.imaging.mesh import CanonicalMesh, load_canonical, signed_areas

COVERED_FROM = 64
"""Coverage (0..255) from which a landmark counts as hidden."""
REACH_PER_FACE = 0.025
"""A landmark this close to the matte, in face widths, is hidden too: contact shadows mislead network and flow."""


def landmarks_covered(
    matte: OcclusionMatte, landmarks_px: NDArray[np.floating], face_width_px: float
) -> NDArray[np.bool_]:
    """(n,) which landmarks (n, ≥2) lie under the matte or close beside it."""
    reach = max(1, round(REACH_PER_FACE * face_width_px))
    padded = np.pad(matte.coverage, reach)
    grown = cv2.dilate(padded, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1)))
    origin = np.array([matte.rect.x0 - reach, matte.rect.y0 - reach])
    return np.asarray(_read(np.asarray(grown, np.uint8), landmarks_px[:, :2] - origin) >= COVERED_FROM)


def covered_share(matte: OcclusionMatte, landmarks_px: NDArray[np.floating]) -> float:
    """Share 0..1 of the face's texture chart that the matte covers, for landmarks (≥468, ≥2) of the same frame."""
    weights, corners = _chart_samples()
    points = np.einsum("sk,skc->sc", weights, landmarks_px[:, :2][corners])
    values = _read(matte.coverage, points - np.array([matte.rect.x0, matte.rect.y0]))
    return float(values @ _chart_areas() / 255.0)


def _read(picture: NDArray[np.uint8], points: NDArray[np.floating]) -> NDArray[np.uint8]:
    """Nearest value at points (n, 2); 0 outside the picture."""
    height, width = picture.shape
    x, y = np.rint(points[:, 0]).astype(int), np.rint(points[:, 1]).astype(int)
    inside = (x >= 0) & (y >= 0) & (x < width) & (y < height)
    values = np.zeros(len(points), np.uint8)
    values[inside] = picture[y[inside], x[inside]]
    return values


@cache
def _chart_samples() -> tuple[NDArray[np.float64], NDArray[np.int32]]:
    """Four points a triangle: barycentric weights (s, 3) and the corners they belong to (s, 3)."""
    barycentric = np.array([[1, 1, 1], [4, 1, 1], [1, 4, 1], [1, 1, 4]], np.float64)
    barycentric /= barycentric.sum(1, keepdims=True)
    triangles = load_canonical().triangles
    return np.tile(barycentric, (len(triangles), 1)), np.repeat(triangles, len(barycentric), axis=0)


@cache
def _chart_areas() -> NDArray[np.float64]:
    mesh: CanonicalMesh = load_canonical()
    areas = np.repeat(np.abs(signed_areas(mesh.uv, mesh.triangles)), 4)
    return np.asarray(areas / areas.sum(), np.float64)
