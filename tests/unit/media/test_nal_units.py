"""Which stored pictures others are predicted from."""

from collections.abc import Callable

import pytest

from pipeline.media.nal_units import is_referenced

AVC = b"\x01\x64\x00\x28\xff"
HEVC = b"\x01" + bytes(20) + b"\x03"


def by_length(*units: bytes) -> bytes:
    return b"".join(len(unit).to_bytes(4, "big") + unit for unit in units)


def by_start_code(*units: bytes) -> bytes:
    return b"".join(b"\x00\x00\x00\x01" + unit for unit in units)


@pytest.mark.parametrize("pack", [by_length, by_start_code])
@pytest.mark.parametrize(
    ("codec", "head", "referenced"),
    [
        ("h264", b"\x65", True),  # IDR slice, nal_ref_idc 3
        ("h264", b"\x41", True),  # slice, nal_ref_idc 2
        ("h264", b"\x01", False),  # slice, nal_ref_idc 0
        ("hevc", b"\x00\x01", False),  # TRAIL_N
        ("hevc", b"\x02\x01", True),  # TRAIL_R
        ("hevc", b"\x10\x01", False),  # RASL_N
        ("hevc", b"\x26\x01", True),  # IDR_W_RADL
    ],
)
def test_the_slice_says_it_behind_other_units(
    pack: Callable[..., bytes], codec: str, head: bytes, referenced: bool
) -> None:
    aside = b"\x06\x05" if codec == "h264" else b"\x4e\x01"
    extradata = (AVC if codec == "h264" else HEVC) if pack is by_length else None
    assert is_referenced(codec, extradata, pack(aside + b"sei", head + b"slice")) is referenced


def test_what_cannot_be_told_counts_as_referenced() -> None:
    assert is_referenced("mpeg2video", None, b"\x00\x00\x01\x00")
    assert is_referenced("h264", AVC, b"\xff\xff\xff\xff\x01")
    assert is_referenced("h264", AVC, b"")
