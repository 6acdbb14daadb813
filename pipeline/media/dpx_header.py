"""Frame rate and timecode in the header of a DPX file (SMPTE ST 268-1), which FFmpeg leaves out."""

import math
import struct
from fractions import Fraction
from pathlib import Path

_FILM_RATE_OFFSET, _FILM_END = 1724, 1920
_TIMECODE_OFFSET, _TELEVISION_RATE_OFFSET, _TELEVISION_END = 1920, 1940, 2048
"""Places of the optional film and television headers; they exist where the image begins behind them."""
_NTSC = Fraction(1000, 1001)


def dpx_facts(path: Path) -> tuple[Fraction | None, str | None]:
    """(frames a second, timecode), None where the header does not state them."""
    with path.open("rb") as file:
        header = file.read(_TELEVISION_END)
    if len(header) < _TELEVISION_END or header[:4] not in (b"SDPX", b"XPDS"):
        return None, None
    order = ">" if header[:4] == b"SDPX" else "<"
    (image_offset,) = struct.unpack_from(f"{order}I", header, 4)
    rate, timecode = None, None
    if image_offset >= _TELEVISION_END:
        rate = _rate(*struct.unpack_from(f"{order}f", header, _TELEVISION_RATE_OFFSET))
        timecode = _timecode(*struct.unpack_from(f"{order}I", header, _TIMECODE_OFFSET))
    if rate is None and image_offset >= _FILM_END:
        rate = _rate(*struct.unpack_from(f"{order}f", header, _FILM_RATE_OFFSET))
    return rate, timecode


def _rate(value: float) -> Fraction | None:
    if not math.isfinite(value) or not 1.0 <= value <= 1000.0:
        return None
    for exact in (Fraction(round(value)), round(value) * _NTSC):
        if abs(float(exact) - value) < 0.004:
            return exact
    return Fraction(value).limit_denominator(1001)


def _timecode(code: int) -> str | None:
    """Binary-coded decimal HHMMSSFF; the flag bits of SMPTE ST 12-1 are masked."""
    digits = f"{code & 0x3F7F7F3F:08x}"
    fields = [digits[place : place + 2] for place in (0, 2, 4, 6)]
    if code == 0 or not digits.isdigit() or fields[0] > "23" or max(fields[1:3]) > "59":
        return None
    return ":".join(fields)
