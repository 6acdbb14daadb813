"""The sources of an identity side by side, each with what it is worth and what can be done with it."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QGridLayout, QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from editor.document.face_files import FILMS
from editor.language.catalogue import translated
from editor.language.translation import tr
from editor.look import colours
from editor.panels.photo import photo
from editor.panels.source_marks import SourceMarks
from pipeline.project.project import Identity, Source
from pipeline.project.storage import media_path

_PHOTO_PX = 84
_COLUMNS = 3


class SourceStrip(QWidget):
    """Tiles; a press on one opens what can be done with it."""

    lead_wanted = Signal(int)
    """Number of the source that is to lead."""
    remove_wanted = Signal(int)
    face_wanted = Signal(int, int)
    """Number of the source and of the face in it, from the left, that is meant."""

    def __init__(self, marks: SourceMarks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marks = marks
        self._shown: tuple[Identity, Path] | None = None
        self.tiles: list[QToolButton] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(6)
        self._grid.setColumnStretch(_COLUMNS, 1)
        marks.changed.connect(self._show_again)

    def show_sources(self, identity: Identity | None, project_file: Path | None) -> None:
        """Show an identity's sources; paths are relative to the project's file."""
        shown = None if identity is None or project_file is None else (identity, project_file)
        if shown != self._shown:
            self._shown = shown
            self._show_again()

    def want_marks(self) -> None:
        """Have the sources looked at that are shown; a whole film only tells when it is rendered."""
        for source in () if self._shown is None else self._shown[0].sources:
            if not is_whole_film(source):
                self._marks.want(source)

    def _show_again(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.tiles.clear()
        if self._shown is None:
            return
        identity, file = self._shown
        for number in range(len(identity.sources)):
            self._grid.addWidget(self._tile(identity, number, file), number // _COLUMNS, number % _COLUMNS)

    def _tile(self, identity: Identity, number: int, file: Path) -> QWidget:
        source = identity.sources[number]
        path = media_path(source.path, file)
        button = QToolButton()
        button.setIcon(QIcon(photo(path, _PHOTO_PX)))
        button.setIconSize(QSize(_PHOTO_PX, _PHOTO_PX))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setMenu(self._menu(identity, number))
        button.setAccessibleName(path.name)
        words, colour, told = self._worth(source)
        button.setToolTip(f"<b>{path.name}</b><br>{told}")
        label = QLabel(words)
        label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        label.setStyleSheet(f"color: {colour.name()};")
        label.setToolTip(told)
        tile = QWidget()
        column = QVBoxLayout(tile)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(button)
        column.addWidget(label)
        self.tiles.append(button)
        return tile

    def _menu(self, identity: Identity, number: int) -> QMenu:
        menu = QMenu(self)
        source = identity.sources[number]
        if number:
            menu.addAction(tr("Lead with this one")).triggered.connect(lambda: self.lead_wanted.emit(number))
        faces = self._marks.faces(source)
        for face, mark in enumerate(faces, 1) if len(faces) > 1 else ():
            action = menu.addAction(tr("Face {face} from the left: {words}", face=face, words=mark.words))
            action.setCheckable(True)
            action.setChecked(source.face == face)
            action.triggered.connect(lambda _checked, each=face: self.face_wanted.emit(number, each))
        if len(identity.sources) > 1:
            menu.addAction(tr("Remove")).triggered.connect(lambda: self.remove_wanted.emit(number))
        if menu.isEmpty():
            menu.addSection(tr("The only source: add others, or drop them here"))
        return menu

    def _worth(self, source: Source) -> tuple[str, QColor, str]:
        """In a word, its colour, and in a sentence."""
        failure, mark = self._marks.failure(source), self._marks.mark(source)
        if failure:
            return tr("can't be used"), colours.BAD, translated(failure)
        if mark is None and len(faces := self._marks.faces(source)) > 1:
            return (
                tr("{count} faces", count=len(faces)),
                colours.WORK,
                tr("It shows several faces: say which one is meant."),
            )
        if is_whole_film(source):
            return tr("film"), colours.TEXT_DIM, tr("The best views of its main person are taken.")
        if mark is None:
            return "…", colours.TEXT_DIM, tr("It is being looked at.")
        if mark.why_not:
            return tr("can't be used"), colours.BAD, translated(mark.why_not)
        told = tr(
            "The face is {width:.0f} pixels wide and turned by {turn:+.0f} degrees.",
            width=mark.width_px,
            turn=mark.yaw_degrees,
        )
        if mark.is_good:
            return mark.words, colours.GOOD, told
        better = tr("150 pixels or more, and under 20 degrees, look good.")
        return mark.words, colours.WORK, f"{told} {better}"


def is_whole_film(source: Source) -> bool:
    """Whether it is a film of which no frame is named."""
    return source.frame is None and Path(source.path).suffix.lower() in FILMS
