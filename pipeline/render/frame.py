"""One frame: the plate's planes in, the finished planes out, for all faces, with the support of what was changed.

A pure function of plate frame, solves, settings and mark: no state is kept between frames, so frames
may be rendered in any order, by several threads, and again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import numpy as np

from pipeline.comp.compose import Composed, with_mark, with_patch
from pipeline.comp.mark import Mark, stamp
from pipeline.engines.engine import Swapper
from pipeline.engines.faces import Carried, FaceSample, Patch
from pipeline.imaging.arrays import Matte, Rect
from pipeline.imaging.planes import Planes
from pipeline.imaging.view import DisplayView

P = TypeVar("P")
S = TypeVar("S")


class PlacedFace(Protocol):
    """A face ready to be rendered, whatever engine prepared it."""

    def region(self, frame: int) -> Rect | None:
        """The pixels the face needs at a plate frame, uncut; None where it is absent."""

    def swap(self, sample: FaceSample) -> Patch:
        """The patch for one frame's pixels."""


@dataclass(frozen=True, slots=True, eq=False)
class EngineFace(Generic[P, S]):
    """A face with its engine, what the engine prepared for it, and its settings frame by frame."""

    swapper: Swapper[P, S]
    prepared: P
    settings_at: Callable[[int], S]

    def region(self, frame: int) -> Rect | None:
        return self.swapper.region(self.prepared, frame, self.settings_at(frame))

    def swap(self, sample: FaceSample) -> Patch:
        return self.swapper.swap(self.prepared, [sample], [self.settings_at(sample.frame)])[0]

    def carried(self, sample: FaceSample) -> Carried | None:
        """Where the plate's own samples go; None where the engine doesn't know."""
        return self.swapper.carried(self.prepared, sample, self.settings_at(sample.frame))


class FrameRenderer:
    """Renders the frames of one plate. `faces` are drawn in order; a later one sees the earlier ones' result."""

    def __init__(self, view: DisplayView, faces: Sequence[PlacedFace], mark: Mark | None) -> None:
        self._view = view
        self._faces = tuple(faces)
        width, height = view.size
        self._stamp = None if mark is None else stamp(mark, width, height)

    def render(self, planes: Planes) -> Composed:
        """The finished picture of one plate frame."""
        composed = Composed(planes)
        for number in range(len(self._faces)):
            composed = self.with_face(composed, number)
        return self.marked(composed)

    def with_face(self, composed: Composed, number: int) -> Composed:
        """The picture with one face more: the first step is `Composed(planes)`, then the faces in their order."""
        face, frame = self._faces[number], composed.planes.frame
        rect = self._rect(face, frame)
        if rect is None:
            return composed
        before = self._view.crop(composed.planes, rect)
        patch = face.swap(FaceSample(frame=frame, rect=rect, crop=before))
        return with_patch(self._view, composed, before, patch)

    def marked(self, composed: Composed) -> Composed:
        """The last step: the visible mark on the picture."""
        return composed if self._stamp is None else with_mark(self._view, composed, self._stamp)

    def matte(self, planes: Planes) -> Matte:
        """How far each pixel of the shown picture (h, w) is replaced by a face, 0..1; the mark is left out."""
        width, height = self._view.size
        matte = np.zeros((height, width), np.float32)
        for face in self._faces:
            rect = self._rect(face, planes.frame)
            if rect is not None:
                sample = FaceSample(planes.frame, rect, self._view.crop(planes, rect))
                part = matte[rect.y0 : rect.y1, rect.x0 : rect.x1]
                np.maximum(part, face.swap(sample).alpha, out=part)
        return matte

    def _rect(self, face: PlacedFace, frame: int) -> Rect | None:
        """What the face needs of the picture; None where it isn't in it."""
        region = face.region(frame)
        rect = None if region is None else region.clipped(*self._view.size)
        return None if rect is None or rect.empty else rect
