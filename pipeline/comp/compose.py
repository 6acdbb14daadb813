"""Patches into planes: every change to the picture goes through here, and leaves its support behind.

A change is written as a difference of code values, so samples outside the support stay the plate's own.
"""

from dataclasses import dataclass

import numpy as np

from pipeline.comp.mark import MarkStamp
from pipeline.engines.faces import Patch
from pipeline.imaging.arrays import ImageF32, Mask, Rect
from pipeline.imaging.planes import Planes
from pipeline.imaging.view import DisplayView


@dataclass(frozen=True, slots=True, eq=False)
class Composed:
    """A picture after changes. `changes`: of each, its rectangle in the shown picture and its support there (h, w)."""

    planes: Planes
    changes: tuple[tuple[Rect, Mask], ...] = ()

    def support(self, view: DisplayView) -> tuple[Mask, ...]:
        """For every plane, the samples that may differ from the plate's. Worked out when asked for, not in a render."""
        masks = tuple(np.zeros(plane.shape, np.bool_) for plane in self.planes.data)
        for rect, inside in self.changes:
            for mask, reached in zip(masks, view.reached(self.planes, rect, inside), strict=True):
                mask |= reached
        return masks


def with_patch(view: DisplayView, composed: Composed, before: ImageF32, patch: Patch) -> Composed:
    """`composed` with an engine's patch in it; `before` is the crop the patch was made from."""
    return _changed(view, composed, patch.rect, before, patch.colour, patch.support)


def with_mark(view: DisplayView, composed: Composed, mark: MarkStamp) -> Composed:
    """`composed` with the visible mark on it."""
    before = view.crop(composed.planes, mark.rect)
    return _changed(view, composed, mark.rect, before, mark.over(before), mark.support)


def _changed(
    view: DisplayView, composed: Composed, rect: Rect, before: ImageF32, after: ImageF32, support: Mask
) -> Composed:
    planes = view.apply(composed.planes, rect, before, after, support)
    return Composed(planes, (*composed.changes, (rect, support)))
