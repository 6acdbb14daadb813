"""The canvas's mouse while landmarks are corrected: a press on a part takes hold of it, anywhere else pans as ever."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent

from editor.viewer.canvas import Canvas
from editor.viewer.landmark_tool import LandmarkTool


class LandmarkMouse(QObject):
    """Sees a canvas's events before it does, and draws the tool over its picture."""

    def __init__(self, canvas: Canvas, tool: LandmarkTool) -> None:
        super().__init__(canvas)
        self._canvas, self._tool, self._drags = canvas, tool, False
        canvas.installEventFilter(self)
        tool.changed.connect(self._show)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whether the canvas is to know nothing of it."""
        if not self._tool.active:
            return False
        if isinstance(event, QMouseEvent):
            return self._mouse(event)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            self._drags = False
            return self._tool.cancel()
        return False

    def _mouse(self, event: QMouseEvent) -> bool:
        point, scale = self._canvas.in_picture(event.position())
        kind = event.type()
        if kind == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            sizes = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._drags = self._tool.press(point, scale, sizes=sizes)
            return self._drags
        if kind == QEvent.Type.MouseMove and self._drags:
            self._tool.drag(point)
            return True
        if kind == QEvent.Type.MouseMove and not event.buttons() and self._tool.hover(point, scale):
            self._canvas.setCursor(Qt.CursorShape.PointingHandCursor)
            return True
        if kind == QEvent.Type.MouseButtonRelease and self._drags:
            self._drags = False
            self._tool.release()
            return True
        return False

    def _show(self) -> None:
        if self._tool.active:
            self._canvas.drawing.overlay = self._tool.draw
        elif self._canvas.drawing.overlay == self._tool.draw:
            self._canvas.drawing.overlay = None
        self._canvas.update()
