"""A picture of the window, made without a screen: the same window, offscreen, as it shows one frame of a project."""

import os
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from PySide6.QtCore import QEventLoop, QMessageLogContext, QTimer, QtMsgType, qInstallMessageHandler

from editor.app.editor import Editor
from editor.app.entry import application
from editor.app.settings import Settings
from editor.language.languages import ENGLISH, Language, speak
from pipeline.errors import Cancelled, OutputNotWritable, ProjectError, RangeError
from pipeline.project.parameter_table import parameter_named

VIEWS = ("plate", "result", "matte", "difference", "wipe", "side")
_PATIENCE_S = 900.0


@dataclass(frozen=True, slots=True)
class Shown:
    """What the window shows: a plate frame, a view of it, a parameter's curve, panels that are in front, what was done
    before."""

    frame: int = 0
    view: str = "result"
    curve: str | None = None
    panels: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    """Ids of actions that are run once the frame is there."""
    measured: bool = False
    """Whether drafts are measured before the picture is taken, all of them."""
    language: Language = ENGLISH


def take_screenshot(
    project: Path | None,
    shown: Shown,
    output: Path,
    size: tuple[int, int],
    interrupt: Callable[[], bool] = lambda: False,
) -> None:
    """Open a project, go to a frame, wait until all that belongs to it is there, and write a PNG.

    Nothing is saved in the project. Without a project it is the page that begins one. `interrupt`: whether to end
    without a picture.

    Raises ProjectError: it can't be opened, there is no such parameter or action, a job fails or a picture can't be
    made. RangeError: no such frame. OutputError. Cancelled.
    """
    parameter = None if shown.curve is None else parameter_named(shown.curve)
    qInstallMessageHandler(pass_on)
    speak(shown.language, application())
    editor = Editor(Settings(Path(os.devnull)))
    window = editor.window
    window.session.keep_no_journal()
    editor.quality_feed.enable(shown.measured)
    window.resize(*size)
    window.show()
    try:
        unknown = next((each for each in shown.actions if each not in editor.handlers), None)
        if unknown is not None:
            raise ProjectError(f"The editor has no action {unknown}: {_nearest(unknown, editor.handlers)}")
        if project is not None:
            _show_frame(editor, project, shown.frame, shown.view, interrupt)
            for each in shown.panels:
                window.bring_panel(each)
            for each in shown.actions:
                editor.run(each)
            if parameter is not None:
                window.inspector.curve_wanted.emit(parameter)
            # An action may show other layers, or another frame.
            _wait_while(editor, lambda: not _is_whole(editor), interrupt)
        _wait_while(editor, lambda: shown.measured and editor.quality_feed.busy, interrupt)
        _wait(80)
        _wait_while(editor, lambda: window.trial.is_open and window.trial.found is None, interrupt)
        _wait_while(editor, lambda: _lacks_reference(editor), interrupt)
        _wait_while(editor, lambda: window.network_feed.busy or window.looks.busy, interrupt)
        _write(editor, output)
    finally:
        window.bridge.close()
        window.looks.close()
        window.network_feed.close()
        window.session.saver.wait()


def _nearest(asked: str, ids: Iterable[str]) -> str:
    """What may have been meant, in words."""
    near = get_close_matches(asked, list(ids), 3, 0.4)
    return f"did you mean {', '.join(near)}?" if near else "they are called like view.toggle_wipe."


def pass_on(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    """Qt's own messages, without those of the offscreen platform about windows that no manager places."""
    if not text.startswith("This plugin does not support"):
        sys.stderr.write(text + "\n")


def _show_frame(editor: Editor, project: Path, frame: int, view: str, interrupt: Callable[[], bool]) -> None:
    window = editor.window
    if not window.session.open(project):
        raise ProjectError(" ".join(window.notices.texts))
    if not 0 <= frame < window.playhead.frames:
        raise RangeError(f"The plate has frames 0 to {window.playhead.frames - 1}, so there is no frame {frame}.")
    if view in ("wipe", "side"):
        editor.run(f"view.toggle_{view}")
    else:
        editor.run(f"view.show_{view}")
    window.playhead.go(frame)
    _wait_while(editor, lambda: not _is_whole(editor), interrupt)


def _wait_while(editor: Editor, lacks: Callable[[], bool], interrupt: Callable[[], bool]) -> None:
    """Wait for what is on its way. Raises ProjectError: it won't come. Cancelled."""
    deadline = time.monotonic() + _PATIENCE_S
    while lacks():
        problems = _problems(editor)
        if problems or time.monotonic() > deadline:
            why = " ".join(problems) or "the worker takes too long."
            raise ProjectError(f"{editor.window.document.path} could not be shown: {why}")
        if interrupt():
            raise Cancelled("Stopped. No picture was written.")
        _wait(50)


def _problems(editor: Editor) -> list[str]:
    """Why what is waited for won't come: jobs that failed, else pictures that can't be made."""
    w = editor.window
    failed = [each.ended for each in w.jobs.jobs if each.failed]
    return failed or [words for layer in w.view.layers if (words := w.pictures.problem(w.playhead.frame, layer))]


def _is_whole(editor: Editor) -> bool:
    window = editor.window
    pictures = [window.pictures.picture(window.playhead.frame, layer) for layer in window.view.layers]
    return (
        not window.jobs.running
        and window.traces.buckets is not None
        and not window.timeline.strip.waiting
        and all(each is not None and each.complete for each in pictures)
    )


def _lacks_reference(editor: Editor) -> bool:
    """Whether what the result is compared with is still on its way."""
    other, frame = editor.window.view.reference, editor.window.playhead.frame
    if other is None or other.problem or editor.window.view.against == "grab":
        return False
    return other.picture is None or other.picture.frame != frame or not other.picture.complete


def _wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _write(editor: Editor, output: Path) -> None:
    temporary = output.with_name(f".{output.name}.{os.getpid()}.partial")
    if not editor.window.grab().save(str(temporary), "PNG"):
        temporary.unlink(missing_ok=True)
        raise OutputNotWritable(f"{output} cannot be written: see that its folder exists and isn't full.")
    temporary.replace(output)
