"""J, K and L together: while the key of Stop is held, the keys of the shuttle step one frame instead of playing."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QShortcutEvent, QWindow

from editor.app.window import Window

Handler = Callable[[], object]
_MODIFIERS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta)


class ShuttleKeys(QObject):
    """Handlers of the shuttle's actions. Stop from a menu or a button holds nothing."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._playhead, self._transport = window.playhead, window.transport
        self._stop = window.actions_by_id["transport.stop_playing"]
        self._stop.installEventFilter(self)
        self._held: int | None = None
        self._watched: QWindow | None = None

    @property
    def holding(self) -> bool:
        """Whether the key of Stop is held."""
        return self._held is not None

    def handlers(self) -> dict[str, Handler]:
        """By the action's id."""
        return {
            "transport.play_backward": self._backward,
            "transport.stop_playing": self._transport.stop,
            "transport.play_forward": self._forward,
        }

    def _backward(self) -> None:
        if self.holding:
            self._step(-1)
        else:
            self._transport.backward()

    def _forward(self) -> None:
        if self.holding:
            self._step(1)
        else:
            self._transport.forward()

    def _step(self, frames: int) -> None:
        self._transport.stop()
        self._playhead.step(frames)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._stop:
            # The action hears of keys alone in this way, whichever keys are in force.
            if event.type() == QEvent.Type.Shortcut and isinstance(event, QShortcutEvent):
                self._hold(event.key()[0].key())  # type: ignore[index]
        elif event.type() == QEvent.Type.FocusOut:
            # The key is let go where nobody here hears it.
            self._let_go()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyRelease and self._ends(event):
            self._let_go()
        return False

    def _ends(self, event: QKeyEvent) -> bool:
        """A key that needs Shift is another one once Shift is let go first."""
        return not event.isAutoRepeat() and (event.key() == self._held or event.key() in _MODIFIERS)

    def _hold(self, key: int) -> None:
        """The window that has the keys, the second viewer too, is watched only as long as this one is held."""
        self._let_go()
        self._watched = QGuiApplication.focusWindow()
        if self._watched is not None:
            self._watched.installEventFilter(self)
            self._held = key

    def _let_go(self) -> None:
        watched, self._watched, self._held = self._watched, None, None
        if watched is not None:
            watched.removeEventFilter(self)
