"""How a result is written: where, in which format, which frames."""

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QFileDialog, QFormLayout, QHBoxLayout, QLineEdit, QPushButton, QWidget

from editor.document.document import Document
from editor.language.catalogue import translated
from editor.language.translation import mark, tr
from editor.playback.playhead import Playhead
from pipeline.project.approval import approved_shots, shot_file
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


_APPROVED_HELP = mark("The shots whose keyframes are all approved, each in a file of its own.")


def range_file(output: Path, frames: range) -> Path:
    """Where a range alone goes: `film.mov` is `film-0010-0020.mov`."""
    stem, _, rest = output.name.partition(".")
    return output.with_name(f"{stem}-{frames.start:04d}-{frames.stop - 1:04d}.{rest}")


class ExportForm(QWidget):
    """Makes an `ExportOrder`."""

    ordered = Signal(object)

    def __init__(
        self,
        document: Document,
        playhead: Playhead,
        shots: Callable[[], Sequence[range]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document, self._playhead, self._shots = document, playhead, shots
        self._presets = presets()
        self.preset, self.range, self.quality = QComboBox(), QComboBox(), QComboBox()
        for each in self._presets:
            self.preset.addItem(translated(each.title), each)
            self.preset.setItemData(self.preset.count() - 1, translated(each.description), 3)
        for combo in (self.preset, self.range, self.quality):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(10)
        names = [each.name for each in self._presets]
        self.preset.setCurrentIndex(names.index("h264-high") if "h264-high" in names else 0)
        self.quality.addItem(tr("Final"), "final")
        self.quality.addItem(tr("Draft"), "draft")
        self.quality.setToolTip(tr("Final matches the expression frame by frame; a draft is quicker."))
        self.output = QLineEdit()
        self.output.setAccessibleName(tr("File to write"))
        choose = QPushButton("…")
        choose.setFixedWidth(32)
        choose.setStyleSheet("padding: 5px 0;")
        choose.setAccessibleName(tr("Choose the file to write"))
        choose.clicked.connect(self._choose)
        self.button = QPushButton(tr("Export"))
        self.button.clicked.connect(self.order)
        file_row = QHBoxLayout()
        file_row.setSpacing(4)
        file_row.addWidget(self.output, 1)
        file_row.addWidget(choose)
        form = QFormLayout(self)
        form.setContentsMargins(10, 10, 10, 10)
        form.setSpacing(6)
        form.addRow(tr("Format"), self.preset)
        form.addRow(tr("Frames"), self.range)
        form.addRow(tr("Quality"), self.quality)
        form.addRow(tr("File"), file_row)
        form.addRow("", self.button)
        self.preset.currentIndexChanged.connect(self._suggest)
        document.opened.connect(self._opened)
        document.changed.connect(self._follow)
        playhead.range_changed.connect(self._marked)
        self._opened()

    def order(self) -> None:
        """Ask for the export as the fields say."""
        text = self.output.text().strip()
        if not text:
            return
        output, which = Path(text), self.range.currentData()
        if which == "approved":
            shots = self._shots()
            for number in self._approved():
                self._order(shot_file(output, number, len(shots)), shots[number - 1])
        else:
            self._order(output, self._playhead.span if which == "range" else None)

    def order_range(self) -> None:
        """Ask for in to out in a file of its own, named by its frames, in the format and quality of the fields."""
        text, span = self.output.text().strip(), self._playhead.span
        if text:
            self._order(range_file(Path(text), span), span)

    def _order(self, output: Path, frames: range | None) -> None:
        chosen: Preset = self.preset.currentData()
        first, last = (None, None) if frames is None else (frames.start, frames.stop - 1)
        self.ordered.emit(ExportOrder(output, chosen.name, self.quality.currentData(), first, last))

    def _approved(self) -> list[int]:
        """Numbers of the shots that are approved, 1-based."""
        plate = self._document.plate
        return [] if plate is None else approved_shots(self._document.project, plate.id, self._shots())

    def showEvent(self, event: QShowEvent) -> None:
        self.show_ranges()

    def _follow(self) -> None:
        if self.isVisible():
            self.show_ranges()

    def _opened(self) -> None:
        self.setVisible(self._document.is_open)
        self._suggest()
        self.show_ranges()

    def _marked(self) -> None:
        """Whoever marks a range means it."""
        self.show_ranges()
        self.range.setCurrentIndex(max(0, self.range.findData("range")))

    def show_ranges(self) -> None:
        """Offer what can be exported now; what is chosen stays chosen as long as there is such a thing."""
        wanted = self.range.currentData()
        span = self._playhead.span
        marked = self._playhead.in_point is not None or self._playhead.out_point is not None
        self.range.clear()
        self.range.addItem(tr("Whole plate ({frames})", frames=self._playhead.frames), "plate")
        if marked:
            self.range.addItem(tr("In to out ({first} to {last})", first=span.start, last=span.stop - 1), "range")
        approved, shots = len(self._approved()), len(self._shots())
        if approved:
            self.range.addItem(tr("Approved shots ({approved} of {shots})", approved=approved, shots=shots), "approved")
            self.range.setItemData(self.range.count() - 1, tr(_APPROVED_HELP), Qt.ItemDataRole.ToolTipRole)
        self.range.setCurrentIndex(max(0, self.range.findData(wanted)))

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
        name, _ = QFileDialog.getSaveFileName(self, tr("Export to"), self.output.text())
        if name:
            self.output.setText(name)
            self.output.setModified(True)
