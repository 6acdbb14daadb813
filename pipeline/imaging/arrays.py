"""Names for the arrays that travel between modules; each name states element type and meaning."""

from dataclasses import fields, is_dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

ImageU8 = NDArray[np.uint8]
"""(h, w, 3) RGB, display-referred, 0..255; or (h, w) for a single channel."""

ImageF32 = NDArray[np.float32]
"""(h, w, 3) RGB, display-referred, nominally 0..1 (values outside are kept); or (h, w)."""

Matte = NDArray[np.float32]
"""(h, w) coverage 0..1."""

MatteU8 = NDArray[np.uint8]
"""(h, w) coverage 0..255."""

Mask = NDArray[np.bool_]
"""(h, w) membership."""

Vertices = NDArray[np.float32]
"""(n, 3) points. Pixel space: x right, y down, z away from the camera, in pixels; integer x, y are pixel centres."""

AnyArray = NDArray[Any]


def arrays_bytes(*values: object) -> int:
    """Bytes of the arrays that are among the values, or in their fields, tuples and lists; each counts once."""
    found: dict[int, int] = {}
    waiting = list(values)
    while waiting:
        value = waiting.pop()
        if isinstance(value, np.ndarray):
            whole = value
            while isinstance(whole.base, np.ndarray):
                whole = whole.base
            found[id(whole)] = whole.nbytes
        elif isinstance(value, tuple | list):
            waiting.extend(value)
        elif is_dataclass(value):
            waiting.extend(getattr(value, each.name) for each in fields(value))
    return sum(found.values())


class Rect(NamedTuple):
    """Pixel rectangle, 0-based; x1 and y1 are exclusive."""

    x0: int
    y0: int
    x1: int
    y1: int

    @property
    def width(self) -> int:
        return self.x1 - self.x0

    @property
    def height(self) -> int:
        return self.y1 - self.y0

    @property
    def empty(self) -> bool:
        return self.x1 <= self.x0 or self.y1 <= self.y0

    def clipped(self, width: int, height: int) -> "Rect":
        """This rectangle cut to a picture of width × height."""
        return Rect(max(0, self.x0), max(0, self.y0), min(width, self.x1), min(height, self.y1))

    def grown(self, margin: int) -> "Rect":
        return Rect(self.x0 - margin, self.y0 - margin, self.x1 + margin, self.y1 + margin)

    def aligned(self, step_x: int, step_y: int) -> "Rect":
        """The smallest rectangle around this one whose edges are multiples of the chroma steps."""
        return Rect(
            self.x0 // step_x * step_x,
            self.y0 // step_y * step_y,
            -(-self.x1 // step_x) * step_x,
            -(-self.y1 // step_y) * step_y,
        )
