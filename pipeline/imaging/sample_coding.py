"""How R'G'B' values are coded in planes: the interface that Y'CbCr, RGB and grey pictures share."""

from abc import ABC, abstractmethod

from pipeline.imaging.arrays import ImageF32, ImageU8, Mask, Rect
from pipeline.imaging.planes import Plane, Planes


class SampleCoding(ABC):
    """Reads pixels of the coded picture and adds changes to its samples; no rotation, no transfer curve."""

    @abstractmethod
    def pixels(self, planes: Planes, rect: Rect) -> ImageF32:
        """(h, w, 3) R'G'B' inside `rect`, nominally 0..1, values outside kept."""

    @abstractmethod
    def pixels8(self, planes: Planes) -> ImageU8:
        """(h, w, 3) R'G'B' of the whole picture, clipped to 0..255."""

    @abstractmethod
    def add(self, planes: Planes, rect: Rect, after: ImageF32, before: ImageF32, support: Mask) -> tuple[Plane, ...]:
        """New planes with after − before added inside `support`.

        Samples that are not reached, and those whose change is 0, keep their value bit for bit.
        """

    @abstractmethod
    def reached(self, planes: Planes, rect: Rect, support: Mask) -> tuple[Mask, ...]:
        """Which samples of each plane `add` may change, True there; of the planes' own sizes."""
