"""Markers and notes, with the ways to other programs."""

from collections.abc import Mapping

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from editor.document.document import Document
from editor.panels.marker_table import MarkerTable
from editor.playback.playhead import Playhead

_BUTTONS = ("marker.import_list", "marker.export_list")


class MarkerPanel(QWidget):
    """The table above, the buttons under it."""

    def __init__(
        self, document: Document, playhead: Playhead, actions: Mapping[str, QAction], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.table = MarkerTable(document, playhead)
        row = QHBoxLayout()
        row.setContentsMargins(8, 5, 8, 6)
        for each in _BUTTONS:
            button = QToolButton()
            button.setDefaultAction(actions[each])
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addLayout(row)
