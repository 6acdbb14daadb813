"""The document that is open: a project, where it is stored, its undo stack, and whether it differs from the file."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from editor.document.replace_command import ReplaceCommand
from pipeline.errors import LikenessError
from pipeline.project.approval import reopened
from pipeline.project.project import FaceTrack, Plate, Project
from pipeline.project.storage import StoredProject


@dataclass(frozen=True, slots=True, eq=False)
class Gesture:
    """Something that goes on for a while (a slider being dragged) and is one step in the history: each edit of it is
    made on `base`, the document as it was when it began.
    """

    base: Project


class Document(QObject):
    """Holds one project at a time. Every change goes through `edit`, so that everything can be undone."""

    opened = Signal()
    """Another project, or none, is in the document now."""
    changed = Signal(object, object)
    """The old and the new `Project`, after an edit, undo or redo."""
    plate_replaced = Signal()
    """After `opened`: it is the same project with another version of its plate, by an edit, undo or redo."""
    state_changed = Signal()
    """Path, unsaved mark or read-only state."""
    refused = Signal(str)
    """An edit that could not be made, in a sentence."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.undo_stack = QUndoStack(self)
        self._project = Project()
        self._stored: StoredProject | None = None
        self._saved = self._project
        self._path: Path | None = None

    @property
    def project(self) -> Project:
        return self._project

    @property
    def path(self) -> Path | None:
        """The project file; None while nothing is open."""
        return self._path

    @property
    def stored(self) -> StoredProject | None:
        """The file as it was last read or written."""
        return self._stored

    @property
    def is_open(self) -> bool:
        return self._path is not None

    @property
    def read_only(self) -> bool:
        return self._stored is not None and self._stored.read_only

    @property
    def unsaved(self) -> bool:
        return self._project is not self._saved and self._project != self._saved

    @property
    def plate(self) -> Plate | None:
        """The plate that is shown: the project's first."""
        return self._project.plates[0] if self._project.plates else None

    def face(self, face_id: str | None) -> FaceTrack | None:
        """The face of that id; None where there is none."""
        return next((each for each in self._project.faces if each.id == face_id), None)

    def open(self, path: Path, stored: StoredProject) -> None:
        """Show a project that was read from a file."""
        self.undo_stack.clear()
        self._path, self._stored = path, stored
        self._project = self._saved = stored.project
        self.opened.emit()
        self.state_changed.emit()

    def close(self) -> None:
        """Show nothing."""
        self.undo_stack.clear()
        self._path = self._stored = None
        self._project = self._saved = Project()
        self.opened.emit()
        self.state_changed.emit()

    def begin_gesture(self) -> Gesture:
        return Gesture(self._project)

    def edit(
        self,
        text: str,
        change: Callable[[Project], Project],
        gesture: Gesture | None = None,
        *,
        keeps_approval: bool = False,
    ) -> bool:
        """Make one undoable change; whether it was made.

        `text` names it in the history. Approved keyframes whose picture it changes are open again, unless it
        `keeps_approval`: a state that was reviewed as it is. A change that raises `LikenessError`, or of a file that is
        open for reading only, is told through `refused` and leaves everything as it was.
        """
        if self._stored is not None and self._stored.notice is not None:
            self.refused.emit(self._stored.notice)
            return False
        base = self._project if gesture is None else gesture.base
        try:
            new = change(base)
        except LikenessError as error:
            self.refused.emit(str(error))
            return False
        if not keeps_approval:
            new = reopened(base, new)
        if new == self._project:
            return False
        self.undo_stack.push(ReplaceCommand(text, self._project, new, gesture, self._put))
        return True

    def mark_saved(self, stored: StoredProject) -> None:
        """The file holds `stored.project` now, which may be older than the document."""
        self._stored, self._saved = stored, stored.project
        self.state_changed.emit()

    def _put(self, project: Project) -> None:
        old, self._project = self._project, project
        if old.plates == project.plates:
            self.changed.emit(old, project)
        else:
            self.opened.emit()
            self.plate_replaced.emit()
        self.state_changed.emit()
