"""Named arrangements of the panels: those that come with the program, and the user's own, kept in the settings."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QObject, Qt, Signal
from PySide6.QtWidgets import QDockWidget, QMainWindow

from editor.app.settings import Settings
from editor.language.translation import mark, tr


@dataclass(frozen=True, slots=True)
class Arrangement:
    """One that comes with the program, as it differs from the first: panels in front, panels put away."""

    name: str
    front: tuple[str, ...] = ()
    away: tuple[str, ...] = ()
    timeline_share: float = 0.24
    """Of the workspace's height, the curves under the timeline included."""


STANDARD = mark("Standard")
OURS = (
    Arrangement(STANDARD, ("keyframes", "inspector"), ("curves",)),
    Arrangement(mark("Review"), ("keyframes",), ("inspector", "identity", "networks", "history", "curves")),
    Arrangement(mark("Curves"), ("curves", "inspector"), ("keyframes", "faces", "shots", "markers", "jobs"), 0.5),
    Arrangement(mark("People"), ("faces", "identity"), ("curves",)),
)


class Workspaces(QObject):
    """One of them is in use. `panels` are the docks by name."""

    changed = Signal()

    def __init__(self, main: QMainWindow, panels: Mapping[str, QDockWidget], settings: Settings) -> None:
        super().__init__(main)
        self._main, self._panels, self._settings = main, panels, settings
        self._own = settings.workspaces
        self._first: QByteArray | None = None
        self._current = settings.workspace or STANDARD

    @property
    def current(self) -> str:
        """The name of the one in use."""
        return self._current

    @property
    def own(self) -> tuple[str, ...]:
        """The names of the user's own, in order of the alphabet."""
        return tuple(sorted(self._own, key=str.casefold))

    def begin(self, kept: QByteArray | None) -> None:
        """The panels have their first sizes now; `kept` is how they lay when the window was closed last."""
        if self._first is None:
            self._first = self._main.saveState()
            if kept is not None:
                self._main.restoreState(kept)

    def use(self, name: str) -> None:
        """Lay the panels out as an arrangement says; one that isn't known is as the first."""
        if self._first is None:
            return
        own = self._own.get(name)
        if own is not None:
            self._main.restoreState(own)
        else:
            self._arrange(next((each for each in OURS if each.name == name), OURS[0]))
        self._take(name)

    def reset(self) -> None:
        """The one in use as it was saved."""
        self.use(self._current)

    def save(self, name: str) -> str:
        """Keep the panels as they lie now; why not, in a sentence, else empty."""
        name = name.strip()
        if not name:
            return tr("A workspace needs a name.")
        if any(name.casefold() in (each.name.casefold(), tr(each.name).casefold()) for each in OURS):
            return tr("{name} comes with the program: give yours another name.", name=name)
        self._own[name] = self._main.saveState()
        self._settings.keep_workspaces(self._own)
        self._take(name)
        return ""

    def remove(self, name: str) -> None:
        """Forget one of the user's own; the panels stay where they are."""
        if self._own.pop(name, None) is not None:
            self._settings.keep_workspaces(self._own)
            if self._current == name:
                self._take(STANDARD)

    def use_next_own(self) -> bool:
        """The one of the user's own after the one in use, round and round; whether there is any."""
        names = self.own
        if names:
            at = names.index(self._current) + 1 if self._current in names else 0
            self.use(names[at % len(names)])
        return bool(names)

    def _take(self, name: str) -> None:
        self._current = name
        self._settings.keep_workspace(name)
        self.changed.emit()

    def _arrange(self, wanted: Arrangement) -> None:
        assert self._first is not None
        self._main.restoreState(self._first)
        for name, panel in self._panels.items():
            panel.setVisible(name not in wanted.away)
        for name in wanted.front:
            self._panels[name].raise_()
        if wanted.name != STANDARD:
            height = round(self._main.height() * wanted.timeline_share)
            docks = [self._panels["timeline"]]
            heights = [height]
            if "curves" in wanted.front:
                docks, heights = [*docks, self._panels["curves"]], [height // 2, height // 2]
            self._main.resizeDocks(docks, heights, Qt.Orientation.Vertical)
