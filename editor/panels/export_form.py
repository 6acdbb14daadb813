"""How a result is written: where, in which format, which frames."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QFormLayout, QHBoxLayout, QLineEdit, QPushButton, QWidget

from editor.document.document import Document
from editor.playback.playhead import Playhead
from pipeline.project.project import Quality

PRESETS_FOLDER = Path(__file__).parents[2] / "resources" / "presets"


@dataclass(frozen=True, slots=True)
class Preset:
    """What the form needs to know of an export preset."""

    name: str
    title: str
    description: str
    is_film: bool
    extension: str


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """A wanted export. `first` and `last` are plate frames, inclusive; None is the plate's end."""

    output: Path
    preset: str
    quality: Quality
    first: int | None
    last: int | None


def presets(folder: Path = PRESETS_FOLDER) -> list[Preset]:
    """The presets that ship, films first, by title."""
    found = []
    for path in sorted(folder.glob("*.toml")):
        values = tomllib.loads(path.read_text(encoding="utf-8"))
        found.append(
            Preset(path.stem, values["title"], values["description"], values["kind"] == "film", values["extensions"][0])
        )
    return sorted(found, key=lambda each: (not each.is_film, each.title))


class ExportForm(QWidget):
    """Makes an `ExportOrder`."""

    ordered = Signal(object)

    def __init__(self, document: Document, playhead: Playhead, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._playhead = document, playhead
        self._presets = presets()
        self.preset, self.range, self.quality = QComboBox(), QComboBox(), QComboBox()
        for each in self._presets:
            self.preset.addItem(each.title, each)
            self.preset.setItemData(self.preset.count() - 1, each.description, 3)
        for combo in (self.preset, self.range, self.quality):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(10)
        names = [each.name for each in self._presets]
        self.preset.setCurrentIndex(names.index("h264-high") if "h264-high" in names else 0)
        self.quality.addItem("Final", "final")
        self.quality.addItem("Draft", "draft")
        self.quality.setToolTip("Final matches the expression frame by frame; a draft is quicker.")
        self.output = QLineEdit()
        self.output.setAccessibleName("File to write")
        choose = QPushButton("…")
        choose.setFixedWidth(32)
        choose.setStyleSheet("padding: 5px 0;")
        choose.setAccessibleName("Choose the file to write")
        choose.clicked.connect(self._choose)
        self.button = QPushButton("Export")
        self.button.clicked.connect(self.order)
        file_row = QHBoxLayout()
        file_row.setSpacing(4)
        file_row.addWidget(self.output, 1)
        file_row.addWidget(choose)
        form = QFormLayout(self)
        form.setContentsMargins(10, 10, 10, 10)
        form.setSpacing(6)
        form.addRow("Format", self.preset)
        form.addRow("Frames", self.range)
        form.addRow("Quality", self.quality)
        form.addRow("File", file_row)
        form.addRow("", self.button)
        self.preset.currentIndexChanged.connect(self._suggest)
        document.opened.connect(self._opened)
        playhead.range_changed.connect(self._show_ranges)
        self._opened()

    def order(self) -> None:
        """Ask for the export as the fields say."""
        chosen: Preset = self.preset.currentData()
        span = self._playhead.span
        marked = self.range.currentData() == "range"
        text = self.output.text().strip()
        if text:
            self.ordered.emit(
                ExportOrder(
                    Path(text),
                    chosen.name,
                    self.quality.currentData(),
                    span.start if marked else None,
                    span.stop - 1 if marked else None,
                )
            )

    def _opened(self) -> None:
        self.setVisible(self._document.is_open)
        self._suggest()
        self._show_ranges()

    def _show_ranges(self) -> None:
        span = self._playhead.span
        marked = self._playhead.in_point is not None or self._playhead.out_point is not None
        self.range.clear()
        self.range.addItem(f"Whole plate ({self._playhead.frames})", "plate")
        if marked:
            self.range.addItem(f"In to out ({span.start} to {span.stop - 1})", "range")
            self.range.setCurrentIndex(1)

    def _suggest(self) -> None:
        """A file beside the project with the format's ending; a name that was typed keeps its stem."""
        path = self._document.path
        chosen: Preset | None = self.preset.currentData()
        if path is None or chosen is None:
            return
        ending = chosen.extension if chosen.is_film else f".####{chosen.extension}"
        typed = self.output.text().strip()
        stem = path.stem if not typed else Path(typed).name.split(".")[0]
        folder = path.parent if not typed else Path(typed).parent
        if Path(typed).parent != path.parent and not self.output.isModified():
            stem, folder = f"{path.stem}-result", path.parent
        elif not typed:
            stem = f"{path.stem}-result"
        self.output.setText(str(folder / f"{stem}{ending}"))

    def _choose(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, "Export to", self.output.text())
        if name:
            self.output.setText(name)
            self.output.setModified(True)
