"""Photos dragged over the timeline: the lane they are over lights up, and its face wears them when dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QDragMoveEvent, QDropEvent, QPainter, QPen

from editor.document.face_files import dropped_faces
from editor.language.translation import tr
from editor.look import colours
from editor.timeline.lanes import Lane
from pipeline.project.project import FaceTrack

if TYPE_CHECKING:
    from editor.timeline.timeline_view import TimelineView


class LaneDrop(QObject):
    """Takes the timeline's drag and drop events; beside the lanes of faces nothing can be dropped."""

    photo_wanted = Signal(str, object)
    """Id of a face, and the files that it is to wear."""

    def __init__(self, view: TimelineView) -> None:
        super().__init__(view)
        self._view = view
        self.over: FaceTrack | None = None
        """The face that a drop would recast now."""
        view.setAcceptDrops(True)
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.DragEnter | QEvent.Type.DragMove if isinstance(event, QDragMoveEvent):
                self._hover(event)
            case QEvent.Type.DragLeave:
                self._put(None)
            case QEvent.Type.Drop if isinstance(event, QDropEvent):
                self._drop(event)
            case _:
                return False
        return True

    def _hover(self, event: QDragMoveEvent) -> None:
        shows_faces = bool(dropped_faces(event.mimeData()))
        self._put(self._view.face_at(event.position()) if shows_faces else None)
        # To enter is to be asked again at every move, over whatever lane.
        if self.over is not None or (shows_faces and event.type() == QEvent.Type.DragEnter):
            event.acceptProposedAction()
        else:
            event.ignore()

    def _drop(self, event: QDropEvent) -> None:
        face, paths = self._view.face_at(event.position()), dropped_faces(event.mimeData())
        self._put(None)
        if face is not None and paths:
            event.acceptProposedAction()
            self._view.selection.select((), face.id)
            self.photo_wanted.emit(face.id, paths)

    def _put(self, face: FaceTrack | None) -> None:
        if face != self.over:
            self.over = face
            self._view.update()


def draw_drop(painter: QPainter, view: TimelineView, face: FaceTrack | None) -> None:
    """A frame about the lane of the face that a drop would recast, and what it would do."""
    if face is None or face not in view.faces():
        return
    lane: Lane = view.lanes().face_lane(view.faces().index(face))
    row = QRectF(1, lane.top, view.width() - 2, lane.height - 1)
    painter.setPen(QPen(colours.ACCENT, 2))
    painter.setBrush(colours.SPAN)
    painter.drawRect(row)
    words = tr("Recast {face}; keys stay", face=face.id)
    painter.setFont(view.font())
    width = painter.fontMetrics().horizontalAdvance(words) + 24
    label = QRectF(row.center().x() - width / 2, row.top() + 5, width, row.height() - 10)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.grey(24))
    painter.drawRoundedRect(label, 3, 3)
    painter.setPen(colours.TEXT)
    painter.drawText(label, Qt.AlignmentFlag.AlignCenter, words)
