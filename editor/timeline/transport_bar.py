"""The bar under the picture: where the playhead is, and the keys to move it."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QColor, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from editor.language.translation import tr
from editor.look import colours
from editor.look.style import figures_font
from editor.playback.playhead import Playhead
from editor.playback.transport import Transport
from editor.timeline.fitted_label import FittedLabel
from pipeline.errors import RangeError

BUTTONS = (
    ("transport.mark_in", "transport.mark_out"),
    ("transport.go_first", "keyframe.go_previous", "transport.step_back"),
    ("transport.play_toggle",),
    ("transport.step_forward", "keyframe.go_next", "transport.go_last"),
    ("transport.loop_toggle", "transport.ping_pong_toggle", "transport.sound_toggle", "timeline.snap_toggle"),
)
"""Actions of the bar, in groups; their names are those of the action table."""


_ROOM_FOR_RANGE_PX = 880
"""Width of the bar from which on in and out are written out; they are seen on the ruler at any width."""


class PositionField(QLineEdit):
    """The playhead's timecode; type a timecode, a frame or +n and press Enter to go there."""

    refused = Signal(str)
    left = Signal()
    """Typing is over."""

    def __init__(self, playhead: Playhead, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._playhead = playhead
        self.setFont(figures_font(15))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFixedWidth(132)
        self.setToolTip(tr("Timecode of the playhead. Type a timecode, a frame number, +12 or -12, then Enter."))
        self.setAccessibleName(tr("Timecode"))
        self.returnPressed.connect(self._go)
        self.editingFinished.connect(self.show_position)
        playhead.moved.connect(self.show_position)
        self.show_position()

    def show_position(self) -> None:
        if not self.hasFocus():
            self.setText(self._playhead.timecode(self._playhead.frame))

    def _go(self) -> None:
        try:
            frame = self._playhead.parse(self.text())
        except RangeError as error:
            self.refused.emit(str(error))
        else:
            self._playhead.go(frame)
        self.clearFocus()
        self.show_position()
        self.left.emit()


class _LeftOut(QToolButton):
    """The light that says how many frames came too late to be shown; a click puts it out."""

    def __init__(self, transport: Transport) -> None:
        super().__init__()
        self.setFont(figures_font(12))
        self.setStyleSheet(f"color: {colours.BAD.name()}; padding: 1px 4px;")
        self.setToolTip(
            tr(
                "Frames that were left out since playing began, because their pictures came too late; a click puts the "
                "light out. Every frame (Shift+A) shows all of them, more slowly."
            )
        )
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(transport.forget_left_out)
        transport.light_changed.connect(self._show)
        self._show(0)

    def _show(self, count: int) -> None:
        self.setVisible(count > 0)
        self.setText(f"● {count}")
        self.setAccessibleName(tr("{count} frames left out", count=count))


class TransportBar(QWidget):
    """Position, buttons and rates. `actions` are those of the action table, by id."""

    def __init__(
        self,
        playhead: Playhead,
        transport: Transport,
        actions: Mapping[str, QAction],
        toggle_unit: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._playhead, self._transport = playhead, transport
        self.position = PositionField(playhead)
        self._frame = FittedLabel()
        self._frame.setToolTip(
            tr("Frame under the playhead, and frames in the plate. A click changes the ruler's unit.")
        )
        self._frame.clicked.connect(toggle_unit)
        self._range = QLabel()
        self._range.setFont(figures_font(12))
        self.left_out = _LeftOut(transport)
        self.rate = FittedLabel()
        self.rate.setToolTip(tr("The plate's frames a second, and while playing those that were really shown."))
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(1)
        row.addWidget(self.position)
        row.addSpacing(8)
        row.addWidget(self._frame)
        row.addStretch(1)
        for group in BUTTONS:
            for each in group:
                row.addWidget(_button(actions[each]))
            row.addSpacing(5)
        row.addStretch(1)
        row.addWidget(self._range)
        row.addSpacing(8)
        row.addWidget(self.left_out)
        row.addWidget(self.rate)
        self._range.setStyleSheet(f"color: {colours.TEXT_DIM.name()};")
        self._rate_ink: QColor | None = None
        playhead.moved.connect(self._show_frame)
        playhead.range_changed.connect(self._show)
        transport.changed.connect(self._show_rate)
        transport.measured.connect(self._show_rate)
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._range.setVisible(self.width() >= _ROOM_FOR_RANGE_PX)

    def _show(self) -> None:
        playhead = self._playhead
        self._show_frame()
        span = playhead.span
        marked = playhead.in_point is not None or playhead.out_point is not None
        self._range.setText(
            tr("in {first}  out {last}  ({count} f)", first=span.start, last=span.stop - 1, count=len(span))
            if marked
            else ""
        )
        self._show_rate()

    def _show_frame(self) -> None:
        last = max(0, self._playhead.frames - 1)
        frame = f"{self._playhead.frame:>{len(str(last))}}"
        self._frame.say(f"{frame} / {last}", frame, (f"{last} / {last}", str(last)))

    def _show_rate(self, measured: float | None = None) -> None:
        rate = float(self._playhead.rate)
        number = f"{rate:.3f}".rstrip("0").rstrip(".")
        text = tr("{rate} fps", rate=number)
        if self._transport.playing:
            speed = self._transport.speed
            text = f"{speed:+d}×  {text}" if abs(speed) > 1 or speed < 0 else text
            if measured is not None:
                self._measured_text(measured, rate * abs(speed), text)
                return
        self._ink_rate(colours.TEXT_DIM)
        self.rate.say(text, number)

    def _measured_text(self, measured: float, target: float, text: str) -> None:
        slow = measured < 0.97 * target
        self._ink_rate(colours.WORK if slow else colours.GOOD)
        self.rate.say(tr("{measured:.1f} of {rate}", measured=measured, rate=text), f"{measured:.1f}")

    def _ink_rate(self, colour: QColor) -> None:
        # A style sheet, even the same one, has the bar laid out anew: every step comes by here.
        if colour != self._rate_ink:
            self._rate_ink = colour
            self.rate.setStyleSheet(f"color: {colour.name()};")


def _button(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAutoRaise(True)
    button.setStyleSheet("padding: 3px 4px;")
    return button
