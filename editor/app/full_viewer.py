"""The picture over the whole screen: all else of the window is put away, and back where it was afterwards."""

from collections.abc import Iterable

from PySide6.QtCore import QByteArray, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget


class FullViewer(QObject):
    """`main` holds the canvas and the docks inside `window`; `bars` go with the docks. Escape leaves, too."""

    def __init__(self, window: QMainWindow, main: QMainWindow, canvas: QWidget, bars: Iterable[QWidget]) -> None:
        super().__init__(window)
        self._window, self._main, self._canvas, self._bars = window, main, canvas, tuple(bars)
        self._before: QByteArray | None = None
        self._was_full = False
        canvas.installEventFilter(self)

    @property
    def active(self) -> bool:
        return self._before is not None

    def toggle(self) -> None:
        if self.active:
            self.leave()
        else:
            self._enter()

    def _enter(self) -> None:
        self._before, self._was_full = self._main.saveState(), self._window.isFullScreen()
        for dock in self._main.findChildren(QDockWidget):
            dock.hide()
        self._show_bars(False)
        self._window.showFullScreen()
        self._canvas.setFocus()

    def leave(self) -> None:
        """Everything back where it was."""
        before, self._before = self._before, None
        if before is None:
            return
        if not self._was_full:
            self._window.showNormal()
        self._show_bars(True)
        self._main.restoreState(before)

    def _show_bars(self, shown: bool) -> None:
        for each in (*self._bars, self._window.menuBar(), self._window.statusBar()):
            each.setVisible(shown)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            self.active
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            self.leave()
            return True
        return False
