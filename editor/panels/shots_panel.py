"""The table of shots, with what narrows it and what is done with the shot under the playhead."""

from collections.abc import Mapping

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from editor.language.translation import mark, tr
from editor.look import colours
from editor.panels.shot_table import ShotTable, Which

_WHICH_WORDS: dict[Which, str] = {"all": mark("All"), "waiting": mark("Not approved"), "approved": mark("Approved")}
_BUTTONS = ("shot.mark_range", "shot.approve_next")


class ShotsPanel(QWidget):
    """What narrows above the table, and whether cuts are known; the buttons under it."""

    def __init__(self, table: ShotTable, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self.which = QComboBox()
        for which, words in _WHICH_WORDS.items():
            self.which.addItem(tr(words), which)
        self.which.setAccessibleName(tr("Which shots are shown"))
        self.waiting = QLabel(tr("no cuts known yet"))
        self.waiting.setToolTip(tr("Cuts are found when the plate is analysed."))
        self.waiting.setStyleSheet(f"color: {colours.TEXT_DIM.name()};")
        above = QHBoxLayout()
        above.setContentsMargins(6, 6, 6, 6)
        above.addWidget(self.which)
        above.addWidget(self.waiting)
        above.addStretch(1)
        below = QHBoxLayout()
        below.setContentsMargins(8, 5, 8, 6)
        for each in _BUTTONS:
            button = QToolButton()
            button.setDefaultAction(actions[each])
            below.addWidget(button)
        below.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(above)
        column.addWidget(table, 1)
        column.addLayout(below)
        self.which.currentIndexChanged.connect(lambda: table.show_only(self.which.currentData()))

    def show_cuts(self, known: bool) -> None:
        """Other cuts; `known`: whether the plate was looked through for them."""
        self._table.refresh()
        self.waiting.setVisible(not known)
