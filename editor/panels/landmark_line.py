"""A line of the inspector: the tool for landmarks, how many frames it corrected, and which parts of this one."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from editor.document.landmark_steps import part_name
from editor.language.translation import tr
from editor.look import colours
from pipeline.project.landmark_move import moved_runs, shifts_at
from pipeline.project.project import FaceTrack


class LandmarkLine(QWidget):
    """What is corrected in words, and buttons to correct it and to take it back."""

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setStyleSheet(f"color: {colours.TEXT_DIM.name()};")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.words, 1)
        self.back = _button(actions["landmark.reset_frame"])
        for each in (self.back, _button(actions["landmark.correct_parts"])):
            row.addWidget(each)

    def show_frame(self, face: FaceTrack | None, frame: int, frames: int) -> None:
        """What is corrected of a face on a plate of so many frames, and at one of them."""
        moves = () if face is None else face.landmark_moves
        self.back.setVisible(bool(moves))
        if not moves:
            self.words.setText(tr("Landmarks as they were found"))
            return
        count = sum(last - first + 1 for first, last in moved_runs(moves, frames))
        here = ", ".join(dict.fromkeys(part_name(each.part) for each in shifts_at(moves, frame)))
        if here:
            self.words.setText(tr("Landmarks corrected in {count} frames; here: {parts}", count=count, parts=here))
        else:
            self.words.setText(tr("Landmarks corrected in {count} frames, not in this one", count=count))


def _button(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    button.setStyleSheet(
        f"QToolButton {{ padding: 3px 6px; }} QToolButton:checked {{ background: {colours.grey(84).name()}; }}"
    )
    return button
