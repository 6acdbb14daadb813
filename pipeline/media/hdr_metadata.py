"""What a film states of the display it was mastered on (SMPTE ST 2086) and of its brightest light (CTA-861.3)."""

import struct
from dataclasses import dataclass
from fractions import Fraction

import av

_CHROMATICITY = Fraction(1, 50_000)
"""The unit in which coded streams state x and y (ITU-T H.265, D.3.28)."""
_LUMINANCE = Fraction(1, 10_000)
"""The unit in which they state luminance, cd/m²."""


@dataclass(frozen=True, slots=True)
class MasteringDisplay:
    """CIE 1931 x, y of red, green, blue and white; black and peak luminance in cd/m²."""

    red: tuple[Fraction, Fraction]
    green: tuple[Fraction, Fraction]
    blue: tuple[Fraction, Fraction]
    white: tuple[Fraction, Fraction]
    darkest: Fraction
    brightest: Fraction


@dataclass(frozen=True, slots=True)
class HdrMetadata:
    """Either may be missing. `light`: MaxCLL, MaxFALL, cd/m²."""

    display: MasteringDisplay | None
    light: tuple[int, int] | None

    @property
    def words(self) -> str:
        """What is stated, as part of a sentence."""
        named = (("mastering display", self.display), ("content light level", self.light))
        return " and ".join(name for name, value in named if value is not None)


def hdr_metadata(picture: av.VideoFrame) -> HdrMetadata | None:
    """What a decoded picture carries; None where that is nothing. A display stated in part counts as none."""
    display = _display(_content(picture, "MASTERING_DISPLAY_METADATA"))
    light = _light(_content(picture, "CONTENT_LIGHT_LEVEL"))
    return None if display is None and light is None else HdrMetadata(display, light)


def x265_options(metadata: HdrMetadata | None) -> list[str]:
    """The same as parameters of x265, which writes them into the stream."""
    if metadata is None:
        return []
    options = []
    if metadata.display is not None:
        display = metadata.display
        points = (("G", display.green), ("B", display.blue), ("R", display.red), ("WP", display.white))
        placed = "".join(f"{name}({_in(x, _CHROMATICITY)},{_in(y, _CHROMATICITY)})" for name, (x, y) in points)
        lights = f"L({_in(display.brightest, _LUMINANCE)},{_in(display.darkest, _LUMINANCE)})"
        options.append(f"master-display={placed}{lights}")
    if metadata.light is not None:
        options.append(f"max-cll={metadata.light[0]},{metadata.light[1]}")
    return options


def _in(value: Fraction, unit: Fraction) -> int:
    return round(value / unit)


def _content(picture: av.VideoFrame, kind: str) -> bytes:
    found = picture.side_data.get(kind)
    return b"" if found is None else bytes(found)  # type: ignore[call-overload]


def _display(content: bytes) -> MasteringDisplay | None:
    """FFmpeg's AVMasteringDisplayMetadata: ten rationals (red, green, blue, white as x, y; least and greatest
    luminance), then whether the points and whether the luminances are set."""
    if len(content) < 88:
        return None
    *terms, has_points, has_lights = struct.unpack_from("=22i", content)
    if not has_points or not has_lights or 0 in terms[1::2]:
        return None
    rx, ry, gx, gy, bx, by, wx, wy, least, most = (Fraction(*terms[i : i + 2]) for i in range(0, 20, 2))
    return MasteringDisplay((rx, ry), (gx, gy), (bx, by), (wx, wy), least, most)


def _light(content: bytes) -> tuple[int, int] | None:
    """FFmpeg's AVContentLightMetadata; zeros say that nobody measured it."""
    if len(content) < 8:
        return None
    most, mean = struct.unpack_from("=2I", content)
    return (most, mean) if most or mean else None
