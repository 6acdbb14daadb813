"""OpenEXR files, half or full float, as planes of scene-linear values.

Read with the OpenEXR library: FFmpeg's decoder knows neither display windows nor most layers.
"""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
import OpenEXR

from pipeline.errors import MediaUnreadable, UnsupportedFormat
from pipeline.imaging.arrays import AnyArray
from pipeline.imaging.gamut import CHROMATICITIES
from pipeline.imaging.planes import Plane, Primaries


@dataclass(frozen=True, slots=True, eq=False)
class ExrPicture:
    """The display window of one EXR. `coded_format` tells half (…f16le) from float (…f32le)."""

    data: tuple[Plane, ...]
    format_name: str
    coded_format: str
    primaries: Primaries | None
    pixel_aspect: Fraction
    rate: Fraction | None
    timecode: str | None


def read_exr(path: Path) -> ExrPicture:
    """R, G, B (or Y), and A where there is one. Raises MediaUnreadable, UnsupportedFormat."""
    try:
        with OpenEXR.File(str(path), separate_channels=True) as file:
            header = dict(file.header())  # the file empties its own when it is closed
            channels = {name: channel.pixels for name, channel in file.channels().items()}
    except (RuntimeError, OSError, ValueError, TypeError) as error:
        raise MediaUnreadable(f"{path} cannot be read as an EXR picture: damaged or cut short ({error}).") from error
    names = _choose(path, channels)
    half = all(channels[name].dtype == np.float16 for name in names)
    base = "grayf" if names[0] == "Y" else "gbrapf" if len(names) == 4 else "gbrpf"
    windows = _window(header)
    rate = header.get("framesPerSecond")
    return ExrPicture(
        data=tuple(_inside(channels[name], *windows) for name in names),
        format_name=f"{base}32le",
        coded_format=f"{base}16le" if half else f"{base}32le",
        primaries=_primaries(header.get("chromaticities")),
        pixel_aspect=_pixel_aspect(header.get("pixelAspectRatio")),
        rate=rate if isinstance(rate, Fraction) and rate > 0 else None,
        timecode=_timecode(header.get("timeCode")),
    )


def _choose(path: Path, channels: dict[str, AnyArray]) -> tuple[str, ...]:
    """The channels that make the picture: R G B, R G B A, or Y."""
    for names in (("R", "G", "B", "A"), ("R", "G", "B"), ("Y",)):
        if all(name in channels for name in names):
            sizes = {channels[name].shape for name in names}
            if len(sizes) == 1 and not {"RY", "BY"} & channels.keys():
                return names
    raise UnsupportedFormat(
        f"{path} has no plain R, G and B channels (it has {', '.join(sorted(channels))}); write the beauty pass as RGB."
    )


def _window(header: dict[str, object]) -> tuple[tuple[int, int], tuple[int, int]]:
    """((x, y) of the data window inside the display window, (width, height) of the display window)."""
    data_min, _ = _corners(header["dataWindow"])
    low, high = _corners(header["displayWindow"])
    return (data_min[0] - low[0], data_min[1] - low[1]), (high[0] - low[0] + 1, high[1] - low[1] + 1)


def _corners(window: object) -> tuple[tuple[int, int], tuple[int, int]]:
    (x0, y0), (x1, y1) = np.asarray(window).reshape(2, 2).tolist()
    return (int(x0), int(y0)), (int(x1), int(y1))


def _inside(pixels: AnyArray, offset: tuple[int, int], size: tuple[int, int]) -> Plane:
    """The data window laid into the display window; what it does not cover is 0."""
    values = np.ascontiguousarray(pixels, dtype=np.float32)
    if offset == (0, 0) and values.shape == (size[1], size[0]):
        values.flags.writeable = False
        return values
    out = np.zeros((size[1], size[0]), np.float32)
    x0, y0 = max(offset[0], 0), max(offset[1], 0)
    x1 = min(offset[0] + values.shape[1], size[0])
    y1 = min(offset[1] + values.shape[0], size[1])
    if x1 > x0 and y1 > y0:
        out[y0:y1, x0:x1] = values[y0 - offset[1] : y1 - offset[1], x0 - offset[0] : x1 - offset[0]]
    out.flags.writeable = False
    return out


def _primaries(chromaticities: object) -> Primaries | None:
    if chromaticities is None:
        return None
    stated = np.asarray(chromaticities, np.float64).reshape(-1)
    for name, xy in CHROMATICITIES.items():
        if np.allclose(stated, np.asarray(xy).reshape(-1), atol=2e-3):
            return name
    return None


def _pixel_aspect(value: object) -> Fraction:
    if isinstance(value, float) and 0.25 <= value <= 4.0:
        return Fraction(value).limit_denominator(1000)
    return Fraction(1)


def _timecode(value: object) -> str | None:
    if value is None:
        return None
    fields = [getattr(value, name, None) for name in ("hours", "minutes", "seconds", "frame")]
    if any(field is None for field in fields):
        return None
    mark = ";" if getattr(value, "dropFrame", 0) else ":"
    hours, minutes, seconds, frame = (int(str(field)) for field in fields)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}{mark}{frame:02d}"
