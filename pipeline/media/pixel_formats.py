"""FFmpeg's pixel formats: which of them are planar as frames travel here, and what the others become."""

import re

from pipeline.errors import UnsupportedFormat
from pipeline.imaging.planes import PixelFormat

_SUBSAMPLING = {"420": (1, 1), "422": (1, 0), "444": (0, 0), "440": (0, 1), "411": (2, 0), "410": (2, 2)}
_YUV = re.compile(r"yuv(?P<alpha>a?)(?P<j>j?)(?P<sub>4\d\d)p(?P<depth>9|10|12|14|16)?(?:le)?$")
_RGB = re.compile(r"gbr(?P<alpha>a?)p(?P<float>f)?(?P<depth>9|10|12|14|16|32)?(?:le)?$")
_GRAY = re.compile(r"gray(?P<float>f)?(?P<depth>9|10|12|14|16|32)?(?:le)?$")
_GRAY_ALPHA = re.compile(r"ya(?P<depth>8|16)(?:le)?$")

PLANAR_OF = {
    "nv12": "yuv420p",
    "nv21": "yuv420p",
    "nv16": "yuv422p",
    "nv20le": "yuv422p10le",
    "nv24": "yuv444p",
    "nv42": "yuv444p",
    "p010le": "yuv420p10le",
    "p012le": "yuv420p12le",
    "p016le": "yuv420p16le",
    "p210le": "yuv422p10le",
    "p212le": "yuv422p12le",
    "p216le": "yuv422p16le",
    "p410le": "yuv444p10le",
    "p412le": "yuv444p12le",
    "p416le": "yuv444p16le",
    "yuyv422": "yuv422p",
    "uyvy422": "yuv422p",
    "yvyu422": "yuv422p",
    "y210le": "yuv422p10le",
    "y212le": "yuv422p12le",
    "rgb24": "gbrp",
    "bgr24": "gbrp",
    "0rgb": "gbrp",
    "rgb0": "gbrp",
    "0bgr": "gbrp",
    "bgr0": "gbrp",
    "argb": "gbrap",
    "rgba": "gbrap",
    "abgr": "gbrap",
    "bgra": "gbrap",
    "rgb48le": "gbrp16le",
    "rgb48be": "gbrp16le",
    "bgr48le": "gbrp16le",
    "bgr48be": "gbrp16le",
    "rgba64le": "gbrap16le",
    "rgba64be": "gbrap16le",
    "bgra64le": "gbrap16le",
    "bgra64be": "gbrap16le",
    "gray10be": "gray10le",
    "gray12be": "gray12le",
    "gray16be": "gray16le",
    "ya16be": "ya16le",
    "monow": "gray",
    "monob": "gray",
    "pal8": "gbrap",
    "ayuv64le": "yuva444p16le",
    "vuya": "yuva444p",
    "vuyx": "yuv444p",
    "gbrpf16le": "gbrpf32le",
    "gbrapf16le": "gbrapf32le",
    "grayf16le": "grayf32le",
    "rgbf16le": "gbrpf32le",
    "rgbf16be": "gbrpf32le",
    "rgbaf16le": "gbrapf32le",
    "rgbaf16be": "gbrapf32le",
    "rgbf32le": "gbrpf32le",
    "rgbf32be": "gbrpf32le",
    "rgbaf32le": "gbrapf32le",
    "rgbaf32be": "gbrapf32le",
}
"""Packed, semi-planar, big-endian and half-float formats, and the planar format that holds the same samples."""


def pixel_format(name: str) -> PixelFormat:
    """The planar format FFmpeg calls `name`.

    Raises
    ------
    UnsupportedFormat
        `name` is not planar, or not one this program reads.
    """
    if match := _YUV.match(name):
        log2_w, log2_h = _SUBSAMPLING[match["sub"]]
        name = name.replace("j", "")
        return PixelFormat(name, "yuv", int(match["depth"] or 8), False, log2_w, log2_h, bool(match["alpha"]))
    if match := _RGB.match(name):
        is_float = bool(match["float"])
        return PixelFormat(name, "rgb", int(match["depth"] or 8), is_float, alpha=bool(match["alpha"]))
    if match := _GRAY.match(name):
        return PixelFormat(name, "gray", int(match["depth"] or 8), bool(match["float"]))
    if match := _GRAY_ALPHA.match(name):
        return PixelFormat(name, "gray", int(match["depth"]), alpha=True)
    raise UnsupportedFormat(f"The pixel format {name} cannot be read here; convert the film to a planar format first.")


def planar_name(name: str) -> str:
    """The planar format that holds every sample of the FFmpeg format `name`; raises UnsupportedFormat."""
    big_endian = name[:-2] + "le" if name.endswith("be") else name
    return pixel_format(PLANAR_OF.get(name, big_endian)).name
