"""Colour gamuts: chromaticities, and the matrices between linear light in one and in another.

Sources: BT.709-6, BT.601-7, BT.2020-2, SMPTE EG 432-1 (P3, here with D65), Adobe RGB (1998) 2005-05;
ARRI "Alexa Wide Gamut RGB" (2017), Sony "Technical Summary for S-Gamut3.Cine/S-Log3 and S-Gamut3/S-Log3"
(2014), Panasonic "V-Log/V-Gamut Reference Manual" (2014), Canon "Cinema Gamut" white paper (2014),
SMPTE ST 2065-1 and Academy S-2014-004 (ACES). Adaptation between white points: Bradford.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.planes import Primaries

Point = tuple[float, float]

_D65: Point = (0.3127, 0.3290)
_ACES_WHITE: Point = (0.32168, 0.33767)
D50_XYZ = (0.9642, 1.0, 0.8249)
"""The white of ICC's profile connection space."""

CHROMATICITIES: dict[Primaries, tuple[Point, Point, Point, Point]] = {
    "bt709": ((0.640, 0.330), (0.300, 0.600), (0.150, 0.060), _D65),
    "bt601-525": ((0.630, 0.340), (0.310, 0.595), (0.155, 0.070), _D65),
    "bt601-625": ((0.640, 0.330), (0.290, 0.600), (0.150, 0.060), _D65),
    "bt2020": ((0.708, 0.292), (0.170, 0.797), (0.131, 0.046), _D65),
    "p3": ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060), _D65),
    "adobergb": ((0.640, 0.330), (0.210, 0.710), (0.150, 0.060), _D65),
    "awg3": ((0.6840, 0.3130), (0.2210, 0.8480), (0.0861, -0.1020), _D65),
    "sgamut3": ((0.730, 0.280), (0.140, 0.855), (0.100, -0.050), _D65),
    "sgamut3cine": ((0.766, 0.275), (0.225, 0.800), (0.089, -0.087), _D65),
    "vgamut": ((0.730, 0.280), (0.165, 0.840), (0.100, -0.030), _D65),
    "cinemagamut": ((0.740, 0.270), (0.170, 1.140), (0.080, -0.100), _D65),
    "ap0": ((0.7347, 0.2653), (0.0, 1.0), (0.0001, -0.0770), _ACES_WHITE),
    "ap1": ((0.713, 0.293), (0.165, 0.830), (0.128, 0.044), _ACES_WHITE),
}
"""(x, y) of red, green, blue and white."""

SHOWN_AS_709: frozenset[Primaries] = frozenset({"bt709", "bt601-525", "bt601-625"})
"""Gamuts so near BT.709 that pictures are shown in it without conversion, as players do."""

_BRADFORD = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])

Matrix3 = NDArray[np.float64]


def _xyz(point: Point) -> NDArray[np.float64]:
    x, y = point
    return np.array([x / y, 1.0, (1.0 - x - y) / y])


def adapt(source: NDArray[np.float64], target: NDArray[np.float64]) -> Matrix3:
    """XYZ under white `source` → XYZ under white `target` (both XYZ with Y = 1)."""
    gains = (_BRADFORD @ target) / (_BRADFORD @ source)
    return np.asarray(np.linalg.inv(_BRADFORD) @ np.diag(gains) @ _BRADFORD, np.float64)


@cache
def to_xyz(primaries: Primaries) -> Matrix3:
    """(3, 3) linear RGB → XYZ, white of the gamut kept (SMPTE RP 177)."""
    red, green, blue, white = CHROMATICITIES[primaries]
    columns = np.stack([_xyz(red), _xyz(green), _xyz(blue)], axis=1)
    return np.asarray(columns * np.linalg.solve(columns, _xyz(white)), np.float64)


@cache
def to_709(primaries: Primaries) -> Matrix3:
    """(3, 3) linear RGB of a gamut → linear RGB of BT.709; white goes to white."""
    white = _xyz(CHROMATICITIES[primaries][3])
    return np.asarray(np.linalg.inv(to_xyz("bt709")) @ adapt(white, _xyz(_D65)) @ to_xyz(primaries), np.float64)
