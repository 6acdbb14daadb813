"""The shots of the plate as a table: how far the review of each is, and how far its drafts are off."""

from collections.abc import Callable
from typing import Any, Literal

import numpy as np
from PySide6.QtCore import QModelIndex, QObject, QSortFilterProxyModel, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from editor.document.document import Document
from editor.document.face_steps import identity_name
from editor.language.translation import mark, tr
from editor.look import colours
from editor.look.style import figures_font
from editor.panels.figure_ink import figure_ink
from editor.panels.plain_table import SORT, Index, RowModel, dress
from editor.playback.draft_figures import AU_ERROR, DraftFigures, Figure
from editor.playback.playhead import Playhead
from pipeline.project.approval import ShotReview, shot_reviews
from pipeline.project.keyframe import Status

Which = Literal["all", "waiting", "approved"]
"""Which shots a table shows; `waiting`: not approved yet."""

_TITLES = (mark("Shot"), mark("Begins"), mark("Length"), mark("Review"), mark("AU error"), mark("Faces"))
_NUMBER, _BEGINS, _LENGTH, _REVIEW, _ERROR, _FACES = range(6)


class ShotModel(RowModel[ShotReview]):
    """The shots as rows; reads document and figures, holds nothing of its own but the shots' review."""

    def __init__(
        self, document: Document, playhead: Playhead, figures: DraftFigures, parent: QObject | None = None
    ) -> None:
        super().__init__(_TITLES, parent)
        self._document, self._playhead, self._figures = document, playhead, figures

    def show_figures(self) -> None:
        """Other figures are known."""
        if self.rows:
            self.dataChanged.emit(self.index(0, _ERROR), self.index(len(self.rows) - 1, _ERROR))

    def worst(self, shot: ShotReview) -> tuple[int, Figure] | None:
        """Where in a shot the expression of a draft is furthest off, and how far; None where nothing is known."""
        found: list[tuple[int, Figure]] = []
        for face in dict.fromkeys(face for face, _ in shot.keyframes):
            known = self._figures.of(face)
            row = None if known is None else known.row(AU_ERROR)
            if known is None or row is None:
                continue
            values = known.values[row, shot.frames.start : shot.frames.stop]
            if not np.isnan(values).all():
                frame = shot.frames.start + int(np.nanargmax(values))
                figure = known.figure(AU_ERROR, frame)
                found += [] if figure is None else [(frame, figure)]
        return max(found, key=lambda each: each[1].value, default=None)

    def data(self, index: Index, role: int = 0) -> Any:
        shot, column = self.rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(shot, column)
        if role == SORT:
            return self._order(shot, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._told(shot, column)
        if role == Qt.ItemDataRole.ForegroundRole and column == _REVIEW:
            return _review_ink(shot)
        if role == Qt.ItemDataRole.ForegroundRole and column == _ERROR:
            return None if (found := self.worst(shot)) is None else figure_ink(found[1])
        if role == Qt.ItemDataRole.FontRole and column in (_NUMBER, _BEGINS, _LENGTH, _REVIEW, _ERROR):
            return figures_font(11)
        return None

    def _text(self, shot: ShotReview, column: int) -> str:
        match column:
            case 0:
                return str(shot.number)
            case 1:
                return self._playhead.timecode(shot.frames.start)
            case 2:
                return str(len(shot.frames))
            case 3:
                done, all_of_it = shot.count("approved"), len(shot.keyframes)
                return f"{done} / {all_of_it}" if all_of_it else "–"
            case 4:
                return "" if (found := self.worst(shot)) is None else f"{found[1].value:.3f}"
            case _:
                project = self._document.project
                wearers = {face.id: face.identity for face in project.faces}
                names = dict.fromkeys(identity_name(project, wearers.get(face)) for face, _ in shot.keyframes)
                return tr(", ").join(names)

    def _order(self, shot: ShotReview, column: int) -> float | str:
        match column:
            case 2:
                return len(shot.frames)
            case 3:
                return shot.count("approved") / len(shot.keyframes) if shot.keyframes else -1.0
            case 4:
                return -1.0 if (found := self.worst(shot)) is None else found[1].value
            case 5:
                return self._text(shot, column).casefold()
            case _:
                return shot.number

    def _told(self, shot: ShotReview, column: int) -> str:
        first, last = shot.frames.start, shot.frames.stop - 1
        if column == _REVIEW and shot.keyframes:
            return tr(
                "Keyframes: {approved} approved, {work} need work, {open} open",
                approved=shot.count("approved"),
                work=shot.count("needs_work"),
                open=shot.count("open"),
            )
        if column == _REVIEW:
            return tr("No keyframes: a shot is approved by its keyframes.")
        if column == _ERROR and (found := self.worst(shot)) is not None:
            return tr("Furthest off at frame {frame}; good up to {limit:g}.", frame=found[0], limit=found[1].limit)
        if column == _ERROR:
            return tr("No draft of this shot is measured yet.")
        return tr("Frames {first} to {last}", first=first, last=last)


class ShotTable(QTableView):
    """The table: a press goes to the shot's first frame; the row of the playhead's shot is the chosen one. `shots` are
    the plate's, in order."""

    def __init__(
        self,
        document: Document,
        playhead: Playhead,
        figures: DraftFigures,
        shots: Callable[[], list[range]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document, self._playhead, self._shots = document, playhead, shots
        self._which: Which = "all"
        self._following = False
        self._model = ShotModel(document, playhead, figures, self)
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(self._model)
        self._sorted.setSortRole(SORT)
        self.setModel(self._sorted)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        dress(self, (48, 82, 58, 58, 62))
        self.setAccessibleName(tr("Shots"))
        document.opened.connect(self.refresh)
        document.changed.connect(self.refresh)
        figures.changed.connect(self._model.show_figures)
        playhead.moved.connect(self._follow)
        self.selectionModel().currentRowChanged.connect(self._go)
        self.refresh()

    def reviews(self) -> list[ShotReview]:
        """How far the review of each shot is."""
        plate = self._document.plate
        return [] if plate is None else shot_reviews(self._document.project, plate.id, self._shots())

    def show_only(self, which: Which) -> None:
        """Show the shots that are `which`."""
        self._which = which
        self.refresh()

    def refresh(self) -> None:
        """Show the shots as they are reviewed now."""
        wanted = {"all": (True, False), "waiting": (False,), "approved": (True,)}[self._which]
        self._following = True
        self._model.put([each for each in self.reviews() if each.is_approved in wanted])
        self._following = False
        self._follow()

    def shot(self, row: int) -> ShotReview:
        """What stands in a row as it is sorted now."""
        return self._model.rows[self._sorted.mapToSource(self._sorted.index(row, 0)).row()]

    def _follow(self) -> None:
        """Choose the row of the shot that the playhead is in, where it is shown."""
        frame = self._playhead.frame
        row = next((n for n, each in enumerate(self._model.rows) if frame in each.frames), None)
        index = QModelIndex() if row is None else self._sorted.mapFromSource(self._model.index(row, 0))
        if index.row() != self.currentIndex().row():
            self._following = True
            self.setCurrentIndex(index)
            self._following = False

    def _go(self, index: QModelIndex) -> None:
        if index.isValid() and not self._following:
            self._playhead.go(self.shot(index.row()).frames.start)


def _review_ink(shot: ShotReview) -> QColor:
    if not shot.keyframes:
        return colours.TEXT_FAINT
    status: Status = "approved" if shot.is_approved else "needs_work" if shot.count("needs_work") else "open"
    return colours.STATUS_COLOURS[status]
