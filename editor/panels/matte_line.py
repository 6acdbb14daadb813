"""Lines of the inspector: the brush for the matte, what it paints and how wide, and where anything is painted."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QEnterEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from editor.language.translation import tr
from editor.look import colours
from editor.panels.value_slider import ValueSlider
from pipeline.project.matte_stroke import (
    LARGEST_RADIUS,
    LEAST_RADIUS,
    SHOWN,
    USUAL_RADIUS,
    USUAL_SOFTNESS,
    MatteStroke,
    painted_runs,
    strokes_at,
)
from pipeline.project.parameter_table import Parameter
from pipeline.project.project import FaceTrack


class MatteLine(QWidget):
    """What is painted in words, and buttons to paint it and to take it back; the brush's own while it is on."""

    radius_wanted = Signal(float)
    softness_wanted = Signal(float)
    hovered = Signal(bool)
    """The pointer came, or left: what a stroke would touch is of interest, or no more."""

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setStyleSheet(f"color: {colours.TEXT_DIM.name()};")
        self.back = _button(actions["matte.reset_frame"])
        self.radius, self.softness = _sliders()
        self.radius.moved.connect(self.radius_wanted)
        self.softness.moved.connect(self.softness_wanted)
        self.brush = QWidget()
        """What is seen while the brush is on."""
        lines = QVBoxLayout(self.brush)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(5)
        kinds = _row(*(_button(actions[f"matte.show_{each}"], joined=True) for each in SHOWN))
        kinds.setSpacing(0)
        lines.addLayout(kinds)
        lines.addLayout(_row(_label(tr("Size")), self.radius, _label(tr("Soft")), self.softness))
        self.copies = QWidget()
        copying = _row(_button(actions["matte.copy_to_previous"]), _button(actions["matte.copy_to_next"]))
        copying.setContentsMargins(0, 0, 0, 0)
        self.copies.setLayout(copying)
        lines.addWidget(self.copies)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        head = _row(self.words, self.back, _button(actions["matte.paint_strokes"]))
        head.setStretch(0, 1)
        column.addLayout(head)
        column.addWidget(self.brush)
        self.brush.hide()

    def show_frame(self, face: FaceTrack | None, frame: int, frames: int) -> None:
        """What is painted of a face on a plate of so many frames, and at one of them; nothing without a face."""
        self.setVisible(face is not None)
        strokes = () if face is None else face.matte_strokes
        here = len(strokes_at(strokes, frame))
        self.back.setVisible(bool(strokes))
        self.copies.setVisible(bool(strokes))
        self.words.setText(_told(strokes, here, frame, frames))

    def show_brush(self, active: bool, radius: float, softness: float) -> None:
        """Whether the brush is on, and how wide and soft it is."""
        self.brush.setVisible(active)
        self.radius.show_values((radius,))
        self.softness.show_values((softness,))

    def enterEvent(self, event: QEnterEvent) -> None:
        self.hovered.emit(True)

    def leaveEvent(self, event: QEvent) -> None:
        self.hovered.emit(False)


def _told(strokes: tuple[MatteStroke, ...], here: int, frame: int, frames: int) -> str:
    if not strokes:
        return tr("Matte as it was found")
    runs = painted_runs(strokes, frames)
    if not here:
        count = sum(last - first + 1 for first, last in runs)
        return tr("Matte painted in {count} frames, not here", count=count)
    first, last = next((run for run in runs if run[0] <= frame <= run[1]), (frame, frame))
    if here == 1:
        return tr("Matte painted {first} – {last}; 1 stroke here", first=first, last=last)
    return tr("Matte painted {first} – {last}; {count} strokes here", first=first, last=last, count=here)


def _sliders() -> tuple[ValueSlider, ValueSlider]:
    """Of the brush's radius and of its softness."""
    size = Parameter(
        name=tr("Size of the brush"),
        part="",
        lowest=LEAST_RADIUS,
        highest=LARGEST_RADIUS,
        default=USUAL_RADIUS,
        unit="cm",
        description=tr("Its radius on the face, from middle to edge. In the viewer: Shift-drag left and right."),
    )
    softness = Parameter(
        name=tr("Softness of the brush"),
        part="",
        lowest=0.0,
        highest=1.0,
        default=USUAL_SOFTNESS,
        unit="",
        description=tr("Share of the radius that fades. In the viewer: Shift-drag up and down."),
    )
    return ValueSlider(size), ValueSlider(softness)


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    for each in widgets:
        row.addWidget(each)
    return row


def _label(words: str) -> QLabel:
    label = QLabel(words)
    label.setStyleSheet(f"color: {colours.TEXT_DIM.name()};")
    return label


def _button(action: QAction, *, joined: bool = False) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    plain = f"background: {colours.FIELD.name()}; border-radius: 0; padding: 3px;" if joined else "padding: 3px 6px;"
    button.setStyleSheet(f"QToolButton {{ {plain} }} QToolButton:checked {{ background: {colours.grey(84).name()}; }}")
    if joined:
        button.setSizePolicy(button.sizePolicy().Policy.Expanding, button.sizePolicy().Policy.Fixed)
    return button
