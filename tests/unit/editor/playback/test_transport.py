"""Playing shows every frame at its time, waits for pictures, and says how fast it is."""

from collections.abc import Iterator

import pytest

from editor.document.document import Document
from editor.playback.playhead import Playhead
from editor.playback.transport import Transport

FRAME_NS = 1_000_000_000 // 24


class Stage:
    """A transport whose clock and pictures the test moves."""

    def __init__(self, document: Document) -> None:
        self.now = 0
        self.ready = True
        self.playhead = Playhead(document)
        self.near = False
        self.transport = Transport(
            self.playhead, lambda frame: self.ready, lambda: self.now, is_near=lambda frame: self.near
        )
        self.seen: list[int] = []
        self.playhead.moved.connect(self.seen.append)

    def run(self, frames: float) -> None:
        """Let so many frames' time pass, the timer firing every fifth of a frame."""
        for _ in range(round(frames * 5)):
            self.now += FRAME_NS // 5 + 1
            self.transport._tick()


@pytest.fixture
def stage(document: Document) -> Iterator[Stage]:
    stage = Stage(document)
    yield stage
    stage.transport.stop()
    # It refers to itself: left to the garbage collector, its timers might end in another test's thread.
    vars(stage).clear()


def test_it_plays_at_the_plates_rate(stage: Stage) -> None:
    stage.transport.toggle()
    stage.run(10)
    assert stage.seen == list(range(1, 10)) or stage.seen == list(range(1, 11))


def test_first_pictures_that_only_have_to_be_fetched_are_waited_for(stage: Stage) -> None:
    stage.ready, stage.near = False, True
    coming: list[int] = []
    stage.transport.coming.connect(lambda frame, direction: coming.append(frame))
    stage.transport.toggle()
    assert (coming, stage.transport.upcoming(3)) == ([0], [1, 2, 3]), "they are asked for before the clock goes"
    stage.run(3)
    assert stage.seen == []
    stage.ready = True
    stage.run(3.2)
    assert stage.seen == [1, 2, 3]
    assert stage.transport.left_out == 0


def test_first_pictures_are_waited_for_a_fifth_of_a_second_and_no_longer(stage: Stage) -> None:
    stage.ready, stage.near = False, True
    stage.transport.toggle()
    stage.run(0.2 * 24 + 0.4)
    stage.ready = True
    stage.run(2.2)
    assert stage.seen[-1] == 2
    stage.transport.stop()
    stage.ready, stage.near = False, False
    stage.transport.toggle()
    stage.run(5)
    stage.ready = True
    stage.run(0.4)
    assert stage.playhead.frame == 2 + 5, "nothing will be there soon: playing doesn't wait"


def test_where_every_frame_is_wanted_nothing_is_waited_for_twice(stage: Stage) -> None:
    stage.transport.toggle_every_frame()
    stage.ready, stage.near = False, True
    stage.transport.toggle()
    stage.run(4)
    stage.ready = True
    stage.run(0.4)
    assert stage.seen == [1]


def test_l_twice_is_twice_as_fast_and_j_turns_round(stage: Stage) -> None:
    stage.playhead.go(100)
    stage.transport.forward()
    stage.transport.forward()
    assert stage.transport.speed == 2
    stage.transport.backward()
    assert stage.transport.speed == -1
    stage.run(3.2)
    assert stage.playhead.frame == 97
    stage.transport.stop()
    assert not stage.transport.playing


def test_in_real_time_late_frames_are_left_out_and_counted(stage: Stage) -> None:
    stage.transport.toggle()
    stage.run(2.2)
    stage.ready = False
    stage.run(20)
    assert stage.seen[-1] in (1, 2)
    stage.ready = True
    stage.run(1)
    assert stage.playhead.frame in (22, 23), "where it would be had nothing been missing"
    assert stage.transport.left_out == stage.playhead.frame - len(stage.seen)
    stage.transport.stop()
    stage.transport.toggle()
    assert stage.transport.left_out == 0


def test_where_pictures_are_slow_only_those_are_asked_for_that_can_be_in_time(stage: Stage) -> None:
    stage.transport.toggle()
    assert stage.transport.upcoming(8) == list(range(1, 9))
    drawn: set[int] = set()
    stage.transport._is_ready = drawn.__contains__
    for _ in range(60):  # A picture takes two and a half frames' time.
        stage.run(2.5)
        coming = stage.transport.upcoming(8)
        drawn |= set([each for each in coming if each not in drawn][:1])
    assert 2 <= stage.transport._stride <= 4
    shown = [frame for frame in stage.seen if frame > 90]
    assert len(shown) >= 60 / 4, "of sixty frames twenty-four could be drawn"


def test_a_hiccup_costs_its_own_frames_and_no_more(stage: Stage) -> None:
    stage.transport.toggle()
    stage.run(30.2)
    stage.ready = False
    stage.run(5)
    stage.ready = True
    stage.run(2)
    assert stage.transport.left_out in (4, 5)
    assert stage.transport.upcoming(3) == list(range(stage.playhead.frame + 1, stage.playhead.frame + 4))


def test_pictures_that_are_fast_again_are_not_taken_for_slow_because_few_were_asked_for(stage: Stage) -> None:
    drawn: set[int] = set()
    stage.transport._is_ready = drawn.__contains__
    stage.transport.toggle()
    strides, pictures = [], 0.0
    asked: list[int] = []
    for passed in range(190):
        pictures = min(8.0, pictures + (0.4 if passed < 40 else 2.0))  # So many are drawn in a frame's time.
        asked = [each for each in asked if each > stage.playhead.frame - 3]  # What is too late is asked for no more.
        asked += [each for each in stage.transport.upcoming(8) if each not in asked and each not in drawn]
        while pictures >= 1 and asked:
            drawn.add(asked.pop(0))
            pictures -= 1
        stage.run(1)
        strides.append(stage.transport._stride)
    assert max(strides) > 1
    settled = strides[55:]
    assert settled == sorted(settled, reverse=True)
    assert settled[-1] == 1


def test_whoever_moves_the_playhead_is_followed(stage: Stage) -> None:
    stage.transport.toggle()
    stage.run(3.2)
    stage.playhead.go(100)
    stage.run(3)
    assert stage.playhead.frame in (102, 103)


def test_back_and_forth(stage: Stage) -> None:
    stage.playhead.set_range(10, 12)
    stage.playhead.go(10)
    stage.transport.toggle_ping_pong()
    stage.transport.toggle()
    stage.run(6.2)
    assert stage.seen[1:7] == [11, 12, 11, 10, 11, 12]


def test_every_frame_none_is_skipped_while_a_picture_is_missing(stage: Stage) -> None:
    stage.transport.toggle_every_frame()
    stage.transport.toggle()
    stage.run(2.2)
    stage.ready = False
    stage.run(20)
    stage.ready = True
    stage.run(3.2)
    assert stage.seen == list(range(1, len(stage.seen) + 1))
    assert len(stage.seen) in (5, 6)


def test_it_loops_between_in_and_out(stage: Stage) -> None:
    stage.playhead.set_range(10, 12)
    stage.playhead.go(10)
    stage.transport.toggle()
    stage.run(6.2)
    assert stage.seen[1:7] == [11, 12, 10, 11, 12, 10]


def test_without_loop_it_stops_at_the_end(stage: Stage) -> None:
    stage.playhead.set_range(10, 12)
    stage.playhead.go(10)
    stage.transport.toggle_loop()
    stage.transport.toggle()
    stage.run(9)
    assert stage.playhead.frame == 12
    assert not stage.transport.playing
    stage.transport.toggle()
    assert stage.playhead.frame == 10


def test_what_comes_next_goes_round_the_loop(stage: Stage) -> None:
    assert stage.transport.upcoming(3) == []
    stage.playhead.set_range(10, 12)
    stage.playhead.go(11)
    stage.transport.forward()
    assert stage.transport.upcoming(4) == [12, 10, 11, 12]
    stage.transport.toggle_loop()
    assert stage.transport.upcoming(4) == [12]


def test_the_measured_rate_is_told(stage: Stage) -> None:
    told: list[float] = []
    stage.transport.measured.connect(told.append)
    stage.transport.toggle()
    stage.run(60)
    assert told
    assert told[0] == pytest.approx(24, rel=0.03)


def test_a_frame_is_played_around_once_and_gone_back_to(stage: Stage) -> None:
    stage.playhead.set_range(95, 105)
    stage.playhead.go(100)
    stage.transport.play_around()
    assert (stage.transport.speed, stage.playhead.frame) == (1, 64)
    stage.run(71)
    assert stage.playhead.frame in (134, 135), "beyond in and out"
    stage.run(3)
    assert (stage.transport.playing, stage.playhead.frame) == (False, 100)
    assert max(stage.seen) == 136
    stage.transport.toggle()
    stage.run(30)
    assert stage.playhead.frame in stage.playhead.span, "playing goes from in to out as ever"


def test_playing_around_is_ended_by_the_same_key_and_by_whoever_moves_the_playhead(stage: Stage) -> None:
    stage.playhead.go(10)
    stage.transport.play_around()
    stage.run(8)
    stage.transport.play_around()
    assert (stage.transport.playing, stage.playhead.frame) == (False, 10)
    stage.transport.play_around()
    stage.run(3)
    stage.playhead.go(150)
    stage.run(3)
    assert (stage.transport.playing, stage.playhead.frame) == (False, 150)
