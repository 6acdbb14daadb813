"""The gamut an ICC profile describes, read from its colorants (ICC.1:2022, sections 7.2 to 9.2)."""

import struct

import numpy as np

from pipeline.imaging.gamut import CHROMATICITIES, D50_XYZ, adapt, to_xyz
from pipeline.imaging.planes import Primaries

_HEADER_BYTES = 128
_TOLERANCE = 0.004
_KNOWN: tuple[Primaries, ...] = ("bt709", "p3", "adobergb", "bt2020")


def primaries_of(profile: bytes | None) -> Primaries | None:
    """The gamut of a matrix profile among those pictures come in; None for others and for none."""
    colorants = _colorants(profile) if profile else None
    if colorants is None:
        return None
    for name in _KNOWN:
        x, y = CHROMATICITIES[name][3]
        white = np.array([x / y, 1.0, (1.0 - x - y) / y])
        if np.allclose(adapt(white, np.array(D50_XYZ)) @ to_xyz(name), colorants, atol=_TOLERANCE):
            return name
    return None


def _colorants(profile: bytes) -> np.ndarray[tuple[int, int], np.dtype[np.float64]] | None:
    """(3, 3) XYZ of red, green, blue as columns, relative to D50."""
    try:
        (count,) = struct.unpack_from(">I", profile, _HEADER_BYTES)
        tags = {}
        for number in range(min(count, 100)):
            name, offset, _ = struct.unpack_from(">4sII", profile, _HEADER_BYTES + 4 + 12 * number)
            tags[name] = offset
        columns = [struct.unpack_from(">3i", profile, tags[name] + 8) for name in (b"rXYZ", b"gXYZ", b"bXYZ")]
    except (struct.error, KeyError):
        return None
    return np.array(columns, np.float64).T / 65536.0
