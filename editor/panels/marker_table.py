"""Markers and keyframes' notes as a table: sortable, each row a place to go to, names and notes written in place."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QSize, QSortFilterProxyModel, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from editor.document import edits
from editor.document.document import Document
from editor.document.marker_steps import write_marker
from editor.language.catalogue import translated
from editor.language.translation import mark, tr
from editor.look import colours
from editor.look.style import figures_font
from editor.panels.plain_table import SORT, Index, RowModel, dress
from editor.playback.playhead import Playhead
from pipeline.project.marker import Marker
from pipeline.project.marker_edits import markers_of
from pipeline.project.project import Project

_TITLES = (mark("Frame"), mark("Timecode"), mark("Of"), mark("Name"), mark("Note"))
_NAME, _NOTE = 3, 4


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A row: a marker, or the note of a face's keyframe; `face` is that face's id."""

    frame: int
    name: str
    note: str
    marker: Marker | None = None
    face: str = ""


def note_lines(project: Project, plate: str) -> list[NoteLine]:
    """The markers of a plate and the notes on its faces' keyframes, by frame."""
    markers = [NoteLine(each.frame, each.name, each.note, marker=each) for each in markers_of(project, plate)]
    notes = [
        NoteLine(each.frame, translated(each.kind.replace("_", " ")), each.note, face=face.id)
        for face in project.faces
        if face.plate == plate
        for each in face.keyframes
        if each.note
    ]
    return sorted((*markers, *notes), key=lambda each: each.frame)


class NoteModel(RowModel[NoteLine]):
    """The lines as rows."""

    written = Signal(object, str, str)
    """A line, and the name and the note that it is to have."""

    def __init__(self, playhead: Playhead, parent: QObject | None = None) -> None:
        super().__init__(_TITLES, parent)
        self._playhead = playhead

    def flags(self, index: Index) -> Qt.ItemFlag:
        line, found = self.rows[index.row()], super().flags(index)
        is_written = index.column() == _NOTE or (index.column() == _NAME and line.marker is not None)
        return found | Qt.ItemFlag.ItemIsEditable if is_written else found

    def data(self, index: Index, role: int = 0) -> Any:
        line, column = self.rows[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._text(line, column)
        if role == SORT:
            return line.frame if column in (0, 1) else self._text(line, column).casefold()
        if role == Qt.ItemDataRole.ToolTipRole and column in (_NAME, _NOTE):
            return self._text(line, column) or None
        if role == Qt.ItemDataRole.DecorationRole and column == 2 and line.marker is not None:
            return colours.MARKER_COLOURS[line.marker.colour]
        if role == Qt.ItemDataRole.ForegroundRole and column == 2:
            return colours.TEXT_DIM
        if role == Qt.ItemDataRole.FontRole and column in (0, 1):
            return figures_font(11)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        line, text = self.rows[index.row()], str(value).strip()
        if role != Qt.ItemDataRole.EditRole or text == self._text(line, index.column()):
            return False
        named = index.column() == _NAME
        self.written.emit(line, text if named else line.name, line.note if named else text)
        return True

    def _text(self, line: NoteLine, column: int) -> str:
        of = tr("marker") if line.marker is not None else line.face
        return (str(line.frame), self._playhead.timecode(line.frame), of, line.name, line.note)[column]


class MarkerTable(QTableView):
    """The table: a press goes there, a double press or F2 writes name or note; every change is an undoable step."""

    def __init__(self, document: Document, playhead: Playhead, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._playhead = document, playhead
        self._model = NoteModel(playhead, self)
        self._model.written.connect(self._write)
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(self._model)
        self._sorted.setSortRole(SORT)
        self.setModel(self._sorted)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed)
        self.setIconSize(QSize(9, 9))
        dress(self, (58, 86, 70, 90))
        self.setAccessibleName(tr("Markers and notes"))
        document.opened.connect(self.refresh)
        document.changed.connect(self.refresh)
        self.selectionModel().currentRowChanged.connect(self._go)
        self.refresh()

    def refresh(self) -> None:
        """Show what the document has."""
        plate = self._document.plate
        self._model.put([] if plate is None else note_lines(self._document.project, plate.id))

    def line(self, row: int) -> NoteLine:
        """What stands in a row as it is sorted now."""
        return self._model.rows[self._sorted.mapToSource(self._sorted.index(row, 0)).row()]

    def _go(self, index: QModelIndex) -> None:
        if index.isValid():
            self._playhead.go(self.line(index.row()).frame)

    def _write(self, line: NoteLine, name: str, note: str) -> None:
        if line.marker is not None:
            write_marker(self._document, line.marker, name, note)
        else:
            edits.review(self._document, line.face, [line.frame], note=note)
