"""Samples as they are coded, under a rectangle of the coded picture: no conversion, each plane on its own grid."""

from pipeline.imaging.arrays import AnyArray, Rect
from pipeline.imaging.planes import PixelFormat, Planes

_NAMES = {"yuv": ("Y", "Cb", "Cr"), "rgb": ("R", "G", "B"), "gray": ("Y",)}


def channel_names(form: PixelFormat) -> tuple[str, ...]:
    """What the planes of a format are called, in their order."""
    return (*_NAMES[form.family], *(("A",) if form.alpha else ()))


def samples_under(planes: Planes, rect: Rect) -> tuple[AnyArray, ...]:
    """The samples of every plane that pixels of `rect` are coded with: of subsampled chroma those that cover it."""
    found: list[AnyArray] = []
    for name, plane in zip(channel_names(planes.format), planes.data, strict=True):
        is_chroma = name in ("Cb", "Cr")
        across = planes.format.log2_chroma_w if is_chroma else 0
        down = planes.format.log2_chroma_h if is_chroma else 0
        rows = slice(rect.y0 >> down, ((rect.y1 - 1) >> down) + 1)
        columns = slice(rect.x0 >> across, ((rect.x1 - 1) >> across) + 1)
        found.append(plane[rows, columns])
    return tuple(found)
