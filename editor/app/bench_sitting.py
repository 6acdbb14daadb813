"""Somebody at the window, scripted: what is timed of the editor, with the real worker behind it."""

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication

from editor.app.editor import Editor
from editor.app.loop_watch import LoopWatch
from editor.document import edits
from editor.panels.export_form import ExportOrder
from editor.panels.start_page import NewProject
from editor.playback.pictures import Picture
from pipeline.errors import Cancelled, LikenessError
from pipeline.project.parameter_table import parameter_named

_PATIENCE_S = 900.0
_USER_EVERY_MS = 60
_MOVE_EVERY_S = 0.016
"""How often a hand moves the pointer on."""
_UNITS = ("AU12L", "AU12R", "AU26", "AU17")


@dataclass(frozen=True, slots=True)
class Taken:
    """One step or edit: milliseconds until it is on the screen, and the window's processor time of them."""

    wall_ms: float
    busy_ms: float


@dataclass(frozen=True, slots=True)
class Dragged:
    """A frame that the playhead was dragged to: milliseconds until it was on the screen, those in which the worker
    decoded (0 of a proxy), and whether a proxy was seen."""

    wall_ms: float
    decode_ms: float
    proxy: bool


class BenchSitting:
    """One editor with one project. Raises LikenessError: what is waited for doesn't come,
    or a job fails. Cancelled."""

    def __init__(self, editor: Editor, order: NewProject, cancelled: Callable[[], bool]) -> None:
        self._editor, self._window, self._order = editor, editor.window, order
        self._chance = random.Random(0)
        self._cancelled = cancelled
        self._painted = _Painted(editor.window.canvas, self.current_frame)
        self._exports = 0
        self._problem = ""
        self.watch = LoopWatch()
        editor.window.document.refused.connect(self._refused)

    def begin(self) -> None:
        """Make the project of a film and a photo, which opens it and begins its analysis."""
        self._window.session.create(self._order)
        self.until(lambda: self._window.document.is_open)

    def work(self, seconds: float) -> None:
        """Step, scrub, edit and undo while the plate is analysed, half of `seconds` at least, and while films of it are
        rendered, as long again; every gap of the event loop is kept in `watch`.
        """
        user = QTimer()
        user.timeout.connect(self._do_something)
        self.watch.start()
        user.start(_USER_EVERY_MS)
        try:
            self._for(seconds / 2)
            self.until_analysed()
            end = time.monotonic() + seconds / 2
            while time.monotonic() < end:
                self._export()
                self.until(lambda: not self._window.jobs.running or time.monotonic() >= end)
        finally:
            user.stop()
            self.watch.stop()
        self.rest()

    def until_analysed(self) -> None:
        """Wait for the plate's analysis, and for what follows it."""
        self.until(lambda: not self._window.jobs.running and self._window.traces.buckets is not None)

    def draw_ahead(self, frames: range) -> None:
        """Have the results of these frames drawn, and wait until all of them lie ready."""
        bridge = self._window.bridge
        self._editor.run("view.show_result")
        bridge.prefetch(frames, "result")
        self.until(lambda: any(start <= frames.start and stop >= frames.stop for start, stop in bridge.kept))

    def steps(self, count: int) -> list[Taken]:
        """Steps to and fro over frames whose pictures are kept."""
        first = self._window.playhead.frames // 3
        frames = range(first, first + min(8, count + 1))
        for frame in frames:
            self._window.playhead.go(frame)
            self.until(self.is_shown)
        taken, direction = [], -1
        for _ in range(count):
            if self._window.playhead.frame + direction not in frames:
                direction = -direction
            action = "transport.step_forward" if direction > 0 else "transport.step_back"
            taken.append(self._timed(partial(self._editor.run, action)))
        return taken

    def rest(self) -> None:
        """Stop whatever jobs are under way."""
        for each in self._window.jobs.running:
            self._window.bridge.cancel(each.job)
        self.until(lambda: not self._window.jobs.running)

    def make_proxies(self) -> None:
        """Have proxies made and shown, and wait until they are made."""
        self._editor.run("view.use_proxies")
        self.until(lambda: not self._editor.proxy_feed.busy)

    def drags(self, frames: Sequence[int]) -> list[Dragged]:
        """The playhead dragged to each of these frames, whose picture or proxy is waited for."""
        self._editor.run("view.show_plate")
        return [self._dragged((frame,)) for frame in frames]

    def strokes(self, strokes: Sequence[Sequence[int]]) -> list[Dragged]:
        """The playhead dragged on and on over the frames of a stroke; it is timed from its last frame on."""
        self._editor.run("view.show_plate")
        return [self._dragged(each) for each in strokes]

    def _dragged(self, frames: Sequence[int]) -> Dragged:
        w = self._window
        w.playhead.drop()
        self._for(0.03)
        for frame in frames[:-1]:
            w.playhead.drag(frame)
            self._for(_MOVE_EVERY_S)
        seen: list[Picture] = []

        def current() -> int | None:
            picture = w.canvas.picture("plate")
            if picture is not None and picture.frame == frames[-1]:
                seen.append(picture)
            return None if picture is None else picture.frame

        painted = _Painted(w.canvas, current)
        began = time.perf_counter()
        w.playhead.drag(frames[-1])
        self.until(lambda: bool(seen))
        wall_ms = 1e3 * (time.perf_counter() - began)
        painted.deleteLater()
        return Dragged(wall_ms, seen[0].facts.decode_ms, seen[0].facts.proxy)

    def edits(self, count: int) -> list[Taken]:
        """A weight of the expression changed again and again, the drawn picture waited for."""
        self._editor.run("view.show_result")
        self._window.playhead.go(self._window.playhead.frames // 2)
        self.until(self.is_shown)
        return [self._timed(partial(self._edit, "AU12L", n / (count + 1))) for n in range(1, count + 1)]

    def recasts(self, photos: Sequence[Path]) -> list[Taken]:
        """Photos dropped on the face's lane one after the other, the picture with each waited for."""
        return [self._recast(photo) for photo in photos]

    # What the user does

    def _refused(self, words: str) -> None:
        self._problem = words

    def _do_something(self) -> None:
        """One thing at random; Qt swallows what a slot raises, so it is kept for whoever waits."""
        try:
            self._act()
        except LikenessError as error:
            self._problem = str(error)

    def _act(self) -> None:
        w, chance = self._window, self._chance
        what = chance.choice(("step", "step", "keyframe", "scrub", "edit", "edit", "undo", "redo"))
        self.watch.doing = what
        match what:
            case "step":
                self._editor.run(chance.choice(("transport.step_forward", "transport.step_back")))
            case "keyframe":
                self._editor.run(chance.choice(("keyframe.go_next", "keyframe.go_previous")))
            case "scrub":
                w.playhead.go(chance.randrange(w.playhead.frames))
            case "edit":
                self._edit(chance.choice(_UNITS), chance.random())
            case "undo":
                self._editor.run("edit.undo_step")
            case "redo":
                self._editor.run("edit.redo_step")

    def _edit(self, name: str, value: float) -> None:
        w = self._window
        face = w.document.project.faces[0].id
        values = {parameter_named(name): value}
        edits.set_values(w.document, face, values, (w.playhead.frame,), "keyframe", w.playhead.span)

    def _recast(self, photo: Path) -> Taken:
        document, before = self._window.document, self._window.document.project

        def begin() -> None:
            self._window.recasting.recast(before.faces[0].id, [photo])
            self.until(lambda: document.project is not before)
            self._painted.frame = None

        return self._timed(begin)

    def _export(self) -> None:
        self._exports += 1
        film = self._order.project.with_name(f"export-{self._exports}.mp4")
        self._window.session.export(ExportOrder(film, "h264-review", "draft", None, None))

    # Waiting

    def current_frame(self) -> int | None:
        """The playhead's frame, if its pictures are those of the document as it is now."""
        w = self._window
        found = [w.pictures.picture(w.playhead.frame, layer) for layer in w.view.layers]
        return w.playhead.frame if all(each is not None and each.complete for each in found) else None

    def is_shown(self) -> bool:
        """Whether the canvas was painted with the playhead's frame as the document is now."""
        return self._painted.frame is not None and self._painted.frame == self.current_frame()

    def _timed(self, begin: Callable[[], object]) -> Taken:
        self._for(0.03)
        self._painted.frame = None
        wall, busy = time.perf_counter(), time.thread_time()
        begin()
        self.until(self.is_shown)
        return Taken(1e3 * (time.perf_counter() - wall), 1e3 * (time.thread_time() - busy))

    def _for(self, seconds: float) -> None:
        loop = QEventLoop()
        QTimer.singleShot(round(1000 * seconds), loop.quit)
        loop.exec()

    def until(self, what: Callable[[], bool]) -> None:
        """Let the window work until something is so."""
        deadline = time.monotonic() + _PATIENCE_S
        flags = QEventLoop.ProcessEventsFlag.AllEvents | QEventLoop.ProcessEventsFlag.WaitForMoreEvents
        # Something always comes, so that the deadline is seen.
        alarm = QTimer()
        alarm.start(50)
        while not what():
            failed = [each.ended for each in self._window.jobs.jobs if each.failed]
            failed += [self._problem] if self._problem else []
            if failed or time.monotonic() > deadline:
                raise LikenessError(f"{self._order.plate}: {' '.join(failed) or 'the window waits in vain.'}")
            if self._cancelled():
                raise Cancelled("Stopped; nothing of the bench is kept.")
            QApplication.processEvents(flags)


class _Painted(QObject):
    """Which frame a widget was painted with last, as `current` says at that moment."""

    def __init__(self, widget: QObject, current: Callable[[], int | None]) -> None:
        super().__init__(widget)
        self.frame: int | None = None
        self._current = current
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.frame = self._current()
        return False
