"""A new project, made by the program's own `new` command in a process of its own: the plate is probed and hashed, the
photo's face is looked for, and the window stays free meanwhile.
"""

import json
import shutil
import sys
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal

from editor.panels.start_page import NewProject

ROOT = Path(__file__).parents[2]
DEMO_FOLDER = ROOT / "resources" / "demo"


class ProjectMaker(QObject):
    """Makes one project at a time."""

    made = Signal(object)
    """The `NewProject` that has its file now."""
    failed = Signal(str)
    busy_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None
        self._order: NewProject | None = None

    @property
    def busy(self) -> bool:
        return self._process is not None

    def make(self, order: NewProject) -> None:
        """Begin; `made` or `failed` follows."""
        if self.busy:
            return
        process = QProcess(self)
        process.setProcessEnvironment(QProcessEnvironment.systemEnvironment())
        program, first = sys.executable, [] if getattr(sys, "frozen", False) else [str(ROOT / "main.py")]
        sources = [str(each) for each in order.sources]
        process.setProgram(program)
        process.setArguments(
            [*first, "new", "--json", "--plate", str(order.plate), "--source", *sources, "--", str(order.project)]
        )
        process.finished.connect(self._finished)
        process.errorOccurred.connect(self._not_started)
        self._process, self._order = process, order
        self.busy_changed.emit()
        process.start()

    def stop(self) -> None:
        """End what is being made; no project comes of it."""
        process, self._process = self._process, None
        if process is not None:
            process.finished.disconnect(self._finished)
            process.kill()
            process.waitForFinished(2000)
            self.busy_changed.emit()

    def _finished(self) -> None:
        process, order = self._process, self._order
        self._process = self._order = None
        self.busy_changed.emit()
        if process is None or order is None:
            return
        out = bytes(process.readAllStandardOutput().data()).decode(errors="replace")
        said = bytes(process.readAllStandardError().data()).decode(errors="replace").strip()
        try:
            answer = json.loads(out)
        except json.JSONDecodeError:
            answer = {}
        if process.exitCode() == 0 and "project" in answer:
            self.made.emit(NewProject(Path(answer["project"]), order.plate, order.sources, order.consent))
        else:
            lines = said.splitlines()
            self.failed.emit(answer.get("error", {}).get("message") or (lines[-1] if lines else "No project was made."))
        process.deleteLater()

    def _not_started(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._process = self._order = None
            self.busy_changed.emit()
            self.failed.emit(f"{sys.executable} could not be started: the program's installation is damaged.")


def demo_order(folder: Path) -> NewProject:
    """The demo project in a folder of the user's, with its own copy of plate and portrait.

    Raises OSError as the file system does.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("plate.mp4", "portrait.jpg"):
        if not (folder / name).exists():
            shutil.copy2(DEMO_FOLDER / name, folder / name)
    return NewProject(folder / "demo.likeness", folder / "plate.mp4", (folder / "portrait.jpg",), None)
