"""Keyframes that are found while the plate is still being analysed: shown and replaced, never part of the document."""

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from editor.document.document import Document
from pipeline.ipc.messages import KeyframesSoFar
from pipeline.project.keyframe_edits import merge_proposals
from pipeline.project.project import FaceTrack
from pipeline.project.proposal import Proposal


class EarlyKeyframes(QObject):
    """Filled as the analysis goes on; empty once its own keyframes have come, or won't."""

    changed = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._found: dict[str, tuple[Proposal, ...]] = {}
        document.opened.connect(self.clear)

    def put(self, found: KeyframesSoFar) -> None:
        """What was found of a face in some frames, in place of what was found of it there before."""
        kept = [each for each in self._found.get(found.face, ()) if not found.start <= each.frame < found.stop]
        self._found[found.face] = (*kept, *found.proposals)
        self.changed.emit()

    def forget(self, face: str) -> None:
        """A face has its keyframes now."""
        if self._found.pop(face, None) is not None:
            self.changed.emit()

    def clear(self) -> None:
        """Nothing more will come."""
        if self._found:
            self._found.clear()
            self.changed.emit()

    def shown(self, face: FaceTrack) -> FaceTrack:
        """The face with these keyframes alone: those that it would get, beside what a person did to it meanwhile."""
        found = self._found.get(face.id, ())
        there = {each.frame for each in face.keyframes}
        merged = merge_proposals(face, found).keyframes if found else ()
        return replace(face, keyframes=tuple(each for each in merged if each.frame not in there))
