"""The people of the plate, one line each: who they are, when they are seen, which identity goes onto them."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QIcon, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QToolButton,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from editor.document import face_steps
from editor.document.document import Document
from editor.document.face_files import FILMS, STILLS, file_filter
from editor.document.selection import Selection
from editor.language.translation import mark, tr
from editor.look import colours
from editor.panels.cast import Cast, CastRow
from editor.panels.face_list import PORTRAIT_PX, FaceList
from editor.panels.motion_form import MotionForm
from pipeline.project.project import MotionSource
from pipeline.project.storage import stored_path
from pipeline.project.track_piece import label

_PHOTO = mark("From a photo…")
_ROOM_FOR_SHARE_PX = 290
_OWN = mark("The performer's own face")
_AS_IN_PLATE = mark("As in the plate")


class FacesPanel(QWidget):
    """Lists the cast; the line that is chosen is the face worked on, and what may be done to it stands below."""

    photo_wanted = Signal(str, object)
    """A face's id, and the files of whoever is to go onto it."""
    track_photo_wanted = Signal(int, object)
    """The same for a track that no face takes."""

    def __init__(
        self,
        document: Document,
        selection: Selection,
        cast: Cast,
        actions: Mapping[str, QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document, self._selection, self._cast = document, selection, cast
        self._rows: list[CastRow] = []
        self._lines: list[tuple[object, ...]] = []
        self._chosen: tuple[str | None, int | None] = (None, None)
        self._following = False
        self.list = FaceList()
        self.list.dropped.connect(self._dropped)
        self.list.currentItemChanged.connect(self._choose)
        self.identity = QComboBox()
        self.identity.setAccessibleName(tr("Identity"))
        self.identity.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.identity.setMinimumContentsLength(8)
        self.identity.setToolTip(tr("Whose face goes onto this one; what is keyed on it stays."))
        self.identity.activated.connect(self._assign)
        self.share = QDoubleSpinBox()
        self.share.setRange(0.0, 1.0)
        self.share.setSingleStep(0.05)
        self.share.setAccessibleName(tr("Share"))
        self.share.setToolTip(
            tr("Share of the extra work at keyframes, and the place in review; likeness doesn't depend on it.")
        )
        self.share.setKeyboardTracking(False)
        self.share.valueChanged.connect(self._share)
        self.motion = MotionForm()
        self.motion.changed.connect(self._lend)
        self.motion.clip_wanted.connect(self._lend_of)
        self.merge = QToolButton()
        self.merge.setText(tr("Merge…"))
        self.merge.setToolTip(tr("Two lines that are one person: what is set here holds for both."))
        self.merge.clicked.connect(self._show_merge_menu)
        self.ignored = QToolButton()
        self.ignored.setDefaultAction(actions["face.toggle_ignored"])
        self.split = QToolButton()
        self.split.setDefaultAction(actions["face.split_here"])
        for button in (self.merge, self.split, self.ignored):
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            button.setStyleSheet(f"QToolButton:!checked:!hover {{ background: {colours.grey(58).name()}; }}")
        self._says = QLabel()
        self._says.setWordWrap(True)
        self._says.setStyleSheet(f"color: {colours.TEXT_DIM.name()};")
        self._detail = self._laid_out()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.list, 1)
        column.addWidget(self._detail)
        for signal in (document.opened, document.changed, cast.changed):
            signal.connect(self.refresh)
        selection.changed.connect(self._follow)
        self.refresh()

    @property
    def row(self) -> CastRow | None:
        """The line that is chosen."""
        return next((each for each in self._rows if _key(each) == self._chosen), None)

    def refresh(self) -> None:
        """Show the cast as document and analysis have it."""
        self._rows = self._cast.rows()
        lines = [self._line(row) for row in self._rows]
        # Keys change with every move of a slider; the lines seldom do.
        if lines != self._lines:
            self._lines = lines
            self._show_lines()
        if self.row is None or self.row.face is not None:
            self._chosen = (None, None)
        self._follow()

    def _line(self, row: CastRow) -> tuple[object, ...]:
        """All that a row's line shows."""
        portrait = self._cast.portrait(row.track)
        texts = (_name(row), self._frames_text(row), self._identity_text(row), _share_text(row))
        dim = row.face is None or row.face.ignored
        return texts, dim, _tracks_text(row), row.seen, None if portrait is None else portrait.cacheKey()

    def _show_lines(self) -> None:
        self._following = True
        self.list.clear()
        for row in self._rows:
            item = QTreeWidgetItem([_name(row), self._frames_text(row), self._identity_text(row), _share_text(row)])
            item.setIcon(0, QIcon(self._portrait(row)))
            item.setToolTip(0, _tracks_text(row))
            item.setToolTip(1, tr("Seen in {seen} frames", seen=row.seen))
            if row.face is None or row.face.ignored:
                for column in range(4):
                    item.setForeground(column, colours.TEXT_DIM)
            self.list.addTopLevelItem(item)
        self._following = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow list leaves the share to the lines below it."""
        self.list.setColumnHidden(3, event.size().width() < _ROOM_FOR_SHARE_PX)

    def _laid_out(self) -> QWidget:
        detail = QWidget()
        form = QGridLayout(detail)
        form.setContentsMargins(10, 8, 10, 10)
        form.setVerticalSpacing(8)
        form.setColumnStretch(1, 1)
        form.addWidget(QLabel(tr("Identity")), 0, 0)
        form.addWidget(self.identity, 0, 1)
        self._share_title = QLabel(tr("Share"))
        form.addWidget(self._share_title, 1, 0)
        form.addWidget(self.share, 1, 1, Qt.AlignmentFlag.AlignLeft)
        self._motion_title = QLabel(tr("Motion"))
        form.addWidget(self._motion_title, 2, 0, Qt.AlignmentFlag.AlignTop)
        form.addWidget(self.motion, 2, 1)
        buttons = QHBoxLayout()
        for button in (self.merge, self.split, self.ignored):
            buttons.addWidget(button)
        buttons.addStretch(1)
        form.addLayout(buttons, 3, 0, 1, 2)
        form.addWidget(self._says, 4, 0, 1, 2)
        return detail

    # Following

    def _follow(self) -> None:
        """The line of the face in hand, unless a track is chosen that no face takes."""
        face = self._selection.face
        if self.row is None or self.row.face is not None:
            self._chosen = (None if face is None else face.id, None)
        self._following = True
        number = next((i for i, each in enumerate(self._rows) if _key(each) == self._chosen), None)
        self.list.setCurrentIndex(QModelIndex() if number is None else self.list.model().index(number, 0))
        self._following = False
        self._show_detail()

    def _choose(self, item: QTreeWidgetItem | None) -> None:
        if self._following or item is None:
            return
        row = self._rows[self.list.indexOfTopLevelItem(item)]
        self._chosen = _key(row)
        if row.face is not None:
            self._selection.select([], row.face.id)
        self._show_detail()

    def _show_detail(self) -> None:
        row = self.row
        self._detail.setVisible(row is not None)
        if row is None:
            return
        face = row.face
        self._show_identities(row)
        for widget in (self._share_title, self.share, self._motion_title, self.motion, self.split, self.ignored):
            widget.setVisible(face is not None)
        self.motion.show_motion(None if face is None else face.motion)
        self.merge.setVisible(bool(self._mergeable(row)))
        self.share.blockSignals(True)
        self.share.setValue(1.0 if face is None else face.share)
        self.share.blockSignals(False)
        says = tr("No face of the project yet: give it an identity to work on it.") if face is None else ""
        if face is not None and not row.runs and self._cast.tracks:
            says = tr("Nobody is left in the plate for this face: merge it with another.")
        self._says.setText(says)
        self._says.setVisible(bool(says))

    def _show_identities(self, row: CastRow) -> None:
        box = self.identity
        box.clear()
        if row.face is None:
            box.addItem(tr(_AS_IN_PLATE), "")
        for each in self._document.project.identities:
            box.addItem(each.name, each.id)
        box.addItem(tr(_OWN), None)
        if row.face is not None:
            box.addItem(tr(_PHOTO), None)
        if row.face is not None:
            box.setCurrentIndex(box.findData(row.face.identity) if row.face.identity else box.findText(tr(_OWN)))

    # Doing

    def _assign(self, index: int) -> None:
        row, plate = self.row, self._document.plate
        wanted = self.identity.itemData(index)
        if row is None or plate is None or wanted == "":
            return
        if row.face is not None and self.identity.itemText(index) == tr(_PHOTO):
            self._show_identities(row)
            self._browse(row.face.id)
        elif row.face is not None:
            face_steps.give(self._document, row.face.id, wanted)
        elif row.track is not None and face_steps.assign(self._document, plate.id, row.track, wanted):
            self._choose_new()

    def _browse(self, face: str) -> None:
        names, _ = QFileDialog.getOpenFileNames(
            self, tr("Photos of the face that goes in"), "", file_filter(STILLS + FILMS)
        )
        if names:
            self.photo_wanted.emit(face, [Path(each) for each in names])

    def _dropped(self, number: int, paths: list[Path]) -> None:
        row = self._rows[number]
        if row.face is not None:
            self.photo_wanted.emit(row.face.id, paths)
        elif row.track is not None:
            self.track_photo_wanted.emit(row.track, paths)

    def _choose_new(self) -> None:
        """The face that was made last is the one worked on."""
        face = self._document.project.faces[-1]
        self._chosen = (face.id, None)
        self._selection.select([], face.id)
        self._follow()

    def _share(self, value: float) -> None:
        row = self.row
        if row is not None and row.face is not None:
            face_steps.share(self._document, row.face.id, round(value, 3))

    def _lend(self, motion: MotionSource | None) -> None:
        row = self.row
        if row is not None and row.face is not None:
            face_steps.lend_motion_of(self._document, row.face.id, motion)

    def _lend_of(self, clip: Path) -> None:
        if self._document.path is not None:
            self._lend(MotionSource(path=stored_path(clip, self._document.path)))

    def _mergeable(self, row: CastRow) -> list[CastRow]:
        """Lines that may be the same person: never seen in the same frame, and one of both is a face."""
        if not row.runs:
            return [each for each in self._rows if each.face is not None and row.face is not None and each != row]
        return [
            each
            for each in self._rows
            if _key(each) != _key(row) and not each.meets(row) and (each.face is not None or row.face is not None)
        ]

    def merge_menu(self) -> QMenu:
        """The lines that the chosen one may be merged with."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        row = self.row
        for each in [] if row is None else self._mergeable(row):
            action = menu.addAction(QIcon(self._portrait(each)), f"{_name(each)}, {self._frames_text(each)}")
            action.triggered.connect(lambda _checked, other=each: self._merge(other))
        return menu

    def _show_merge_menu(self) -> None:
        self.merge_menu().popup(self.merge.mapToGlobal(QPoint(0, self.merge.height())))

    def _merge(self, other: CastRow) -> None:
        row = self.row
        if row is None:
            return
        kept, gone = (row, other) if row.face is not None else (other, row)
        if kept.face is None:
            return
        named = {
            face.id: track
            for face, track in ((each.face, each.track) for each in (kept, gone))
            if face is not None and track is not None
        }
        if gone.face is not None:
            what: str | int | None = gone.face.id
        else:
            what = gone.track
        seen = {
            each.face.id: (each.runs[0][0], each.runs[-1][1] - 1)
            for each in (kept, gone)
            if each.face is not None and each.runs
        }
        if what is not None and face_steps.merge(self._document, kept.face.id, what, named, seen):
            self._chosen = (kept.face.id, None)
            self._selection.select([], kept.face.id)

    # Words

    def _portrait(self, row: CastRow) -> QPixmap:
        found = self._cast.portrait(row.track)
        if found is None:
            found = QPixmap(PORTRAIT_PX, PORTRAIT_PX)
            found.fill(colours.RAISED)
        side = Qt.AspectRatioMode.KeepAspectRatioByExpanding
        return found.scaled(PORTRAIT_PX * 2, PORTRAIT_PX * 2, side, Qt.TransformationMode.SmoothTransformation)

    def _frames_text(self, row: CastRow) -> str:
        if not row.runs:
            return tr("not seen") if self._cast.tracks else tr("not analysed yet")
        first, last = row.runs[0][0], row.runs[-1][1] - 1
        return f"{first} – {last}"

    def _identity_text(self, row: CastRow) -> str:
        if row.face is None or row.face.ignored:
            return tr("as in the plate")
        return face_steps.identity_name(self._document.project, row.face.identity)


def _key(row: CastRow) -> tuple[str | None, int | None]:
    return (None, row.track) if row.face is None else (row.face.id, None)


def _name(row: CastRow) -> str:
    return tr("track {track}", track=row.track) if row.face is None else row.face.id


def _tracks_text(row: CastRow) -> str:
    if row.face is None:
        return tr("Track {track} of the analysis; no face of the project takes it.", track=row.track)
    if row.face.track is None and not row.face.pieces:
        if row.track is None:
            return tr("The most prominent face of the plate")
        return tr("The most prominent face of the plate: track {track}", track=row.track)
    return tr("Track {label} of the analysis", label=label(row.face))


def _share_text(row: CastRow) -> str:
    return "" if row.face is None else f"{row.face.share:.2f}"
