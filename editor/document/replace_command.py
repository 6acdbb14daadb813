"""The one undo command: an old and a new document. Both are immutable, so keeping them costs only what differs."""

from collections.abc import Callable

from PySide6.QtGui import QUndoCommand

from pipeline.project.project import Project

_GESTURE_ID = 1


class ReplaceCommand(QUndoCommand):
    """Puts `new` in place of `old`; commands of one gesture (a slider being dragged) become one."""

    def __init__(
        self, text: str, old: Project, new: Project, gesture: object | None, put: Callable[[Project], None]
    ) -> None:
        super().__init__(text)
        self._old, self._new, self._gesture, self._put = old, new, gesture, put

    def id(self) -> int:
        return -1 if self._gesture is None else _GESTURE_ID

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, ReplaceCommand) or other._gesture is not self._gesture:
            return False
        self._new = other._new
        self.setObsolete(self._new == self._old)
        return True

    def redo(self) -> None:
        self._put(self._new)

    def undo(self) -> None:
        self._put(self._old)
