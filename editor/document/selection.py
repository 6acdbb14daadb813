"""What edits are aimed at: one face, and keyframes of it."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from editor.document.document import Document
from pipeline.project.keyframe import Keyframe
from pipeline.project.project import FaceTrack, Project


class Selection(QObject):
    """The face in hand and its selected keyframes, by frame."""

    changed = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._face_id: str | None = None
        self._frames: frozenset[int] = frozenset()
        document.opened.connect(self._start_over)
        document.changed.connect(self._keep_what_exists)

    @property
    def face(self) -> FaceTrack | None:
        return self._document.face(self._face_id)

    @property
    def frames(self) -> tuple[int, ...]:
        """Plate frames of the selected keyframes, ascending."""
        return tuple(sorted(self._frames))

    @property
    def keyframes(self) -> tuple[Keyframe, ...]:
        """The selected keyframes, by frame."""
        face = self.face
        return () if face is None else tuple(each for each in face.keyframes if each.frame in self._frames)

    def select(self, frames: Iterable[int], face_id: str | None = None) -> None:
        """Select these keyframes and no other; frames without a keyframe are left out."""
        face = self._document.face(face_id) if face_id is not None else self.face
        if face is None:
            return
        wanted = frozenset(frames)
        self._put(face.id, frozenset(each.frame for each in face.keyframes if each.frame in wanted))

    def toggle(self, frame: int) -> None:
        """Take a keyframe into the selection, or out of it."""
        self.select(self._frames ^ {frame})

    def clear(self) -> None:
        self._put(self._face_id, frozenset())

    def select_all(self) -> None:
        face = self.face
        if face is not None:
            self.select(each.frame for each in face.keyframes)

    def _put(self, face_id: str | None, frames: frozenset[int]) -> None:
        if (face_id, frames) != (self._face_id, self._frames):
            self._face_id, self._frames = face_id, frames
            self.changed.emit()

    def _start_over(self) -> None:
        faces = self._document.project.faces
        self._put(faces[0].id if faces else None, frozenset())

    def _keep_what_exists(self, old: Project, new: Project) -> None:
        face = self.face
        if face is None:
            self._start_over()
        else:
            self._put(face.id, self._frames & {each.frame for each in face.keyframes})
