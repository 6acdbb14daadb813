"""Playing, measured: a loop whose pictures are drawn ahead, and a film of which nothing is drawn yet, in real time.

What counts is what the canvas was painted with, frame by frame, not what was asked for.
"""

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QObject

from editor.app.bench_figures import Figure, processor_s
from editor.app.bench_program import run_own
from editor.app.bench_sitting import BenchSitting
from editor.app.editor import Editor
from editor.app.settings import Settings
from editor.panels.start_page import NewProject

_SIZE = (1600, 1000)
_FILM_GROUP = 60
_FILM_PATIENCE_S = 600.0


@dataclass(frozen=True, slots=True)
class PlayCase:
    """A plate; `film_frames`: a film of so many is made of it, because it is short itself. `ahead`: what is played is
    drawn ahead, and it is looked at fitted in and at 100 %; else nothing of it is drawn yet."""

    label: str
    plate: str
    film_frames: int | None
    ahead: bool


PLAY_CASES = (
    PlayCase("360p", "WolfgangLanger_Pexels.mp4", None, ahead=False),
    PlayCase("1080p", "synthetic_talker.mp4", 300, ahead=True),
)


@dataclass(frozen=True, slots=True)
class Played:
    """A range played once: how many of its frames were never seen, frames a second, and the milliseconds of processor
    time that each seen frame took of the window's process and of the worker's."""

    left_out: int
    rate: float
    window_ms: float
    worker_ms: float


def playing_figures(
    case: PlayCase, media: Path, source: Path, folder: Path, seconds: float, cancelled: Callable[[], bool]
) -> Iterator[Figure]:
    """`seconds` of the plate, from its beginning. Raises LikenessError, Cancelled."""
    plate = media / case.plate
    if case.film_frames is not None:
        film = folder / "played.mp4"
        amount = ("--group", str(_FILM_GROUP), "--frames", str(case.film_frames))
        run_own("bench-film", str(plate), "-o", str(film), *amount, patience_s=_FILM_PATIENCE_S)
        plate = film
    editor = Editor(Settings(folder / "playing.ini"))
    window = editor.window
    editor.quality_feed.enable(False)
    window.resize(*_SIZE)
    window.show()
    sitting = BenchSitting(editor, NewProject(folder / "played.likeness", plate, (source,), None), cancelled)
    try:
        sitting.begin()
        sitting.until_analysed()
        span = range(min(window.playhead.frames, round(seconds * float(window.playhead.rate))))
        window.playhead.set_range(span.start, span.stop - 1)
        sitting.until(sitting.is_shown)
        if not case.ahead:
            yield from _figures(case, f"{seconds:g} s live", _play(editor, sitting, span, rounds_before=0))
            return
        sitting.draw_ahead(span)
        for words, action in (("fitted in", "view.fit_picture"), ("at 100 %", "view.zoom_100")):
            editor.run(action)
            yield from _figures(case, f"{seconds:g} s loop {words}", _play(editor, sitting, span, rounds_before=1))
    finally:
        window.bridge.close()
        window.session.saver.wait()
        window.document.close()
        window.close()


def _play(editor: Editor, sitting: BenchSitting, span: range, rounds_before: int) -> Played:
    """Play a range in a loop; what is told is the round after so many."""
    window = editor.window
    window.playhead.go(span.start)
    seen = _Seen(window.canvas, sitting.current_frame)
    window.canvas.update()
    sitting.until(lambda: seen.frames[-1:] == [span.start])
    worker = window.bridge.pid or 0
    editor.run("transport.play_toggle")
    try:
        sitting.until(lambda: len(seen.begins) > rounds_before)
        own, its = processor_s(os.getpid()), processor_s(worker)
        sitting.until(lambda: len(seen.begins) > rounds_before + 1)
        own, its = processor_s(os.getpid()) - own, processor_s(worker) - its
    finally:
        editor.run("transport.stop_playing")
        seen.deleteLater()
    begin, end = seen.begins[rounds_before : rounds_before + 2]
    shown, seconds = seen.frames[begin:end], seen.times[end] - seen.times[begin]
    return Played(len(span) - len(set(shown)), len(shown) / seconds, 1e3 * own / len(shown), 1e3 * its / len(shown))


def _figures(case: PlayCase, what: str, played: Played) -> Iterator[Figure]:
    yield Figure(case.label, f"{what}: frames left out", played.left_out, "", 0.0)
    yield Figure(case.label, f"{what}: rate", played.rate, "fps")
    yield Figure(case.label, f"{what}: worker's processor time a frame", played.worker_ms, "ms")
    yield Figure(case.label, f"{what}: window's processor time a frame", played.window_ms, "ms")


class _Seen(QObject):
    """The frames that a widget is painted with, in order, as `current` says at each moment."""

    def __init__(self, widget: QObject, current: Callable[[], int | None]) -> None:
        super().__init__(widget)
        self.frames: list[int] = []
        self.times: list[float] = []
        self.begins: list[int] = []
        """Which of them began a round."""
        self._current = current
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        frame = self._current() if event.type() == QEvent.Type.Paint else None
        if frame is not None and self.frames[-1:] != [frame]:
            if not self.frames or frame < self.frames[-1]:
                self.begins.append(len(self.frames))
            self.frames.append(frame)
            self.times.append(time.monotonic())
        return False
