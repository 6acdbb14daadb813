"""What a render changes, as pictures of one channel for the next program in the chain.

The matte says how far each sample is the face that went in; the support says which samples may differ from the plate's
at all: those outside it are the plate's own, bit for bit.
"""

from typing import Literal

import numpy as np

from pipeline.comp.compose import Composed
from pipeline.errors import LikenessError
from pipeline.imaging.arrays import Mask, Matte
from pipeline.imaging.planes import Planes
from pipeline.imaging.view import DisplayView
from pipeline.render.frame import FrameRenderer
from pipeline.render.frame_feed import ENDS_THE_JOB
from pipeline.render.gray_plate import GRAY

MatteKind = Literal["matte", "support"]

_WHOLE = 65535


def matte_picture(renderer: FrameRenderer, view: DisplayView, planes: Planes, kind: MatteKind) -> Planes:
    """The matte or the support of one plate frame in its coded raster, 16 bit gray.

    A frame that can't be rendered shows the plate's own picture: nothing of it is changed.
    """
    try:
        values = _matte(renderer, view, planes) if kind == "matte" else _support(renderer, view, planes)
    except ENDS_THE_JOB:
        raise
    except LikenessError:
        values = np.zeros((planes.height, planes.width), np.uint16)
    return Planes(
        GRAY, planes.colour, planes.width, planes.height, (values,), planes.frame, planes.pts, planes.time_base
    )


def _matte(
    renderer: FrameRenderer, view: DisplayView, planes: Planes
) -> "np.ndarray[tuple[int, int], np.dtype[np.uint16]]":
    shown: Matte = view.coded_matte(renderer.matte(planes))
    return np.rint(np.clip(shown, 0, 1) * _WHOLE).astype(np.uint16)


def _support(
    renderer: FrameRenderer, view: DisplayView, planes: Planes
) -> "np.ndarray[tuple[int, int], np.dtype[np.uint16]]":
    return whole_support(renderer.render(planes), view).astype(np.uint16) * np.uint16(_WHOLE)


def whole_support(composed: Composed, view: DisplayView) -> Mask:
    """(height, width) of the coded picture: a sample is in it if any plane's may change there.

    A chroma sample that several pixels share is drawn over all of them.
    """
    planes = composed.planes
    found = np.zeros((planes.height, planes.width), np.bool_)
    for mask in composed.support(view):
        down, across = -(-planes.height // mask.shape[0]), -(-planes.width // mask.shape[1])
        found |= mask.repeat(down, axis=0).repeat(across, axis=1)[: planes.height, : planes.width]
    return found
