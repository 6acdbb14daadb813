"""Rate and timecode of DPX headers, read only where the header is long enough to hold them."""

import struct
from fractions import Fraction
from pathlib import Path

import pytest

from pipeline.media.dpx_header import dpx_facts


def header(
    path: Path, *, order: str = ">", offset: int = 2048, rate: float = 0.0, film: float = 0.0, code: int = 0
) -> Path:
    content = bytearray(2048)
    content[:4] = b"SDPX" if order == ">" else b"XPDS"
    struct.pack_into(f"{order}I", content, 4, offset)
    struct.pack_into(f"{order}f", content, 1724, film)
    struct.pack_into(f"{order}I", content, 1920, code)
    struct.pack_into(f"{order}f", content, 1940, rate)
    path.write_bytes(bytes(content))
    return path


@pytest.mark.parametrize("order", [">", "<"])
def test_television_header(tmp_path: Path, order: str) -> None:
    path = header(tmp_path / "a.dpx", order=order, rate=23.976, code=0x01020304)
    assert dpx_facts(path) == (Fraction(24000, 1001), "01:02:03:04")


def test_the_film_header_stands_in(tmp_path: Path) -> None:
    assert dpx_facts(header(tmp_path / "a.dpx", film=24.0)) == (Fraction(24), None)


@pytest.mark.parametrize("code", [0xFFFFFFFF, 0x15704900, 0x29000000])
def test_nonsense_is_no_timecode(tmp_path: Path, code: int) -> None:
    assert dpx_facts(header(tmp_path / "a.dpx", code=code, rate=float("nan"))) == (None, None)


def test_a_short_header_holds_pixels_there(tmp_path: Path) -> None:
    assert dpx_facts(header(tmp_path / "a.dpx", offset=1664, rate=25.0, code=0x01000000)) == (None, None)
    (tmp_path / "b.dpx").write_bytes(b"SDPX")
    assert dpx_facts(tmp_path / "b.dpx") == (None, None)
