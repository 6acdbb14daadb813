"""A number that is dragged or typed: a field with a bar in it, as compositing programs have them."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from editor.language.catalogue import translated
from editor.language.translation import tr
from editor.look import colours
from editor.look.style import figures_font
from pipeline.project.parameter_table import Parameter

_CLICK_PX = 3.0
_FINE = 0.1
_NUMBER_PX = 33.0
"""Room for the number, right of the bar."""


class _NumberField(QLineEdit):
    """Where a number is typed. Enter ends with it: handed on, it would open the field anew."""

    left = Signal()
    """Escape: the value stays as it was."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
        event.accept()


class ValueSlider(QWidget):
    """One parameter's value, or the values of several keyframes.

    Dragging changes it (with Shift ten times finer), a click lets it be typed, Up and Down step it, Ctrl-click
    brings the default back.
    """

    began = Signal()
    """A drag begins; what follows until `ended` is one gesture."""
    moved = Signal(float)
    """The value that is wanted."""
    ended = Signal()

    def __init__(self, parameter: Parameter, side: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.parameter = parameter
        self._side = side
        self._values: tuple[float, ...] = (parameter.default,)
        self._measured: tuple[float, ...] = ()
        self._press: tuple[float, float, int] | None = None
        self._dragged = False
        self._field: QLineEdit | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(20)
        self.setMinimumWidth(64)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.setAccessibleName(f"{parameter.name}")
        self.setToolTip(told(parameter))

    @property
    def value(self) -> float:
        """The value, of several the first."""
        return self._values[0]

    @property
    def mixed(self) -> bool:
        return len(set(self._values)) > 1

    @property
    def held(self) -> bool:
        """Whether it is being pressed or dragged."""
        return self._press is not None

    def show_values(self, values: tuple[float, ...], measured: tuple[float, ...] = ()) -> None:
        """What the selected frames have, and how far the unit is active there (0..1), of both sides left first."""
        if (values, measured) != (self._values, self._measured):
            self._values, self._measured = values, measured
            self.update()

    def show_side(self, side: str) -> None:
        """Which side it stands for: `L`, `R`, or none where it has no side or both."""
        if side != self._side:
            self._side = side
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(80, 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(colours.ACCENT if self.hasFocus() else colours.LINE, 1))
        painter.setBrush(colours.FIELD)
        painter.drawRoundedRect(box, 2.5, 2.5)
        inner = box.adjusted(1, 1, -1, -1)
        painter.setFont(figures_font(11))
        side = 12.0 if self._side else 0.0
        if self._side:
            painter.setPen(colours.TEXT_FAINT)
            painter.drawText(inner.adjusted(4, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self._side)
        track = inner.adjusted(side + 3, 3, -_NUMBER_PX, -3)
        self._draw_bar(painter, track)
        thick = 3 if len(self._measured) == 1 else 2
        for number, measured in enumerate(self._measured):
            top = track.bottom() - 1 + (number + 1 - len(self._measured)) * 3
            width = track.width() * min(max(measured, 0.0), 1.0)
            painter.fillRect(QRectF(track.left(), top, width, thick), colours.SIGNAL_COLOURS[0])
        painter.setPen(colours.TEXT if self.is_changed() else colours.TEXT_DIM)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        text = tr("mixed") if self.mixed else text_of(self.parameter, self.value)
        painter.drawText(inner.adjusted(0, 0, -4, 0), flags, text)

    def is_changed(self) -> bool:
        """Whether any of the values is another than the default."""
        return any(abs(each - self.parameter.default) > 1e-6 for each in self._values)

    def _draw_bar(self, painter: QPainter, inner: QRectF) -> None:
        """From the default to the value; of several values, over all of them."""
        low, high = min(self._values), max(self._values)
        if not self.mixed:
            low, high = sorted((self.parameter.default, self.value))
        left, right = inner.left() + self._share(low) * inner.width(), inner.left() + self._share(high) * inner.width()
        painter.fillRect(inner, colours.grey(44))
        painter.fillRect(QRectF(left, inner.top(), right - left, inner.height()), colours.grey(96))
        x = inner.left() + self._share(self.parameter.default) * inner.width()
        painter.setPen(QPen(colours.grey(84), 1))
        painter.drawLine(QPointF(x, inner.top()), QPointF(x, inner.bottom()))
        if not self.mixed:
            x = inner.left() + self._share(self.value) * inner.width()
            painter.fillRect(QRectF(x - 1, inner.top() - 1, 2, inner.height() + 2), colours.grey(190))

    def _share(self, value: float) -> float:
        parameter = self.parameter
        return (value - parameter.lowest) / (parameter.highest - parameter.lowest)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._press, self._dragged = (event.position().x(), self.value, max(1, self.width())), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._press is None:
            return
        x, value, width = self._press
        distance = event.position().x() - x
        if not self._dragged and abs(distance) < _CLICK_PX:
            return
        if not self._dragged:
            self._dragged = True
            self.began.emit()
        gain = _FINE if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1.0
        parameter = self.parameter
        wanted = value + gain * distance / width * (parameter.highest - parameter.lowest)
        self.moved.emit(round(parameter.held(wanted), 3 if gain < 1 else decimals(parameter)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._press is None:
            return
        self._press = None
        if self._dragged:
            self.ended.emit()
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.moved.emit(self.parameter.default)
        else:
            self.type_value()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = (self.parameter.highest - self.parameter.lowest) / 100
        if event.key() == Qt.Key.Key_Up:
            self.moved.emit(self.parameter.held(self.value + step))
        elif event.key() == Qt.Key.Key_Down:
            self.moved.emit(self.parameter.held(self.value - step))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.type_value()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()

    def type_value(self) -> None:
        """Open a field to type the number in."""
        field = _NumberField("" if self.mixed else text_of(self.parameter, self.value), self)
        field.left.connect(self._close_field)
        field.setFont(figures_font(11))
        field.setGeometry(self.rect())
        field.setStyleSheet("padding: 0 4px;")
        field.setAlignment(Qt.AlignmentFlag.AlignRight)
        field.selectAll()
        field.editingFinished.connect(self._typed)
        field.show()
        field.setFocus(Qt.FocusReason.MouseFocusReason)
        self._field = field

    def _typed(self) -> None:
        text = "" if self._field is None else self._field.text().replace(",", ".").strip().rstrip("°%").strip()
        self._close_field()
        try:
            value = float(text)
        except ValueError:
            return
        if value == value and abs(value) < 1e9:
            self.moved.emit(self.parameter.held(value))

    def _close_field(self) -> None:
        field, self._field = self._field, None
        if field is not None:
            field.blockSignals(True)
            field.hide()
            field.deleteLater()
            self.setFocus(Qt.FocusReason.OtherFocusReason)


def decimals(parameter: Parameter) -> int:
    """Places that tell a hundredth of the range."""
    reach = parameter.highest - parameter.lowest
    return 1 if reach > 20 else 2 if reach > 0.3 else 3


def text_of(parameter: Parameter, value: float) -> str:
    """A value as it is shown."""
    return f"{value:.{decimals(parameter)}f}" + ("°" if parameter.unit == "degrees" else "")


def told(parameter: Parameter) -> str:
    """A parameter in words, for the pointer that rests on it."""
    unit = f" {translated(parameter.unit)}" if parameter.unit else ""
    return tr(
        "<b>{name}</b><br>{description}<br>{lowest:g} to {highest:g}{unit}, default {default:g}. "
        "Drag; Shift-drag is finer; click to type; Ctrl-click for the default.",
        name=parameter.name,
        description=translated(parameter.description),
        lowest=parameter.lowest,
        highest=parameter.highest,
        unit=unit,
        default=parameter.default,
    )
