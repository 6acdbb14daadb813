"""The curve editor: which parameter, the chosen key in numbers, how it goes on from there, and the curve itself."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from editor.document import curve_steps
from editor.language.catalogue import translated
from editor.language.translation import tr
from editor.look.style import figures_font
from editor.timeline.curve_subject import CurveSubject
from editor.timeline.timeline_view import TimelineView
from pipeline.project.parameter_table import PARAMETERS, Parameter

if TYPE_CHECKING:
    from editor.timeline.curve_plot import CurvePlot

_BUTTONS = (
    ("curve.go_previous", "curve.go_next", "curve.add_key", "curve.remove_key"),
    ("curve.make_hold", "curve.make_linear", "curve.make_smooth", "curve.make_ease", "curve.make_bezier"),
    ("curve.fit_values", "curve.toggle_others"),
)
_WITHOUT_ARROWS = """
    QAbstractSpinBox { padding-right: 5px; }
    QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 0; border: none; background: transparent; }
    QAbstractSpinBox::up-arrow, QAbstractSpinBox::down-arrow { border: none; width: 0; height: 0; }
    QLineEdit { background: transparent; border: none; padding: 0 5px; }
"""


class CurvePanel(QWidget):
    """A row of fields over the plot, which is made when the panel is first seen."""

    left = Signal()
    """A value was entered: the keys belong to the picture again."""

    def __init__(
        self,
        subject: CurveSubject,
        timeline: TimelineView,
        actions: Mapping[str, QAction],
        title_of: Callable[[Parameter], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.subject, self._timeline, self._title_of = subject, timeline, title_of
        self.plot: CurvePlot | None = None
        self.parameters = QComboBox()
        self.parameters.setAccessibleName(tr("Parameter"))
        self.parameters.setToolTip(
            tr("Parameters that have a curve. Any other: click the mark beside it in the inspector.")
        )
        self.parameters.setMinimumWidth(150)
        self.parameters.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.frame = QSpinBox()
        self.value = QDoubleSpinBox()
        self._unit = QLabel()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addLayout(self._row(actions))
        self.setMinimumHeight(150)
        self.parameters.activated.connect(self._chosen)
        subject.changed.connect(self.refresh)
        subject.playhead.read.connect(self.refresh)
        self.refresh()

    def fit_values(self) -> None:
        if self.plot is not None:
            self.plot.fit_values()

    def refresh(self) -> None:
        """Show what is chosen."""
        subject, key = self.subject, self.subject.key
        self._list_parameters()
        parameter, curve = subject.parameter, subject.curve
        for field in (self.frame, self.value):
            field.setEnabled(key is not None)
            field.blockSignals(True)
        self.value.setRange(parameter.lowest, parameter.highest)
        self.value.setSingleStep((parameter.highest - parameter.lowest) / 100)
        if key is None or curve is None:
            self.frame.setRange(0, max(0, subject.playhead.frames - 1))
            self.frame.setValue(subject.playhead.frame)
            self.value.setValue(subject.value(subject.playhead.frame))
        else:
            room = curve_steps.room(curve, curve.frames.index(key.frame), subject.playhead.frames)
            self.frame.setRange(room.start, room.stop - 1)
            self.frame.setValue(key.frame)
            self.value.setValue(key.value)
        for field in (self.frame, self.value):
            field.blockSignals(False)
        self._unit.setText(
            tr(
                "{unit}  {lowest:g} to {highest:g}, default {default:g}",
                unit=translated(parameter.unit),
                lowest=parameter.lowest,
                highest=parameter.highest,
                default=parameter.default,
            ).strip()
        )

    def _row(self, actions: Mapping[str, QAction]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(8, 3, 8, 3)
        row.setSpacing(3)
        row.addWidget(self.parameters)
        for number, group in enumerate(_BUTTONS):
            row.addSpacing(8)
            for each in group:
                row.addWidget(_button(actions[each]))
            if number == 0:
                self._add_fields(row)
        row.addStretch(1)
        self._unit.setFont(figures_font(11))
        row.addWidget(self._unit)
        return row

    def _add_fields(self, row: QHBoxLayout) -> None:
        self.value.setDecimals(3)
        for field, name in ((self.frame, tr("Frame")), (self.value, tr("Value"))):
            field.setKeyboardTracking(False)
            field.setFont(figures_font(11))
            field.setFixedWidth(64)
            field.setStyleSheet(_WITHOUT_ARROWS)
            field.setAccessibleName(tr("{name} of the key", name=name))
            field.setToolTip(
                tr("{name} of the chosen key. Type, then Enter; Up and Down change it a little.", name=name)
            )
            field.lineEdit().returnPressed.connect(self.left)
            row.addWidget(field)
        self.frame.valueChanged.connect(self._put)
        self.value.valueChanged.connect(self._put)

    def _put(self) -> None:
        key = self.subject.key
        if key is not None:
            # The field rounds: a value that nobody typed stays as fine as it was.
            value = self.value.value()
            self.subject.put(self.frame.value(), key.value if round(key.value, 3) == value else value)

    def _list_parameters(self) -> None:
        subject = self.subject
        listed = {each.name: each for each in (*subject.keyed, subject.parameter)}
        names = [name for name in PARAMETERS if name in listed]
        if names != [self.parameters.itemData(i) for i in range(self.parameters.count())]:
            self.parameters.clear()
            for name in names:
                self.parameters.addItem(self._title_of(listed[name]), name)
        self.parameters.setCurrentIndex(names.index(subject.parameter.name))

    def _chosen(self, index: int) -> None:
        self.subject.choose(PARAMETERS[self.parameters.itemData(index)])

    def showEvent(self, event: QShowEvent) -> None:
        if self.plot is None:
            from editor.timeline.curve_plot import CurvePlot

            self.plot = CurvePlot(self.subject, self._timeline)
            self._layout.addWidget(self.plot, 1)
        self.plot.refresh()


def _button(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    if action.icon().isNull():
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setStyleSheet("padding: 3px 5px;")
    return button
