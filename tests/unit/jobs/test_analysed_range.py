"""How much of a plate is looked at for a few frames of it."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from pipeline.jobs.analysed_range import MARGIN_SECONDS, SHORT_PLATE_SECONDS, analysed_range, range_note
from pipeline.media.memory_reader import MemoryReader
from pipeline.media.plate_reader import PlateReader
from pipeline.media.reader import open_plate


@pytest.fixture(scope="module")
def clip(media_dir: Path) -> Iterator[PlateReader]:
    with open_plate(media_dir / "single_face.mp4") as reader:
        yield reader


class LongReader(MemoryReader):
    """A plate of one picture that says it lasts for `seconds` at 10 frames a second."""

    def __init__(self, seconds: int) -> None:
        super().__init__([np.zeros((8, 8, 3), np.uint8)])
        count = seconds * 10 + 1
        self._info = replace(self._info, frames=count, time_base=Fraction(1, 10), rate=Fraction(10))
        self._pts = np.arange(count, dtype=np.int64)


def test_a_short_plate_is_analysed_whole_and_that_is_said(clip: PlateReader) -> None:
    assert analysed_range(clip, range(10, 20), whole=False) == range(72)
    assert "Frames 0 to 71 are analysed" in (range_note(range(72), range(10, 20)) or "")
    assert range_note(range(72), range(72)) is None


def test_a_long_plate_is_analysed_around_the_range() -> None:
    long = LongReader(SHORT_PLATE_SECONDS + 1)
    margin = MARGIN_SECONDS * 10
    assert analysed_range(long, range(600, 610), whole=False) == range(600 - margin, 610 + margin)
    assert analysed_range(long, range(3, 5), whole=False) == range(5 + margin)
    assert analysed_range(long, range(3, 5), whole=True) == range(SHORT_PLATE_SECONDS * 10 + 11)
    assert (
        analysed_range(LongReader(SHORT_PLATE_SECONDS), range(3, 5), whole=False).stop == SHORT_PLATE_SECONDS * 10 + 1
    )
