"""Consent of the person whose face goes in: who agreed to what, in which words, and what proves it."""

from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from editor.language.translation import mark, tr
from editor.look import colours
from pipeline.errors import ConsentError
from pipeline.project.consent import Consent, read_consent

WITHOUT = mark("Without consent every result carries a visible “AI-generated, draft” mark.")
HALF = mark("A record names who agreed and states to what: one of the two is still empty.")
WITH = mark("With consent the mark is small. The file's metadata says that the picture is synthetic either way.")


class ConsentForm(QWidget):
    """Fields of a consent record. Empty fields: none is recorded."""

    changed = Signal()
    refused = Signal(str)
    """A file that can't be used as a record, in a sentence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._evidence: Consent | None = None
        self.who = QLineEdit()
        self.who.setPlaceholderText(tr("Name of the person in the photo"))
        self.scope = QLineEdit()
        self.scope.setPlaceholderText(tr("Production, scene, use, until when"))
        self.statement = QPlainTextEdit()
        self.statement.setPlaceholderText(tr("What was agreed, in words"))
        self.statement.setFixedHeight(52)
        self.statement.setTabChangesFocus(True)
        self._file = QLabel()
        self._file.setStyleSheet(f"color: {colours.TEXT_DIM.name()};")
        choose = QPushButton(tr("Agreement…"))
        choose.setToolTip(tr("A signed agreement or other record. Its content's hash is kept, not the file."))
        choose.clicked.connect(self._choose)
        evidence = QHBoxLayout()
        evidence.setContentsMargins(0, 0, 0, 0)
        evidence.addWidget(choose)
        evidence.addWidget(self._file, 1)
        self._says = QLabel()
        self._says.setWordWrap(True)
        self._says.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._says.setFixedHeight(34)
        form = QGridLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(7)
        form.setColumnMinimumWidth(0, 64)
        form.setColumnStretch(1, 1)
        for row, (words, field) in enumerate(
            ((tr("Who"), self.who), (tr("Scope"), self.scope), (tr("Statement"), self.statement), (tr("Proof"), None))
        ):
            form.addWidget(
                QLabel(words), row, 0, Qt.AlignmentFlag.AlignTop if row == 2 else Qt.AlignmentFlag.AlignVCenter
            )
            if field is not None:
                form.addWidget(field, row, 1)
        form.addLayout(evidence, 3, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(form)
        column.addWidget(self._says)
        for field in (self.who, self.scope):
            field.textEdited.connect(self._tell)
        self.statement.textChanged.connect(self._tell)
        self._tell()

    def consent(self) -> Consent | None:
        """The record as it stands in the fields; None unless somebody is named and something is stated."""
        who, scope = self.who.text().strip(), self.scope.text().strip()
        statement = self.statement.toPlainText().strip()
        if not (who and statement):
            return None
        if self._evidence is not None:
            return replace(self._evidence, who=who, scope=scope or self._evidence.scope, statement=statement)
        today = datetime.now(UTC).date().isoformat()
        return Consent(who=who, scope=scope or tr("this project"), date=today, statement=statement)

    def show_consent(self, consent: Consent | None) -> None:
        """Fill the fields from a record."""
        self._evidence = consent if consent is not None and consent.evidence_sha256 else None
        self.who.setText("" if consent is None else consent.who)
        self.scope.setText("" if consent is None else consent.scope)
        self.statement.blockSignals(True)
        self.statement.setPlainText("" if consent is None else consent.statement)
        self.statement.blockSignals(False)
        self._tell()

    def read(self, path: Path) -> None:
        """Take a record from a file; texts that are there already stay."""
        try:
            found = read_consent(str(path), datetime.now(UTC).date())
        except ConsentError as error:
            self.refused.emit(str(error))
            return
        self._evidence = found
        for field, text in ((self.who, found.who), (self.scope, found.scope)):
            if not field.text().strip():
                field.setText(text)
        if not self.statement.toPlainText().strip():
            self.statement.setPlainText(found.statement)
        self._tell()

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, tr("Record of consent"))
        if name:
            self.read(Path(name))

    def _tell(self) -> None:
        given = self.consent() is not None
        begun = bool(self.who.text().strip() or self.statement.toPlainText().strip())
        self._says.setText(tr(WITH if given else HALF if begun else WITHOUT))
        self._says.setStyleSheet(f"color: {(colours.GOOD if given else colours.WORK).name()};")
        evidence = self._evidence
        self._file.setText("" if evidence is None else f"{evidence.evidence_name}, {evidence.date}")
        self.changed.emit()
