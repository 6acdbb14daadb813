"""Sound and picture keep together by the sink's clock: a real one, as it runs where there is no device."""

import time
from fractions import Fraction

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from editor.document.document import Document
from editor.playback.course import Course
from editor.playback.playhead import Playhead
from editor.playback.sound import Sound
from editor.playback.sound_sink import BUFFER_S, SilentSink
from editor.playback.sound_store import PIECE, SoundStore
from editor.playback.transport import Transport

A_SECOND = 48000
RATE = Fraction(24)


class Recorder(SilentSink):
    """Keeps what it was given."""

    def __init__(self) -> None:
        super().__init__()
        self.given = b""

    def write(self, samples: bytes) -> None:
        self.given += samples
        super().write(samples)

    def lefts(self) -> list[int]:
        return [int(each) for each in np.frombuffer(self.given, "<i2")[::2]]


def filled(document: Document) -> SoundStore:
    """A store whose pieces come at once: sample n is n % 30000, on the left."""
    store = SoundStore(document)

    def answer(piece: int) -> None:
        place = (piece * PIECE + np.arange(PIECE)) % 30000
        store.put("plate-1", piece * PIECE, np.stack([place, -place], axis=1).astype("<i2").tobytes())

    store.wanted.connect(answer)
    return store


def started(document: Document, sink: SilentSink) -> tuple[Playhead, Sound, Transport]:
    playhead, sound = Playhead(document), Sound(filled(document), lambda: sink)
    return playhead, sound, Transport(playhead, lambda _: True, sound=sound)


def test_the_picture_follows_the_sound(document: Document, qtbot: QtBot) -> None:
    sink = SilentSink()
    playhead, _, transport = started(document, sink)
    apart: list[float] = []
    playhead.moved.connect(lambda frame: apart.append(frame - sink.played() / A_SECOND * 24))
    transport.toggle()
    began = time.monotonic()
    qtbot.waitUntil(lambda: playhead.frame >= 30)
    took = time.monotonic() - began
    transport.stop()
    assert took >= 30 / 24 - 0.03
    # A frame is shown while its sound is played: from its first sample on, which the sink counts every 10 ms, and no
    # later than the window's thread lets it.
    assert min(apart) > -0.3 - 24 * 0.2
    assert max(apart) < 24 * 0.06 + 0.05
    assert float(np.median(np.abs(apart))) < 1.0


def test_a_device_that_runs_slow_slows_the_picture(document: Document, qtbot: QtBot) -> None:
    sink = SilentSink(lambda: time.monotonic() * 0.5)
    playhead, _, transport = started(document, sink)
    transport.toggle()
    began = time.monotonic()
    qtbot.waitUntil(lambda: playhead.frame >= 12)
    transport.stop()
    assert time.monotonic() - began > 0.85, "twice as long as by the system's clock"


def test_time_never_goes_back_and_goes_on_between_the_devices_words(document: Document, qtbot: QtBot) -> None:
    _, sound, transport = started(document, SilentSink())
    transport.toggle()
    told: list[float] = []
    while len(told) < 200:
        told.append(sound.elapsed() or 0.0)
        qtbot.wait(1)
    transport.stop()
    assert told == sorted(told)
    steps = np.diff(sorted(set(told)))
    assert steps.min() < SilentSink.PERIOD_S / 2, "finer than the device's steps"
    assert sound.elapsed() is None


def test_what_is_heard_belongs_to_the_frame_and_loops_without_a_seam(document: Document, qtbot: QtBot) -> None:
    sink = Recorder()
    playhead, sound, transport = started(document, sink)
    playhead.set_range(10, 15)
    playhead.go(13)
    sound.prepare(13, RATE)
    transport.toggle()
    qtbot.waitUntil(lambda: len(sink.given) > 4 * 40_000)
    transport.stop()
    heard = sink.lefts()[:40_000]
    loop = list(range(20_000, 32_000))
    wanted = [each % 30_000 for each in (list(range(26_000, 32_000)) + loop * 3)][:40_000]
    assert heard == wanted


def test_sound_that_is_not_there_yet_is_silence_of_its_length(document: Document) -> None:
    sink, store = Recorder(), SoundStore(document)
    wanted: list[int] = []
    store.wanted.connect(wanted.append)
    sound = Sound(store, lambda: sink)
    sound.begin(Course(24, range(200), 1, "loop"), RATE)
    assert 0 < len(sink.given) < 4 * int(BUFFER_S * A_SECOND)
    assert not any(sink.given)
    assert wanted[:3] == [0, 1, 2]
    sound.stop()


@pytest.mark.parametrize("speed", [-1, 2])
def test_other_speeds_are_silent(document: Document, qtbot: QtBot, speed: int) -> None:
    sink = Recorder()
    playhead, sound, transport = started(document, sink)
    playhead.go(100)
    if speed == 2:
        transport.forward()
    (transport.forward if speed > 0 else transport.backward)()
    given = len(sink.given)
    qtbot.waitUntil(lambda: abs(playhead.frame - 100) > 3)
    assert len(sink.given) == given
    assert not sound.playing
    transport.stop()


def test_where_every_frame_is_wanted_a_late_picture_ends_the_sound_and_not_the_playing(
    document: Document, qtbot: QtBot
) -> None:
    playhead, sound, transport = started(document, SilentSink())
    late = time.monotonic() + 0.3
    transport._is_ready = lambda frame: frame < 3 or time.monotonic() > late
    transport.toggle_every_frame()
    seen: list[int] = []
    playhead.moved.connect(seen.append)
    transport.toggle()
    heard = [sound.playing]
    qtbot.waitUntil(lambda: playhead.frame >= 6)
    assert [*heard, sound.playing] == [True, False]
    assert seen == list(range(1, len(seen) + 1))
    transport.stop()


def test_without_a_device_it_is_said_once_and_playing_goes_on(document: Document, qtbot: QtBot) -> None:
    playhead = Playhead(document)
    sound = Sound(filled(document), lambda: "the system has no sound device")
    said: list[str] = []
    sound.unavailable.connect(said.append)
    transport = Transport(playhead, lambda _: True, sound=sound)
    for _ in range(2):
        playhead.go(0)
        transport.toggle()
        qtbot.waitUntil(lambda: playhead.frame >= 3)
        transport.toggle()
    assert said == ["the system has no sound device"]


def test_a_device_that_dies_is_told_and_the_picture_goes_on(document: Document, qtbot: QtBot) -> None:
    class Dead(SilentSink):
        def played(self) -> int:
            return 0

    playhead, sound, transport = started(document, Dead())
    with qtbot.waitSignal(sound.unavailable, timeout=60_000):
        transport.toggle()
    qtbot.waitUntil(lambda: playhead.frame > 10)
    transport.stop()


def test_only_so_many_pieces_are_kept_and_those_of_another_plate_are_not(document: Document) -> None:
    store = SoundStore(document)
    asked: list[int] = []
    store.wanted.connect(asked.append)
    store.ask(3, 3, 4)
    assert asked == [3, 4]
    store.put("another", 3 * PIECE, b"\1" * 4 * PIECE)
    assert store.read(3 * PIECE, 10) is None
    store.put("plate-1", 3 * PIECE, b"\1" * 4 * PIECE)
    assert store.read(3 * PIECE + 47_990, 100) == b"\1" * 40
    store.ask_again()
    store.ask(4)
    assert asked == [3, 4, 4]


def test_sound_that_cannot_be_read_is_told_once_a_project(document: Document) -> None:
    store, said = SoundStore(document), list[str]()
    store.failed.connect(said.append)
    for plate in ("another", "plate-1", "plate-1"):
        store.fail(plate, f"The sound of {plate} cannot be read.")
    assert said == ["The sound of plate-1 cannot be read."]
