"""A project packed for hand-over: where to, and whether with what is known of people."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from editor.app.saved_command import SavedCommand
from editor.app.window import Window
from editor.language.translation import tr
from editor.look import colours

Handler = Callable[[], object]


class Packing:
    """The form, and the program's own command behind it."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self.form = PackForm(window)
        self.form.pack.clicked.connect(self._begin)
        self.command = SavedCommand(window)
        self.command.answered.connect(self._answered)

    def handlers(self) -> dict[str, Handler]:
        """By the action's id."""
        return {"project.pack_project": self._ask}

    def _ask(self) -> None:
        path = self._window.document.path
        if path is not None:
            self.form.open(path)

    def _begin(self) -> None:
        output = Path(self.form.output.text().strip()).expanduser()
        options = [
            *(["--sources"] if self.form.sources.isChecked() else []),
            *(["--analysis"] if self.form.analysis.isChecked() else []),
        ]
        self.form.hide()
        self.command.run(
            tr("{name} is packed …", name=output.name),
            lambda project: ["pack", "--json", *options, "-o", str(output), "--", str(project)],
        )

    def _answered(self, answer: Mapping[str, Any]) -> None:
        size = sum(each["bytes"] for each in answer["files"])
        words = tr(
            "{output} holds the project and {count} files, {size:.1f} MB.",
            output=answer["output"],
            count=len(answer["files"]),
            size=size / 1e6,
        )
        if answer["biometric"]:
            words += tr(" It holds biometric data: hand it only to whom the consent covers.")
        self._window.notices.tell("warning" if answer["biometric"] else "good", words)


class PackForm(QWidget):
    """A window of its own: `output`, the two things that are packed only on request, and `pack`."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(tr("Pack for hand-over"))
        self.output = QLineEdit()
        self.output.setAccessibleName(tr("Where to"))
        self.output.setMinimumWidth(380)
        browse = QPushButton("…")
        browse.setAccessibleName(tr("Choose where to"))
        browse.clicked.connect(self._browse)
        self.sources = QCheckBox(tr("With the photos and films of the faces that go in"))
        self.analysis = QCheckBox(tr("With what was measured of faces: landmarks and embeddings"))
        self.said = _words(
            tr("Both are biometric data: pack them only for whom the consent covers."), colours.WORK.name()
        )
        self.pack = QPushButton(tr("Pack"))
        where = QHBoxLayout()
        where.addWidget(self.output, 1)
        where.addWidget(browse)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.pack)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        column.addWidget(QLabel(tr("A folder, or a zip where the name ends in .zip")))
        column.addLayout(where)
        always = tr(
            "The project file and the plates, hashed.\nThe plates show their performers, the file holds consent."
        )
        column.addWidget(_words(always, colours.TEXT_DIM.name()))
        column.addSpacing(4)
        for each in (self.sources, self.analysis, self.said):
            column.addWidget(each)
        column.addLayout(foot)
        for box in (self.sources, self.analysis):
            box.toggled.connect(self._show_warning)
        policy = self.said.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.said.setSizePolicy(policy)
        self._show_warning()

    def open(self, project: Path) -> None:
        """Show it for a project; nothing of people is asked for at first."""
        self.output.setText(str(project.with_name(f"{project.stem}-pack.zip")))
        self.sources.setChecked(False)
        self.analysis.setChecked(False)
        self.show()
        self.raise_()
        self.output.setFocus()

    def _show_warning(self) -> None:
        self.said.setVisible(self.sources.isChecked() or self.analysis.isChecked())

    def _browse(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, tr("Pack into"), self.output.text(), tr("Zip (*.zip);;Folder (*)"))
        if name:
            self.output.setText(name)


def _words(text: str, colour: str) -> QLabel:
    label = QLabel(text)
    label.setStyleSheet(f"color: {colour};")
    return label
