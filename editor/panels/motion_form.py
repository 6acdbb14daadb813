"""Whose expression a face wears: the performer's own, or that of another clip or one frame of it, and how far."""

from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QFileDialog,
    QHBoxLayout,
    QMenu,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from editor.document.face_files import FILMS, STILLS, file_filter
from editor.language.translation import mark, tr
from editor.look import colours
from pipeline.project.project import MotionSource

_OWN = mark("The performer's own")
_MOST_FRAMES = 10_000_000


class MotionForm(QWidget):
    """Shows a `MotionSource` and says which is wanted."""

    clip_wanted = Signal(object)
    """The file whose face is to lend its expression."""
    changed = Signal(object)
    """The `MotionSource` that is wanted; None: the performer's own motion."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._motion: MotionSource | None = None
        self.source = QToolButton()
        self.source.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.source.setStyleSheet(f"QToolButton {{ background: {colours.RAISED.name()}; }}")
        self.source.setToolTip(tr("Whose expression this face wears; its identity and its keys stay."))
        self.source.setAccessibleName(tr("Motion"))
        self._menu = QMenu(self)
        self.source.setMenu(self._menu)
        self.frame = QSpinBox()
        self.frame.setRange(-1, _MOST_FRAMES)
        self.frame.setSpecialValueText(tr("whole clip"))
        self.frame.setKeyboardTracking(False)
        self.frame.setAccessibleName(tr("Frame of the clip"))
        self.frame.setToolTip(tr("One frame of it, 0-based; below 0 the whole clip, in step with the plate."))
        self.frame.valueChanged.connect(self._change)
        self.gain = QDoubleSpinBox()
        self.gain.setRange(0.0, 1.5)
        self.gain.setSingleStep(0.05)
        self.gain.setKeyboardTracking(False)
        self.gain.setAccessibleName(tr("Gain of the motion"))
        self.gain.setToolTip(tr("0 keeps the performer's own expression, 1 wears the other's."))
        self.gain.valueChanged.connect(self._change)
        numbers = QHBoxLayout()
        numbers.addWidget(self.frame)
        numbers.addWidget(self.gain)
        numbers.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.source)
        column.addLayout(numbers)
        self.show_motion(None)

    def show_motion(self, motion: MotionSource | None) -> None:
        """What the face wears now."""
        self._motion = motion
        self.source.setText(tr(_OWN) if motion is None else Path(motion.path).name)
        self._menu.clear()
        self._menu.addAction(tr("Of a film or a picture…")).triggered.connect(self._browse)
        if motion is not None:
            self._menu.addAction(tr(_OWN)).triggered.connect(lambda: self.changed.emit(None))
        for field in (self.frame, self.gain):
            field.setVisible(motion is not None)
            field.blockSignals(True)
        self.frame.setValue(-1 if motion is None or motion.frame is None else motion.frame)
        self.gain.setValue(1.0 if motion is None else motion.gain)
        for field in (self.frame, self.gain):
            field.blockSignals(False)

    def _change(self) -> None:
        if self._motion is not None:
            frame = self.frame.value()
            wanted = replace(self._motion, frame=None if frame < 0 else frame, gain=round(self.gain.value(), 3))
            self.changed.emit(wanted)

    def _browse(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, tr("Whose expression is worn"), "", file_filter(FILMS + STILLS))
        if name:
            self.clip_wanted.emit(Path(name))
