"""Memory that pictures and windows have freed goes back to the system while the window lives."""

from PySide6.QtCore import QObject, QTimer

from pipeline.allocator import GivingBack

EVERY_MS = 1000


class FreedMemory(QObject):
    """Looks every second, for a few milliseconds where anything was done since."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._freed = GivingBack()
        timer = QTimer(self)
        timer.timeout.connect(self._look)
        timer.start(EVERY_MS)

    def _look(self) -> None:
        self._freed.look()
