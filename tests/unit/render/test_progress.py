"""Frames are counted, and a wish to stop is heard between them."""

import pytest

from pipeline.errors import Cancelled
from pipeline.render.progress import FrameCount
from pipeline.render.request import SequenceProgress


def test_rate_and_time_left_follow_from_the_frames_of_this_run() -> None:
    told: list[SequenceProgress] = []
    count = FrameCount(10, 4, told.append, lambda: False)
    count.begin()
    count.frame_done()
    assert (told[0].done, told[0].seconds_left) == (4, None)
    assert (told[1].done, told[1].reused, told[1].total) == (5, 4, 10)
    assert told[1].seconds_left == pytest.approx(5 / told[1].rate)


def test_a_wish_to_stop_is_heard_after_a_frame() -> None:
    wishes = iter([False, True])
    count = FrameCount(10, 0, lambda state: None, lambda: next(wishes))
    count.frame_done()
    with pytest.raises(Cancelled, match="2 of 10 frames"):
        count.frame_done()
