"""The playhead stays inside the plate; in and out stay in order."""

import pytest
from pytestqt.qtbot import QtBot

from editor.document.document import Document
from editor.playback.playhead import Playhead
from pipeline.errors import RangeError


@pytest.fixture
def playhead(document: Document) -> Playhead:
    playhead = Playhead(document)
    playhead.go(60)
    return playhead


def test_it_never_leaves_the_plate(playhead: Playhead) -> None:
    playhead.go(900)
    assert playhead.frame == 199
    playhead.step(-1000)
    assert playhead.frame == 0


def test_a_second_is_as_long_as_the_plates_rate_says(playhead: Playhead) -> None:
    playhead.step_seconds(2)
    assert playhead.frame == 60 + 48


def test_an_in_point_after_out_takes_out_away(playhead: Playhead) -> None:
    playhead.set_range(10, 40)
    playhead.mark_in()
    assert (playhead.in_point, playhead.out_point) == (60, None)
    playhead.go(80)
    playhead.mark_out()
    assert playhead.span == range(60, 81)


@pytest.mark.parametrize(("text", "frame"), [("7", 7), ("+5", 65), ("-10", 50), ("00:00:02:01", 49), (" 12 ", 12)])
def test_a_typed_position_is_a_frame_a_step_or_a_timecode(playhead: Playhead, text: str, frame: int) -> None:
    assert playhead.parse(text) == frame


@pytest.mark.parametrize("text", ["", "900", "-100", "00:09:00:00", "x"])
def test_a_position_that_is_none_is_refused_in_words(playhead: Playhead, text: str) -> None:
    with pytest.raises(RangeError):
        playhead.parse(text)


@pytest.fixture
def rests(playhead: Playhead) -> list[int]:
    """The frames at which it rested."""
    found: list[int] = []
    playhead.rested.connect(lambda: found.append(playhead.frame))
    return found


def test_a_drag_that_stays_on_a_frame_pauses(playhead: Playhead, rests: list[int], qtbot: QtBot) -> None:
    for frame in (70, 80, 80, 95):
        playhead.drag(frame)
        assert playhead.dragging
    qtbot.waitUntil(lambda: not playhead.dragging)
    assert rests == [95]
    playhead.drag(95)
    assert not playhead.dragging, "a hand that trembles on a frame doesn't drag"


def test_a_drag_that_is_let_go_rests_at_once(playhead: Playhead, rests: list[int]) -> None:
    playhead.drop()
    playhead.drag(900)
    playhead.drop()
    assert (rests, playhead.dragging) == ([199], False)


def test_who_goes_to_a_frame_does_not_drag_there(playhead: Playhead, rests: list[int]) -> None:
    seen: list[tuple[int, bool]] = []
    playhead.moved.connect(lambda frame: seen.append((frame, playhead.dragging)))
    playhead.drag(70)
    playhead.go(71)
    assert seen == [(70, True), (71, False)]
    assert rests == []
    playhead.drag(72)
    playhead.go(72)
    assert rests == [72]


def test_what_rolls_past_is_read_now_and_then_and_where_it_stays(playhead: Playhead, qtbot: QtBot) -> None:
    moved: list[int] = []
    read: list[int] = []
    playhead.moved.connect(moved.append)
    playhead.read.connect(lambda: read.append(playhead.frame))
    for frame in range(61, 71):
        playhead.roll(frame)
    assert moved == list(range(61, 71))
    assert read == [61]
    qtbot.waitUntil(lambda: read == [61, 70])
    playhead.go(80)
    playhead.go(81)
    assert read == [61, 70, 80, 81]
