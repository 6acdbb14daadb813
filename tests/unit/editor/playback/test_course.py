"""The way of playing: loops, turns and ends, and the sound that belongs to each frame."""

from fractions import Fraction

import pytest

from editor.playback.course import Course, Loop

A_FRAME = Fraction(48000) / Fraction(24000, 1001)


@pytest.mark.parametrize(
    ("loop", "direction", "frames"),
    [
        ("once", 1, [11, 12, 13, 13, 13]),
        ("once", -1, [11, 10, 10, 10, 10]),
        ("loop", 1, [11, 12, 13, 10, 11]),
        ("loop", -1, [11, 10, 13, 12, 11]),
        ("ping_pong", 1, [11, 12, 13, 12, 11, 10, 11, 12]),
        ("ping_pong", -1, [11, 10, 11, 12, 13, 12, 11, 10]),
    ],
)
def test_frames_in_order(loop: Loop, direction: int, frames: list[int]) -> None:
    course = Course(11, range(10, 14), direction, loop)
    assert [course.frame(number) for number in range(len(frames))] == frames


def test_turns_are_seen_where_they_are() -> None:
    assert [Course(10, range(10, 14), 1, "loop").turns_after(n) for n in range(5)] == [
        False, False, True, True, False,
    ]  # fmt: skip


@pytest.mark.parametrize("loop", ["once", "loop", "ping_pong"])
def test_the_sound_of_a_frame_is_heard_while_it_is_shown(loop: Loop) -> None:
    course = Course(12, range(10, 40), 1, loop)
    for number in range(200):
        middle = int((number + Fraction(1, 2)) * A_FRAME)
        place, run = course.sound(middle, A_FRAME)
        frame = course.frame(number)
        forwards = course.frame(number + 1) > frame or frame == 39
        if (course.last is not None and number > course.last) or (loop == "ping_pong" and not forwards):
            assert place is None
        else:
            assert place is not None
            assert int(place / A_FRAME) == frame
        assert run >= A_FRAME / 2 - 1


def test_a_run_of_sound_ends_where_the_loop_does() -> None:
    course = Course(10, range(10, 34), 1, "loop")
    place, run = course.sound(0, A_FRAME)
    assert (place, run) == (20020, 48048)
    assert course.sound(run, A_FRAME)[0] == 20020
