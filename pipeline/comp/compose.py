"""Patches into planes: every change to the picture goes through here, and leaves its support behind.

A change is written as a difference of code values, so samples outside the support stay the plate's own.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from pipeline.comp.mark import MarkStamp
from pipeline.engines.faces import Patch
from pipeline.imaging.arrays import ImageF32, Mask
from pipeline.imaging.planes import Planes
from pipeline.imaging.view import DisplayView


@dataclass(frozen=True, slots=True, eq=False)
class Composed:
    """A picture after changes, and `support`: for every plane, the samples that may differ from the plate's."""

    planes: Planes
    support: tuple[Mask, ...]


def untouched(planes: Planes) -> Composed:
    """The plate's own picture, with an empty support."""
    return Composed(planes, tuple(np.zeros(plane.shape, np.bool_) for plane in planes.data))


def with_patch(view: DisplayView, composed: Composed, before: ImageF32, patch: Patch) -> Composed:
    """`composed` with an engine's patch in it; `before` is the crop the patch was made from."""
    return _changed(view, composed, view.apply(composed.planes, patch.rect, before, patch.colour, patch.support))


def with_mark(view: DisplayView, composed: Composed, mark: MarkStamp) -> Composed:
    """`composed` with the visible mark on it."""
    before = view.crop(composed.planes, mark.rect)
    after = mark.over(before)
    return _changed(view, composed, view.apply(composed.planes, mark.rect, before, after, mark.support))


def _changed(view: DisplayView, composed: Composed, applied: tuple[Planes, tuple[Mask, ...]]) -> Composed:
    planes, touched = applied
    return Composed(planes, united(composed.support, touched))


def united(first: Iterable[Mask], second: Iterable[Mask]) -> tuple[Mask, ...]:
    """Plane by plane, the samples that are in either support."""
    return tuple(np.logical_or(a, b) for a, b in zip(first, second, strict=True))
