"""A label that says less where there is no room for all of it, so that a window needn't be wider for it."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from editor.look.style import figures_font


class FittedLabel(QLabel):
    """Figures, in full or in short."""

    clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(figures_font(12))
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._full = self._short = ""
        self._rooms = 0, 0

    def say(self, full: str, short: str, widest: tuple[str, str] | None = None) -> None:
        """`widest`: texts as long as any of both kinds that will follow; room is kept for these, so that nothing is
        laid out anew when a text changes."""
        self._full, self._short = full, short
        advance = self.fontMetrics().horizontalAdvance
        rooms = advance(widest[0] if widest else full) + 4, advance(widest[1] if widest else short) + 4
        if rooms != self._rooms:
            self._rooms = rooms
            self.updateGeometry()
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(self._rooms[0], self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._rooms[1], self.fontMetrics().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.clicked.emit()

    def _fit(self) -> None:
        self.setText(self._full if self.width() >= self._rooms[0] else self._short)
