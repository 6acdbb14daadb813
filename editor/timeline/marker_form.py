"""A marker's name, colour and note, beside its flag: what is typed is taken over when the form closes."""

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QColor, QHideEvent, QIcon, QKeyEvent, QPixmap
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from editor.document.document import Document
from editor.document.marker_steps import colour_marker, delete_marker, write_marker
from editor.language.catalogue import translated
from editor.language.translation import tr
from editor.look import colours
from pipeline.project.marker import MARKER_COLOURS, Marker, MarkerColour

_SWATCH_PX = 12


class MarkerForm(QFrame):
    """Closes with Enter, Escape (what was typed is forgotten) or a press beside it."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._document = document
        self._marker: Marker | None = None
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.name, self.note = QLineEdit(), QLineEdit()
        self._title = QLabel()
        self._title.setStyleSheet(f"color: {colours.TEXT_DIM.name()};")
        for field, words, name in (
            (self.name, tr("Name"), tr("Marker's name")),
            (self.note, tr("Note"), tr("Marker's note")),
        ):
            field.setPlaceholderText(words)
            field.setAccessibleName(name)
            field.setMinimumWidth(240)
            field.returnPressed.connect(self.hide)
        self._swatches = QButtonGroup(self)
        remove = QPushButton(tr("Remove"))
        remove.setAutoDefault(False)
        remove.clicked.connect(self._remove)
        row = QHBoxLayout()
        row.setSpacing(1)
        for colour in MARKER_COLOURS:
            row.addWidget(self._swatch(colour))
        row.addStretch(1)
        row.addWidget(remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 10)
        column.setSpacing(6)
        for each in (self._title, self.name, self.note):
            column.addWidget(each)
        column.addLayout(row)

    def show_marker(self, marker: Marker, where: str, at: QPoint) -> None:
        """Open above a point of the screen; `where` is the marker's frame in words."""
        self._marker = marker
        self._title.setText(where)
        self.name.setText(marker.name)
        self.note.setText(marker.note)
        self._swatches.button(MARKER_COLOURS.index(marker.colour)).setChecked(True)
        self.adjustSize()
        self.move(at - QPoint(self.width() // 2, self.height() + 4))
        self.show()
        self.name.setFocus()
        self.name.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._marker = None
        super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        marker, self._marker = self._marker, None
        if marker is not None:
            write_marker(self._document, marker, self.name.text().strip(), self.note.text().strip())

    def _remove(self) -> None:
        marker, self._marker = self._marker, None
        self.hide()
        if marker is not None:
            delete_marker(self._document, marker)

    def _swatch(self, colour: MarkerColour) -> QToolButton:
        button = QToolButton()
        button.setCheckable(True)
        button.setIcon(swatch(colours.MARKER_COLOURS[colour]))
        button.setIconSize(QSize(_SWATCH_PX, _SWATCH_PX))
        button.setToolTip(translated(colour.capitalize()))
        button.setAccessibleName(translated(colour.capitalize()))
        button.clicked.connect(lambda: self._paint(colour))
        self._swatches.addButton(button, MARKER_COLOURS.index(colour))
        return button

    def _paint(self, colour: MarkerColour) -> None:
        if self._marker is not None:
            colour_marker(self._document, self._marker, colour)


def swatch(colour: QColor) -> QIcon:
    """A patch of a colour."""
    pixmap = QPixmap(_SWATCH_PX, _SWATCH_PX)
    pixmap.fill(colour)
    return QIcon(pixmap)
