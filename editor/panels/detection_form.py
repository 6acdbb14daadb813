"""How keyframes are found: what matters, how sensitively, how densely; tried on the timeline while it is changed."""

from collections.abc import Mapping
from typing import Any

import msgspec
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from editor.document.detection_trial import DetectionTrial
from editor.language.catalogue import translated
from editor.language.translation import mark, tr
from editor.panels.value_slider import ValueSlider
from pipeline.project.detection import PROFILE_NAMES, DetectionOptions, ProfileName
from pipeline.project.parameter_table import Parameter

PROFILE_WORDS: Mapping[ProfileName, str] = {
    "dialogue": mark("Dialogue"),
    "emotion": mark("Emotion"),
    "action": mark("Action"),
    "everything": mark("Everything"),
}
TITLES: Mapping[str, str] = {
    "sensitivity": mark("Sensitivity"),
    "micro_sensitivity": mark("Micro"),
    "spacing": mark("Least spacing"),
    "per_minute": mark("Most a minute"),
}
_MOST: Mapping[str, float] = {"spacing": 2.0, "per_minute": 240.0}
"""Where a slider ends before the option does: what is beyond changes next to nothing."""


def detection_parameters() -> dict[str, Parameter]:
    """The numbers among the options, as a slider shows them."""
    schema: dict[str, Any] = msgspec.json.schema(DetectionOptions)["$defs"]["DetectionOptions"]["properties"]
    return {
        name: Parameter(
            name,
            "",
            float(schema[name]["minimum"]),
            _MOST.get(name, float(schema[name]["maximum"])),
            float(schema[name]["default"]),
            {"spacing": "seconds"}.get(name, ""),
            schema[name]["description"],
        )
        for name in TITLES
    }


class DetectionForm(QWidget):
    """Begins and ends with the trial; `Find` takes over what it shows."""

    def __init__(self, trial: DetectionTrial, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._trial = trial
        self.profile = QComboBox()
        for profile in PROFILE_NAMES:
            self.profile.addItem(tr(PROFILE_WORDS[profile]), profile)
        self.profile.setAccessibleName(tr("What matters in this plate"))
        self.profile.setToolTip(
            tr(
                "Dialogue looks at the mouth, the eyes and who looks where; Emotion at the peaks of the face; Action "
                "at the head; Everything takes all of it."
            )
        )
        self.sliders = {name: ValueSlider(each) for name, each in detection_parameters().items()}
        self.outcome = QLabel()
        self.outcome.setWordWrap(True)
        self.take = QPushButton(tr("Find"))
        self.take.setToolTip(tr("Have keyframes found so, for all faces; what you touched stays."))
        self.leave = QPushButton(tr("Leave"))
        self.leave.setToolTip(tr("Keep the keyframes that are there."))
        self._lay_out()
        self.profile.activated.connect(lambda _index: trial.change(profile=self.profile.currentData()))
        for name, slider in self.sliders.items():
            slider.moved.connect(lambda value, name=name: trial.change(**{name: value}))
        self.take.clicked.connect(trial.apply)
        self.leave.clicked.connect(trial.end)
        trial.options_changed.connect(self.refresh)
        trial.found_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the options, and what they come to."""
        trial = self._trial
        self.setVisible(trial.is_open)
        self.profile.setCurrentIndex(self.profile.findData(trial.options.profile))
        for name, slider in self.sliders.items():
            slider.show_values((getattr(trial.options, name),))
        self.outcome.setText(self._words())

    def _words(self) -> str:
        found = self._trial.found
        if found is None:
            return tr("Looking …")
        changes = list(self._trial.changes().values())
        come, go = changes.count(True), changes.count(False)
        return tr("{count} found: {come} come, {go} go", count=len(found.proposals), come=come, go=go)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        grid.addWidget(QLabel(tr("Profile")), 0, 0)
        grid.addWidget(self.profile, 0, 1)
        for row, (name, slider) in enumerate(self.sliders.items(), start=1):
            label = QLabel(tr(TITLES[name]))
            label.setToolTip(translated(slider.parameter.description))
            grid.addWidget(label, row, 0)
            grid.addWidget(slider, row, 1)
        grid.setColumnStretch(1, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.outcome, 1)
        buttons.addWidget(self.leave)
        buttons.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 2, 6, 6)
        column.setSpacing(4)
        column.addLayout(grid)
        column.addLayout(buttons)
