"""The buttons above the picture: what it shows, how it is compared, what lies over it, how large it is."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from editor.language.translation import tr
from editor.look import colours
from editor.viewer.view_state import ViewState

_VIEW_BUTTONS = (
    ("view.show_plate", "view.show_result", "view.show_matte", "view.show_difference"),
    ("view.toggle_final", "view.toggle_wipe", "view.toggle_side", "view.toggle_onion"),
    ("view.toggle_boxes", "view.toggle_landmarks"),
    ("view.fit_picture", "view.zoom_100"),
)


def view_bar(actions: Mapping[str, QAction], view: ViewState) -> QWidget:
    """The row of buttons above the picture."""
    bar = QWidget()
    bar.setObjectName("viewbar")
    bar.setStyleSheet(f"#viewbar {{ background: {colours.PANEL.name()}; }}")
    row = QHBoxLayout(bar)
    row.setContentsMargins(6, 3, 6, 3)
    row.setSpacing(1)
    for number, group in enumerate(_VIEW_BUTTONS):
        if number in (1, 3):
            row.addStretch(1)
        elif number:
            row.addSpacing(4)
        for each in group:
            button = QToolButton()
            button.setDefaultAction(actions[each])
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setStyleSheet("padding: 3px 4px;")
            row.addWidget(button)
        if number == 1:
            row.addWidget(_tone_button(actions["view.reset_tone"], view))
    return bar


def _tone_button(action: QAction, view: ViewState) -> QToolButton:
    """Says that the picture isn't seen as it is, and ends that."""
    button = QToolButton()
    button.setText(tr("Tone"))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setStyleSheet(f"padding: 3px 4px; color: {colours.WORK.name()};")
    button.setToolTip(action.toolTip())
    button.clicked.connect(action.trigger)

    def show() -> None:
        button.setAccessibleName(tr("Looked at with {words}", words=view.tone.words))
        button.setVisible(not view.tone.neutral)

    view.changed.connect(show)
    show()
    return button
