"""A new project, made by the program's own `new` command in a process of its own: the plate is probed and hashed, the
photo's face is looked for, and the window stays free meanwhile.
"""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from editor.app.own_command import ROOT, OwnCommand
from editor.panels.start_page import NewProject

DEMO_FOLDER = ROOT / "resources" / "demo"


class ProjectMaker(QObject):
    """Makes one project at a time."""

    made = Signal(object)
    """The `NewProject` that has its file now."""
    failed = Signal(str)
    busy_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._command = OwnCommand(self)
        self._command.answered.connect(self._answered)
        self._command.failed.connect(self._failed)
        self._order: NewProject | None = None

    @property
    def busy(self) -> bool:
        return self._command.busy

    def make(self, order: NewProject) -> None:
        """Begin; `made` or `failed` follows."""
        if self.busy:
            return
        self._order = order
        sources = [str(each) for each in order.sources]
        self._command.run(
            ["new", "--json", "--plate", str(order.plate), "--source", *sources, "--", str(order.project)]
        )
        self.busy_changed.emit()

    def stop(self) -> None:
        """End what is being made; no project comes of it."""
        if self.busy:
            self._command.stop()
            self.busy_changed.emit()

    def _answered(self, answer: Mapping[str, Any]) -> None:
        self.busy_changed.emit()
        order = self._order
        if order is not None:
            self.made.emit(NewProject(Path(answer["project"]), order.plate, order.sources, order.consent))

    def _failed(self, words: str) -> None:
        self.busy_changed.emit()
        self.failed.emit(words)


def demo_order(folder: Path) -> NewProject:
    """The demo project in a folder of the user's, with its own copy of plate and portrait.

    Raises OSError as the file system does.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("plate.mp4", "portrait.jpg"):
        if not (folder / name).exists():
            shutil.copy2(DEMO_FOLDER / name, folder / name)
    return NewProject(folder / "demo.likeness", folder / "plate.mp4", (folder / "portrait.jpg",), None)
