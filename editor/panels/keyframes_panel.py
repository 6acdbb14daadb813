"""The table of keyframes with what narrows it: how far review is, and words."""

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from editor.document.detection_trial import DetectionTrial
from editor.language.translation import mark, tr
from editor.panels.detection_form import DetectionForm
from editor.panels.keyframe_table import KeyframeTable, Which

WHICH_WORDS: dict[Which, str] = {
    "all": mark("All"),
    "waiting": mark("Not approved"),
    "open": mark("Open", "not reviewed yet"),
    "needs_work": mark("Needs work"),
    "approved": mark("Approved"),
    "over": mark("AU error too high"),
}


class KeyframesPanel(QWidget):
    """A line that narrows, how keyframes are found while that is tried, and the table."""

    def __init__(self, table: KeyframeTable, trial: DetectionTrial, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self.which = QComboBox()
        for which, words in WHICH_WORDS.items():
            self.which.addItem(tr(words, "not reviewed yet") if which == "open" else tr(words), which)
        self.which.setAccessibleName(tr("Which keyframes are shown"))
        self.which.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.which.setMinimumContentsLength(5)
        self.text = QLineEdit()
        self.text.setPlaceholderText(tr("Kind, reason, note"))
        self.text.setAccessibleName(tr("Words that keyframes are found by"))
        self.text.setClearButtonEnabled(True)
        self.text.setMinimumWidth(40)
        row = QHBoxLayout()
        row.setContentsMargins(6, 6, 6, 6)
        row.setSpacing(4)
        row.addWidget(self.which)
        row.addWidget(self.text, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(DetectionForm(trial))
        column.addWidget(table, 1)
        self.which.currentIndexChanged.connect(self._narrow)
        self.text.textChanged.connect(self._narrow)

    def _narrow(self) -> None:
        self._table.show_only(self.which.currentData(), self.text.text())
