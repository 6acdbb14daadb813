"""All keyframes of the face in hand as a table: sortable, each row a place to go to."""

from typing import Literal

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject, QSortFilterProxyModel, Qt
from PySide6.QtGui import QColor, QFont, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from editor.document.document import Document
from editor.document.edits import STATUS_WORDS
from editor.document.selection import Selection
from editor.language.catalogue import translated
from editor.language.translation import mark, tr
from editor.look import colours
from editor.look.style import figures_font
from editor.panels.figure_ink import figure_ink
from editor.panels.plain_table import SORT, Index, dress
from editor.playback.draft_figures import AU_ERROR, DraftFigures, Figure
from editor.playback.playhead import Playhead
from pipeline.project.keyframe import STATUSES, Keyframe
from pipeline.project.project import FaceTrack

Which = Literal["all", "waiting", "open", "needs_work", "approved", "over"]
"""Which keyframes a table shows; `waiting`: not approved yet, `over`: further off than is good."""

_TITLES = (mark("Frame"), mark("Timecode"), mark("Kind"), mark("Status"), mark("AU error"), mark("Why"))
ERROR = 4
"""Its column."""
Cell = dict[int, object]
"""Values by role."""


class KeyframeModel(QStandardItemModel):
    """The keyframes as rows. What a table draws and sorts by is laid down in Qt's own model, so that painting calls
    nothing here; rows that stay as they were are left alone."""

    def __init__(self, playhead: Playhead, figures: DraftFigures, parent: QObject | None = None) -> None:
        super().__init__(0, len(_TITLES), parent)
        self.setHorizontalHeaderLabels([tr(each) for each in _TITLES])
        self._playhead, self._figures = playhead, figures
        self._face: str | None = None
        self._counted: object = None
        """What timecodes are counted by."""
        self._errors: list[Figure | None] = []
        self.keyframes: tuple[Keyframe, ...] = ()

    def show(self, face: FaceTrack | None) -> None:
        """Show a face's keyframes, or nothing."""
        counted = None if face is None else face.id, self._playhead.rate, self._playhead.timecode(0)
        new: tuple[Keyframe, ...] = () if face is None else face.keyframes
        if counted != self._counted:
            self._face, self._counted = counted[0], counted
            self._put(())
        if new != self.keyframes:
            self._put(new)

    def _put(self, new: tuple[Keyframe, ...]) -> None:
        old, self.keyframes = self.keyframes, new
        least = min(len(old), len(new))
        first = next((n for n in range(least) if old[n] != new[n]), least)
        alike = next((n for n in range(least - first) if old[-1 - n] != new[-1 - n]), least - first)
        here = least - alike
        self.removeRows(here, len(old) - least)
        self.insertRows(here, len(new) - least)
        self._errors[first : len(old) - alike] = [self.error(each) for each in new[first : len(new) - alike]]
        for row in range(first, len(new) - alike):
            for column, cell in enumerate(self._cells(row)):
                self.setItemData(self.index(row, column), cell)

    def show_figures(self) -> None:
        """Other figures are known."""
        for row, keyframe in enumerate(self.keyframes):
            found = self.error(keyframe)
            if found != self._errors[row]:
                self._errors[row] = found
                self.setItemData(self.index(row, ERROR), _error_cell(found))

    def error(self, keyframe: Keyframe) -> Figure | None:
        """How far the draft's expression is off at a keyframe; None where it isn't known."""
        return self._figures.figure(self._face, AU_ERROR, keyframe.frame)

    def _cells(self, row: int) -> list[Cell]:
        keyframe, figures = self.keyframes[row], figures_font(11)
        told = "\n".join((*map(translated, keyframe.reasons), keyframe.note)).strip()
        kind, why = translated(keyframe.kind.replace("_", " ")), tr(", ").join(map(translated, keyframe.reasons))
        status, ink = translated(STATUS_WORDS[keyframe.status]), colours.STATUS_COLOURS[keyframe.status]
        return [
            _cell(str(keyframe.frame), keyframe.frame, told, font=figures),
            _cell(self._playhead.timecode(keyframe.frame), keyframe.frame, told, font=figures),
            _cell(kind, kind, told),
            _cell(status, STATUSES.index(keyframe.status), told, ink),
            _error_cell(self._errors[row]),
            _cell(why, why, told),
        ]


def _cell(text: str, order: float | str, told: str, ink: QColor | None = None, font: QFont | None = None) -> Cell:
    roles = Qt.ItemDataRole
    return {
        roles.DisplayRole: text,
        SORT: order,
        roles.ToolTipRole: told,
        roles.ForegroundRole: ink,
        roles.FontRole: font,
    }


def _error_cell(found: Figure | None) -> Cell:
    font = figures_font(11)
    if found is None:
        return _cell("", -1.0, tr("The draft isn't measured here, or something lies before the face."), font=font)
    late = "" if found.fresh else "\n" + tr("It was taken before the last change, and is taken anew when you rest.")
    told = tr(
        "How far the result's action units are from the plate's; good up to {limit:g}.{late}",
        limit=found.limit,
        late=late,
    )
    return _cell(f"{found.value:.3f}", found.value, told, figure_ink(found), font)


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
        keyframe = self._model.keyframes[row]
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
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
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
        for row, keyframe in enumerate(self._model.keyframes):
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
        frames = [self._model.keyframes[row].frame for row in rows]
        if len(frames) == 1:
            self._playhead.go(frames[0])
        self._selection.select(frames)
