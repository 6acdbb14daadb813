"""A heading that opens and shuts what is under it; what is under it is made when it is first opened."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from editor.look import colours


class Fold(QWidget):
    """One foldable group of widgets."""

    opened = Signal()

    def __init__(
        self, title: str, make: Callable[[], Sequence[QWidget]], *, folded: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._make = make
        self._body: QWidget | None = None
        self.head = QToolButton()
        self.head.setText(title)
        self.head.setCheckable(True)
        self.head.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.head.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.head.setStyleSheet(
            f"QToolButton {{ text-align: left; border: none; border-radius: 0; padding: 5px 6px; font-weight: 600;"
            f" background: {colours.grey(58).name()}; color: {colours.TEXT.name()}; }}"
            f"QToolButton:hover {{ background: {colours.RAISED.name()}; }}"
        )
        self.head.toggled.connect(self._turn)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 1)
        self._column.setSpacing(0)
        self._column.addWidget(self.head)
        self._turn(False)
        if not folded:
            self.head.setChecked(True)

    def _turn(self, is_open: bool) -> None:
        self.head.setArrowType(Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow)
        if is_open and self._body is None:
            self._body = QWidget()
            column = QVBoxLayout(self._body)
            column.setContentsMargins(4, 4, 4, 6)
            column.setSpacing(0)
            for each in self._make():
                column.addWidget(each)
            self._column.addWidget(self._body)
        if self._body is not None:
            self._body.setVisible(is_open)
        if is_open:
            self.opened.emit()
