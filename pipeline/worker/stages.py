"""Pictures before the encoder, step by step: each face is drawn only where it, or one before it, has changed.

A step's key is that of a frame with so many faces and no mark: parameters, solve, corrections and everything below
them are in it, so a tweak of the last face leaves the others' drawing alone.
"""

from dataclasses import dataclass

from pipeline.comp.compose import Composed
from pipeline.comp.mark import Mark
from pipeline.imaging.arrays import Matte
from pipeline.imaging.planes import Planes
from pipeline.imaging.view import DisplayView
from pipeline.jobs.byte_cache import ByteCache
from pipeline.jobs.digests import Digests
from pipeline.jobs.faces import MeshFace
from pipeline.jobs.frame_key import frame_key
from pipeline.render.frame import FrameRenderer

STAGE_BYTES = 48 << 20
"""Most that kept steps take."""


@dataclass(frozen=True, slots=True, eq=False)
class Recipe:
    """How the frames of one plate are drawn now."""

    view: DisplayView
    faces: tuple[MeshFace, ...]
    digests: Digests
    mark: Mark | None

    def key(self, frame: int) -> str:
        """Of the finished frame: its number, and the key under which a render keeps it."""
        return f"{frame}-{frame_key(self.faces, self.mark, self.digests)(frame)}"

    def step_key(self, frame: int, faces: int) -> str:
        """Of a frame after so many faces, without the mark."""
        return f"{frame}-{frame_key(self.faces[:faces], None, self.digests)(frame)}"


class Stages:
    """Safe to use from several threads."""

    def __init__(self, capacity: int = STAGE_BYTES) -> None:
        self._steps: ByteCache[Composed] = ByteCache(capacity, _size)
        self.reused = 0
        self.drawn = 0

    @property
    def bytes(self) -> int:
        return self._steps.bytes

    def finished(self, recipe: Recipe, planes: Planes) -> Planes:
        """The planes as a render hands them to the encoder."""
        renderer = FrameRenderer(recipe.view, recipe.faces, recipe.mark)
        keys = [recipe.step_key(planes.frame, number + 1) for number in range(len(recipe.faces))]
        composed, begin = Composed(planes), 0
        for number in reversed(range(len(keys))):
            found = self._steps.get(keys[number])
            if found is not None:
                composed, begin = found, number + 1
                break
        self.reused += begin
        for number in range(begin, len(keys)):
            composed = renderer.with_face(composed, number)
            self.drawn += 1
            self._steps.put(keys[number], composed)
        return renderer.marked(composed).planes

    @staticmethod
    def matte(recipe: Recipe, planes: Planes) -> Matte:
        """How far each pixel is replaced, (h, w) 0..1."""
        return FrameRenderer(recipe.view, recipe.faces, None).matte(planes)


def _size(composed: Composed) -> int:
    masks = sum(support.nbytes for _, support in composed.changes)
    return masks + sum(plane.nbytes for plane in composed.planes.data)
