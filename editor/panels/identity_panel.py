"""The people of a project: the identities that go in with their sources, the performers, and who agreed to what."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from editor.document import identity_steps
from editor.document.document import Document
from editor.document.face_files import FILMS, STILLS, dropped_faces, file_filter
from editor.document.identity_steps import Person
from editor.document.selection import Selection
from editor.language.translation import tr
from editor.panels.consent_form import ConsentForm
from editor.panels.people_list import PeopleList, same, worn_by
from editor.panels.source_marks import SourceMarks
from editor.panels.source_strip import SourceStrip
from pipeline.project.project import Identity

_LIST_PX = 116


class IdentityPanel(QScrollArea):
    """Shows everybody, and of one of them all there is; follows the face in hand."""

    refused = Signal(str)
    sources_wanted = Signal(str, object)
    """Id of an identity, and the files that are to be further sources of it."""

    def __init__(
        self, document: Document, selection: Selection, marks: SourceMarks, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document, self._selection = document, selection
        self._shown: Person | None = None
        self._followed: str | None = None
        self.people = PeopleList()
        self.people.setFixedHeight(_LIST_PX)
        self.people.chosen.connect(self._show)
        self.name = _field(tr("Name"), tr("What this person is called here"), self._rename)
        self.licence = _field(tr("Licence"), tr("Under which terms the photos may be used"), self._license)
        self.sources = SourceStrip(marks)
        self.sources.lead_wanted.connect(self._lead)
        self.sources.remove_wanted.connect(self._remove_source)
        self.sources.face_wanted.connect(self._choose_face)
        self.add = QPushButton(tr("Add photos…"))
        self.add.setToolTip(tr("Further photos or films of the same person; dropping them here does the same."))
        self.add.clicked.connect(self._browse)
        self.remove = QPushButton(tr("Remove identity"))
        self.remove.setToolTip(tr("No face wears it."))
        self.remove.clicked.connect(self._remove)
        self.form = ConsentForm()
        self.form.refused.connect(self.refused)
        self.form.changed.connect(self._show_record)
        self.record = QPushButton(tr("Record consent"))
        self.record.clicked.connect(self._record)
        self.setWidget(self._laid_out())
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAcceptDrops(True)
        for signal in (document.opened, document.changed, selection.changed):
            signal.connect(self.refresh)
        self.refresh()

    @property
    def shown(self) -> Person | None:
        """The person of whom all is shown."""
        return self._shown

    def refresh(self) -> None:
        """Show the people as the document has them."""
        face = self._selection.face
        wears = None if face is None else face.identity or face.performer
        project = self._document.project
        everybody: tuple[Person, ...] = (*project.identities, *project.performers)
        current = next((each for each in everybody if same(each, self._shown)), None)
        if wears != self._followed or current is None:
            self._followed = wears
            current = next((each for each in everybody if each.id == wears), None)
        self._show(current)

    def _show(self, person: Person | None) -> None:
        project = self._document.project
        self.people.show_people(project, person)
        self._detail.setVisible(person is not None)
        is_same, self._shown = person is self._shown, person
        if person is None:
            return
        is_identity = isinstance(person, Identity)
        for widget in self._of_identities:
            widget.setVisible(is_identity)
        self.remove.setVisible(is_identity and not worn_by(project, person))
        self.sources.show_sources(person if isinstance(person, Identity) else None, self._document.path)
        if self.isVisible():
            self.sources.want_marks()
        if not is_same:
            self.name.setText(person.name)
            self.licence.setText(person.licence if isinstance(person, Identity) else "")
            self.form.show_consent(person.consent)
        self._show_record()

    def _laid_out(self) -> QWidget:
        heading = QLabel(tr("Consent"))
        heading.setStyleSheet("font-weight: 600;")
        licence_title = QLabel(tr("Licence"))
        buttons = QHBoxLayout()
        buttons.addWidget(self.add)
        buttons.addWidget(self.remove)
        buttons.addStretch(1)
        fields = QGridLayout()
        fields.setHorizontalSpacing(12)
        fields.setColumnMinimumWidth(0, 64)
        for row, (title, field) in enumerate(((QLabel(tr("Name")), self.name), (licence_title, self.licence))):
            fields.addWidget(title, row, 0)
            fields.addWidget(field, row, 1)
        self._of_identities = (licence_title, self.licence, self.sources, self.add)
        self._detail = QWidget()
        inner = QVBoxLayout(self._detail)
        inner.setContentsMargins(10, 8, 10, 10)
        inner.setSpacing(8)
        inner.addLayout(fields)
        inner.addWidget(self.sources)
        inner.addLayout(buttons)
        inner.addSpacing(4)
        inner.addWidget(heading)
        inner.addWidget(self.form)
        inner.addWidget(self.record, 0, Qt.AlignmentFlag.AlignRight)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.people)
        column.addWidget(self._detail)
        column.addStretch(1)
        return inside

    def _show_record(self) -> None:
        recorded = None if self._shown is None else self._shown.consent
        self.record.setVisible(self._shown is not None and self.form.consent() != recorded)
        self.record.setText(tr("Record consent") if self.form.consent() is not None else tr("Withdraw consent"))

    # Doing

    def _record(self) -> None:
        if self._shown is not None:
            identity_steps.record_consent(self._document, self._shown, self.form.consent())

    def _rename(self) -> None:
        person = self._shown
        if person is not None and self.name.text().strip() != person.name:
            identity_steps.rename(self._document, person, self.name.text())

    def _license(self) -> None:
        if isinstance(self._shown, Identity):
            identity_steps.license_person(self._document, self._shown.id, self.licence.text())

    def _lead(self, number: int) -> None:
        if isinstance(self._shown, Identity):
            identity_steps.lead_with(self._document, self._shown, number)

    def _remove_source(self, number: int) -> None:
        if isinstance(self._shown, Identity):
            identity_steps.remove(self._document, self._shown, number)

    def _choose_face(self, number: int, face: int) -> None:
        if isinstance(self._shown, Identity):
            identity_steps.choose_face(self._document, self._shown.id, number, face)

    def _remove(self) -> None:
        if isinstance(self._shown, Identity):
            identity_steps.remove_person(self._document, self._shown)

    def _browse(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, tr("Further photos"), "", file_filter(STILLS + FILMS))
        self._want_sources([Path(each) for each in names])

    def _want_sources(self, paths: list[Path]) -> None:
        if paths and isinstance(self._shown, Identity):
            self.sources_wanted.emit(self._shown.id, paths)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.sources.want_marks()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if isinstance(self._shown, Identity) and dropped_faces(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragEnterEvent) -> None:  # type: ignore[override]
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self._want_sources(dropped_faces(event.mimeData()))


def _field(title: str, hint: str, done: Callable[[], None]) -> QLineEdit:
    field = QLineEdit()
    field.setPlaceholderText(hint)
    field.setAccessibleName(title)
    field.editingFinished.connect(done)
    return field
