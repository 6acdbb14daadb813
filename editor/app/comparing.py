"""All that stands in the plate's place: the last export or another, any film, another version of the project."""

from PySide6.QtCore import QObject

from editor.app.compare_link import CompareLink
from editor.app.export_choice import ExportChoice
from editor.app.film_compare import FilmCompare, Handler
from editor.app.version_compare import VersionCompare
from editor.app.window import Window


class Comparing(QObject):
    """Films, exports and versions, and the one way to ask the worker for them."""

    def __init__(self, window: Window, parent: QObject | None = None) -> None:
        super().__init__(parent)
        link = CompareLink(window.bridge, window.document)
        self._films = FilmCompare(window, link, self)
        self._exports = ExportChoice(window, link, self._films, self)
        self._versions = VersionCompare(window, link, self)

    def handlers(self) -> dict[str, Handler]:
        """By the action's id."""
        return {**self._films.handlers(), **self._exports.handlers(), **self._versions.handlers()}

    def show_states(self) -> None:
        """Checked actions show what is."""
        self._films.show_states()
        self._versions.show_states()
