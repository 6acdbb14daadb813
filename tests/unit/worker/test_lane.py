"""Pictures that lack something are made again, each pane's latest."""

from collections.abc import Callable
from threading import Event
from types import SimpleNamespace
from typing import Any

import pytest

from pipeline.errors import Cancelled
from pipeline.ipc.messages import Kept
from pipeline.ipc.requests import Prefetch, WantFrame
from pipeline.worker import lane as lanes
from pipeline.worker.job import Job
from pipeline.worker.lane import Lane
from pipeline.worker.turnstile import Priority, Turnstile


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


def test_what_came_while_a_picture_was_drawn_ahead_lets_drawing_ahead_go_on() -> None:
    room: Any = SlowDarkroom()
    made, ended = Event(), Event()
    turnstile = Turnstile()

    def make(*_: Any, **__: Any) -> Any:
        lacks = not room.begun.is_set()
        room.begun.set()
        assert room.may.wait(10)
        if not lacks:
            made.set()
        return SimpleNamespace(facts=SimpleNamespace(missing="preparation" if lacks else None))

    room.make, room.keeps = make, lambda _wanted: made.is_set()
    lane = Lane(room, turnstile, lambda _message: None, lambda *_: None, lambda _job, _error: ended.set())
    job = Job(3, Priority.PREFETCH, turnstile, lambda _message: None)
    lane.ahead(job, Prefetch(job=3, plate="plate-1", start=5, stop=6, layer="result", quality="final", max_size=None))
    assert room.begun.wait(10)
    lane.again()
    room.may.set()
    assert ended.wait(10)
    lane.close()
    assert turnstile.is_free(Priority.MEASURE)


def test_a_pane_does_not_wait_while_frames_that_are_kept_are_passed_over() -> None:
    did: list[str] = []
    begun, may, ended = Event(), Event(), Event()

    def keeps(wanted: Any) -> bool:
        did.append(f"looked for {wanted.frame}")
        begun.set()
        return may.wait(10)

    def make(wanted: Any, *_: Any, **__: Any) -> Any:
        did.append(f"made {wanted.frame}")
        return SimpleNamespace(facts=SimpleNamespace(missing=""))

    room: Any = SimpleNamespace(keeps=keeps, make=make, close=lambda: None)
    turnstile = Turnstile()
    lane = Lane(room, turnstile, lambda _message: None, lambda *_: None, lambda _job, _error: ended.set())
    job = Job(3, Priority.PREFETCH, turnstile, lambda _message: None)
    lane.ahead(job, Prefetch(job=3, plate="plate-1", start=0, stop=3, layer="result", quality="draft", max_size=None))
    assert begun.wait(10)
    lane.want(
        WantFrame(plate="plate-1", frame=9, pane="result", generation=1, layer="result", quality="draft", max_size=None)
    )
    may.set()
    assert ended.wait(10)
    lane.close()
    assert did == ["looked for 0", "made 9", "looked for 1", "looked for 2"]
    assert turnstile.is_free(Priority.MEASURE)


def test_what_panes_have_passed_is_drawn_ahead_when_the_rest_is() -> None:
    made: list[int] = []
    kept: list[tuple[tuple[int, int], ...]] = []
    begun, may, ended = Event(), Event(), Event()

    def make(wanted: Any, *_: Any, **__: Any) -> Any:
        begun.set()
        assert may.wait(10)
        made.append(wanted.frame)
        return SimpleNamespace(facts=SimpleNamespace(missing=""))

    def send(message: object) -> None:
        if isinstance(message, Kept):
            kept.append(message.ranges)

    room: Any = SimpleNamespace(keeps=lambda wanted: wanted.frame in made, make=make, close=lambda: None)
    turnstile = Turnstile()
    lane = Lane(room, turnstile, send, lambda *_: None, lambda _job, _error: ended.set())
    job = Job(3, Priority.PREFETCH, turnstile, lambda _message: None)
    lane.ahead(job, Prefetch(job=3, plate="plate-1", start=0, stop=8, layer="result", quality="draft", max_size=None))
    assert begun.wait(10)
    for frame in (3, 5):
        pane = f"result-{frame}"
        lane.want(
            WantFrame(
                plate="plate-1", frame=frame, pane=pane, generation=1, layer="result", quality="draft", max_size=None
            )
        )
    may.set()
    assert ended.wait(10)
    lane.close()
    assert made == [0, 3, 5, 6, 7, 1, 2, 4]
    assert kept[-1] == ((0, 8),)


class LongDecoding:
    """Decodes each picture for as long as it isn't told to, and asks all the while whether it is wanted."""

    def __init__(self) -> None:
        self.begun, self.may = Event(), Event()

    def make(self, wanted: Any, *_: Any, given_up: Callable[[], bool], **__: Any) -> Any:
        self.begun.set()
        while not self.may.wait(0.005):
            if given_up():
                raise Cancelled("Another frame is wanted by now.")
        return SimpleNamespace(facts=SimpleNamespace(missing=""))

    def close(self) -> None:
        pass


def dragged(frames: list[int], until: int, rests: bool = False) -> list[int]:
    """Frames that are shown when each of `frames` is wanted while the one before is decoded; `until` is shown last.
    `rests`: the drag pauses at all but that one."""
    shown: list[int] = []
    arrived = Event()

    def deliver(_made: Any, request: WantFrame) -> None:
        shown.append(request.frame)
        if request.frame == until:
            arrived.set()

    room: Any = LongDecoding()
    lane = Lane(room, Turnstile(), lambda _message: None, deliver, lambda _job, _error: None)
    for generation, frame in enumerate(frames):
        room.begun.clear()
        lane.want(
            WantFrame(
                plate="p",
                frame=frame,
                pane="plate",
                generation=generation,
                layer="plate",
                quality="draft",
                max_size=None,
                dragged=frame == until or not rests,
            )
        )
        room.begun.wait(0.1)  # Where the one before is still decoded, it isn't begun.
    room.may.set()
    assert arrived.wait(10)
    lane.close()
    return shown


def test_of_a_dragged_playhead_only_the_latest_frame_is_decoded_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "_STARVED_S", 60.0)
    assert dragged([500, 100, 300, 20, 240], until=240) == [240]


def test_a_frame_on_the_way_to_the_latest_is_shown_too() -> None:
    assert dragged([100, 104], until=104) == [100, 104]


def test_a_drag_that_never_rests_sees_a_picture_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "_STARVED_S", 0.0)
    assert dragged([500, 100], until=100) == [500, 100]


def test_a_drag_that_goes_on_waits_for_no_picture_of_a_frame_it_paused_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "_STARVED_S", 0.0)
    assert dragged([100, 103], until=103, rests=True) == [103]


def versions_turn(monkeypatch: pytest.MonkeyPatch, patience_s: float) -> list[str]:
    """Panes in the order in which they are drawn when a version's is asked for before the document's own."""
    monkeypatch.setattr(lanes, "_STARVED_S", patience_s)
    drawn: list[str] = []
    all_there = Event()

    def deliver(_made: Any, request: WantFrame) -> None:
        drawn.append(request.pane)
        if len(drawn) == 4:
            all_there.set()

    room, beside = SlowDarkroom(), SlowDarkroom()
    beside.may.set()
    lane = Lane(
        room,  # type: ignore[arg-type]
        Turnstile(),
        lambda _message: None,
        deliver,
        lambda _job, _error: None,
        beside,  # type: ignore[arg-type]
    )
    for generation, pane in enumerate(("busy", "version", "plate", "result")):
        lane.want(
            WantFrame(
                plate="p",
                frame=1,
                pane=pane,
                generation=generation,
                layer="result",
                quality="draft",
                max_size=None,
                version=pane == "version",
            )
        )
        if pane == "busy":
            assert room.begun.wait(10)
    room.may.set()
    assert all_there.wait(10)
    lane.close()
    assert beside.begun.is_set(), "a darkroom of its own"
    return drawn


def test_the_documents_own_panes_go_before_a_version_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert versions_turn(monkeypatch, 60.0) == ["busy", "plate", "result", "version"]


def test_a_version_waits_for_them_only_so_long(monkeypatch: pytest.MonkeyPatch) -> None:
    assert versions_turn(monkeypatch, 0.0) == ["busy", "version", "plate", "result"]
