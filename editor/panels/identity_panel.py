"""The face that goes in: its photos, and the consent that covers it."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImageReader, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from editor.document.document import Document
from editor.document.edits import record_consent
from editor.document.selection import Selection
from editor.look import colours
from editor.panels.consent_form import ConsentForm
from pipeline.project.project import Identity
from pipeline.project.storage import media_path

_PHOTO_PX = 96


class IdentityPanel(QScrollArea):
    """Shows the identity of the face in hand."""

    refused = Signal(str)

    def __init__(self, document: Document, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._selection = document, selection
        self._shown: Identity | None = None
        self._name = QLabel()
        self._name.setStyleSheet("font-size: 14px; font-weight: 600;")
        self._photos = QHBoxLayout()
        self.form = ConsentForm()
        self.form.refused.connect(self.refused)
        self.form.changed.connect(self._show_record)
        self.record = QPushButton("Record consent")
        self.record.clicked.connect(self._record)
        heading = QLabel("Consent")
        heading.setStyleSheet("font-weight: 600;")
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(10, 10, 10, 10)
        column.setSpacing(8)
        column.addWidget(self._name)
        column.addLayout(self._photos)
        column.addSpacing(6)
        column.addWidget(heading)
        column.addWidget(self.form)
        column.addWidget(self.record, 0, Qt.AlignmentFlag.AlignRight)
        column.addStretch(1)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        for signal in (document.opened, document.changed, selection.changed):
            signal.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the identity as the document has it."""
        face = self._selection.face
        identity = next(
            (each for each in self._document.project.identities if face is not None and each.id == face.identity), None
        )
        if identity is self._shown and identity is not None:
            return
        self._shown = identity
        self._name.setText("The performer's own face" if identity is None else identity.name)
        self.form.setVisible(identity is not None)
        self.form.show_consent(None if identity is None else identity.consent)
        self._show_record()
        self._show_photos(identity)

    def _show_photos(self, identity: Identity | None) -> None:
        while (item := self._photos.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        path = self._document.path
        if identity is None or path is None:
            return
        for source in identity.sources[:3]:
            label = QLabel()
            label.setPixmap(photo(media_path(source.path, path), _PHOTO_PX))
            label.setToolTip(source.path)
            self._photos.addWidget(label)
        self._photos.addStretch(1)

    def _show_record(self) -> None:
        recorded = None if self._shown is None else self._shown.consent
        self.record.setVisible(self._shown is not None and self.form.consent() != recorded)
        self.record.setText("Record consent" if self.form.consent() is not None else "Withdraw consent")

    def _record(self) -> None:
        if self._shown is not None:
            record_consent(self._document, self._shown.id, self.form.consent())


def photo(path: Path, height: int) -> QPixmap:
    """A picture file as a small pixmap; a grey one where Qt can't read it (a film, an EXR)."""
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid():
        reader.setScaledSize(size.scaled(height * 3, height, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        blank = QPixmap(height, height)
        blank.fill(colours.RAISED)
        return blank
    return QPixmap.fromImage(image)
