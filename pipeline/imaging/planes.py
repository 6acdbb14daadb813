"""A decoded picture as it lies in the plate: one array a component, never converted as a whole."""

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Family = Literal["yuv", "rgb", "gray"]
ColourRange = Literal["limited", "full"]
Matrix = Literal["bt601", "bt709", "bt2020", "rgb"]
Transfer = Literal[
    "bt709",
    "bt601",
    "srgb",
    "gamma22",
    "gamma28",
    "pq",
    "hlg",
    "linear",
    "log10",
    "slog3",
    "logc3",
    "vlog",
    "clog3",
    "cineon",
]
Primaries = Literal[
    "bt709",
    "bt601-525",
    "bt601-625",
    "bt2020",
    "p3",
    "adobergb",
    "awg3",
    "sgamut3",
    "sgamut3cine",
    "vgamut",
    "cinemagamut",
    "ap0",
    "ap1",
]
ChromaSiting = Literal["left", "center", "topleft"]

Plane = NDArray[np.uint8] | NDArray[np.uint16] | NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class PixelFormat:
    """How samples lie and what their numbers mean.

    `name` is FFmpeg's pixel format name (`yuv422p10le`, `gbrpf32le`, …). Planes are always
    stored planar: components in the order Y, Cb, Cr (yuv), R, G, B (rgb) or Y (gray), then alpha if `alpha`.
    `depth` is significant bits (32 for float samples); integer samples are right-aligned.
    `log2_chroma_w`, `log2_chroma_h` are the subsampling shifts (1, 1 for 4:2:0).
    """

    name: str
    family: Family
    depth: int
    is_float: bool = False
    log2_chroma_w: int = 0
    log2_chroma_h: int = 0
    alpha: bool = False


@dataclass(frozen=True, slots=True)
class ColourTags:
    """What the code values mean. `assumed` names the fields the file did not state."""

    range: ColourRange
    matrix: Matrix
    transfer: Transfer
    primaries: Primaries
    siting: ChromaSiting = "left"
    assumed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Planes:
    """One picture. Arrays are read-only by convention: whoever changes samples makes copies first."""

    format: PixelFormat
    colour: ColourTags
    width: int
    height: int
    data: tuple[Plane, ...]
    frame: int
    """0-based number in the plate."""
    pts: int
    time_base: Fraction

    def with_data(self, data: tuple[Plane, ...]) -> "Planes":
        return replace(self, data=data)
