from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from pipeline.engines.session import SessionPool
from pipeline.errors import RangeError
from pipeline.quality.sheet import chosen_frames, contact_sheet, overview
from pipeline.quality.sheet_page import PAGE
from pipeline.quality.sheet_views import blue_grain, chroma, difference, enlarged, gamma, saturated


def test_frames_asked_for_are_shown_in_order_and_unknown_ones_refused() -> None:
    assert chosen_frames([5, 1, 5], range(10)) == [1, 5]
    spread = chosen_frames([], range(472))
    assert len(spread) == 12
    assert (spread[0], spread[-1]) == (0, 471)
    assert chosen_frames([], range(3)) == [0, 1, 2]
    assert chosen_frames([], range(7, 10)) == [7, 8, 9]
    with pytest.raises(RangeError, match="0 to 9"):
        chosen_frames([10], range(10))
    with pytest.raises(RangeError, match="7 to 9"):
        chosen_frames([2], range(7, 10))


def test_the_overview_shows_that_nothing_changed(excerpt: Path) -> None:
    (page,) = overview(excerpt, excerpt, [0, 12])
    assert max(page.shape) <= PAGE
    plate, result = page[22:382, :640], page[22:382, 646:1286]
    assert (plate == result).all()
    assert (page[22:382, 1292:1932] == 128).all()


def test_every_kind_of_page_is_made(
    excerpt: Path, reordered: Callable[[str, Callable[[int], int]], Path], pool: SessionPool
) -> None:
    late = reordered("late-sheet", lambda frame: max(0, frame - 4))
    made = contact_sheet(excerpt, late, pool, [3, 20])
    assert [page.name for page in made] == ["frames", "face", "close", "tone", "time"]
    for page in made:
        assert max(page.picture.shape) <= PAGE
        assert page.picture.std() > 10, page.name


def test_the_views_show_what_they_say() -> None:
    grey = np.full((4, 4, 3), 100, np.uint8)
    assert (difference(grey, grey + 2) == 144).all()
    assert (saturated(grey) == 100).all()
    assert (chroma(0)(grey) == 128).all()
    assert (blue_grain(grey) == 128).all()
    assert gamma(0.4)(grey)[0, 0, 0] > 150
    assert gamma(2.2)(grey)[0, 0, 0] < 50
    red = np.zeros((1, 1, 3), np.uint8)
    red[..., 0] = 200
    assert chroma(0)(red)[0, 0, 0] == 255
    assert enlarged(np.arange(12, dtype=np.uint8).reshape(2, 2, 3), 2).shape == (4, 4, 3)
