"""How much of a plate is analysed for a range of it: what a face is like at rest is learnt from more than a few frames.

A face's neutral, its textures and the steady part of its expression come from all frames that are analysed. From a
range alone they would be those of the range, and a frown that is held through it would count as rest.
"""

from fractions import Fraction

import numpy as np

from pipeline.media.plate_reader import PlateReader

SHORT_PLATE_SECONDS = 120
"""A plate up to this long is analysed whole, so that a frame looks the same in every range."""
MARGIN_SECONDS = 30
"""Of a longer one, this much before and after the range."""


def analysed_range(reader: PlateReader, frames: range, whole: bool) -> range:
    """The frames to analyse for a render of `frames`; all of them where `whole` is asked for or the plate is short."""
    info, pts = reader.info, reader.pts
    if whole or (int(pts[-1]) - int(pts[0])) * info.time_base <= SHORT_PLATE_SECONDS:
        return range(info.frames)
    margin = int(Fraction(MARGIN_SECONDS) / info.time_base)
    first = int(np.searchsorted(pts, int(pts[frames.start]) - margin))
    stop = int(np.searchsorted(pts, int(pts[frames.stop - 1]) + margin, side="right"))
    return range(first, stop)


def range_note(analysed: range, frames: range) -> str | None:
    """What to tell of frames that are analysed beyond those asked for; None where there are none."""
    if analysed == frames:
        return None
    return (
        f"Frames {analysed.start} to {analysed.stop - 1} are analysed, more than are rendered: "
        "what the face is like at rest is learnt from them, once."
    )
