"""The gamut of a profile, from its colorants."""

import struct

import numpy as np
import pytest
from PIL import ImageCms

from pipeline.imaging.gamut import CHROMATICITIES, D50_XYZ, adapt, to_xyz
from pipeline.imaging.planes import Primaries
from pipeline.media.icc_profile import primaries_of


def profile_of(primaries: Primaries) -> bytes:
    """The tags of a matrix profile that tell its gamut."""
    x, y = CHROMATICITIES[primaries][3]
    white = np.array([x / y, 1.0, (1.0 - x - y) / y])
    colorants = adapt(white, np.array(D50_XYZ)) @ to_xyz(primaries)
    head, body = bytes(128) + struct.pack(">I", 3), b""
    for number, name in enumerate((b"rXYZ", b"gXYZ", b"bXYZ")):
        head += struct.pack(">4sII", name, 168 + 20 * number, 20)
        body += b"XYZ " + bytes(4) + struct.pack(">3i", *np.round(colorants[:, number] * 65536).astype(int).tolist())
    return head + body


@pytest.mark.parametrize("primaries", ["bt709", "p3", "adobergb", "bt2020"])
def test_the_gamuts_pictures_come_in_are_told(primaries: Primaries) -> None:
    assert primaries_of(profile_of(primaries)) == primaries


def test_a_real_srgb_profile_is_told() -> None:
    assert primaries_of(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()) == "bt709"


def test_no_profile_another_one_and_a_broken_one_tell_nothing() -> None:
    assert primaries_of(None) is None
    assert primaries_of(profile_of("ap0")) is None
    assert primaries_of(b"no profile") is None
    assert primaries_of(ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()) is None
