"""What a command says: progress with rate and time left, JSON alone on stdout."""

import io
import json

import pytest

from pipeline.commands import console as console_module
from pipeline.commands.arguments import size
from pipeline.commands.console import Console, ProgressPrinter, time_text
from pipeline.errors import NoFace
from pipeline.jobs.progress import Progress


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(console_module, "time", clock)
    return clock


def test_progress_tells_rate_and_time_left_without_what_an_earlier_run_finished(clock: Clock) -> None:
    stream = io.StringIO()
    printer = ProgressPrinter(stream)
    printer(Progress("rendering", 240, 480))
    clock.now += 6
    printer(Progress("rendering", 300, 480))
    clock.now += 1
    printer(Progress("rendering", 310, 480))
    clock.now += 5
    printer(Progress("rendering", 360, 480))
    clock.now += 15
    printer(Progress("rendering", 480, 480))
    assert stream.getvalue().splitlines() == [
        "rendering: 240/480",
        "rendering: 300/480",
        "rendering: 360/480, 10.0/s, 0:12 left",
        "rendering: 480/480 in 0:27, 8.9/s",
    ]


def test_what_is_got_ready_before_the_first_frame_is_not_taken_for_the_pace(clock: Clock) -> None:
    stream = io.StringIO()
    printer = ProgressPrinter(stream)
    printer(Progress("rendering", 0, 120))
    clock.now += 18
    printer(Progress("rendering", 1, 120))
    clock.now += 5
    printer(Progress("rendering", 21, 120))
    assert stream.getvalue().splitlines() == [
        "rendering: 0/120",
        "rendering: 1/120",
        "rendering: 21/120, 4.0/s, 0:25 left",
    ]


def test_a_stage_that_cannot_be_counted_is_said_once(clock: Clock) -> None:
    stream = io.StringIO()
    printer = ProgressPrinter(stream)
    for _ in range(3):
        printer(Progress("preparing the engine", 0, 0))
        clock.now += 7
    assert stream.getvalue() == "preparing the engine …\n"


def test_a_terminal_gets_one_line_a_stage(clock: Clock) -> None:
    stream = io.StringIO()
    stream.isatty = lambda: True  # type: ignore[method-assign]
    printer = ProgressPrinter(stream)
    for done in range(5):
        printer(Progress("analysing", done, 4))
        clock.now += 1
    assert stream.getvalue().count("\n") == 1
    assert stream.getvalue().count("\r") == 5


def test_times_are_readable() -> None:
    assert [time_text(each) for each in (0, 9.6, 61, 3599.4, 3600, 86399)] == [
        "0:00", "0:10", "1:01", "59:59", "1:00:00", "23:59:59",
    ]  # fmt: skip


def test_sizes_are_read_as_people_write_them() -> None:
    assert size("512M") == 512 << 20
    assert size("2g") == 2 << 30
    assert size("1.5 GiB") == 3 << 29
    assert size(str(100 << 20)) == 100 << 20


def test_json_stands_alone_on_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    console = Console(as_json=True)
    console.say("a sentence")
    console.note("a note")
    console.answer({"a": 1})
    told = capsys.readouterr()
    assert json.loads(told.out) == {"a": 1}
    assert told.err.splitlines() == ["a sentence", "a note"]


def test_an_error_is_a_sentence_and_its_exit_status(capsys: pytest.CaptureFixture[str]) -> None:
    assert Console(as_json=False).fail(NoFace("No face was found.")) == 4
    told = capsys.readouterr()
    assert told.err == "likeness: No face was found.\n"
    assert told.out == ""
