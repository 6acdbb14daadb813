"""Media that aren't where they were: told when a project opens, and looked for by the program's own command."""

from collections.abc import Callable, Mapping, Sequence, Set
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from editor.app.notices import Choice, Notice
from editor.app.saved_command import SavedCommand
from editor.app.window import Window
from editor.language.translation import tr
from pipeline.project.relink import lost_media, relinked
from pipeline.project.storage import media_path

Handler = Callable[[], object]


class Relinking(QObject):
    """One search at a time; what is found is put in place as one step."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._told: Notice | None = None
        self.command = SavedCommand(window)
        self.command.answered.connect(self._answered)
        window.document.opened.connect(self._opened)

    def handlers(self) -> dict[str, Handler]:
        """By the action's id."""
        return {"project.relink_media": self.choose}

    def choose(self) -> None:
        """Ask in which folder to look, and begin; where nothing is lost, say so."""
        w = self._window
        if not self._lost():
            w.notices.tell("note", tr("All plates, photos and clips of this project are where it says."))
            return
        path = w.document.path
        name = QFileDialog.getExistingDirectory(w, tr("Where to look"), "" if path is None else str(path.parent))
        if name:
            self.begin(Path(name))

    def begin(self, folder: Path) -> None:
        """Look in a folder; what comes of it follows."""
        self.command.run(
            tr("Moved media are looked for in {folder} …", folder=folder),
            lambda project: ["relink", "--plan", "--json", "--", str(project), str(folder)],
        )

    def _lost(self) -> Sequence[str]:
        w = self._window
        return () if w.document.path is None else lost_media(w.document.project, w.document.path)

    def _opened(self) -> None:
        lost = self._lost()
        if lost:
            names = _listed(lost)
            words = (
                tr("{names} isn't where it was.", names=names)
                if len(lost) == 1
                else tr("{names} aren't where they were.", names=names)
            )
            self._offer(words, tr("Find…"))

    def _take_back(self, found: Set[str]) -> None:
        """What was said of files that are found is no longer true."""
        for each in self._window.notices.shown:
            if each is self._told or any(path in each.text for path in found):
                self._window.notices.take_back(each)

    def _offer(self, words: str, choice: str) -> None:
        self._told = self._window.notices.tell("warning", words, (Choice(choice, self.choose),))

    def _answered(self, answer: Mapping[str, Any]) -> None:
        w, moved, missing = self._window, answer["moved"], answer["missing"]
        # Where files lie changes no picture: what was approved stays so.
        gone = {str(media_path(each, w.document.path)) for each in moved} if w.document.path is not None else set()
        if moved and w.document.edit(
            tr("Media found again"), lambda project: relinked(project, moved), keeps_approval=True
        ):
            self._take_back(gone)
            w.notices.tell("good", tr("Found again: {names}.", names=_listed(list(moved.values()))))
        if missing:
            self._offer(
                tr("{names} was not found there.", names=_listed(missing))
                if len(missing) == 1
                else tr("{names} were not found there.", names=_listed(missing)),
                tr("Look elsewhere…"),
            )


def _listed(paths: Sequence[str]) -> str:
    """Names of files; of many the first ones, and how many more."""
    names = [Path(each).name for each in paths]
    more = len(names) - 3
    return ", ".join(names[:3]) + (tr(" and {more} more", more=more) if more > 0 else "")
