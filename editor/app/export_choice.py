"""Which of the plate's exports is compared with: a menu of those that are still there."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu

from editor.app.compare_link import CompareLink
from editor.app.film_compare import FilmCompare, Handler
from editor.app.window import Window
from editor.language.catalogue import translated
from editor.language.dates import time_text
from editor.language.translation import tr
from pipeline.client import ClientEvent
from pipeline.ipc.exported import Export
from pipeline.ipc.messages import Exports, JobDone


class ExportChoice(QObject):
    """Knows the plate's exports as the worker told them last; the menu asks it again whenever it opens."""

    def __init__(self, window: Window, link: CompareLink, films: FilmCompare, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window, self._link, self._films = window, link, films
        self._exports: tuple[Export, ...] = ()
        self.menu = QMenu(window)
        self.menu.setToolTipsVisible(True)
        self.menu.aboutToShow.connect(self._open)
        window.actions_by_id["view.choose_export"].setMenu(self.menu)
        window.document.opened.connect(self._opened)
        window.bridge.back.connect(link.want_exports)
        window.bridge.heard.connect(self._hear)

    def handlers(self) -> dict[str, Handler]:
        """By the action's id."""
        canvas = self._window.canvas
        return {"view.choose_export": lambda: self.menu.popup(canvas.mapToGlobal(QPoint(8, 36)))}

    def _opened(self) -> None:
        self._exports = ()
        self._link.want_exports()

    def _open(self) -> None:
        self._link.want_exports()
        self._fill()

    def _hear(self, event: ClientEvent) -> None:
        match event:
            case Exports(plate=plate) if self._window.document.plate is not None:
                if plate == self._window.document.plate.id and event.exports != self._exports:
                    self._exports = event.exports
                    self._fill()
            case JobDone(rendered=rendered) if rendered is not None:
                self._link.want_exports()

    def _fill(self) -> None:
        self.menu.clear()
        for each in self._exports:
            path = Path(each.path)
            action = self.menu.addAction(f"{self._name(path)}\t{_told(each)}")
            action.setToolTip(each.path)
            action.setCheckable(True)
            action.setChecked(self._films.shown == path)
            action.triggered.connect(lambda _checked, chosen=path: self._choose(chosen))
        if not self._exports:
            self.menu.addAction(tr("No export of this plate is there yet")).setEnabled(False)

    def _name(self, path: Path) -> str:
        """With its folder where another export is called the same; frames are called as their folder is."""
        same = [each for each in self._exports if Path(each.path).name == path.name]
        return f"{path.parent.name}/{path.name}" if len(same) > 1 or "#" in path.name or "%" in path.name else path.name

    def _choose(self, path: Path) -> None:
        """The one that is compared with, chosen again, ends it."""
        if self._films.shown == path:
            self._window.view.compare_with("plate")
        else:
            self._films.compare_with(path)


def _told(export: Export) -> str:
    """When it was made, in which quality, of which frames."""
    words = [tr("frames {first} – {last}", first=export.first, last=export.last)]
    if export.quality is not None:
        words.insert(0, translated(export.quality))
    if export.time:
        words.insert(0, time_text(datetime.fromisoformat(export.time).astimezone()))
    return "   ".join(words)
