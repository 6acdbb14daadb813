"""All keyframes of the face in hand as a table: sortable, each row a place to go to."""

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from editor.document.document import Document
from editor.document.edits import STATUS_WORDS
from editor.document.selection import Selection
from editor.look import colours
from editor.look.style import figures_font
from editor.playback.playhead import Playhead
from pipeline.project.keyframe import STATUSES, Keyframe

Index = QModelIndex | QPersistentModelIndex
_TITLES = ("Frame", "Timecode", "Kind", "Status", "Why")
_SORT = Qt.ItemDataRole.UserRole


class KeyframeModel(QAbstractTableModel):
    """The keyframes as rows; reads the document, holds nothing of its own."""

    def __init__(self, playhead: Playhead, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._playhead = playhead
        self.keyframes: tuple[Keyframe, ...] = ()

    def show(self, keyframes: tuple[Keyframe, ...]) -> None:
        if keyframes != self.keyframes:
            self.beginResetModel()
            self.keyframes = keyframes
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.keyframes)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(_TITLES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _TITLES[section]
        return None

    def data(self, index: Index, role: int = 0) -> Any:
        keyframe = self.keyframes[index.row()]
        column = index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(keyframe, column)
        if role == _SORT:
            if column in (0, 1):
                return keyframe.frame
            return STATUSES.index(keyframe.status) if column == 3 else self._text(keyframe, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join((*keyframe.reasons, keyframe.note)).strip() or None
        if role == Qt.ItemDataRole.ForegroundRole and column == 3:
            return colours.STATUS_COLOURS[keyframe.status]
        if role == Qt.ItemDataRole.FontRole and column in (0, 1):
            return figures_font(11)
        return None

    def _text(self, keyframe: Keyframe, column: int) -> str:
        return (
            str(keyframe.frame),
            self._playhead.timecode(keyframe.frame),
            keyframe.kind.replace("_", " "),
            STATUS_WORDS[keyframe.status],
            ", ".join(keyframe.reasons),
        )[column]


class KeyframeTable(QTableView):
    """The table, kept in step with the selection both ways."""

    def __init__(
        self, document: Document, selection: Selection, playhead: Playhead, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._selection, self._playhead = selection, playhead
        self._model = KeyframeModel(playhead, self)
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(self._model)
        self._sorted.setSortRole(_SORT)
        self._following = False
        self.setModel(self._sorted)
        self.setSortingEnabled(True)
        self.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(22)
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setStretchLastSection(True)
        for column, width in enumerate((58, 86, 82, 78)):
            self.setColumnWidth(column, width)
        self.setAccessibleName("Keyframes")
        document.opened.connect(self.refresh)
        document.changed.connect(self.refresh)
        selection.changed.connect(self.refresh)
        self.selectionModel().selectionChanged.connect(self._chosen)
        self.refresh()

    def refresh(self) -> None:
        """Show the face's keyframes, and those that are selected."""
        face = self._selection.face
        self._following = True
        self._model.show(() if face is None else face.keyframes)
        wanted = QItemSelection()
        selected = set(self._selection.frames)
        for row, keyframe in enumerate(self._model.keyframes):
            if keyframe.frame in selected:
                index = self._sorted.mapFromSource(self._model.index(row, 0))
                wanted.select(index, index)
                if len(selected) == 1:
                    self.scrollTo(index)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(wanted, flags.ClearAndSelect | flags.Rows)
        self._following = False

    def _chosen(self) -> None:
        if self._following:
            return
        rows = [self._sorted.mapToSource(index).row() for index in self.selectionModel().selectedRows()]
        frames = [self._model.keyframes[row].frame for row in rows]
        if len(frames) == 1:
            self._playhead.go(frames[0])
        self._selection.select(frames)
