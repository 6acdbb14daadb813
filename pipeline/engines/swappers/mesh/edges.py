"""The identity's detail where it can't be read: beside the nose, whose wings turn away and hide the cheek.

There neighbouring samples lie far apart in the chart, so a texture read sample by sample comes out dotted and
saw-toothed; left out, the edge shows the performer's own skin as a light line. A soft mean of what can be read around
it is neither.
"""

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.engines.swappers.mesh.grid import Drawing
from pipeline.imaging.arrays import ImageF32
from pipeline.imaging.bands import gaussian
from pipeline.imaging.mesh import N_VERTICES, OVAL
from pipeline.imaging.raster_kernels import interpolate

Floats = NDArray[np.float32]

MARGIN = 0.04
"""How far around the nose its contour may lie, in face widths."""
LEAST_READ = 1e-3
"""Share of what can be read around a sample that counts as nothing; keeps the mean finite."""
RINGED = N_VERTICES + 2 * len(OVAL)


class Edges(NamedTuple):
    """`detail` (h, w, 3) log light at the paint's samples from its (`left`, `top`) on."""

    detail: ImageF32
    left: int
    top: int


def soft_edges(
    drawing: Drawing,
    corner: tuple[int, int],
    places: Floats,
    scale: float,
    unread: NDArray[np.uint8],
    facing: Floats,
    detail: ImageF32,
    nose: NDArray[np.floating],
    face_width: float,
    softness: float,
) -> Edges:
    """The mean of `detail` (size, size, 3) around the points of the `nose` (n, 2: x, y), in samples of the paint.

    The paint's `corner` (left, top) is a sample of the `drawing`; `places` (2, h, w) times `scale` are the texels of
    the detail that it shows. Weights of the mean are how far skin faces the camera (`facing` (468,) at the vertices),
    and 0 where `unread` (h, w) is 255. `face_width` in samples, `softness` of the window in face widths. A mean this
    wide is told by every second sample; what lies between is filled in.
    """
    rows, columns = unread.shape
    margin = MARGIN * face_width
    left, top = (max(0, int(v)) for v in nose.min(0) - margin)
    right, bottom = min(columns, int(nose[:, 0].max() + margin)), min(rows, int(nose[:, 1].max() + margin))
    if right <= left or bottom <= top:
        return Edges(np.zeros((0, 0, 3), np.float32), 0, 0)
    box = np.s_[top:bottom:2, left:right:2]
    seen = np.s_[corner[1] + top : corner[1] + bottom : 2, corner[0] + left : corner[0] + right : 2]
    read = _carried(drawing, facing, seen) * (1 - unread[box] * np.float32(1 / 255))
    factor = np.float32(scale)
    laid = cv2.remap(detail, places[0][box] * factor, places[1][box] * factor, cv2.INTER_LINEAR)
    weighed = np.empty((*read.shape, 4), np.float32)
    np.multiply(laid, read[..., None], out=weighed[..., :3])
    weighed[..., 3] = read
    mean = gaussian(weighed, softness * face_width / 2)
    mean[..., :3] /= mean[..., 3:] + np.float32(LEAST_READ)
    return Edges(np.asarray(cv2.pyrUp(np.ascontiguousarray(mean[..., :3])), np.float32), left, top)


def _carried(drawing: Drawing, facing: Floats, seen: tuple[slice, slice]) -> Floats:
    """(h, w) `facing` (468,) at the `seen` samples of the drawing."""
    vertices = np.zeros((RINGED, 1), np.float32)
    vertices[:N_VERTICES, 0] = facing
    index, weights = np.ascontiguousarray(drawing.index[seen]), np.ascontiguousarray(drawing.weights[seen])
    carried = np.empty((*index.shape, 1), np.float32)
    interpolate(index, weights, drawing.triangles, vertices, 0, len(carried), carried)
    return carried[..., 0]
