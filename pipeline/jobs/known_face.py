"""What a project's render knows of its own picture, for measuring: drawn again on the frames that are asked for."""

import numpy as np

from pipeline.engines.faces import FaceSample
from pipeline.imaging.planes import Planes
from pipeline.imaging.view import DisplayView
from pipeline.jobs.faces import MeshFace
from pipeline.quality.known_face import Known, KnownFace


def known_face(face: MeshFace, view: DisplayView) -> Known:
    """Of a face and the view its plate is read in."""

    def known(planes: Planes) -> KnownFace | None:
        region = face.region(planes.frame)
        rect = None if region is None else region.clipped(*view.size)
        if rect is None or rect.empty:
            return None
        sample = FaceSample(planes.frame, rect, view.crop(planes, rect))
        carried = face.carried(sample)
        if carried is None:
            return None
        width, height = view.size
        matte = np.zeros((height, width), np.float32)
        matte[rect.y0 : rect.y1, rect.x0 : rect.x1] = face.swap(sample).alpha
        eight_bit = np.rint(np.clip(carried.colour, 0.0, 1.0) * 255).astype(np.uint8)
        return KnownFace(matte, rect, eight_bit, carried.landmarks)

    return known
