"""The cache is bounded by bytes and lets go of what was not used for longest."""

from fractions import Fraction

import numpy as np

from pipeline.imaging.planes import ColourTags, PixelFormat, Planes
from pipeline.media.frame_cache import FrameCache


def picture(frame: int, width: int = 10) -> Planes:
    form, colour = PixelFormat("gray", "gray", 8), ColourTags("full", "bt709", "srgb", "bt709")
    data = (np.zeros((10, width), np.uint8),)
    return Planes(form, colour, width, 10, data, frame, frame, Fraction(1))


def test_the_least_recently_used_goes_first() -> None:
    cache = FrameCache(300)
    for frame in (1, 2, 3):
        cache.put(picture(frame))
    assert cache.get(1) is not None
    cache.put(picture(4))
    assert [frame for frame in (1, 2, 3, 4) if cache.get(frame) is not None] == [1, 3, 4]
    assert cache.bytes == 300


def test_one_large_picture_does_not_empty_it() -> None:
    cache = FrameCache(300)
    cache.put(picture(1))
    cache.put(picture(2, width=100))
    assert cache.get(2) is None
    assert cache.get(1) is not None


def test_a_picture_put_twice_counts_once() -> None:
    cache = FrameCache(300)
    cache.put(picture(1))
    cache.put(picture(1))
    assert cache.bytes == 100
    cache.clear()
    assert (cache.bytes, cache.get(1)) == (0, None)
