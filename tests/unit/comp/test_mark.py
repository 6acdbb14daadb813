"""The visible mark: there, legible, inside the picture, and small where consent allows it."""

import numpy as np
import pytest

from pipeline.comp.mark import PLACES, Mark, stamp


@pytest.mark.parametrize("size", [(1, 1), (2, 2), (7, 3), (33, 17), (640, 360), (359, 641), (7680, 4320)])
@pytest.mark.parametrize("place", PLACES)
def test_a_mark_fits_into_any_picture(size: tuple[int, int], place: str) -> None:
    drawn = stamp(Mark("draft", place), *size)  # type: ignore[arg-type]
    rect = drawn.rect
    assert rect == rect.clipped(*size)
    assert not rect.empty
    assert drawn.light.shape == drawn.dark.shape == (rect.height, rect.width)
    assert drawn.support.any()


def test_the_draft_mark_stands_out_on_black_grey_and_white() -> None:
    drawn = stamp(Mark("draft"), 1920, 1080)
    for level in (0.0, 0.5, 1.0):
        crop = np.full((drawn.rect.height, drawn.rect.width, 3), level, np.float32)
        marked = drawn.over(crop)
        letters, ground = marked[drawn.light > 0.99].mean(), marked[drawn.light == 0].mean()
        assert letters - ground > 0.5


def test_the_small_mark_takes_less_than_a_quarter_of_the_drafts_area() -> None:
    small, draft = (stamp(Mark(kind), 1920, 1080).rect for kind in ("small", "draft"))
    assert small.width * small.height < 0.25 * draft.width * draft.height


def test_the_place_chooses_the_corner() -> None:
    corners = {place: stamp(Mark("small", place), 1920, 1080).rect for place in PLACES}
    assert corners["top-left"].x0 < 100
    assert corners["top-left"].y0 < 100
    assert corners["bottom-right"].x1 > 1820
    assert corners["bottom-right"].y1 > 980
