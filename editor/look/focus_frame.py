"""A frame that shows where the keyboard is, on widgets that paint themselves."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from editor.look import colours

_BY_TAB = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class FocusFrame(QWidget):
    """Lies over a widget while that has the focus by Tab; whoever clicked knows where the keyboard is."""

    def __init__(self, of: QWidget) -> None:
        super().__init__(of)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        of.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent):
            self.setVisible(event.gotFocus() and event.reason() in _BY_TAB)
            self.raise_()
        if event.type() in (QEvent.Type.Resize, QEvent.Type.FocusIn) and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(colours.ACCENT, 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
