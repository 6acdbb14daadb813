"""One line of the inspector: key mark, name, one value or a left one above a right one, and a way to the default."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from editor.language.translation import tr
from editor.look import colours
from editor.look.focus_frame import FocusFrame
from editor.look.icons import icon
from editor.panels.parameter_groups import Line, full_title
from editor.panels.value_slider import ValueSlider, told
from pipeline.project.parameter_table import Parameter

Measured = Callable[[Line, int], float | None]
"""How far a line's unit is active on its n-th side (0 left or both, 1 right); None: not measured."""


class KeyMark(QWidget):
    """A diamond: filled where a key lies on the frame, hollow where there is a curve, none else. A click on it is a
    wish to see the curve.
    """

    clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(QSize(16, 20))
        self._has_curve = self._has_key = False
        self.setToolTip(tr("Filled: a key lies on this frame. Hollow: the value changes over time. Click: its curve."))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(tr("Curve"))
        FocusFrame(self)

    def show_state(self, has_curve: bool, has_key: bool) -> None:
        if (has_curve, has_key) != (self._has_curve, self._has_key):
            self._has_curve, self._has_key = has_curve, has_key
            # What can't be seen is no stop on the keyboard's way.
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus if has_curve else Qt.FocusPolicy.NoFocus)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._has_curve:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.TEXT, 1.2))
        painter.setBrush(colours.TEXT if self._has_key else colours.PANEL)
        painter.drawPolygon(QPolygonF([QPointF(8, 5.5), QPointF(12.5, 10), QPointF(8, 14.5), QPointF(3.5, 10)]))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)


class ParameterLine(QWidget):
    """Shows a `Line` and tells what is wanted; the inspector decides what that touches.

    Sides that change together and have the same values are one bar; else each has its own.
    """

    began = Signal()
    wanted = Signal(object)
    """Values by `Parameter`."""
    ended = Signal()
    hovered = Signal(bool)
    curve_wanted = Signal(object)
    """The `Parameter` whose curve is to be shown."""

    def __init__(self, line: Line, is_linked: Callable[[], bool], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = line
        self._alike = True
        self._is_linked = is_linked
        sides = ("",) if len(line.parameters) == 1 else ("L", "R")
        self.sliders = [ValueSlider(each, side) for each, side in zip(line.parameters, sides, strict=True)]
        self._mark = KeyMark()
        self._mark.clicked.connect(lambda: self.curve_wanted.emit(line.parameters[0]))
        self._name = QLabel(line.title)
        self._name.setFixedWidth(102)
        self._name.setToolTip(told(line.parameters[0]))
        self._reset = QToolButton()
        self._reset.setIcon(icon("reset"))
        self._reset.setFixedSize(20, 20)
        self._reset.setStyleSheet("padding: 0;")
        self._reset.setToolTip(tr("Back to the default"))
        self._reset.setAccessibleName(tr("Reset {parameter}", parameter=line.title))
        self._reset.clicked.connect(self._to_default)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 1, 4, 1)
        row.setSpacing(3)
        row.addWidget(self._mark)
        row.addWidget(self._name)
        column = QVBoxLayout()
        column.setSpacing(2)
        row.addLayout(column, 1)
        for slider in self.sliders:
            column.addWidget(slider)
            slider.began.connect(self.began)
            slider.ended.connect(self.ended)
            slider.moved.connect(lambda value, parameter=slider.parameter: self._moved(parameter, value))
        row.addWidget(self._reset)
        keep = self._reset.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self._reset.setSizePolicy(keep)

    def show_title(self, title: str, help_text: str) -> None:
        """Another name: a preset's place is called by the preset that lies in it."""
        self._name.setText(title)
        self._name.setToolTip(help_text)

    def show_values(
        self, values: Callable[[Parameter], tuple[float, ...]], measured: Measured, has_curve: bool, has_key: bool
    ) -> None:
        """What the selected frames have."""
        shown = [values(slider.parameter) for slider in self.sliders]
        read = [tuple(_known(measured(self.line, side))) for side in range(len(shown))]
        self._alike = len(set(shown)) == 1
        self._arrange()
        if self.is_one_bar:
            read[0] = sum(read, ())
        for slider, each, active in zip(self.sliders, shown, read, strict=True):
            slider.show_values(each, active)
        self._mark.show_state(has_curve, has_key)
        self._reset.setVisible(any(slider.is_changed() for slider in self.sliders))

    @property
    def is_one_bar(self) -> bool:
        """Whether one bar stands for both sides, or there is only one."""
        return self.sliders[-1].isHidden() or len(self.sliders) == 1

    def _arrange(self) -> None:
        """One bar for sides that are alike and change together; not while one of them is held."""
        if len(self.sliders) == 1 or any(slider.held for slider in self.sliders):
            return
        together = self._alike and self._is_linked()
        self.sliders[1].setHidden(together)
        self.sliders[0].show_side("" if together else "L")

    def _moved(self, parameter: Parameter, value: float) -> None:
        self.wanted.emit(dict.fromkeys(self.line.parameters if self._is_linked() else (parameter,), value))

    def _to_default(self) -> None:
        self.wanted.emit({each: each.default for each in self.line.parameters})

    def curve_menu(self) -> QMenu:
        """The way to the curve, of each side."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for parameter in self.line.parameters:
            action = menu.addAction(tr("Curve of {parameter}", parameter=full_title(parameter)))
            action.triggered.connect(lambda _checked, each=parameter: self.curve_wanted.emit(each))
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.curve_menu().popup(event.globalPos())

    def enterEvent(self, event: object) -> None:
        self.hovered.emit(True)

    def leaveEvent(self, event: object) -> None:
        self.hovered.emit(False)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)


def _known(reading: float | None) -> list[float]:
    return [] if reading is None else [reading]
