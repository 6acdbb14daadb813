"""A new version of the plate: compared by the program's own command meanwhile, then put in place as one step."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from editor.app.notices import Choice
from editor.app.saved_command import SavedCommand
from editor.app.window import Window
from editor.document.face_files import FILMS, STILLS, file_filter
from editor.language.catalogue import translated
from editor.language.translation import tr
from pipeline.project.plate_replacement import Carried, Replacement, replaced

Handler = Callable[[], object]


class PlateReplacing(QObject):
    """One comparison at a time."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._plate: Path | None = None
        self.list: LeftOutList | None = None
        self.command = SavedCommand(window)
        self.command.answered.connect(self._answered)

    def handlers(self) -> dict[str, Handler]:
        """By the action's id."""
        return {"project.replace_plate": self.choose}

    def choose(self) -> None:
        """Ask which file the new version is, and begin."""
        w = self._window
        name, _ = QFileDialog.getOpenFileName(w, tr("The new version of the plate"), "", file_filter(FILMS + STILLS))
        if name:
            self.begin(Path(name))

    def begin(self, plate: Path) -> None:
        """Compare a file with the plate; what comes of it follows."""
        if not self.command.busy:
            self._plate = plate
            self.command.run(
                tr("{name} is laid beside the plate and analysed …", name=plate.name),
                lambda project: ["replace", "--plan", "--json", "--", str(project), str(plate)],
            )

    def _answered(self, answer: Mapping[str, Any]) -> None:
        w, plate = self._window, self._plate
        if plate is None:
            return
        replacement = msgspec.convert(answer["replacement"], Replacement)
        found: list[Carried] = []

        def change(project: Any) -> Any:
            changed, carried = replaced(project, replacement)
            found.append(carried)
            return changed

        if w.document.edit(tr("Plate {name}", name=plate.name), change, keeps_approval=True):
            self._tell(plate.name, found[0])

    def _tell(self, name: str, carried: Carried) -> None:
        w = self._window
        words = tr(
            "{name} is the plate now: {keyframes} keyframes and {markers} markers came along.",
            name=name,
            keyframes=carried.keyframes,
            markers=carried.markers,
        )
        if carried.reopened:
            words += tr(
                " {reopened} of the keyframes are open again: their picture is another one.", reopened=carried.reopened
            )
        w.notices.tell("good", words)
        if carried.left_out:
            count = len(carried.left_out)
            w.notices.tell(
                "warning",
                tr("1 thing lies on frames that {name} doesn't have. Ctrl+Z brings the old plate back.", name=name)
                if count == 1
                else tr(
                    "{count} things lie on frames that {name} doesn't have. Ctrl+Z brings the old plate back.",
                    count=count,
                    name=name,
                ),
                (Choice(tr("List them"), lambda: self._list(carried)),),
            )
        for face in carried.unseen:
            w.notices.tell(
                "warning",
                tr("{face} isn't seen in {name}, and is left as in the plate from now on.", face=face, name=name),
            )
        for each in carried.notes:
            w.notices.tell("warning", each)

    def _list(self, carried: Carried) -> None:
        self.list = LeftOutList(carried, self._window)
        self.list.show()


class LeftOutList(QWidget):
    """What lay on frames that the new plate doesn't have, in a window of its own; `lines` holds it."""

    def __init__(self, carried: Carried, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Left out of the new plate"))
        self.resize(560, 420)
        self.lines = QTreeWidget()
        self.lines.setRootIsDecorated(False)
        self.lines.setAccessibleName(tr("Left out"))
        self.lines.setHeaderLabels([tr("Old frame"), tr("What"), tr("Of"), tr("Words")])
        for each in carried.left_out:
            self.lines.addTopLevelItem(
                QTreeWidgetItem([str(each.frame), translated(each.what), each.face, translated(each.words)])
            )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.lines)
