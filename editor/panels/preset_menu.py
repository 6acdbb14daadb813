"""The button that mixes an expression preset into the performance, or takes one out."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from editor.language.catalogue import translated
from editor.language.translation import tr
from editor.look import colours
from pipeline.errors import ProjectError
from pipeline.project.preset_files import expression_names, load_expression
from pipeline.project.project import FaceTrack


class PresetMenu(QToolButton):
    """Offers the presets that ship and the user's own; `face` says whose presets are there already."""

    chosen = Signal(object)
    """An `ExpressionPreset` to mix in."""
    unwanted = Signal(str)
    """The name of a preset to take out."""
    refused = Signal(str)

    def __init__(self, face: Callable[[], FaceTrack | None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face = face
        self.setText(tr("Mix in an expression…"))
        self.setToolTip(tr("A look such as a smile or a wink, added to the performance at a strength of its own."))
        self.setStyleSheet(f"background: {colours.RAISED.name()}; padding: 4px 10px; margin-left: 18px;")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self)
        self._menu.setToolTipsVisible(True)
        self._menu.aboutToShow.connect(self.fill)
        self.setMenu(self._menu)

    def fill(self) -> None:
        """List what can be mixed in, and what is."""
        self._menu.clear()
        face = self._face()
        used = [] if face is None else list(face.presets.values())
        for name in expression_names():
            try:
                preset = load_expression(name)
            except ProjectError as error:
                self.refused.emit(str(error))
                continue
            if all(each.name != name for each in used):
                action = self._menu.addAction(translated(preset.title or name))
                action.setToolTip(translated(preset.description))
                action.triggered.connect(lambda _checked=False, each=preset: self.chosen.emit(each))
        if used:
            self._menu.addSeparator()
        for kept in used:
            action = self._menu.addAction(tr("Take out: {preset}", preset=translated(kept.title or kept.name)))
            action.triggered.connect(lambda _checked=False, name=kept.name: self.unwanted.emit(name))
