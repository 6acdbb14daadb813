"""A new version of the plate: compared by the program's own command meanwhile, then put in place as one step."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from editor.app.notices import Choice, Notice
from editor.app.own_command import OwnCommand
from editor.app.window import Window
from editor.document.face_files import FILMS, STILLS, file_filter
from pipeline.project.plate_replacement import Carried, Replacement, replaced

Handler = Callable[[], object]


class PlateReplacing(QObject):
    """One comparison at a time. The project is saved before it, because the command reads its file."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._plate: Path | None = None
        self._waiting: Notice | None = None
        self._command = OwnCommand(self)
        self._command.answered.connect(self._answered)
        self._command.failed.connect(self._failed)
        self.list: LeftOutList | None = None
        window.session.saver.saved.connect(self._saved)
        window.session.saver.failed.connect(self._not_saved)
        window.document.opened.connect(self._opened)
        window.closed.connect(self._stop)

    def handlers(self) -> dict[str, Handler]:
        """By the action's id."""
        return {"project.replace_plate": self.choose}

    def choose(self) -> None:
        """Ask which file the new version is, and begin."""
        w = self._window
        name, _ = QFileDialog.getOpenFileName(w, "The new version of the plate", "", file_filter(FILMS + STILLS))
        if name:
            self.begin(Path(name))

    def begin(self, plate: Path) -> None:
        """Compare a file with the plate; what comes of it follows."""
        w = self._window
        if self._plate is not None or w.document.path is None:
            return
        self._plate = plate
        self._waiting = w.notices.tell(
            "note", f"{plate.name} is laid beside the plate and analysed …", (Choice("Stop", self._stop),)
        )
        if w.document.unsaved:
            w.session.save()
        else:
            self._compare()

    def _saved(self) -> None:
        if self._plate is not None and not self._command.busy:
            self._compare()

    def _not_saved(self) -> None:
        if self._plate is not None and not self._command.busy:
            self._ended()

    def _compare(self) -> None:
        self._command.run(["replace", "--plan", "--json", "--", str(self._window.document.path), str(self._plate)])

    def _answered(self, answer: Mapping[str, Any]) -> None:
        w, plate = self._window, self._plate
        self._ended()
        if plate is None:
            return
        replacement = msgspec.convert(answer["replacement"], Replacement)
        found: list[Carried] = []

        def change(project: Any) -> Any:
            changed, carried = replaced(project, replacement)
            found.append(carried)
            return changed

        if w.document.edit(f"Plate {plate.name}", change, keeps_approval=True):
            self._tell(plate.name, found[0])

    def _tell(self, name: str, carried: Carried) -> None:
        w = self._window
        words = f"{name} is the plate now: {carried.keyframes} keyframes and {carried.markers} markers came along."
        if carried.reopened:
            words += f" {carried.reopened} of the keyframes are open again: their picture is another one."
        w.notices.tell("good", words)
        if carried.left_out:
            count = len(carried.left_out)
            things = "thing lies" if count == 1 else "things lie"
            w.notices.tell(
                "warning",
                f"{count} {things} on frames that {name} doesn't have. Ctrl+Z brings the old plate back.",
                (Choice("List them", lambda: self._list(carried)),),
            )
        for face in carried.unseen:
            w.notices.tell("warning", f"{face} isn't seen in {name}, and is left as in the plate from now on.")
        for each in carried.notes:
            w.notices.tell("warning", each)

    def _list(self, carried: Carried) -> None:
        self.list = LeftOutList(carried, self._window)
        self.list.show()

    def _failed(self, words: str) -> None:
        self._ended()
        self._window.notices.tell("error", words)

    def _opened(self) -> None:
        """Another project: what was compared for the one before is of no use."""
        if self._command.busy:
            self._stop()

    def _stop(self) -> None:
        self._command.stop()
        self._ended()

    def _ended(self) -> None:
        self._plate = None
        if self._waiting is not None:
            self._window.notices.take_back(self._waiting)
            self._waiting = None


class LeftOutList(QWidget):
    """What lay on frames that the new plate doesn't have, in a window of its own; `lines` holds it."""

    def __init__(self, carried: Carried, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Left out of the new plate")
        self.resize(560, 420)
        self.lines = QTreeWidget()
        self.lines.setRootIsDecorated(False)
        self.lines.setAccessibleName("Left out")
        self.lines.setHeaderLabels(["Old frame", "What", "Of", "Words"])
        for each in carried.left_out:
            self.lines.addTopLevelItem(QTreeWidgetItem([str(each.frame), each.what, each.face, each.words]))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.lines)
