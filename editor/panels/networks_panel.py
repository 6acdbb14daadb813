"""The networks that ship: whether their files are the right ones, under which licence, and where they run now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from editor.document.network_files import ENDINGS, dropped_networks
from editor.language.catalogue import translated
from editor.language.translation import tr
from editor.look import colours

_STATES = {"": ("…", colours.TEXT_DIM), "good": ("verified", colours.GOOD)}
_RUNS_ON = {"CPUExecutionProvider": "CPU", "CUDAExecutionProvider": "CUDA", "TensorrtExecutionProvider": "TensorRT"}


@dataclass(frozen=True, slots=True)
class NetworkLine:
    """A network and what is known of it."""

    id: str
    title: str
    licence: str
    purpose: str
    limits: str
    source: str
    file: str
    commercial_use: bool
    state: str = ""
    """good, missing or changed; empty while its file wasn't checked."""
    runs_on: str = ""
    """The provider that runs it here; empty: not tried yet, or it is no network that runs."""


class NetworksPanel(QWidget):
    """Lists them; what isn't known yet is asked for when the panel is first seen."""

    check_wanted = Signal()
    """The networks, the state of their files, and where they run."""
    files_given = Signal(object)
    """Paths of files that were dropped here, or chosen, to be put in their places."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[NetworkLine] = []
        self._is_seen = False
        self.setAcceptDrops(True)
        self.list = QTreeWidget()
        self.list.setHeaderLabels([tr("Network"), tr("File"), tr("Runs on"), tr("Licence")])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setStyleSheet("QTreeView::item { padding: 3px 2px; }")
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setAccessibleName(tr("Networks"))
        head = self.list.header()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.currentItemChanged.connect(self._show_detail)
        self.told = QLabel(tr("The networks' files are being checked."))
        self.told.setWordWrap(True)
        self.told.setContentsMargins(10, 8, 10, 0)
        self.device = QLabel()
        self.device.setWordWrap(True)
        self.device.setContentsMargins(10, 4, 10, 0)
        self.device.setStyleSheet(f"color: {colours.TEXT_DIM.name()};")
        self.device.hide()
        self.check = QPushButton(tr("Check the files again"))
        self.check.setToolTip(tr("Compare every file with the checksum on its card."))
        self.check.clicked.connect(self._check)
        self.add = QPushButton(tr("Add files…"))
        self.add.setToolTip(
            tr(
                "Put files of networks in their places; files dropped here are, too. A file is known by its checksum, "
                "whatever it is called."
            )
        )
        self.add.clicked.connect(self._choose)
        buttons = QHBoxLayout()
        for each in (self.check, self.add):
            buttons.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 10)
        column.addWidget(self.list, 1)
        column.addWidget(self.told)
        column.addWidget(self.device)
        column.addLayout(buttons)
        column.setAlignment(buttons, Qt.AlignmentFlag.AlignHCenter)

    @property
    def is_filled(self) -> bool:
        """Whether the networks are listed."""
        return bool(self._lines)

    def show_networks(self, cards: Sequence[Mapping[str, object]]) -> None:
        """The networks' cards, as `models list` answers them."""
        self._lines = [
            NetworkLine(
                **{name: str(card[name]) for name in ("id", "title", "licence", "purpose", "limits", "source", "file")},
                commercial_use=bool(card["commercial_use"]),
            )
            for card in cards
        ]
        self._show()

    def show_states(self, states: Mapping[str, str], providers: Mapping[str, Sequence[str]]) -> None:
        """The files' states and the networks' providers, the first the one that runs it, by id, as `doctor` answers."""
        self._lines = [
            replace(each, state=states.get(each.id, ""), runs_on=next(iter(providers.get(each.id, ())), ""))
            for each in self._lines
        ]
        self._show()

    def show_device(self, runs_on: str, words: str) -> None:
        """Where the networks run, `processor` or the GPU's library, and why not on a GPU that is here."""
        plain = (
            tr("Networks run on the processor.")
            if runs_on == "processor"
            else tr("Networks run on the GPU, by {library}.", library=runs_on)
        )
        self.device.setText(translated(words) or plain)
        self.device.setVisible(bool(runs_on))

    def _show(self) -> None:
        current = self.list.currentIndex().row()
        self.list.clear()
        for each in self._lines:
            words, colour = _STATES.get(each.state, (each.state, colours.BAD))
            runs_on = _RUNS_ON.get(each.runs_on, each.runs_on.removesuffix("ExecutionProvider"))
            item = QTreeWidgetItem([translated(each.title), translated(words), runs_on, each.licence])
            item.setToolTip(0, translated(each.purpose))
            item.setForeground(1, colour)
            if not each.commercial_use:
                item.setForeground(3, colours.WORK)
                item.setToolTip(3, tr("Commercial use is in doubt."))
            self.list.addTopLevelItem(item)
        self.list.setCurrentIndex(QModelIndex() if current < 0 else self.list.model().index(current, 0))
        self._show_detail()

    def _show_detail(self) -> None:
        row = self.list.currentIndex().row()
        if 0 <= row < len(self._lines):
            line = self._lines[row]
            self.told.setText(
                tr(
                    "<b>{title}</b><br>{purpose}<br><br>Limits: {limits}<br><br>Licence {licence}{doubt}. "
                    "From {source}. File {file}.",
                    title=translated(line.title),
                    purpose=translated(line.purpose),
                    limits=translated(line.limits),
                    licence=line.licence,
                    doubt="" if line.commercial_use else tr("; commercial use is in doubt"),
                    source=line.source,
                    file=line.file,
                )
            )
            return
        wrong = [translated(each.title) for each in self._lines if each.state not in ("", "good")]
        if wrong:
            self.told.setText(
                tr(
                    "Not as their cards say: {networks}. Drop their files here: each is known by its checksum.",
                    networks=", ".join(wrong),
                )
            )
        elif self._lines and all(each.state for each in self._lines):
            self.told.setText(tr("All {count} files are those that their cards describe.", count=len(self._lines)))

    def _check(self) -> None:
        self.show_states({}, {})
        self.check_wanted.emit()

    def _choose(self) -> None:
        patterns = tr("Networks ({endings});;All files (*)", endings=" ".join("*" + each for each in ENDINGS))
        names, _ = QFileDialog.getOpenFileNames(self, tr("Add files of networks"), "", patterns)
        if names:
            self.files_given.emit([Path(each) for each in names])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_networks(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.files_given.emit(dropped_networks(event.mimeData()))
        event.acceptProposedAction()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._is_seen = False

    def paintEvent(self, event: QPaintEvent) -> None:
        """A panel whose tab lies behind others is shown, but not painted."""
        super().paintEvent(event)
        if not self._is_seen:
            self._is_seen = True
            if not self._lines:
                self.check_wanted.emit()
