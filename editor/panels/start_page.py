"""The page of an empty window: a new project from a film and a face, recent ones, the demo."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from editor.document.face_files import FILMS, STILLS, file_filter
from editor.document.network_files import has_networks
from editor.language.translation import tr
from editor.look import colours
from editor.panels.consent_form import ConsentForm
from editor.panels.photo import photo
from pipeline.project.consent import Consent
from pipeline.project.project import SUFFIX
from pipeline.project.storage import is_project

FRAMES = (".exr", ".dpx")


@dataclass(frozen=True, slots=True)
class NewProject:
    """A wanted project. `plate` may be a film, a still, or a sequence's pattern."""

    project: Path
    plate: Path
    sources: tuple[Path, ...]
    consent: Consent | None


def sorted_drop(paths: Sequence[Path], plate: Path | None) -> tuple[Path | None, list[Path]]:
    """Which dropped file is the plate, and which are photos of the face.

    A film or a folder of frames is the plate; stills are photos, and the first is the plate only where there is one
    already without a plate to go with it: two stills are a plate and a face.
    """
    films = [each for each in paths if each.suffix.lower() in (*FILMS, *FRAMES) or each.is_dir()]
    stills = [each for each in paths if each.suffix.lower() in STILLS]
    if films:
        return films[0], stills
    if plate is None and len(stills) > 1:
        return stills[0], stills[1:]
    return None, stills


class FileField(QWidget):
    """A path with a button that chooses it."""

    changed = Signal()

    def __init__(self, title: str, hint: str, patterns: str, *, several: bool = False) -> None:
        super().__init__()
        self._title, self._patterns, self._several = title, patterns, several
        self.field = QLineEdit()
        self.field.setPlaceholderText(hint)
        self.field.setAccessibleName(title)
        self.field.textChanged.connect(self.changed)
        choose = QPushButton(tr("Choose…"))
        choose.setAccessibleName(tr("Choose: {title}", title=title))
        choose.clicked.connect(self._choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.field, 1)
        row.addWidget(choose)

    @property
    def paths(self) -> tuple[Path, ...]:
        parts = self.field.text().split(";") if self._several else [self.field.text()]
        return tuple(Path(each.strip()).expanduser() for each in parts if each.strip())

    def put(self, paths: Sequence[Path]) -> None:
        self.field.setText("; ".join(str(each) for each in paths))

    def _choose(self) -> None:
        if self._several:
            names, _ = QFileDialog.getOpenFileNames(self, self._title, "", self._patterns)
        else:
            name, _ = QFileDialog.getOpenFileName(self, self._title, "", self._patterns)
            names = [name] if name else []
        if names:
            self.put([Path(each) for each in names])


def refused_drop(paths: Sequence[Path]) -> str:
    """Why nothing can be made of files that were dropped; empty where something can."""
    if any(map(is_project, paths)) or sorted_drop(paths, None) != (None, []):
        return ""
    names = ", ".join(each.name for each in paths)
    return tr("{names} is neither a film, a picture nor a project: drop a plate and a photo of a face.", names=names)


class StartPage(QScrollArea):
    """Makes a `NewProject`, or says which project is wanted."""

    create_wanted = Signal(object)
    open_wanted = Signal(object)
    browse_wanted = Signal()
    demo_wanted = Signal()
    refused = Signal(str)
    networks_given = Signal(object)
    """Paths of files that were dropped, a network among them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._plate = FileField(
            tr("Plate"), tr("A film, a still, or frames as shot.####.exr"), file_filter(FILMS + STILLS + FRAMES)
        )
        self._face = FileField(
            tr("Face"), tr("One or more photos of the face"), file_filter(STILLS + FILMS), several=True
        )
        self._project = FileField(
            tr("Project"), tr("Where the project file goes"), tr("Projects (*{suffix})", suffix=SUFFIX)
        )
        self._proposed = ""
        self._thumbnail = QLabel()
        self._thumbnail.setFixedHeight(64)
        self.consent = ConsentForm()
        self.consent.refused.connect(self.refused)
        self.make = QPushButton(tr("Create project"))
        self.make.setDefault(True)
        self.make.clicked.connect(self._create)
        self._missing = QLabel()
        self._missing.setStyleSheet(f"color: {colours.TEXT_DIM.name()};")
        self._recent = QVBoxLayout()
        self._recent.setSpacing(2)
        for field in (self._plate, self._face, self._project):
            field.changed.connect(self._changed)
        self.setWidget(self._page())
        self._changed()

    def put(self, paths: Sequence[Path]) -> None:
        """Take files that were dropped: a project is opened, a plate and photos fill the fields."""
        project = next((each for each in paths if is_project(each)), None)
        if project is not None:
            self.open_wanted.emit(project)
            return
        if has_networks(paths):
            self.networks_given.emit(paths)
            return
        current = self._plate.paths
        plate, photos = sorted_drop(paths, current[0] if current else None)
        refusal = refused_drop(paths)
        if refusal:
            self.refused.emit(refusal)
        if plate is not None:
            self._plate.put([plate])
        if photos:
            self._face.put(photos)

    def show_recent(self, projects: Sequence[Path]) -> None:
        """The newest first; those that are gone are left out."""
        while (item := self._recent.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        there = [each for each in projects if each.is_file()]
        for path in there[:8]:
            button = QPushButton(f"{path.stem}\n{path.parent}")
            button.setStyleSheet("text-align: left; padding: 6px 10px; border: none;")
            button.clicked.connect(lambda _checked, each=path: self.open_wanted.emit(each))
            self._recent.addWidget(button)
        if not there:
            none = QLabel(tr("Projects you open are listed here."))
            none.setStyleSheet(f"color: {colours.TEXT_FAINT.name()};")
            self._recent.addWidget(none)

    def order(self) -> NewProject | None:
        """The project the fields describe; None while something is missing."""
        plate, face, project = self._plate.paths, self._face.paths, self._project.paths
        if not (plate and face and project):
            return None
        return NewProject(project[0], plate[0], face, self.consent.consent())

    def _page(self) -> QWidget:
        title = QLabel(tr("New project"))
        title.setStyleSheet("font-size: 20px; font-weight: 600;")
        invitation = QLabel(tr("Drop a film or a still here, and a photo of the face that goes in."))
        invitation.setStyleSheet(f"color: {colours.TEXT_DIM.name()}; font-size: 13px;")
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnMinimumWidth(0, 64)
        for row, (words, widget) in enumerate(
            (
                (tr("Plate"), self._plate),
                (tr("Face"), self._face),
                ("", self._thumbnail),
                (tr("Project"), self._project),
            )
        ):
            label = QLabel(words)
            label.setVisible(bool(words))
            grid.addWidget(label, row, 0)
            grid.addWidget(widget, row, 1)
        consent = QLabel(tr("Consent of the person whose face goes in"))
        consent.setStyleSheet("font-weight: 600;")
        foot = QHBoxLayout()
        foot.addWidget(self._missing, 1)
        foot.addWidget(self.make)
        left = _card()
        column = QVBoxLayout(left)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        for each in (title, invitation):
            column.addWidget(each)
        column.addSpacing(6)
        column.addLayout(grid)
        column.addSpacing(6)
        column.addWidget(consent)
        column.addWidget(self.consent)
        column.addSpacing(4)
        column.addLayout(foot)
        both = QHBoxLayout()
        both.setSpacing(16)
        both.addStretch(1)
        left.setFixedWidth(580)
        both.addWidget(left, 0, Qt.AlignmentFlag.AlignTop)
        right = self._side()
        right.setFixedWidth(320)
        both.addWidget(right, 0, Qt.AlignmentFlag.AlignTop)
        both.addStretch(1)
        page = QWidget()
        outer = QVBoxLayout(page)
        outer.setContentsMargins(16, 36, 16, 16)
        outer.addLayout(both)
        outer.addStretch(1)
        return page

    def _side(self) -> QWidget:
        heading = QLabel(tr("Open"))
        heading.setStyleSheet("font-size: 20px; font-weight: 600;")
        browse = QPushButton(tr("Open a project…"))
        browse.clicked.connect(self.browse_wanted)
        demo = QPushButton(tr("Try the demo project"))
        demo.setToolTip(tr("Five seconds of film and a computer-made face, in a project of your own"))
        demo.clicked.connect(self.demo_wanted)
        recent = QLabel(tr("Recent"))
        recent.setStyleSheet("font-weight: 600;")
        side = _card()
        column = QVBoxLayout(side)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(8)
        for each in (heading, browse, demo):
            each.setMinimumHeight(28)
            column.addWidget(each)
        column.addSpacing(8)
        column.addWidget(recent)
        column.addLayout(self._recent)
        return side

    def _changed(self) -> None:
        plate, face = self._plate.paths, self._face.paths
        if plate and self._project.field.text() == self._proposed:
            self._proposed = str(_free(plate[0]))
            self._project.field.setText(self._proposed)
        self._thumbnail.setVisible(bool(face))
        if face:
            self._thumbnail.setPixmap(photo(face[0], 64))
        self._missing.setText(
            tr("Still needed: a plate and a photo of the face.")
            if not (plate or face)
            else tr("Still needed: a plate.")
            if not plate
            else tr("Still needed: a photo of the face.")
            if not face
            else ""
        )
        self.make.setVisible(self.order() is not None)

    def _create(self) -> None:
        order = self.order()
        if order is not None:
            self.create_wanted.emit(order)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragEnterEvent) -> None:  # type: ignore[override]
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.put([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])


def _free(plate: Path) -> Path:
    """A project file beside the plate that isn't there yet."""
    stem = plate.name.split(".")[0].rstrip("#%d_-") or "project"
    found = plate.parent / f"{stem}{SUFFIX}"
    number = 2
    while found.exists():
        found = plate.parent / f"{stem}-{number}{SUFFIX}"
        number += 1
    return found


def _card() -> QFrame:
    card = QFrame()
    card.setObjectName("card")
    card.setStyleSheet(f"#card {{ background: {colours.PANEL.name()}; border: 1px solid {colours.LINE.name()};"
                       " border-radius: 6px; }")  # fmt: skip
    return card
