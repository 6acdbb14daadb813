"""The people of a project on a line each: identities that go in, performers in the plate, and who agreed to what."""

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from editor.document.identity_steps import Person
from editor.language.translation import tr
from editor.look import colours
from pipeline.project.consent import Consent
from pipeline.project.project import Identity, Project


class PeopleList(QTreeWidget):
    """Lists identities, then performers; one of them is chosen."""

    chosen = Signal(object)
    """The id and the kind of the `Person` that somebody chose."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._people: list[Person] = []
        self._lines: list[tuple[str, str, str]] = []
        self._following = False
        self.setHeaderLabels([tr("Name"), tr("On", "onto which face"), tr("Consent")])
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setStyleSheet("QTreeView::item { padding: 3px 2px; }")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAccessibleName(tr("People"))
        self.header().setStretchLastSection(True)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.currentItemChanged.connect(self._choose)

    def show_people(self, project: Project, current: Person | None) -> None:
        """Everybody of the document, one of them chosen."""
        self._following = True
        self._people = [*project.identities, *project.performers]
        lines = [(each.name, worn_by(project, each), consent_text(each.consent)) for each in self._people]
        if lines != self._lines:
            self._lines = lines
            self._show_lines()
        number = next((i for i, each in enumerate(self._people) if same(each, current)), None)
        self.setCurrentIndex(QModelIndex() if number is None else self.model().index(number, 0))
        self._following = False

    def _show_lines(self) -> None:
        self.clear()
        for person, texts in zip(self._people, self._lines, strict=True):
            item = QTreeWidgetItem([*texts])
            item.setForeground(2, colours.GOOD if person.consent is not None else colours.WORK)
            if not isinstance(person, Identity):
                item.setForeground(0, colours.TEXT_DIM)
                item.setToolTip(0, tr("In the plate; their consent counts where no identity goes onto their face."))
            self.addTopLevelItem(item)

    def _choose(self, item: QTreeWidgetItem | None) -> None:
        if not self._following and item is not None:
            self.chosen.emit(self._people[self.indexOfTopLevelItem(item)])


def same(one: Person | None, other: Person | None) -> bool:
    """Whether both are the same person of a document, whatever was changed of them."""
    return one is not None and other is not None and (type(one), one.id) == (type(other), other.id)


def worn_by(project: Project, person: Person) -> str:
    """The faces that an identity goes onto, or that a performer is."""
    is_identity = isinstance(person, Identity)
    return ", ".join(
        each.id for each in project.faces if (each.identity if is_identity else each.performer) == person.id
    )


def consent_text(consent: Consent | None) -> str:
    """Who agreed, and when."""
    return tr("none on record") if consent is None else f"{consent.who}, {consent.date}"
