"""What the panels' tables have in common: rows of things under titled columns, and how such a table looks."""

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from editor.language.translation import tr

Index = QModelIndex | QPersistentModelIndex
SORT = Qt.ItemDataRole.UserRole
"""The role of what a column is sorted by."""
R = TypeVar("R")


class RowModel(QAbstractTableModel, Generic[R]):
    """One thing a row; `titles` are the columns', marked for translation. `data` is each table's own."""

    def __init__(self, titles: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._titles = titles
        self.rows: Sequence[R] = ()

    def put(self, rows: Sequence[R]) -> None:
        """Show these in place of those before."""
        if rows != self.rows:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._titles)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(self._titles[section])
        return None


def dress(table: QTableView, widths: Sequence[int]) -> None:
    """Give a table, whose model is set, the look of all: sorted by its first column, whole rows, no grid. `widths` in
    pixels of all columns but the last, which takes what is left."""
    table.setSortingEnabled(True)
    table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setAlternatingRowColors(True)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(22)
    head = table.horizontalHeader()
    head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
    head.setHighlightSections(False)
    head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    head.setStretchLastSection(True)
    for column, width in enumerate(widths):
        table.setColumnWidth(column, width)
