"""A second window with nothing but the picture, for another screen: it follows playhead and view of the first one."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QAction, QGuiApplication, QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from editor.language.translation import tr
from editor.playback.pictures import Pictures
from editor.playback.playhead import Playhead
from editor.viewer.canvas import Canvas
from editor.viewer.view_state import ViewState

_FIRST_SIZE = (960, 540)


class SecondViewer(QWidget):
    """Zoom and pan are its own. The program's keys work in it; a double-click fills the screen and back."""

    closed = Signal()

    def __init__(self, state: ViewState, pictures: Pictures, playhead: Playhead, actions: Iterable[QAction]) -> None:
        super().__init__()
        self.canvas = Canvas(state, pictures, playhead, bare=True)
        self.canvas.setAccessibleName(tr("Second viewer"))
        self.canvas.installEventFilter(self)
        self.setWindowTitle(tr("Viewer — Likeness"))
        self.resize(*_FIRST_SIZE)
        for each in actions:
            self.addAction(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.canvas)

    def open_beside(self, window: QWidget) -> None:
        """Show it: over the whole of another screen where there is one, else as a window."""
        other = next((each for each in QGuiApplication.screens() if each is not window.screen()), None)
        if other is not None:
            self.setGeometry(other.geometry())
            self.showFullScreen()
        else:
            self.show()
        self.canvas.refresh()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.MouseButtonDblClick:
            return False
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()
        return True

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.closed.emit()
