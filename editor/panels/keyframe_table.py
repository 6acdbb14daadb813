"""All keyframes of the face in hand as a table: sortable, each row a place to go to."""

from typing import Any, Literal

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject, QSortFilterProxyModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from editor.document.document import Document
from editor.document.edits import STATUS_WORDS
from editor.document.selection import Selection
from editor.language.catalogue import translated
from editor.language.translation import mark, tr
from editor.look import colours
from editor.look.style import figures_font
from editor.panels.figure_ink import figure_ink
from editor.panels.plain_table import SORT, Index, RowModel, dress
from editor.playback.draft_figures import AU_ERROR, DraftFigures, Figure
from editor.playback.playhead import Playhead
from pipeline.project.keyframe import STATUSES, Keyframe
from pipeline.project.project import FaceTrack

Which = Literal["all", "waiting", "open", "needs_work", "approved", "over"]
"""Which keyframes a table shows; `waiting`: not approved yet, `over`: further off than is good."""

_TITLES = (mark("Frame"), mark("Timecode"), mark("Kind"), mark("Status"), mark("AU error"), mark("Why"))
STATUS, ERROR = 3, 4
"""Columns."""


class KeyframeModel(RowModel[Keyframe]):
    """The keyframes as rows; reads the document, holds nothing of its own."""

    def __init__(self, playhead: Playhead, figures: DraftFigures, parent: QObject | None = None) -> None:
        super().__init__(_TITLES, parent)
        self._playhead, self._figures = playhead, figures
        self._face: str | None = None

    def show(self, face: FaceTrack | None) -> None:
        self._face = None if face is None else face.id
        self.put(() if face is None else face.keyframes)

    def show_figures(self) -> None:
        """Other figures are known."""
        if self.rows:
            self.dataChanged.emit(self.index(0, ERROR), self.index(len(self.rows) - 1, ERROR))

    def error(self, keyframe: Keyframe) -> Figure | None:
        """How far the draft's expression is off at a keyframe; None where it isn't known."""
        return self._figures.figure(self._face, AU_ERROR, keyframe.frame)

    def data(self, index: Index, role: int = 0) -> Any:
        keyframe = self.rows[index.row()]
        column = index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(keyframe, column)
        if role == SORT:
            if column in (0, 1):
                return keyframe.frame
            if column == ERROR:
                found = self.error(keyframe)
                return -1.0 if found is None else found.value
            return STATUSES.index(keyframe.status) if column == STATUS else self._text(keyframe, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            if column == ERROR:
                return self._error_told(keyframe)
            return "\n".join((*map(translated, keyframe.reasons), keyframe.note)).strip() or None
        if role == Qt.ItemDataRole.ForegroundRole and column == STATUS:
            return colours.STATUS_COLOURS[keyframe.status]
        if role == Qt.ItemDataRole.ForegroundRole and column == ERROR:
            return None if (found := self.error(keyframe)) is None else figure_ink(found)
        if role == Qt.ItemDataRole.FontRole and column in (0, 1, ERROR):
            return figures_font(11)
        return None

    def _text(self, keyframe: Keyframe, column: int) -> str:
        return (
            str(keyframe.frame),
            self._playhead.timecode(keyframe.frame),
            translated(keyframe.kind.replace("_", " ")),
            translated(STATUS_WORDS[keyframe.status]),
            "" if (found := self.error(keyframe)) is None else f"{found.value:.3f}",
            tr(", ").join(map(translated, keyframe.reasons)),
        )[column]

    def _error_told(self, keyframe: Keyframe) -> str:
        found = self.error(keyframe)
        if found is None:
            return tr("The draft isn't measured here, or something lies before the face.")
        late = "" if found.fresh else "\n" + tr("It was taken before the last change, and is taken anew when you rest.")
        return tr(
            "How far the result's action units are from the plate's; good up to {limit:g}.{late}",
            limit=found.limit,
            late=late,
        )


class KeyframeFilter(QSortFilterProxyModel):
    """The rows that are wanted, in the order that is wanted."""

    def __init__(self, model: KeyframeModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._which: Which = "all"
        self._text = ""
        self.setSourceModel(model)

    def want(self, which: Which, text: str) -> None:
        self.beginFilterChange()
        self._which, self._text = which, text.strip().casefold()
        self.endFilterChange()

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        keyframe = self._model.rows[row]
        english = (keyframe.kind.replace("_", " "), *keyframe.reasons)
        words = " ".join((*english, *map(translated, english), keyframe.note)).casefold()
        return self._text in words and self._is_wanted(keyframe)

    def _is_wanted(self, keyframe: Keyframe) -> bool:
        match self._which:
            case "waiting":
                return keyframe.status != "approved"
            case "over":
                found = self._model.error(keyframe)
                return found is not None and found.is_over
            case "all":
                return True
            case status:
                return keyframe.status == status


class KeyframeTable(QTableView):
    """The table, kept in step with the selection both ways."""

    def __init__(
        self,
        document: Document,
        selection: Selection,
        playhead: Playhead,
        figures: DraftFigures,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._selection, self._playhead = selection, playhead
        self._model = KeyframeModel(playhead, figures, self)
        self._sorted = KeyframeFilter(self._model, self)
        self._sorted.setSortRole(SORT)
        self._following = False
        self.setModel(self._sorted)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        dress(self, (54, 82, 80, 66, 62))
        self.setAccessibleName(tr("Keyframes"))
        document.opened.connect(self.refresh)
        document.changed.connect(self.refresh)
        selection.changed.connect(self.refresh)
        figures.changed.connect(self._model.show_figures)
        self.selectionModel().selectionChanged.connect(self._chosen)
        self.refresh()

    def show_only(self, which: Which, text: str) -> None:
        """Show the keyframes that are `which` and whose kind, reasons or note hold the text."""
        self._following = True
        self._sorted.want(which, text)
        self._following = False
        self.refresh()

    def show_worst_first(self) -> None:
        """Sort by the error, the greatest first."""
        self.sortByColumn(ERROR, Qt.SortOrder.DescendingOrder)

    def refresh(self) -> None:
        """Show the face's keyframes, and those that are selected."""
        face = self._selection.face
        self._following = True
        self._model.show(face)
        wanted = QItemSelection()
        selected = set(self._selection.frames)
        for row, keyframe in enumerate(self._model.rows):
            if keyframe.frame in selected:
                index = self._sorted.mapFromSource(self._model.index(row, 0))
                if not index.isValid():
                    continue  # Left out by the filter.
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
        frames = [self._model.rows[row].frame for row in rows]
        if len(frames) == 1:
            self._playhead.go(frames[0])
        self._selection.select(frames)
