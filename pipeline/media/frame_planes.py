"""A decoded FFmpeg picture as planes: the codec's own memory where it is planar, an exact copy where it is not."""

from fractions import Fraction

import av
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.planes import ColourTags, PixelFormat, Plane, Planes
from pipeline.media.pixel_formats import pixel_format, planar_name

_PACKED_ORDER = {
    "rgb24": (0, 1, 2),
    "bgr24": (2, 1, 0),
    "rgba": (0, 1, 2, 3),
    "bgra": (2, 1, 0, 3),
    "argb": (1, 2, 3, 0),
    "abgr": (3, 2, 1, 0),
    "rgb0": (0, 1, 2),
    "bgr0": (2, 1, 0),
    "0rgb": (1, 2, 3),
    "0bgr": (3, 2, 1),
    "rgb48": (0, 1, 2),
    "bgr48": (2, 1, 0),
    "rgba64": (0, 1, 2, 3),
    "bgra64": (2, 1, 0, 3),
    "ya8": (0, 1),
    "ya16": (0, 1),
    "ayuv64": (1, 2, 3, 0),
    "vuya": (2, 1, 0, 3),
    "vuyx": (2, 1, 0),
    "rgbf16": (0, 1, 2),
    "rgbaf16": (0, 1, 2, 3),
    "rgbf32": (0, 1, 2),
    "rgbaf32": (0, 1, 2, 3),
}
"""Where each component (R, G, B or Y, Cb, Cr or Y; then alpha) lies inside a packed sample."""

_PACKED_STEP = {"rgb24": 3, "bgr24": 3, "rgb48": 3, "bgr48": 3, "ya8": 2, "ya16": 2, "rgbf16": 3, "rgbf32": 3}
"""Samples to a packed pixel, where there are not four."""

_PACKED_DTYPE = {
    **dict.fromkeys(("rgb48", "bgr48", "rgba64", "bgra64", "ya16", "ayuv64"), "u2"),
    **dict.fromkeys(("rgbf16", "rgbaf16"), "f2"),
    **dict.fromkeys(("rgbf32", "rgbaf32"), "f4"),
}
"""Sample types of packed formats that are not bytes."""

_SEMI_PLANAR_SHIFT = {
    "p010": 6,
    "p012": 4,
    "p016": 0,
    "p210": 6,
    "p212": 4,
    "p216": 0,
    "p410": 6,
    "p412": 4,
    "p416": 0,
    "nv20": 0,
}
"""Unused low bits of the left-aligned semi-planar formats."""

_MACROPIXEL = {
    "yuyv422": (0, 1, 3),
    "uyvy422": (1, 0, 2),
    "yvyu422": (0, 3, 1),
    "y210": (0, 1, 3),
    "y212": (0, 1, 3),
}
"""Place of the first Y, of Cb and of Cr among four samples that hold two pixels."""


def planes_of(picture: av.VideoFrame, colour: ColourTags, frame: int, pts: int, time_base: Fraction) -> Planes:
    """`picture` as planes, every sample unchanged. Raises UnsupportedFormat."""
    name = picture.format.name
    form = pixel_format(planar_name(name))
    return Planes(form, colour, picture.width, picture.height, _components(picture, form), frame, pts, time_base)


def _components(picture: av.VideoFrame, form: PixelFormat) -> tuple[Plane, ...]:
    name = picture.format.name
    bare = name[:-2] if name.endswith(("le", "be")) else name
    if bare in _PACKED_ORDER:
        data = _packed(picture, bare, _PACKED_ORDER[bare])
    elif bare.replace("j", "").replace("f16", "f32") == form.name.removesuffix("le"):
        data = _planar(picture, form)
    elif bare in _SEMI_PLANAR_SHIFT or bare in ("nv12", "nv21", "nv16", "nv24", "nv42"):
        data = _semi_planar(picture, form, bare)
    elif bare in _MACROPIXEL:
        data = _macropixel(picture, form, bare)
    else:
        data = _planar(picture.reformat(format=form.name), form)
    for plane in data:
        plane.flags.writeable = False
    return data


def _lines(picture: av.VideoFrame, number: int, dtype: np.dtype[np.generic]) -> NDArray[np.generic]:
    """Plane `number` as (rows, samples a row), padding at the end of rows included."""
    plane = picture.planes[number]
    samples = plane.line_size // dtype.itemsize
    return np.frombuffer(memoryview(plane), dtype)[: plane.height * samples].reshape(plane.height, samples)


def _sample_dtype(form: PixelFormat) -> np.dtype[np.generic]:
    if form.is_float:
        return np.dtype("<f4")
    return np.dtype(np.uint8) if form.depth <= 8 else np.dtype("<u2")


def _planar(picture: av.VideoFrame, form: PixelFormat) -> tuple[Plane, ...]:
    native = _sample_dtype(form)
    stored = np.dtype("<f2") if "f16" in picture.format.name else native
    stored = stored.newbyteorder(">") if picture.format.is_big_endian else stored
    order = (2, 0, 1, 3) if form.family == "rgb" else (0, 1, 2, 3)
    data = []
    for number in order[: len(picture.planes)]:
        lines = _lines(picture, number, stored)[:, : picture.planes[number].width]
        data.append(lines.astype(native, copy=False))
    return tuple(data)


def _packed(picture: av.VideoFrame, bare: str, order: tuple[int, ...]) -> tuple[Plane, ...]:
    stored = np.dtype(_PACKED_DTYPE.get(bare, "u1")).newbyteorder(">" if picture.format.is_big_endian else "<")
    step = _PACKED_STEP.get(bare, 4)
    lines = _lines(picture, 0, stored)[:, : picture.width * step]
    samples = lines.reshape(picture.height, picture.width, step)
    target = np.float32 if stored.kind == "f" else np.uint16 if stored.itemsize == 2 else np.uint8
    return tuple(np.ascontiguousarray(samples[:, :, place], dtype=target) for place in order)  # type: ignore[misc]


def _semi_planar(picture: av.VideoFrame, form: PixelFormat, bare: str) -> tuple[Plane, ...]:
    dtype = _sample_dtype(form)
    shift = _SEMI_PLANAR_SHIFT.get(bare, 0)
    width = -(-picture.width >> form.log2_chroma_w)
    luma = _lines(picture, 0, dtype)[:, : picture.width]
    pairs = _lines(picture, 1, dtype)[:, : 2 * width]
    blue, red = (1, 0) if bare in ("nv21", "nv42") else (0, 1)
    data = (luma, np.ascontiguousarray(pairs[:, blue::2]), np.ascontiguousarray(pairs[:, red::2]))
    return tuple(plane >> shift for plane in data) if shift else data  # type: ignore[operator,misc,return-value]


def _macropixel(picture: av.VideoFrame, form: PixelFormat, bare: str) -> tuple[Plane, ...]:
    pairs = -(-picture.width // 2)
    samples = _lines(picture, 0, _sample_dtype(form))[:, : 4 * pairs]
    if form.depth > 8:
        samples = samples >> (16 - form.depth)  # type: ignore[operator]
    quads = samples.reshape(picture.height, pairs, 4)
    first, blue, red = _MACROPIXEL[bare]
    luma = np.ascontiguousarray(quads[:, :, first::2]).reshape(picture.height, 2 * pairs)[:, : picture.width]
    return (
        np.ascontiguousarray(luma),
        np.ascontiguousarray(quads[:, :, blue]),
        np.ascontiguousarray(quads[:, :, red]),
    )
