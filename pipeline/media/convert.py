"""Planes as an encoder takes them: untouched where formats are the same, else converted once, by a stated rule.

Other depth or chroma resolution is the scaler's work; another meaning of code values (matrix, range, transfer) is
done exactly. Lost depth is dithered by a fixed pattern, so the same picture gives the same bytes on every run.
"""

from typing import TYPE_CHECKING

import av

from pipeline.imaging.planes import ColourTags, PixelFormat, Planes
from pipeline.media.frame_packing import picture_of
from pipeline.media.output_format import OutputFormat
from pipeline.media.scaler import Scaler

if TYPE_CHECKING:
    from pipeline.media.pixel_math import PixelMath


class PlaneConverter:
    """Turns planes of one format into pictures an encoder takes. Use one a thread."""

    def __init__(self, source: PixelFormat, colour: ColourTags, target: OutputFormat) -> None:
        self._target = target
        self._untouched = target.exact and target.name.replace("j", "") == source.name
        self._math = None
        if not target.exact and not _keeps_meaning(source, colour, target):
            self._math = _pixel_math(source, colour, target)
        self._scaler = Scaler(target.name, target.colour, source.depth > target.format.depth, target.turned)

    def picture(self, planes: Planes) -> av.VideoFrame:
        """`planes` as the encoder takes them. Raises UnsupportedFormat: there is no way from format to format."""
        if self._untouched:
            return picture_of(planes, self._target.name)
        if self._math is not None:
            planes = self._math.convert(planes)
            if planes.format.name == self._target.name and not self._target.turned:
                return picture_of(planes)
        return self._scaler.convert(picture_of(planes))


def _pixel_math(source: PixelFormat, colour: ColourTags, target: OutputFormat) -> "PixelMath":
    """Loaded only where needed: it brings the kernel compiler with it."""
    from pipeline.media.pixel_math import PixelMath

    return PixelMath(source, colour, target.format, target.colour)


def _keeps_meaning(source: PixelFormat, colour: ColourTags, target: OutputFormat) -> bool:
    """Whether only depth, chroma resolution or packing differ, in a way that is a shift of bits."""
    form, wanted = target.format, target.colour
    if form.family != source.family or form.is_float != source.is_float:
        return False
    if (colour.range, colour.matrix, colour.transfer) != (wanted.range, wanted.matrix, wanted.transfer):
        return False
    same_depth = form.depth == source.depth
    return same_depth or (form.family == "yuv" and colour.range == "limited")
