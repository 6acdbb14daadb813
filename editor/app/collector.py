"""Python's collector in the window's thread alone: in another one it would destroy Qt objects that live here."""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 1000


class Collector(QObject):
    """Takes the collector over for as long as the process lives; looks every second what is due."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        timer = QTimer(self)
        timer.timeout.connect(self.look)
        timer.start(EVERY_MS)

    def look(self) -> None:
        """Collect the oldest generation whose count is over its threshold, as Python itself would."""
        over = [number for number, most in enumerate(gc.get_threshold()) if gc.get_count()[number] > most]
        if over:
            gc.collect(over[-1])
