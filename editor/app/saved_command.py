"""One of the program's own commands about the open project: the project is saved first, because the command reads its
file, and a notice tells meanwhile what goes on.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from editor.app.notices import Choice, Notice
from editor.app.own_command import OwnCommand
from editor.app.window import Window
from editor.language.translation import tr


class SavedCommand(QObject):
    """One at a time; `answered` follows, or nothing where it failed, which is told."""

    answered = Signal(object)
    """What it answered, as JSON values."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._arguments: Callable[[Path], Sequence[str]] | None = None
        self._waiting: Notice | None = None
        self._command = OwnCommand(self)
        self._command.answered.connect(self._answered)
        self._command.failed.connect(self._failed)
        window.session.saver.saved.connect(self._saved)
        window.session.saver.failed.connect(self._not_saved)
        window.document.opened.connect(self._opened)
        window.closed.connect(self.stop)

    @property
    def busy(self) -> bool:
        return self._arguments is not None

    def run(self, words: str, arguments: Callable[[Path], Sequence[str]]) -> None:
        """Begin, unless one is under way: `arguments` of the project's file; `words` say what goes on."""
        w = self._window
        if self.busy or w.document.path is None:
            return
        self._arguments = arguments
        self._waiting = w.notices.tell("note", words, (Choice(tr("Stop"), self.stop),))
        if w.document.unsaved and not w.document.read_only:
            w.session.save()
        else:
            self._begin()

    def stop(self) -> None:
        """End it; nothing comes of it."""
        self._command.stop()
        self._ended()

    def _begin(self) -> None:
        path = self._window.document.path
        if self._arguments is not None and path is not None:
            self._command.run(self._arguments(path))

    def _saved(self) -> None:
        if self.busy and not self._command.busy:
            self._begin()

    def _not_saved(self) -> None:
        if self.busy and not self._command.busy:
            self._ended()

    def _opened(self) -> None:
        """Another project: what is under way is of the one before."""
        if self.busy:
            self.stop()

    def _answered(self, answer: object) -> None:
        self._ended()
        self.answered.emit(answer)

    def _failed(self, words: str) -> None:
        self._ended()
        self._window.notices.tell("error", words)

    def _ended(self) -> None:
        self._arguments = None
        if self._waiting is not None:
            self._window.notices.take_back(self._waiting)
            self._waiting = None
