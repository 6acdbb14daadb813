"""Pictures that lack something are made again, each pane's latest."""

from threading import Event
from types import SimpleNamespace
from typing import Any

from pipeline.ipc.requests import WantFrame
from pipeline.worker.lane import Lane
from pipeline.worker.turnstile import Turnstile


class SlowDarkroom:
    """Everything lacks the face; the first picture waits until it may be made."""

    def __init__(self) -> None:
        self.begun, self.may = Event(), Event()

    def make(self, wanted: Any, *_: Any, **__: Any) -> Any:
        self.begun.set()
        assert self.may.wait(10)
        return SimpleNamespace(facts=SimpleNamespace(missing="preparation"))

    def close(self) -> None:
        pass


def test_what_was_asked_for_while_another_was_drawn_is_made_again() -> None:
    made: list[int] = []
    arrived = Event()

    def deliver(_made: Any, request: WantFrame) -> None:
        made.append(request.frame)
        if len(made) in (2, 3):
            arrived.set()

    room: Any = SlowDarkroom()
    lane = Lane(room, Turnstile(), lambda _message: None, deliver, lambda _job, _error: None)
    lane.want(
        WantFrame(plate="plate-1", frame=5, pane="result", generation=1, layer="result", quality="draft", max_size=None)
    )
    assert room.begun.wait(10)
    lane.want(
        WantFrame(
            plate="plate-1", frame=12, pane="result", generation=2, layer="result", quality="draft", max_size=None
        )
    )
    room.may.set()
    assert arrived.wait(10)
    arrived.clear()
    lane.again()
    assert arrived.wait(10)
    lane.close()
    assert made == [5, 12, 12]


def test_what_was_missing_and_came_while_a_picture_was_drawn_has_it_made_again() -> None:
    made: list[int] = []
    twice = Event()

    def deliver(_made: Any, request: WantFrame) -> None:
        made.append(request.frame)
        if len(made) == 2:
            twice.set()

    room: Any = SlowDarkroom()
    lane = Lane(room, Turnstile(), lambda _message: None, deliver, lambda _job, _error: None)
    lane.want(
        WantFrame(plate="plate-1", frame=5, pane="result", generation=1, layer="result", quality="final", max_size=None)
    )
    assert room.begun.wait(10)
    lane.again()
    room.may.set()
    assert twice.wait(10)
    lane.close()
    assert made == [5, 5]
