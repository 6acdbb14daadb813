"""The lines of the faces panel: a face each, onto which photos may be dropped."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QWidget

from editor.document.face_files import dropped_faces
from editor.language.translation import tr

PORTRAIT_PX = 36


class FaceList(QTreeWidget):
    """The lines; photos may be dropped on one."""

    dropped = Signal(int, object)
    """Number of the line, and the files."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHeaderLabels([tr("Face"), tr("Frames"), tr("Identity"), tr("Share")])
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setIconSize(QSize(PORTRAIT_PX, PORTRAIT_PX))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAccessibleName(tr("Faces"))
        self.setAcceptDrops(True)
        head = self.header()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        head.setMinimumSectionSize(36)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_faces(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragEnterEvent) -> None:  # type: ignore[override]
        if self.itemAt(event.position().toPoint()) is not None:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        item = self.itemAt(event.position().toPoint())
        paths = dropped_faces(event.mimeData())
        if item is not None and paths:
            self.dropped.emit(self.indexOfTopLevelItem(item), paths)
